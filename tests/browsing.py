"""The report's pages in headless Chromium, and everything that is wrong with one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
MODES = ("light", "dark", "print")

OPEN_DETAILS = "document.querySelectorAll('details').forEach((closed) => { closed.open = true; })"
PICTURES = """pictures => Promise.all(pictures.map(async picture => {
    picture.loading = "eager";
    await picture.decode();
    return picture.naturalWidth;
}))"""


def program() -> str | None:
    """The browser on this machine."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, started."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield started
        started.close()


class Watched:
    """A page in the browser, and everything that it complained of or asked for and should not have."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", lambda m: self.troubles.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("request", self._requested)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.troubles.append(f"asked for {request.url}")

    def _failed(self, request: Request) -> None:
        # A picture still on its way when the next page is opened is given up by the browser, not missing.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.failure}: {request.url}")


def examine(browser: Browser, path: Path, mode: str, width: int = 1280) -> list[str]:
    """Open a page with all that it holds, and say what is wrong: complaints, requests off the machine, pictures that
    are missing, a page wider than the window, and whatever axe-core finds; nothing, if all is well.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if mode == "dark" else "light"
    )
    watched = Watched(page := context.new_page())
    if mode == "print":
        page.emulate_media(media="print")
    page.goto(path.as_uri(), wait_until="load")
    page.evaluate(OPEN_DETAILS)
    if not all(page.eval_on_selector_all("img", PICTURES)):
        watched.troubles.append("an empty picture")
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        watched.troubles.append(f"{wide} pixels wide in a window of {width}")
    watched.troubles += [f"axe: {v['id']}: {v['nodes'][0]['html'][:300]}" for v in violations(page)]
    context.close()
    return watched.troubles


def violations(page: Page) -> list[dict]:  # type: ignore[type-arg]
    """What axe-core finds against the rules of WCAG and good practice on a page, a mapping each."""
    return list(Axe().run(page).response["violations"])
