"""Reading order: columns, titles over them, cards, rows over pages, sidebars, rotated text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from plain_pdf import line as plain_line
from plain_pdf import plain_pdf

from analyser import extract
from analyser.document import Block

Typeset = Callable[..., Path]

PROSE = (
    "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu. Elinvoima syntyy "
    "yrityksistä, joille kaava ja tontit ovat ajoissa valmiina. Hyvinvointi rakentuu lähellä ihmistä: koulussa, "
    "kirjastossa ja kylätalolla. Talous pidetään tasapainossa niin, että investoinnit voidaan maksaa ajallaan. "
)


def blocks(path: Path) -> list[Block]:
    return [b for b in extract.read(path).blocks if b.kind != "furniture"]


def order(path: Path, *starts: str) -> list[str]:
    """The `starts` in the order in which the document's blocks begin with them."""
    texts = [b.text for b in blocks(path)]
    return sorted(starts, key=lambda s: next(i for i, t in enumerate(texts) if t.startswith(s)))


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(typeset: Typeset, columns: int) -> None:
    body = "".join(f"\n== Luku {k}\n{PROSE * 2}\n" for k in range(1, 6))
    title = '#place(top, scope: "parent", float: true)[#text(20pt, weight: "bold")[Otsikko koko leveydeltä]]'
    page = f'#set page(columns: {columns}, margin: 2cm)\n#set text(9pt, lang: "fi")\n'
    path = typeset("palstat.pdf", page + title + body)
    starts = ["Otsikko koko leveydeltä", *(f"Luku {k}" for k in range(1, 6))]
    assert order(path, *starts) == starts


def test_centred_title_over_headings_side_by_side(typeset: Typeset) -> None:
    """A title over a wide gap between two short headings once made a gutter beside itself."""
    title = '#place(top + center, scope: "parent", float: true)[#text(20pt, weight: "bold")[Keskitetty otsikko]]'
    path = typeset(
        "otsikko.pdf",
        f'#set page(flipped: true, columns: 2)\n#set par(justify: true)\n{title}\n= Ensimmäinen\n{PROSE}\n= Toinen\n'
        f"{PROSE * 3}\n#colbreak()\n= Kolmas\n{PROSE * 2}",
    )
    starts = ["Keskitetty otsikko", "Ensimmäinen", "Toinen", "Kolmas"]
    assert order(path, *starts) == starts


@pytest.mark.parametrize("side", ["left", "center"])
def test_short_titles_over_columns(typeset: Typeset, side: str) -> None:
    """A title over all columns that is as narrow as one of them once was read as a heading in that column."""
    section = (
        f"#let section(title, ..texts) = {{ v(2em); align({side}, text(14pt, weight: \"bold\", title)); v(0.5em)\n"
        "  grid(columns: (1fr, 1fr, 1fr), gutter: 8mm, ..texts) }\n"
    )
    columns = {n: ", ".join(f"[Palsta {n}{k} alkaa tästä. {PROSE}]" for k in "abc") for n in "123"}
    chapters = "".join(f"#section([Luku {n}], {texts})\n" for n, texts in columns.items())
    path = typeset("luvut.pdf", f"{section}#set text(9pt)\n{chapters}")
    starts = [start for n in "123" for start in (f"Luku {n}", *(f"Palsta {n}{k}" for k in "abc"))]
    assert order(path, *starts) == starts


