"""Files are written whole or not at all, and a folder belongs to one run at a time."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from analyser.document import InputError
from analyser.files import claim, write_bytes, write_text


def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    write_text(path, "vanha\n")

    def chunks() -> Iterator[bytes]:
        yield b"uusi"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, chunks())
    assert path.read_text() == "vanha\n"
    assert list(tmp_path.iterdir()) == [path]


def hold(folder: Path, pipe: Connection) -> None:
    with claim(folder):
        pipe.send("held")
        pipe.recv()


def test_a_second_run_on_a_folder_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    first = context.Process(target=hold, args=(tmp_path / "out", theirs))
    first.start()
    assert ours.recv() == "held"
    with pytest.raises(InputError, match="another run is writing to this folder"), claim(tmp_path / "out"):
        pass
    first.kill()
    first.join()
    with claim(tmp_path / "out"):
        assert (tmp_path / "out").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX paths")
@pytest.mark.parametrize("folder", ["/proc/report", "file/report", "file"])
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    message = r"the output folder cannot be written to \(.+\); choose another"
    with pytest.raises(InputError, match=message), claim(tmp_path / folder):
        pass
