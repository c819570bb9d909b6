"""Tables: cells that know their row and column, merged cells, tables over pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analyser import extract
from analyser.document import Block
from analyser.language.sentences import split

Typeset = Callable[..., Path]

PROSE = "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla. "


def cells(path: Path) -> dict[str, Block]:
    return {b.text: b for b in extract.read(path).blocks if b.kind == "table_cell"}


def test_cells_know_their_row_and_column(typeset: Typeset) -> None:
    path = typeset(
        "taulukko.pdf",
        "#table(columns: 3, [Tavoite], [Toimenpide], [Mittari 2030],\n"
        "table.cell(rowspan: 2)[Sujuva arki], [Digitaalinen asiointi], [60 %], [Lähipalvelut], [20 kpl],\n"
        "table.cell(colspan: 3)[Elinvoima], [Työ], [Yrityspalvelut], [30 yritystä])",
    )
    found = {text: (b.row, b.column) for text, b in cells(path).items()}
    assert found["Digitaalinen asiointi"] == ("Sujuva arki", "Toimenpide")
    assert found["20 kpl"] == ("Sujuva arki", "Mittari 2030")
    assert found["30 yritystä"] == ("Elinvoima – Työ", "Mittari 2030")
    assert found["Tavoite"] == found["Elinvoima"] == ("", "")


def test_merged_column_headings_are_read_with_those_below_them(typeset: Typeset) -> None:
    path = typeset(
        "kaksi.pdf",
        "#table(columns: 3, table.cell(rowspan: 2)[Tavoite], table.cell(colspan: 2)[Taso], [Nyt], [Vuonna 2030],\n"
        "[Verkkoasiointi], [40 %], [80 %], [Talous], [0 M€], [2 M€])",
    )
    found = cells(path)
    assert (found["80 %"].row, found["80 %"].column) == ("Verkkoasiointi", "Taso – Vuonna 2030")
    assert found["Verkkoasiointi"].column == "Tavoite"


def test_a_table_over_pages_keeps_its_headings(typeset: Typeset) -> None:
    """The repeated headings once were cells again, and without them the rows of the second page had none."""
    rows = "".join(f"[Tavoite {k}], [Toimenpide numero {k}], " for k in range(40))
    page = "#set page(height: 12cm, width: 16cm, margin: 1.5cm)\n"
    for header in ("table.header([Kärki], [Keino])", "[Kärki], [Keino]"):
        found = extract.read(typeset("pitka.pdf", f"{page}#table(columns: (1fr, 2fr), {header}, {rows})"))
        body = [b for b in found.blocks if b.kind == "table_cell"]
        assert [b.text for b in body].count("Kärki") == 1
        assert {b.column for b in body if b.text.startswith("Toimenpide")} == {"Keino"}
        assert all(b.row == f"Tavoite {b.text.split()[-1]}" for b in body if b.text.startswith("Toimenpide"))


def test_a_table_without_headings_has_none(typeset: Typeset) -> None:
    path = typeset("luvut.pdf", "#table(columns: 2, [1 200], [3 400], [5 600], [7 800])")
    assert {(b.row, b.column) for b in cells(path).values()} == {("", "")}


def test_a_cells_column_is_the_last_of_its_sections(typeset: Typeset) -> None:
    path = typeset(
        "osio.pdf", f"= Kärjet\n{PROSE}\n#table(columns: 2, [Kärki], [Keino], [Elinvoima], [Digipalvelut yrityksille])"
    )
    sections = {s.text: s.section for s in split(extract.read(path))}
    assert sections["Digipalvelut yrityksille"] == ("Kärjet", "Keino")
    assert sections["Kärki"] == ("Kärjet",)
