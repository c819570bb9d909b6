"""The report as a PDF, printed by a Chromium, Chrome or Edge that is on the machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
PATIENCE = 120  # seconds


def browser() -> str | None:
    """The path of a browser that can print; None where there is none."""
    named = map(shutil.which, NAMES)
    placed = (place for place in PLACES.get(sys.platform, ()) if Path(place).exists())
    return next(filter(None, [*named, *placed]), None)


def print_pdf(page: Path, pdf: Path) -> bool:
    """Print an HTML page to `pdf`, all or nothing; False where no browser could."""
    program = browser()
    if program is None:
        return False
    part = pdf.with_name(f".{pdf.name}.{os.getpid()}.part").absolute()
    # A browser's sandbox does not start for root, as in a container; the page holds nothing but our own script.
    unboxed = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            program, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}", *unboxed,
            "--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={part}",
            page.absolute().as_uri(),
        ]  # fmt: skip
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    try:
        if not part.exists() or part.stat().st_size == 0:
            return False
        part.replace(pdf)
    finally:
        part.unlink(missing_ok=True)
    return True
