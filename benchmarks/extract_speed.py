"""Speed of extract.read (file opened, blocks built) against pdfplumber's words with size and font, on the same PDFs.

    python benchmarks/extract_speed.py FOLDER

Processor time on one core, the best of five; PDFs without text (scans) are left out, as OCR would be measured then.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from analyser import extract


def best(*runs: Callable[[], int]) -> list[tuple[float, int]]:
    """For each of the runs, the least processor time in seconds of five, taken in turns, and what it counted."""
    found: list[tuple[float, int]] = [(float("inf"), 0)] * len(runs)
    for _ in range(5):
        for k, run in enumerate(runs):
            gc.collect()  # neither is to tidy up after the other
            start = time.process_time()
            count = run()
            found[k] = min(found[k], (time.process_time() - start, count))
    return found


def plumbed(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words(extra_attrs=["size", "fontname"])) for page in pdf.pages)


def main() -> None:
    files = [path for path in sorted(Path(sys.argv[1]).glob("*.pdf")) if plumbed(path)]
    (ours, words), (theirs, _) = best(
        lambda: sum(extract.read(path).words for path in files), lambda: sum(plumbed(path) for path in files)
    )
    print(f"{len(files)} files, {words} words")
    print(f"extract {ours:.2f} s, pdfplumber {theirs:.2f} s: {theirs / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
