"""The REFI-QDA project, read back by a reader that is not ours."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from report_sample import mention, result, typeset

from analyser.audit import audit
from analyser.document import Result
from analyser.report import qdpx
from analyser.report.locale import speech

refi = pytest.importorskip("pyrefiqda", reason="pyrefiqda is not installed")

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("refi_qda.rng")))
SENTENCE = "Kehitämme digitaalisia palveluja yhdessä asukkaiden kanssa."


def exported(folder: Path, results: list[Result], sources: dict[str, Path]) -> tuple[Any, list[str]]:
    """The project as the independent reader has it, and the files that it lacks."""
    path = folder / "mentions.qdpx"
    missing = qdpx.write(path, results, sources, audit(results, {}), speech("fi"))
    with zipfile.ZipFile(path) as archive:
        GRAMMAR.assertValid(etree.fromstring(archive.read("project.qde")))
    return refi.RefiProject.load(path, folder / "read"), missing


def text_of(folder: Path, internal: str) -> str:
    return refi.RefiProject.resolve_source_path(internal, folder / "read").read_text("utf-8")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return typeset(tmp_path / "a.pdf")


def test_a_mention_is_coded_on_its_page_and_in_the_text(tmp_path: Path, pdf: Path) -> None:
    goal = mention(SENTENCE, "digitaalisia palveluja", page=2, bbox=(70.6, 140.0, 525.0, 160.0))
    project, missing = exported(tmp_path, [result("Kunta", file="a.pdf", mentions=(goal,))], {"a.pdf": pdf})
    assert missing == []
    (source,) = project.sources.pdfsource
    assert refi.RefiProject.resolve_source_path(source.path, tmp_path / "read").read_bytes() == pdf.read_bytes()
    (box,) = source.pdfselection
    assert (box.page, box.first_x, box.second_x) == (1, 71, 525)
    assert (box.first_y, box.second_y) == (842 - 140, 842 - 160), "from the lower left corner of A4"
    (stretch,) = source.representation.plain_text_selection
    text = text_of(tmp_path, source.representation.plain_text_path)
    assert " ".join(text[stretch.start_position : stretch.end_position].split()) == SENTENCE.rstrip(".")
    assert stretch.guid == box.guid, "one selection, told twice"
    codes = {code.guid: code.name for group in project.code_book.codes.code for code in group.code}
    for selection in (box, stretch):
        assert [codes[c.code_ref.target_guid] for c in selection.coding] == ["Tavoite", "digitaaliset palvelut"]
        assert selection.description == SENTENCE


def test_goals_are_coded_with_what_the_audit_finds_in_them(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    text = "Johdanto ja digi.\fHankimme kolme robottia vuonna 2028.\nJa muuta.\n"
    source.write_bytes(text.replace("\n", "\r\n").encode())
    goal = mention("Hankimme kolme robottia vuonna 2028.", "robottia", page=2, concept="ai")
    project, _ = exported(tmp_path, [result("Kunta", file="a.txt", mentions=(goal,))], {"a.txt": source})
    (told,) = project.sources.text_source
    (stretch,) = told.plain_text_selection
    found = text_of(tmp_path, told.plain_text_path)[stretch.start_position : stretch.end_position]
    assert found == "Hankimme kolme robottia vuonna 2028"
    codes = {code.guid: code.name for group in project.code_book.codes.code for code in group.code}
    assert [codes[c.code_ref.target_guid] for c in stretch.coding] == [
        "Tavoite", "tekoäly", "Konkreettinen", "Mitattava", "Aikataulutettu",
    ]  # fmt: skip


def test_what_cannot_be_read_is_told_and_the_rest_is_there(tmp_path: Path, pdf: Path) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    hostile = mention("<script>alert(1)</script> & \x00\x0bdigi", "digi", page=1, concept="<b>&")
    results = [
        result("A", file="a.pdf", mentions=(hostile,)), result("B", file="b.pdf"), result("C", file="gone.pdf"),
        result("D", "none", file="failed.pdf", status="failed"),
    ]  # fmt: skip
    sources = {"a.pdf": pdf, "b.pdf": broken, "gone.pdf": tmp_path / "gone.pdf"}
    project, missing = exported(tmp_path, results, sources)
    assert missing == ["b.pdf", "gone.pdf"]
    assert [source.name for source in project.sources.pdfsource] == ["a.pdf"]
    assert "<b>&" in [code.name for group in project.code_book.codes.code for code in group.code]
    with zipfile.ZipFile(tmp_path / "mentions.qdpx") as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if ".." in name or name.startswith("/")]


def test_a_project_without_documents_is_still_one(tmp_path: Path) -> None:
    project, missing = exported(tmp_path, [], {})
    assert missing == []
    assert len(project.code_book.codes.code) == 1
    assert not project.sources


def test_a_word_file_is_told_as_its_text(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Johdanto.")
    document.add_table(1, 1).cell(0, 0).text = SENTENCE
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.docx").write_bytes(b"no zip")
    goal = mention(SENTENCE, "digitaalisia palveluja", page=3)
    results = [result("Kunta", file="a.docx", mentions=(goal,)), result("Rikki", file="b.docx")]
    project, missing = exported(tmp_path, results, {r.file: tmp_path / r.file for r in results})
    assert missing == ["b.docx"]
    (told,) = project.sources.text_source
    (stretch,) = told.plain_text_selection
    text = text_of(tmp_path, told.plain_text_path)
    assert text[stretch.start_position : stretch.end_position] == SENTENCE.rstrip(".")
