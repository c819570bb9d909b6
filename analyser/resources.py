"""Where the files are that come with the program: the demo corpus and the trained model."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder `corpora` or `models`.

    An installed package carries them inside itself; in a checkout they stand beside the package, where an analyst
    would look for them.
    """
    package = Path(__file__).parent
    bundled = package / name
    return bundled if bundled.is_dir() else package.parent / name
