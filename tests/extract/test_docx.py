"""Word files: styles, lists, tables, notes, headers, changes, and packages that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from common import overfill

from analyser import extract
from analyser.document import Block, InputError

docx = pytest.importorskip("docx")


def read(tmp_path: Path, file: Any) -> list[Block]:
    path = tmp_path / "strategia.docx"
    file.save(str(path))
    return list(extract.read(path).blocks)


def shown(blocks: list[Block]) -> list[tuple[str, int | None, str]]:
    return [(b.kind, b.level, b.text) for b in blocks]


def insert(paragraph: Any, xml: str) -> None:
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_styles_give_headings_lists_and_paragraphs(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("Mallilan strategia", 0)
    file.add_heading("Painopisteet", 1)
    file.add_paragraph("Digitaaliset palvelut", style="List Bullet")
    file.add_paragraph("Verkkoasiointi kaikille", style="List Bullet 2")
    file.add_paragraph("Ensimmäinen askel", style="List Number")
    file.add_paragraph("Toinen askel", style="List Number")
    file.add_paragraph("Kunta kehittää palveluitaan.")
    assert shown(read(tmp_path, file)) == [
        ("heading", 1, "Mallilan strategia"),
        ("heading", 1, "Painopisteet"),
        ("item", 1, "Digitaaliset palvelut"),
        ("item", 1, "Verkkoasiointi kaikille"),
        ("item", 1, "1. Ensimmäinen askel"),
        ("item", 1, "2. Toinen askel"),
        ("paragraph", None, "Kunta kehittää palveluitaan."),
    ]


def test_a_lists_own_levels_are_depths(tmp_path: Path) -> None:
    file = docx.Document()
    for level in (0, 1, 0):
        paragraph = file.add_paragraph(f"Taso {level}", style="List Bullet")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 1
    assert [(b.kind, b.level) for b in read(tmp_path, file)] == [("item", 1), ("item", 2), ("item", 1)]


def test_short_bold_paragraphs_head_the_text_below_them(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("Strategia", 1)
    file.add_paragraph().add_run("Elinvoima").bold = True
    file.add_paragraph("Yritykset saavat tontin nopeasti.")
    file.add_paragraph().add_run("Tämä on lihavoitu lause, joka päättyy pisteeseen.").bold = True
    file.add_paragraph("- Kirjoitettu luettelo")
    assert shown(read(tmp_path, file))[1:] == [
        ("heading", 2, "Elinvoima"),
        ("paragraph", None, "Yritykset saavat tontin nopeasti."),
        ("paragraph", None, "Tämä on lihavoitu lause, joka päättyy pisteeseen."),
        ("item", 1, "Kirjoitettu luettelo"),
    ]


def test_cells_know_their_row_and_column(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(4, 3)
    rows = [
        ("Päämäärä", "Toimenpide", "Mittari"),
        ("Elinvoima", "Tontit valmiiksi", "Tontteja 20"),
        ("", "Digipalvelut yrityksille", "Osuus 60 %"),
        ("Hyvinvointi", "Lähipalvelut", "Käyntejä 2 000"),
    ]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    found = {b.text: b for b in read(tmp_path, file)}
    assert {b.kind for b in found.values()} == {"table_cell"}
    digital = found["Digipalvelut yrityksille"]
    assert (digital.row, digital.column) == ("Elinvoima", "Toimenpide")
    assert (found["Käyntejä 2 000"].row, found["Käyntejä 2 000"].column) == ("Hyvinvointi", "Mittari")
    assert (found["Elinvoima"].row, found["Elinvoima"].column) == ("", "Päämäärä")
    assert (found["Mittari"].row, found["Mittari"].column) == ("", "")


def test_headers_and_footers_are_furniture(tmp_path: Path) -> None:
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "Mallilan kunta"
    file.sections[0].footer.paragraphs[0].text = "Luonnos"
    file.add_paragraph("Leipäteksti.")
    assert [(b.kind, b.text) for b in read(tmp_path, file)] == [
        ("furniture", "Mallilan kunta"), ("paragraph", "Leipäteksti."), ("furniture", "Luonnos"),
    ]  # fmt: skip


def test_changes_are_read_as_accepted_and_content_controls_opened(tmp_path: Path) -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("Lisäämme ")
    insert(paragraph, "<w:ins><w:r><w:t>digitaalisia </w:t></w:r></w:ins>")
    insert(paragraph, "<w:del><w:r><w:delText>sähköisiä </w:delText></w:r></w:del>")
    insert(paragraph, "<w:sdt><w:sdtContent><w:r><w:t>palve\u00adluita.</w:t></w:r></w:sdtContent></w:sdt>")
    assert [b.text for b in read(tmp_path, file)] == ["Lisäämme digitaalisia palveluita."]


def test_page_breaks_are_counted(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("Ensimmäinen sivu.")
    file.add_page_break()
    file.add_paragraph("Toinen sivu.")
    path = tmp_path / "sivut.docx"
    file.save(str(path))
    document = extract.read(path)
    assert [p.number for p in document.pages] == [1, 2]
    assert [(b.page, b.where(0, 3)) for b in document.blocks] == [(1, (1, None)), (2, (2, None))]


def test_contents_are_not_read_twice(tmp_path: Path) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    file = docx.Document()
    file.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    file.add_paragraph("Digitalisaatio\t3", style="toc 1")
    file.add_heading("Digitalisaatio", 1)
    assert [b.kind for b in read(tmp_path, file)] == ["furniture", "heading"]


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(word__document_xml=b"<x/>"), "damaged"),
        (packed(word__document_xml=b"<x/>")[:60] + b"word/", "damaged"),
        (packed(word__document_xml=b" " * 450_000_000), "unpacks"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "protected"),
        (packed(xl__workbook_xml=b"<x/>"), "not a Word file"),
        (b"only text", "not a Word file"),
    ],
    ids=["empty package", "cut short", "bomb", "password", "spreadsheet", "text"],
)
def test_no_word_file(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "huono.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"^huono.docx .*{says}.*[.]$"):
        extract.read(path)


def test_a_word_file_without_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        read(tmp_path, docx.Document())


def test_a_file_that_unpacks_to_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "strategia.docx"
    docx.Document().save(str(path))
    overfill(path, "word/more.xml", 500_000_000)
    with pytest.raises(InputError, match=r"strategia\.docx unpacks to far more than a document holds"):
        extract.read(path)
