"""Every document is found once, under a name of its own, and nothing outside of what was asked for."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.document import InputError
from analyser.inputs import find

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the file system does not have it")


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def files(*inputs: Path, skip: Path | None = None) -> list[str]:
    return [source.file for source in find(inputs, skip=skip)]


def test_a_folder_is_searched_recursively_and_sorted(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "a/z.TXT", "a/deep/er.PDF", "notes.md", ".hidden.pdf", ".git/x.pdf", "B.pdf")
    assert files(tmp_path) == ["B.pdf", "a/deep/er.PDF", "a/z.TXT", "b.pdf"]


def test_a_file_named_outright_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "strategy.dat")
    assert files(tmp_path / "strategy.dat") == ["strategy.dat"]


def test_a_file_given_twice_is_one_document(tmp_path: Path) -> None:
    put(tmp_path, "in/a.pdf")
    assert files(tmp_path / "in", tmp_path / "in" / "a.pdf", tmp_path / "in" / ".." / "in") == ["a.pdf"]


def test_equal_names_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    put(tmp_path, "2021/kunta.pdf", "2025/kunta.pdf", "2025/other.pdf", "x/2025/kunta.pdf")
    inputs = [tmp_path / "2021", tmp_path / "2025", tmp_path / "x" / "2025"]
    found = files(*inputs)
    assert found[-1] == "x/2025/kunta.pdf"
    assert len(set(found)) == 4
    assert "other.pdf" in found
    assert {source.path for source in find(inputs)} == {p.resolve() for p in tmp_path.rglob("*.pdf")}


@POSIX
def test_links_inside_a_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret/a.pdf", "in/b.pdf")
    (tmp_path / "in" / "link.pdf").symlink_to(tmp_path / "secret" / "a.pdf")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert files(tmp_path / "in") == ["b.pdf"]
    (tmp_path / "way-in").symlink_to(tmp_path / "in")
    assert files(tmp_path / "way-in") == ["b.pdf"]


@POSIX
def test_pipes_are_not_documents(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert files(tmp_path) == ["b.pdf"]


def test_the_output_folder_is_not_an_input(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "report/c.txt")
    assert files(tmp_path, skip=tmp_path / "report") == ["b.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_names_become_unicode_in_normal_form_c(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Mäntyharju.pdf")
    put(tmp_path, decomposed, "Mäntyharju.pdf")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe4\xe4ni.pdf")).write_text("")
    found = files(tmp_path)
    assert len(set(found)) == 3
    assert all(name == unicodedata.normalize("NFC", name) and name.encode("utf-8") for name in found)


NAMES = st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from("xy"))


@given(st.lists(NAMES, min_size=1, max_size=8))
def test_names_are_always_unique(tmp_path_factory: pytest.TempPathFactory, paths: list[tuple[str, str, str]]) -> None:
    folder = tmp_path_factory.mktemp("in")
    for first, second, name in paths:
        put(folder, f"{first}/{second}/{name}.pdf")
    inputs = [*folder.iterdir(), *folder.glob("*/*")]
    found = files(*inputs)
    assert len(set(found)) == len(found) == len(set(paths))


@pytest.mark.parametrize("name", ["missing", "missing.pdf"])
def test_a_missing_input_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}: there is no such file or folder"):
        find([tmp_path / name])


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    put(tmp_path, "readme.md")
    with pytest.raises(InputError, match=r"no \.pdf or \.docx or \.txt file was found"):
        find([tmp_path])