def test_wide_gaps_of_justified_lines_are_no_columns(tmp_path: Path) -> None:
    """Words that the file draws one by one, by chance in line with those of the next line, once made two columns."""
    rows = [
        "Strategia sitoo yhteen kaiken sen, mihin",
        "kunta     valtuustokaudella      pyrkii,",
        "jonka     asukkaat        tekevat    sen",
        "eteen, ettei kylilta tarvitse muuttaa.",
    ]
    shown = [plain_line(rows[0], 50, 500, 10), plain_line(rows[3], 50, 464, 10)]
    for k in (1, 2):
        words = re.finditer(r"\S+", rows[k])
        shown += [plain_line(m.group(), 50 + 6 * m.start(), 500 - 12 * k, 10) for m in words]
    path = tmp_path / "joet.pdf"
    path.write_bytes(plain_pdf("".join(shown[::2] + shown[1::2]), font="/Type1 /BaseFont /Courier"))
    assert [b.text for b in blocks(path)] == [" ".join(" ".join(rows).split())]


def test_cards_are_read_row_by_row_each_whole(typeset: Typeset) -> None:
    card = (
        "#let card(title, body) = [#text(16pt, weight: \"bold\")[#title]\n\n#body]\n"
        "#let long = [Tämän kortin teksti on pitkä ja vie monta riviä, joten rivin muut kortit loppuvat ennen sitä.]\n"
    )
    names = ["Elinvoima", "Hyvinvointi", "Talous", "Osaaminen", "Ympäristö", "Yhteisö"]
    bodies = ["long", "[Lyhyt.]", "[Lyhyt.]", "[Lyhyt.]", "long", "[Lyhyt.]"]
    cells = ", ".join(f'card("{n}", {b})' for n, b in zip(names, bodies, strict=True))
    path = typeset(
        "kortit.pdf",
        f'{card}#set page(paper: "presentation-16-9")\n#set text(13pt)\n#text(26pt)[Strategian kärjet]\n\n'
        f"#grid(columns: (1fr, 1fr, 1fr), gutter: 18pt, {cells})",
    )
    found = [b.text for b in blocks(path)]
    assert [t for t in found if t in names] == names
    for name, body in zip(names, bodies, strict=True):
        assert found[found.index(name) + 1].startswith("Tämän kortin" if body == "long" else "Lyhyt")


def test_boxes_are_read_whole(typeset: Typeset) -> None:
    """A wide box between two rows of boxes, its own columns in line with theirs, once was read with the columns."""
    box = "#let box(title, body) = block(fill: luma(230), inset: 8pt, width: 100%)[== #title\n\n#body]\n"
    lists = ", ".join(f"[=== {t}\n- Kohta {t}]" for t in ("Ihminen", "Maa", "Elanto", "Raha"))
    path = typeset(
        "laatikot.pdf",
        f"{box}#set text(10pt)\n"
        f"#grid(columns: (1fr, 1fr), gutter: 12pt, box([Miksi], [{PROSE}]), box([Mihin], [Lyhyt.]))\n"
        f"#box([Miten], grid(columns: (1fr, 1fr), gutter: 12pt, {lists}))\n"
        "#grid(columns: (1fr, 1fr), gutter: 12pt, box([Tapa], [Suoraan.]), box([Mittari], [Luottamus.]))",
    )
    starts = ["Miksi", "Mihin", "Miten", "Ihminen", "Maa", "Elanto", "Raha", "Tapa", "Mittari"]
    assert [b.text for b in blocks(path) if b.kind == "heading"] == starts


def test_headings_in_the_margin_head_the_text_beside_them(typeset: Typeset) -> None:
    rows = ", ".join(f"[*{t}*], [{PROSE}]" for t in ("Taustaa", "Visio", "Kärjet"))
    path = typeset("marginaali.pdf", f"#set text(10pt)\n#grid(columns: (4cm, 1fr), row-gutter: 14pt, {rows})")
    assert [b.text for b in blocks(path)] == [t for h in ("Taustaa", "Visio", "Kärjet") for t in (h, PROSE.strip())]


