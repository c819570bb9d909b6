"""Finding the documents of a run: files, folders and URLs in, one unique name a document out."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyser import remote
from analyser.document import InputError
from analyser.remote import Remote, Url

SUFFIXES = (".pdf", ".docx", ".txt")
"""What a folder is searched for. A file named outright is tried whatever it is called."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document to analyse: where it is, and `file`, the key that every output knows it by.

    A `remote` one is not at its path yet; `trouble` says why it could not be brought there.
    """

    file: str
    path: Path
    remote: Remote | None = None
    trouble: str = ""


def find(inputs: Sequence[Path | Url], *, skip: Path | Url | None = None, spool: Path | None = None) -> list[Source]:
    """The documents in `inputs`, sorted by `file`; each real file once, though it was given twice.

    Folders are searched recursively for `SUFFIXES`; hidden files, the lock files of Word and symbolic links are left
    out: what a link inside the folder points to is either found by its own name or outside of what the user asked for.
    `skip` (the output folder) is not searched. `file` is the path relative to the given folder, with forward slashes
    and in Unicode normal form C; where two inputs would give the same, both get as many of their parent folders' names
    as tell them apart. What is found at a URL gets a path in the folder `spool`, where `remote.fetched` brings it.

    Raises InputError if an input does not exist, a folder cannot be read, or nothing was found.
    """
    found: dict[Path | Remote, tuple[str, ...]] = {}
    for given in inputs:
        if isinstance(given, Url):
            for there, parts in remote.find(given, SUFFIXES, skip):
                found.setdefault(there, parts)
        elif given.is_dir():
            for path in _search(given, skip.resolve() if isinstance(skip, Path) else None):
                found.setdefault(path.resolve(), path.relative_to(given).parts)
        elif given.is_file():
            found.setdefault(given.resolve(), (given.name,))
        else:
            raise InputError(f"{given}: there is no such file or folder; check the path.")
    if not found:
        names = ", ".join(str(path) for path in inputs)
        raise InputError(f"{names}: no {' or '.join(SUFFIXES)} file was found; check that this is the right folder.")
    named = sorted(_names(found), key=lambda one: one[1])
    return [_source(where, file, number, spool) for number, (where, file) in enumerate(named)]


def _source(where: Path | Remote, file: str, number: int, spool: Path | None) -> Source:
    if isinstance(where, Path):
        return Source(file, where)
    return Source(file, (spool or Path()) / str(number) / where.name, where)


def _search(folder: Path, skip: Path | None) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: the folder cannot be read ({error.strerror}); check its permissions.")

    for parent, folders, files in os.walk(folder, onerror=refuse):
        here = Path(parent)
        folders[:] = [f for f in folders if not f.startswith(".") and (skip is None or (here / f).resolve() != skip)]
        for name in files:
            path = here / name
            if (
                not name.startswith((".", "~$"))
                and path.suffix.lower() in SUFFIXES
                and path.is_file()
                and not path.is_symlink()
            ):
                yield path


def _names(found: dict[Path | Remote, tuple[str, ...]]) -> Iterator[tuple[Path | Remote, str]]:
    """Give each path a name of its own."""
    same: defaultdict[str, list[Path | Remote]] = defaultdict(list)
    for path, parts in found.items():
        same[_key(parts)].append(path)
    taken: set[str] = {key for key, paths in same.items() if len(paths) == 1}
    for key, paths in sorted(same.items()):
        if len(paths) == 1:
            yield paths[0], key
            continue
        for path, longer in zip(paths, _told_apart(paths, len(found[paths[0]])), strict=True):
            unique, number = longer, 2
            while unique in taken:
                unique, number = f"{longer} ({number})", number + 1
            taken.add(unique)
            yield path, unique


def _told_apart(paths: Sequence[Path | Remote], depth: int) -> list[str]:
    """Names of at least `depth` parts, grown by parent folders until they differ or the paths end."""
    deepest = max(len(path.parts) for path in paths)
    names: list[str] = []
    for parts in range(depth + 1, deepest + 1):
        names = [_key(path.parts[1:][-parts:]) for path in paths]
        if len(set(names)) == len(names):
            break
    return names


def _key(parts: Iterable[str]) -> str:
    # A name that is not UTF-8 on disk has lone surrogates here, which no JSON reader would take.
    text = os.fsencode("/".join(parts)).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)
