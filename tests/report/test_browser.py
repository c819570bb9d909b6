"""The report in a real browser: it opens in silence, asks nobody for anything, and can be used by keyboard.

Needs Chromium on the machine (`chromium`, `chromium-browser` or `google-chrome` on the PATH) and is skipped without.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_sample

from analyser import report

sync_api = pytest.importorskip("playwright.sync_api")

PAGES = ["index.html", "organisations/kuusivaaran-kaupunki.html", "organisations/metsakulman-kunta.html"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def troubles() -> list[str]:
    """What the browser complained of or asked for, that it should not have."""
    return []


@pytest.fixture
def visit(browser: Any, written: Path, troubles: list[str]) -> Iterator[Any]:
    """`visit(page, width=…, mode=…)` opens a page of the report and keeps a list of its troubles."""
    contexts = []

    def go(name: str, *, width: int = 1280, mode: str = "light", **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if mode == "dark" else "light", **options
        )
        contexts.append(context)
        context.set_default_timeout(5000)
        page = context.new_page()
        if mode == "print":
            page.emulate_media(media="print")
        page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.on("requestfailed", lambda r: troubles.append(r.url))
        page.on("request", lambda r: None if r.url.startswith("file:") else troubles.append(r.url))
        page.goto((written / name).as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_open_without_errors_or_outside_requests_and_fit(
    visit: Any, troubles: list[str], name: str, width: int
) -> None:
    page = visit(name, width=width)
    page.evaluate("Promise.all([...document.images].map((image) => (image.scrollIntoView(), image.decode())))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert troubles == []


def test_content_security_policy_lets_nothing_in(visit: Any, troubles: list[str]) -> None:
    page = visit("index.html")
    page.evaluate("""() => {
        const picture = "<img src='https://example.invalid/x.png' onerror='window.hit = 1'>";
        document.body.insertAdjacentHTML("beforeend", picture);
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
    }""")
    page.wait_for_selector("img", state="attached")
    assert page.evaluate("window.hit") is None
    assert sum("Content Security Policy" in trouble for trouble in troubles) >= 2


def test_table_is_searched_filtered_and_sorted_by_keyboard(visit: Any, troubles: list[str]) -> None:
    page = visit("index.html")
    shown = page.locator(".organisations tbody tr:visible")
    assert shown.count() == 35
    page.get_by_role("searchbox").focus()
    page.keyboard.type("KUUSIVAARA")
    assert shown.count() == 2
    assert page.get_by_text("Näkyvissä 2 / 35 organisaatiota").is_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    page.get_by_label("Asema", exact=True).select_option("priority")
    assert 0 < shown.count() < 35
    assert shown.count() == shown.filter(has_text="Pääpainopisteenä").count()
    page.get_by_label("Asema", exact=True).select_option("")
    page.get_by_label("Vain tarkistettavat").focus()
    page.keyboard.press("Space")
    assert shown.count() == shown.filter(has_text="Tarkistettava").count() == 3
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pisteet").focus()
    for direction, reverse in (("ascending", False), ("descending", True)):
        page.keyboard.press("Enter")
        assert page.get_by_role("columnheader", name="Pisteet").get_attribute("aria-sort") == direction
        scores = [
            text.replace(",", ".") for text in page.locator(".organisations tbody td:last-child").all_inner_texts()
        ]
        numbers = [float(score) for score in scores if score != "–"]
        assert numbers == sorted(numbers, reverse=reverse)
        assert scores[-1] == "–", "what has no score comes last"
    assert troubles == []


def test_cards_on_a_phone_are_sorted_by_a_choice(visit: Any) -> None:
    page = visit("index.html", width=320)
    page.get_by_label("Järjestä").select_option("Maininnat")
    first = page.locator(".organisations tbody tr").first
    assert first.locator("td").nth(2).inner_text() == "12"
    assert page.locator(".organisations thead button:visible").count() == 0, "nothing unseen takes the focus"


def test_map_leads_to_the_mention_and_roles_filter(visit: Any) -> None:
    page = visit(PAGES[1])
    page.locator(".map a").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#m4") or page.url.endswith("#m2")
    assert page.locator(".mention:target").is_visible()
    page.get_by_label("Rooli").select_option("limited")
    assert page.locator(".mention:visible").count() == 1


def test_goals_are_filtered_by_what_they_lack_and_lead_to_their_sentence(visit: Any) -> None:
    page = visit(PAGES[1])
    goals = page.locator(".goals > li:visible")
    assert goals.count() == 6
    page.get_by_label("Ei: aikataulutettu").focus()
    page.keyboard.press("Space")
    assert goals.count() == 3
    assert page.get_by_text("Näkyvissä 3 / 6 tavoitetta").is_visible()
    goals.nth(0).get_by_role("link").click()
    assert page.locator(".mention:target blockquote").inner_text() == goals.nth(0).locator(".quoted").inner_text()


def test_without_javascript_everything_is_there(visit: Any) -> None:
    page = visit("index.html", java_script_enabled=False)
    assert page.locator(".organisations tbody tr:visible").count() == 35
    assert not page.locator("#organisation-filter").is_visible()


@pytest.mark.parametrize(("mode", "width"), [("light", 320), ("dark", 1280), ("print", 1280)])
def test_axe_finds_nothing(visit: Any, mode: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for name in PAGES:
        page = visit(name, width=width, mode=mode, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach((closed) => { closed.open = true; })")
        found = axe.Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_in_the_other_languages(browser: Any, tmp_path: Path, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    results = report_sample.cohort_results(8)
    cohort = report_sample.cohort_of(results)
    audits = report_sample.audits_of(results, cohort)
    report.write(tmp_path, results, cohort, language=language, audits=audits)
    page = browser.new_page(bypass_csp=True)
    for name in PAGES[:2]:
        page.goto((tmp_path / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((closed) => { closed.open = true; })")
        found = axe.Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    page.close()