@pytest.mark.parametrize("beside", [1, 13])
def test_a_cell_that_a_page_break_cuts_is_read_whole(typeset: Typeset, beside: int) -> None:
    left = "".join(f"- Vasemman solun kohta {k}\n\n" for k in range(1, 31))
    right = "".join(f"Oikean solun kappale {k}.\n\n" for k in range(beside))
    path = typeset(
        "solut.pdf",
        '#set page(paper: "presentation-16-9")\n#set text(13pt)\n'
        f"#grid(columns: (1fr, 1fr), gutter: 24pt, [{left}], [{right}])",
    )
    texts = [b.text for b in blocks(path)]
    assert [t for t in texts if t.startswith("Vasemman")] == [f"Vasemman solun kohta {k}" for k in range(1, 31)]
    assert texts.index("Oikean solun kappale 0.") > texts.index("Vasemman solun kohta 30")


def test_sidebar_does_not_mix_with_the_text_beside_it(typeset: Typeset) -> None:
    path = typeset(
        "sivupalkki.pdf",
        f'#set text(10pt)\n= Elinvoimainen kunta\n#grid(columns: (1fr, 4.5cm), gutter: 1cm, [{PROSE * 2}], '
        "[#block(fill: luma(225), inset: 8pt)[*Faktat*\n\nAsukkaita 5 432\n\nTyöpaikkoja 2 100]])",
    )
    texts = [b.text for b in blocks(path)]
    assert texts == ["Elinvoimainen kunta", (PROSE * 2).strip(), "Faktat", "Asukkaita 5 432", "Työpaikkoja 2 100"]


def test_loosely_justified_lines_are_not_columns(typeset: Typeset) -> None:
    words = "Kunnallistaloudellinen tasapainottamisohjelma edellyttää yhteistoimintaneuvotteluja palvelualueilla. " * 3
    page = "#set page(width: 9cm, height: 20cm, margin: 1.5cm)\n#set par(justify: true)\n"
    path = typeset("harva.pdf", page + words)
    assert [b.text for b in blocks(path)] == [words.strip()]


def test_vertical_side_title_is_one_block(typeset: Typeset) -> None:
    path = typeset(
        "pysty.pdf",
        "#place(left + horizon, dx: -1.5cm, rotate(-90deg, reflow: true)[#text(20pt)[STRATEGIA 2035]])\n"
        f"= Arvot\n{PROSE}",
    )
    found = blocks(path)
    assert {b.text for b in found} == {"STRATEGIA 2035", "Arvot", PROSE.strip()}
    side = next(b for b in found if b.text == "STRATEGIA 2035").bbox
    assert side is not None and side[3] - side[1] > 3 * (side[2] - side[0])


def test_table_cells_are_read_row_by_row(typeset: Typeset) -> None:
    path = typeset(
        "taulukko.pdf",
        "#set text(10pt)\n= Mittarit\nSeuraamme näitä.\n"
        "#table(columns: (2fr, 2fr, 1fr), [Tavoite], [Mittari], [2025],\n"
        "[Digitaaliset palvelut], [Sähköisen asioinnin osuus kaikesta asioinnista kunnan palveluissa], [60 %],\n"
        "[Elinvoima], [Uusien yritysten määrä], [20])\nTeksti jatkuu.",
    )
    found = blocks(path)
    assert [b.text for b in found if b.kind == "table_cell"] == [
        "Tavoite", "Mittari", "2025",
        "Digitaaliset palvelut", "Sähköisen asioinnin osuus kaikesta asioinnista kunnan palveluissa", "60 %",
        "Elinvoima", "Uusien yritysten määrä", "20",
    ]  # fmt: skip
    assert [b.text for b in found if b.kind != "table_cell"] == ["Mittarit", "Seuraamme näitä.", "Teksti jatkuu."]


