"""Tables: cells that know their row and column, merged cells, tables over pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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


ROWS = "[Tavoite], [Mittari], [2025], [2030], [Elinvoima], [Yrityksiä], [20], [35], [Sujuvat palvelut], [Asiointi], "
ROWS += "[40 %], [80 %], [Tasapaino], [Vuosikate], [1 M€], [3 M€]"
RULED_ROWS = "stroke: (x, y) => (bottom: 0.5pt)"


def test_a_table_with_rules_under_its_rows_only(typeset: Typeset) -> None:
    long = "[Luonto], [Kunnan omien kiinteistöjen energian kulutus vuodessa asukasta kohden laskettuna], [9], [5]"
    markup = f"{PROSE}\n#table(columns: (1fr, 1fr, 1fr, 1fr), {RULED_ROWS}, {ROWS}, {long})\n{PROSE}"
    found = cells(typeset("viivat.pdf", markup))
    assert (found["80 %"].row, found["80 %"].column) == ("Sujuvat palvelut", "2030")
    assert found["Asiointi"].column == "Mittari"
    assert any(text.startswith("Kunnan omien") and text.endswith("laskettuna") for text in found)


def test_figures_aligned_without_rules_are_a_table(typeset: Typeset) -> None:
    markup = f"{PROSE * 3}\n\n#table(columns: (1fr, 1fr, 1fr, 1fr), stroke: none, {ROWS})\n\n{PROSE * 3}"
    found = cells(typeset("tyhja.pdf", markup))
    assert len(found) == 16
    assert (found["3 M€"].row, found["3 M€"].column) == ("Tasapaino", "2030")


def test_columns_of_text_between_rules_are_no_table(typeset: Typeset) -> None:
    part = f"#columns(2)[{PROSE * 6}]\n#line(length: 100%)\n"
    found = extract.read(typeset("palstat.pdf", f"#set text(9pt)\n#line(length: 100%)\n{part * 3}")).blocks
    assert "table_cell" not in {b.kind for b in found}


def test_number_cards_are_read_card_by_card(typeset: Typeset) -> None:
    figures = {"5 432": "asukasta", "310": "yritystä", "74 %": "työllisyysaste"}
    cards = ", ".join(f"[#text(24pt, weight: 800)[{n}]\\ {label}]" for n, label in figures.items())
    grid = f"#grid(columns: (1fr, 1fr, 1fr), {cards})"
    path = typeset("luvut.pdf", f"#set text(11pt)\n= Kunta lukuina\n{grid}\n\n{PROSE}")
    text = " ".join(b.text for b in extract.read(path).blocks)
    assert "5 432 asukasta 310 yritystä 74 % työllisyysaste" in text


def test_headings_in_the_margin_of_ruled_off_chapters_are_no_table(typeset: Typeset) -> None:
    part = "#line(length: 100%)\n#grid(columns: (4cm, 1fr), [#text(14pt)[*{}*]], [" + PROSE * 3 + "])\n"
    chapters = "".join(part.format(name) for name in ("Taustaa", "Visio", "Kärjet", "Seuranta"))
    found = extract.read(typeset("luvut.pdf", f"#set text(10pt)\n{chapters}#line(length: 100%)")).blocks
    assert [b.text for b in found if b.kind == "heading"] == ["Taustaa", "Visio", "Kärjet", "Seuranta"]
    assert "table_cell" not in {b.kind for b in found}


TEXTS = [
    ("Painopiste", "Toimenpiteet", "Mittari"),
    ("Hyvinvoiva kuntalainen", "Liikuntapaikkoja kunnostetaan ja lähiliikuntaa lisätään kaikissa kylissä", "Käynnit"),
    ("Elinvoimainen kunta", "Yritysten digitaalisia palveluja kehitetään naapurien kanssa", "Uusien yritysten määrä"),
    ("Tasapainoinen talous", "Hankintoja keskitetään koko seudulla", "Vuosikate asukasta kohden ja lainakanta"),
]  # fmt: skip


@pytest.mark.parametrize("heading", ["[{}]", "[*{}*]"])
def test_texts_aligned_without_rules_are_a_table(typeset: Typeset, heading: str) -> None:
    """Such tables once were read line by line, or column by column where the file shuffles its text."""
    first = ", ".join(heading.format(t) for t in TEXTS[0])
    rest = ", ".join(f"[{t}]" for row in TEXTS[1:] for t in row)
    grid = f"#table(columns: (1fr, 1.6fr, 1.2fr), stroke: none, {first}, {rest})"
    path = typeset("tyhja.pdf", f"#set text(10pt)\n= Seuranta\n{PROSE}\n\n{grid}\n{PROSE}")
    found = [(b.text, b.row, b.column) for b in extract.read(path).blocks if b.kind == "table_cell"]
    assert found == [
        *((name, "", "") for name in TEXTS[0]),
        *((text, row[0] if k else "", TEXTS[0][k]) for row in TEXTS[1:] for k, text in enumerate(row)),
    ]


def test_a_table_without_rules_keeps_its_headings_over_pages(typeset: Typeset) -> None:
    first = ", ".join(f"[*{t}*]" for t in TEXTS[0])
    rest = ", ".join(f"[{t} {n}]" for n in range(8) for row in TEXTS[1:] for t in row)
    grid = f"#table(columns: (1fr, 1.6fr, 1.2fr), stroke: none, table.header({first}), {rest})"
    found = extract.read(typeset("sivut.pdf", f"#set page(height: 12cm)\n#set text(10pt)\n{grid}")).blocks
    body = [b for b in found if b.kind == "table_cell"]
    assert [b.text for b in body].count("Painopiste") == 1
    assert {(b.row, b.column) for b in body if b.text.startswith("Yritysten")} == {
        (f"Elinvoimainen kunta {n}", "Toimenpiteet") for n in range(8)
    }


def test_what_begins_together_is_not_always_a_table(typeset: Typeset) -> None:
    lists = ["- Avoimuus\n- Rohkeus\n- Luottamus\n- Yhteistyö", "- Talous\n- Palvelut\n- Kylät\n- Koulu"]
    cards = ", ".join(f"[*Kärki {k}*\n\nKunta uudistuu.]" for k in range(6))
    contents = ", ".join(f"[Luku {k}], [{k + 2}]" for k in range(6))
    labels = ", ".join(f"[*Luku {k}*], [{PROSE}]" for k in range(6))
    for name, markup in {
        "luettelot": f"#grid(columns: (1fr, 1fr), [{lists[0]}], [{lists[1]}])",
        "palstat": f"#set page(columns: 3, flipped: true)\n{PROSE * 20}",
        "kortit": f"#grid(columns: (1fr, 1fr, 1fr), gutter: 20pt, {cards})",
        "sisallys": f"#grid(columns: (1fr, 1cm), row-gutter: 6pt, {contents})",
        "nimikkeet": f"#grid(columns: (4cm, 1fr), row-gutter: 10pt, {labels})",
    }.items():
        assert not cells(typeset(f"{name}.pdf", f"#set text(10pt)\n{markup}")), name


def test_a_heading_of_rows_in_a_table_without_rules(typeset: Typeset) -> None:
    rows = "[*Toimenpide*], [*Vastuu*], [*Aika*], table.cell(colspan: 3)[*Elinvoima*], [Tontit], [Johtaja], [Kevät],"
    rows += "[Neuvonta], [Päällikkö], [Syksy], table.cell(colspan: 3)[*Arki*], [Kirjasto], [Rehtori], [Kesä]"
    found = cells(typeset("ryhmat.pdf", f"#set text(10pt)\n{PROSE}\n#table(columns: (1fr,) * 3, stroke: none, {rows})"))
    assert (found["Syksy"].row, found["Syksy"].column) == ("Elinvoima – Neuvonta", "Aika")
    assert found["Kesä"].row == "Arki – Kirjasto"
