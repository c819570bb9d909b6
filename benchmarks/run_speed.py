"""A whole run against what its parts cost elsewhere, on the same PDFs; and what a second worker gains and costs.

    python benchmarks/run_speed.py FOLDER [EVERY]

Takes each EVERY-th PDF of FOLDER (all, unless given) that has text. The run is the real one, with its worker process,
without cache and pictures, and warm: the models are loaded. Against it, processor time for processor time: pdfplumber's
words with size and font, pypdfium2's text, and spaCy's whole Finnish pipeline on that text. Memory is what the run's
processes hold together, shared pages counted once; it is measured in runs of its own, because to ask the system for it
takes as long as a document does. Linux only.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

from analyser import pipeline
from analyser.analysis import Options

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def processes() -> Iterator[tuple[Path, list[str]]]:
    """This process and those under it: the folder in /proc and the fields of `stat` from the state on."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = (folder, (folder / "stat").read_text().rpartition(")")[2].split())
        except OSError:
            continue
    for number, (folder, fields) in found.items():
        ancestor = number
        while ancestor in found and ancestor != os.getpid():
            ancestor = int(found[ancestor][1][1])
        if ancestor == os.getpid():
            yield folder, fields


def processor() -> float:
    """Seconds of the processor that the processes and those of them that have ended have used."""
    return sum(sum(map(int, fields[11:15])) for _, fields in processes()) / TICKS


def memory() -> int:
    """Bytes that the processes hold together."""
    total = 0
    for folder, _ in processes():
        try:
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def run(files: list[Path], jobs: int, progress: pipeline.Progress = lambda part, done, of, name: None) -> Cost:
    with tempfile.TemporaryDirectory() as out:
        clock, used = time.perf_counter(), processor()
        pipeline.run(files, Path(out), Options(jobs=jobs, cache=None), images=False, progress=progress)
        return Cost(time.perf_counter() - clock, processor() - used)


def most_memory(files: list[Path], jobs: int) -> int:
    """The most that a run's processes hold together while it analyses, in bytes."""
    seen = [0]
    run(files, jobs, lambda part, done, of, name: seen.append(memory()) if part == "analysing" else None)
    return max(seen)


def plumbed(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words(extra_attrs=["size", "fontname"])) for page in pdf.pages)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def main() -> None:
    import spacy

    every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    files = [p for p in sorted(Path(sys.argv[1]).glob("*.pdf"))[::every] if len("".join(texts(p))) > 1000]
    run(files[:1], 1)
    one, two = run(files, 1), run(files, 2)
    alone, together = most_memory(files, 1), most_memory(files, 2)
    start = time.process_time()
    words = sum(map(plumbed, files))
    plumber = time.process_time() - start
    start = time.process_time()
    pages = [text for path in files for text in texts(path)]
    pdfium = time.process_time() - start
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = spacy.load("spacy_fi_experimental_web_md", exclude=["lemmatizer"])  # which needs a system library
    nlp("Kunta kehittää palveluja.")
    start = time.process_time()
    for _ in nlp.pipe(pages):
        pass
    full = time.process_time() - start
    del nlp

    print(f"{len(files)} PDFs, {len(pages)} pages, {words} words; seconds of the processor:")
    print(f"  whole run                         {one.processor:7.1f}")
    for name, seconds in (
        ("pypdfium2, text", pdfium),
        ("pdfplumber, words", plumber),
        ("spaCy, whole Finnish pipeline", full),
        ("pdfplumber and spaCy", plumber + full),
    ):
        print(f"  {name:32}  {seconds:7.1f}   {seconds / one.processor:5.1f} times the run")
    print(
        f"By the clock: one worker {one.clock:.1f} s, two {two.clock:.1f} s: {one.clock / two.clock:.2f} times as fast"
    )
    gib = 2**30
    print(f"Memory, the report's included: one worker {alone / gib:.2f} GB, two {together / gib:.2f} GB")


if __name__ == "__main__":
    main()