def test_boxes_side_by_side_are_read_from_the_left_whatever_is_in_them(typeset: Typeset) -> None:
    """The type in a box once decided how high it seemed to begin: three columns over two boxes mixed these."""
    box = "#let box(title, body) = block(fill: luma(230), inset: 8pt, width: 100%)[#text(15pt)[*#title*]\n\n#body]\n"
    columns = ", ".join(f"[*{t}*\n- Kohta {t}]" for t in ("Ihminen", "Maa", "Elanto"))
    table = "table(columns: 2, ..range(16).map(n => text(7pt)[Luku #n]))"
    path = typeset(
        "ruudut.pdf",
        f"{box}#set text(11pt)\n#box([Painopisteet], grid(columns: (1fr, 1fr, 1fr), gutter: 10pt, {columns}))\n"
        f"#grid(columns: (1fr, 1fr), gutter: 8pt, box([Raamit], [Lyhyt.]), box([Mittarit], {table}))",
    )
    starts = ["Painopisteet", "Ihminen", "Maa", "Elanto", "Raamit", "Mittarit", "Luku 0"]
    assert order(path, *starts) == starts


def test_headings_in_the_margin_that_reach_up_to_the_text(typeset: Typeset) -> None:
    """Where no gutter was left between the two, each once was read with the line of text beside it."""
    names = ["Toimintaympäristön muutokset", "Visio", "Elinvoima ja työllisyys"]
    rows = ", ".join(f"text(13pt)[*{t}*], [{PROSE}]" for t in names)
    path = typeset("ahdas.pdf", f"#set text(10pt)\n#grid(columns: (34mm, 1fr), gutter: 4pt, row-gutter: 14pt, {rows})")
    assert [(b.kind, b.text) for b in blocks(path)] == [
        e for name in names for e in (("heading", name), ("paragraph", PROSE.strip()))
    ]


@pytest.mark.parametrize("heading", ["*{}*", "#text(15pt)[{}]"])
def test_cards_two_by_two_in_whatever_order_they_are_drawn(typeset: Typeset, heading: str) -> None:
    """Two columns of two cards each once were read down the columns, as text is."""
    names = ["Elinvoima", "Hyvinvointi", "Talous", "Luonto"]
    cards = "".join(
        f"#place(dx: {k % 2 * 13}cm, dy: {k // 2 * 5}cm, block(width: 11cm)[{heading.format(names[k])}\n\n{PROSE}])\n"
        for k in (0, 3, 2, 1)
    )
    path = typeset("nelja.pdf", f'#set page(paper: "presentation-16-9")\n#set text(11pt)\n{cards}')
    assert order(path, *names) == names


def test_a_heading_with_ordinary_room_over_two_columns(typeset: Typeset) -> None:
    """A heading as narrow as a column, with no more room above it than usual, once was read in the left column."""
    chapters = "".join(f"= Luku {k}\n#columns(2)[Vasen {k} {PROSE}\n#colbreak()\nOikea {k} {PROSE}]\n" for k in "abc")
    starts = [f"{name} {k}" for k in "abc" for name in ("Luku", "Vasen", "Oikea")]
    assert order(typeset("otsikot.pdf", f"#set text(10pt)\n{chapters}"), *starts) == starts


def test_a_line_of_far_apart_words_in_a_justified_column_is_no_row_of_columns(tmp_path: Path) -> None:
    """Its words, which the file draws one by one, once were read after the short last line below them."""
    rows = ["Kunta uudistuu joka vuosi, ja kaikki", "palvelut tuodaan aina asukkaille kun"]
    rows += ["arki tahdotaan sujuvaksi kaikkialla."]
    rows += ["- Kirjasto auki", "- Sukupolvenvaihdoksiin   maksutonta", "  apua"]
    shown = [plain_line(row, 50, 500 - 12 * k, 10) for k, row in enumerate(rows) if k != 4]
    shown = [plain_line("maksutonta", 50 + 26 * 6, 452, 10), *shown, plain_line(rows[4][:23], 50, 452, 10)]
    path = tmp_path / "harva.pdf"
    path.write_bytes(plain_pdf("".join(shown), font="/Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding"))
    assert blocks(path)[-1].text == "Sukupolvenvaihdoksiin maksutonta apua"
