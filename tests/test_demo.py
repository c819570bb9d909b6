"""The demo report in a real browser: nothing wrong with any page, and a reader finds the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import browsing
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from analyser.cli import main


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's report."""
    out = tmp_path_factory.mktemp("demo") / "report"
    outcome = CliRunner().invoke(main, ["demo", "--out", str(out)])
    assert outcome.exit_code == 0, outcome.output
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, the one on this machine."""
    if browsing.program() is None:
        pytest.skip(f"needs a browser: {', '.join(browsing.BROWSERS)}")
    with browsing.chromium() as chromium:
        yield chromium


@pytest.fixture
def watched(browser: Browser) -> Iterator[browsing.Watched]:
    page = browser.new_page()
    yield browsing.Watched(page)
    page.close()


@pytest.mark.parametrize(("number", "mode"), [*enumerate(browsing.MODES)])
def test_every_page_is_in_order(browser: Browser, report: Path, number: int, mode: str) -> None:
    """No complaint, no request off the machine, every picture there, accessible: each third of the pages in a mode."""
    pages = [report / "index.html", *sorted((report / "organisations").glob("*.html"))]
    assert len(pages) > 40
    wrong = {page.name: browsing.examine(browser, page, mode) for page in pages[number :: len(browsing.MODES)]}
    assert {name: troubles for name, troubles in wrong.items() if troubles} == {}


@pytest.mark.parametrize(
    ("mode", "width"), [("light", 320), ("dark", 320), ("light", 768), ("dark", 1440), ("print", 768)]
)
def test_the_cohort_is_in_order_on_every_screen(browser: Browser, report: Path, mode: str, width: int) -> None:
    assert browsing.examine(browser, report / "index.html", mode, width) == []


def test_pictures_are_loaded_when_they_are_seen(watched: browsing.Watched, report: Path) -> None:
    longest = max((report / "organisations").glob("*.html"), key=lambda page: page.stat().st_size)
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    watched.page.goto(longest.as_uri(), wait_until="load")
    at_first = sum(url.endswith(".webp") for url in asked)
    last = watched.page.locator(".mention img").last
    last.scroll_into_view_if_needed()
    watched.page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=last.element_handle())
    assert at_first < watched.page.locator(".mention img").count() / 2
    assert watched.troubles == []


def test_every_page_says_that_the_demo_is_invented(report: Path) -> None:
    pages = [report / "index.html", *(report / "organisations").glob("*.html")]
    assert [page.name for page in pages if "keksittyjä" not in page.read_text(encoding="utf-8")] == []


def test_a_reader_gets_from_the_cohort_to_an_organisation_and_back(watched: browsing.Watched, report: Path) -> None:
    watched.page.goto((report / "index.html").as_uri())
    link = watched.page.locator("table a[href^='organisations/']").first
    name = link.inner_text().strip()
    link.click()
    watched.page.wait_for_url(re.compile(r"/organisations/.+\.html"))
    assert name in watched.page.locator("h1").first.inner_text()
    watched.page.locator("a[href$='index.html']").first.click()
    watched.page.wait_for_url(re.compile(r"/index\.html"))
    assert watched.troubles == []
