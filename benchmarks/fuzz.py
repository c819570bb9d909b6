"""Looks for files that make extraction or the score reader fail, guided by the code that each file reaches.

    python benchmarks/fuzz.py extract|scores [SECONDS] [SEEDS...]

Needs `pip install atheris` (Linux). Begins with the files in SEEDS and those kept in tests/fuzz/. A file must be read
or be refused with an InputError, within `PATIENCE` seconds of the processor; each that is not is written to
build/fuzz/TARGET/, once for every place in the code where it failed. What was mended stays in tests/fuzz/, where a test
reads it again.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["PATH"] = ""  # no OCR: it would take most of the time, and is not what is tried

with atheris.instrument_imports(include=["analyser"]):
    from analyser import extract
    from analyser.document import InputError
    from analyser.extract import docx, pdf, text  # noqa: F401  imported late by `extract.read`
    from analyser.maturity import scores

from damage import DAMAGES, damaged  # noqa: E402

PATIENCE = 20
LARGEST = 1_000_000
READERS: dict[str, Callable[[Path], object]] = {"extract": extract.read, "scores": scores.read}
ARCHIVE, PDF = b"PK\x03\x04", b"%PDF-"


class TooLong(BaseException):
    """Raised in the reader when its time is up; no reader's own `except` takes it for a trouble of the file."""


def _end(number: int, frame: FrameType | None) -> None:
    raise TooLong


def mutated(data: bytes, size: int, seed: int) -> bytes:
    """A changed copy: PDFs are damaged as on the way, archives within their members, anything else byte by byte."""
    chance = random.Random(seed)
    if chance.random() < 0.9:
        with contextlib.suppress(ValueError):  # too little is left to damage
            if data.startswith(PDF):
                return damaged(data, seed)[:size]
            if data.startswith(ARCHIVE):
                return _within(data, size, chance)
    return bytes(atheris.Mutate(data, size))


def _within(data: bytes, size: int, chance: random.Random) -> bytes:
    """The archive with one of its members changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member.filename: archive.read(member) for member in archive.infolist()}
    except Exception:  # no longer an archive that anyone can read
        return bytes(atheris.Mutate(data, size))
    if members:
        name = chance.choice(sorted(members))
        content = members[name]
        whole = len(content) <= 8 or chance.random() < 0.5
        members[name] = bytes(atheris.Mutate(content, size)) if whole else chance.choice(DAMAGES)(content, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return packed.getvalue()[:size]


def main() -> None:
    target = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    reader, folder = READERS[target], ROOT / "build" / "fuzz" / target
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp())
    seen: set[str] = set()

    def one(data: bytes) -> None:
        suffix = ".pdf" if data.startswith(PDF) else ".docx" if data.startswith(ARCHIVE) else ".txt"
        path = temporary / f"file{suffix}"
        path.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        try:
            reader(path)
        except InputError as error:
            said = str(error)
            if not said.endswith(".") or "\n" in said:
                keep(data, path, f"not a sentence: {said!r}")
        except (Exception, TooLong) as error:
            own = [f for f in traceback.extract_tb(error.__traceback__) if "analyser" in f.filename]
            where = f"{Path(own[-1].filename).stem}-{own[-1].lineno}" if own else "elsewhere"
            keep(data, path, f"{type(error).__name__} at {where}: {error}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def keep(data: bytes, path: Path, why: str) -> None:
        place = why.partition(":")[0].replace(" ", "-")
        if place not in seen:
            seen.add(place)
            (folder / f"{place}{path.suffix}").write_bytes(data)
            print(f"FOUND {why[:300]}", flush=True)

    signal.signal(signal.SIGPROF, _end)
    kept = ROOT / "tests" / "fuzz" / target
    arguments = [
        sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=4096", "-timeout=600",
        f"-artifact_prefix={folder}/", str(corpus), *([str(kept)] if kept.is_dir() else []), *sys.argv[3:],
    ]  # fmt: skip
    atheris.Setup(arguments, one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
