"""Progress is shown on a terminal and nowhere else."""

from __future__ import annotations

import pytest

from analyser import terminal


def tell_all() -> None:
    with terminal.progress() as tell:
        for part in ("analysing", "reporting"):
            for done in range(1, 4):
                tell(part, done, 3, f"[b]kunta-{done}.pdf")


def test_a_terminal_shows_the_part_the_count_and_the_document(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    tell_all()
    out, err = capsys.readouterr()
    assert out == ""
    for shown in ("reporting", "3/3", "[b]kunta-3.pdf"):
        assert shown in err


def test_elsewhere_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    tell_all()
    assert capsys.readouterr() == ("", "")
