"""Every page of finished reports in headless Chromium: light on a wide screen, dark on a narrow one, and printed.

    python benchmarks/report_pages.py REPORT...

Prints what is wrong with a page (a complaint on the console, a request off the machine, a missing picture, a page wider
than its window, a violation of axe-core's rules), what the cohort's page weighs, and how soon it opens; exit code 1 if
anything is wrong. Needs what the tests need, and Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browsing import chromium, examine  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

VIEWS = (("light", 1440), ("dark", 320), ("print", 1280))
OPENED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def opening(browser: Browser, page: Path) -> float:
    """Milliseconds until the page has opened: the median of five."""
    times = []
    for _ in range(5):
        tab = browser.new_page()
        tab.goto(page.as_uri(), wait_until="load")
        tab.wait_for_function(f"{OPENED} > 0")
        times.append(tab.evaluate(OPENED))
        tab.close()
    return sorted(times)[2]


def main(reports: list[Path]) -> int:
    wrong = 0
    with chromium() as browser:
        for report in reports:
            pages = [report / "index.html", *sorted((report / "organisations").glob("*.html"))]
            for page in pages:
                for mode, width in VIEWS:
                    for trouble in examine(browser, page, mode, width):
                        wrong += 1
                        print(f"{page} ({mode}, {width} px): {trouble}")
            weight = (report / "index.html").stat().st_size / 1e6
            print(f"{report}: {len(pages)} pages in {len(VIEWS)} views")
            print(f"  the cohort's page is {weight:.2f} MB and opens in {opening(browser, pages[0]):.0f} ms")
    print(f"{wrong} things wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
