"""`analyser export`: what a finished run is handed on as."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from analyser.cli import main
from analyser.report import printing


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run over one text."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "kunta.txt").write_text("Koekunnan strategia\n\nTavoitteet\n\nHankimme tekoälyn vuonna 2028.\n", "utf-8")
    done = CliRunner().invoke(main, ["run", str(folder / "kunta.txt"), "--out", str(folder / "out"), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return folder / "out"


def test_export_writes_the_project_and_the_printed_report(finished: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(finished)])
    assert done.exit_code == 0
    assert (finished / "mentions.qdpx").read_bytes().startswith(b"PK")
    if printing.browser():
        import pypdfium2

        with pypdfium2.PdfDocument(finished / "report.pdf") as document:
            assert "Digitalisaatio" in document[0].get_textpage().get_text_range()
        assert done.output.split() == [str(finished / "mentions.qdpx"), str(finished / "report.pdf")]


def test_without_a_browser_the_rest_is_written_and_it_is_said(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "browser", lambda: None)
    done = CliRunner().invoke(main, ["export", str(finished)])
    assert done.exit_code == 0
    assert "report.pdf: not printed; it needs Chromium, Chrome or Edge" in done.stderr
    assert str(finished / "mentions.qdpx") in done.stdout


def test_a_browser_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "browser", lambda: str(tmp_path / "no-such-browser"))
    assert not printing.print_pdf(tmp_path / "index.html", tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_run_is_told_of_in_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(tmp_path)])
    assert done.exit_code == 2
    assert "results.jsonl: the results cannot be read" in done.stderr


def test_the_audit_is_evaluated_from_the_command_line() -> None:
    done = CliRunner().invoke(main, ["evaluate", "--audit", "fi"])
    assert done.exit_code == 0
    assert "963 goals" in done.output
    assert "measurable precision" in done.output
