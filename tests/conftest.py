"""Shared by all tests: PDFs typeset on the spot, a cache of the tests' own, and the way to ../shared."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from common import ROOT, Typeset

from analyser.dispatch import PRELOAD


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests from reading or filling the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYSER_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("TERM", "dumb")
        yield


if sys.platform == "linux":
    # The server that workers are forked from is one for all tests, whichever of them starts it: it has the models.
    multiprocessing.get_context("forkserver").set_forkserver_preload([PRELOAD])


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """`typeset(name, markup)` writes a PDF from Typst markup into the test's folder `in` and returns its path.

    Pictures that the markup names are looked for in the test's folder.
    """
    import typst

    def make(name: str, markup: str) -> Path:
        source, path = tmp_path / "source.typ", tmp_path / "in" / name
        source.write_text(markup, encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(typst.compile(source))
        return path

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real strategies and scorers beside the checkout; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("ANALYSER_SHARED") or ROOT.parent / "shared")
    if not (folder / "strategies" / "gold.jsonl").exists():
        pytest.skip("needs the real strategies in ../shared")
    return folder
