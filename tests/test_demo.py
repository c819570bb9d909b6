"""The demo report in a real browser: no error on its console, and nothing fetched from anywhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, Request, sync_playwright

from analyser.cli import main

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


WIDTHS = """pictures => Promise.all(pictures.map(async picture => {
    picture.loading = "eager";
    await picture.decode();
    return picture.naturalWidth;
}))"""


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
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"needs a browser: {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Watched:
    """A page in the browser, and everything it complained of or asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self.requests.append(request.url))

    def _failed(self, request: Request) -> None:
        # A picture still on its way when the next page is opened is given up by the browser, not missing.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def assert_calm(self) -> None:
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:"))] == []


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    page = browser.new_page()
    yield Watched(page)
    page.close()


def test_every_page_opens_without_an_error_or_a_request_off_the_machine(watched: Watched, report: Path) -> None:
    pages = [report / "index.html", *sorted((report / "organisations").glob("*.html"))]
    assert len(pages) > 12
    for page in pages:
        watched.page.goto(page.as_uri(), wait_until="load")
        assert watched.page.title()
    watched.assert_calm()


def test_every_page_says_that_the_demo_is_invented(report: Path) -> None:
    pages = [report / "index.html", *(report / "organisations").glob("*.html")]
    assert [page.name for page in pages if "keksittyjä" not in page.read_text(encoding="utf-8")] == []


def test_every_picture_is_there(watched: Watched, report: Path) -> None:
    shown = 0
    for page in sorted((report / "organisations").glob("*.html")):
        watched.page.goto(page.as_uri(), wait_until="load")
        widths = watched.page.eval_on_selector_all("img", WIDTHS)
        assert all(width > 0 for width in widths), page.name
        shown += len(widths)
    assert shown > 0
    watched.assert_calm()


def test_a_reader_gets_from_the_cohort_to_an_organisation_and_back(watched: Watched, report: Path) -> None:
    watched.page.goto((report / "index.html").as_uri())
    link = watched.page.locator("table a[href^='organisations/']").first
    name = link.inner_text().strip()
    link.click()
    watched.page.wait_for_url(re.compile(r"/organisations/.+\.html"))
    assert name in watched.page.locator("h1").first.inner_text()
    watched.page.locator("a[href$='index.html']").first.click()
    watched.page.wait_for_url(re.compile(r"/index\.html"))
    watched.assert_calm()
