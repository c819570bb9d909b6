"""Writing files so that nothing is ever half-written, and claiming an output folder for one run at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from analyser.document import InputError


def write_bytes(path: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `path`, all or nothing; see `replacing`."""
    with replacing(path) as file:
        for chunk in chunks:
            file.write(chunk)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to; `path` has either its old content or all of the new, whatever happens meanwhile.

    Raises OSError as writing does; the unfinished copy is removed.
    """
    part = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, all or nothing; see `write_bytes`."""
    write_bytes(path, [text.encode("utf-8")])


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Make `folder` if it is missing and hold it for one run; the hold ends with the process, however it ends.

    Raises InputError if the folder cannot be written to, or another run is writing to it.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"{folder}: the output folder cannot be written to ({error.strerror}); choose another with --out."
        ) from error
    lock = FileLock(folder / ".analyser.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(
            f"{folder}: another run is writing to this folder; wait until it ends or choose another with --out."
        ) from error
    try:
        for unfinished in folder.rglob(".*.part"):  # by a run that was killed
            unfinished.unlink(missing_ok=True)
        yield
    finally:
        lock.release()
