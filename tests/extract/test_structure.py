"""Blocks: headings and their levels, list items, furniture, paragraphs over columns and pages, pieces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyser import extract
from analyser.document import Block

Typeset = Callable[..., Path]

PROSE = (
    "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu. Elinvoima syntyy "
    "yrityksistä, joille kaava ja tontit ovat ajoissa valmiina. "
)


def blocks(path: Path, kind: str | None = None) -> list[Block]:
    return [b for b in extract.read(path).blocks if kind is None or b.kind == kind]


def lines(path: Path) -> list[str]:
    return [b.text[p.start : p.end] for b in blocks(path) for p in b.pieces]


def test_heading_levels_are_the_same_over_the_document(typeset: Typeset) -> None:
    part = f"= Painopiste\n{PROSE}\n== Tavoite\n{PROSE}\n=== Toimenpide\n{PROSE}\n"
    path = typeset("tasot.pdf", f"{part}#pagebreak()\n{part}")
    assert [(b.text, b.level) for b in blocks(path, "heading")] == [
        ("Painopiste", 1), ("Tavoite", 2), ("Toimenpide", 3)
    ] * 2  # fmt: skip


def test_heading_over_two_lines_is_one_and_headings_in_a_row_are_two(typeset: Typeset) -> None:
    long = "Hyvinvoivat ja osallistuvat kuntalaiset rakentavat yhdessä kestävää huomista koko seudulle"
    path = typeset("rivit.pdf", f"#set page(width: 14cm)\n= {long}\n== Lyhyt\n{PROSE}")
    assert [b.text for b in blocks(path, "heading")] == [long, "Lyhyt"]


def test_sentence_that_ends_in_a_number_begins_no_list(typeset: Typeset) -> None:
    """A number with a stop at a line's beginning, in the middle of a paragraph, once began a list item."""
    text = "Jokaisella kylällä on oma koulu, kun lapsia on vähintään 24. Kirjasto tulee luokse."
    path = typeset("luku.pdf", f"#set page(width: 12cm)\n{text}\n\n{PROSE}")
    assert any(line.startswith("24.") for line in lines(path))
    assert [(b.kind, b.text) for b in blocks(path)] == [("paragraph", text), ("paragraph", PROSE.strip())]


def test_heading_in_body_size_is_known_by_its_weight(typeset: Typeset) -> None:
    path = typeset("lihava.pdf", f"#show heading: set text(11pt)\n== Digitaalinen kunta\n{PROSE}\n\n{PROSE}")
    assert [(b.kind, b.text) for b in blocks(path)] == [
        ("heading", "Digitaalinen kunta"), ("paragraph", PROSE.strip()), ("paragraph", PROSE.strip())
    ]  # fmt: skip


@pytest.mark.parametrize("set_as", ['fill: rgb("#00548f")', 'weight: "regular", size: 11pt'])
def test_heading_is_known_by_its_colour_or_capitals_alone(typeset: Typeset, set_as: str) -> None:
    name = "Digitaalinen kunta" if "fill" in set_as else "DIGITAALINEN KUNTA"
    part = f"#block(text({set_as})[{name}])\n{PROSE}\n\n{PROSE}\n"
    path = typeset("vari.pdf", f"#set text(11pt)\n{part * 2}")
    found = [(b.kind, b.text) for b in blocks(path)]
    assert found == [("heading", name), ("paragraph", PROSE.strip()), ("paragraph", PROSE.strip())] * 2


def test_coloured_sentence_and_coloured_text_are_no_headings(typeset: Typeset) -> None:
    quote = "#block(text(fill: blue)[Meillä on kaikki, mitä hyvään arkeen tarvitaan.])"
    path = typeset("lainaus.pdf", f"#set text(11pt)\n{quote}\n{PROSE}\n\n{PROSE}")
    assert not blocks(path, "heading")
    path = typeset("sininen.pdf", f"#set text(11pt, fill: blue)\nArvomme ovat yhteiset\n\n{PROSE}\n\n{PROSE}")
    assert not blocks(path, "heading")


def test_small_bold_heading_on_a_slide_of_small_type(typeset: Typeset) -> None:
    """Slides fit their type to their text: the document's usual size is no measure for one of them."""
    path = typeset(
        "kalvot.pdf",
        f'#set page(paper: "presentation-16-9")\n#set text(22pt)\n{PROSE * 2}\n#pagebreak()\n#set text(13pt)\n'
        "*VÄESTÖ VÄHENEE*\n\nHakijat vanhenevat, ja heitä tulee muualta.\n\n*TEKOÄLY*\n\nOsa töistä muuttuu.",
    )
    assert [b.text for b in blocks(path, "heading")] == ["VÄESTÖ VÄHENEE", "TEKOÄLY"]


def test_a_sentence_in_large_type_is_no_heading(typeset: Typeset) -> None:
    path = typeset("visio.pdf", f"= Visio\n#text(18pt)[Kunta on maan toimivin vuonna 2035.]\n\n{PROSE * 2}")
    assert [b.text for b in blocks(path, "heading")] == ["Visio"]


def test_contents_lines_and_numbered_paragraphs(typeset: Typeset) -> None:
    path = typeset(
        "sisalto.pdf",
        "#set heading(numbering: \"1.\")\n#outline(title: [Sisällys])\n= Lähtökohdat\n"
        f"1.1 {PROSE}\n\n1.2 {PROSE}\n= Toimintaympäristö\n{PROSE}",
    )
    found = blocks(path)
    contents = [b.text for b in found if b.kind == "paragraph" and b.text.endswith("1")]
    assert [t.split()[:2] for t in contents] == [["1.", "Lähtökohdat"], ["2.", "Toimintaympäristö"]]
    assert not [b for b in found if b.kind == "item"]


def test_bold_words_within_a_paragraph_make_no_heading(typeset: Typeset) -> None:
    path = typeset("korostus.pdf", f"*Visio.* {PROSE} *Tärkeää on* {PROSE}\n\n{PROSE}")
    assert [b.kind for b in blocks(path)] == ["paragraph", "paragraph"]


def test_items_lose_their_bullets_and_keep_their_nesting(typeset: Typeset) -> None:
    path = typeset(
        "lista.pdf",
        f"{PROSE}\n- Ensimmäinen kohta on niin pitkä, että se jatkuu varmasti toiselle riville asti ja vielä "
        "vähän yli\n"
        "  - Alakohta\n- Toinen kohta\n+ Numeroitu kohta\n",
    )
    assert [(b.text, b.level) for b in blocks(path, "item")] == [
        ("Ensimmäinen kohta on niin pitkä, että se jatkuu varmasti toiselle riville asti ja vielä vähän yli", 1),
        ("Alakohta", 2),
        ("Toinen kohta", 1),
        ("1. Numeroitu kohta", 1),
    ]


def test_drawn_bullets_count(typeset: Typeset) -> None:
    dot = "#set list(marker: box(baseline: -2pt, circle(radius: 1.5pt, fill: black)))\n"
    path = typeset("pallot.pdf", f"{dot}{PROSE}\n- Sujuva arki\n- Toimivat yhteydet\n")
    assert [b.text for b in blocks(path, "item")] == ["Sujuva arki", "Toimivat yhteydet"]


def test_a_minus_sign_is_no_bullet(typeset: Typeset) -> None:
    path = typeset("miinus.pdf", f"{PROSE}\n\n-30,6 miljoonaa euroa oli tulos.")
    assert [b.kind for b in blocks(path)] == ["paragraph", "paragraph"]


def test_running_headers_footers_and_page_numbers_are_furniture(typeset: Typeset) -> None:
    page = (
        "#set page(header: [Mallilan strategia #h(1fr) Luonnos], "
        "footer: context align(center)[#counter(page).display() / 4])\n"
    )
    chapters = "#pagebreak()".join(f"\n= Luku {k}\n{PROSE * 3}\n" for k in range(1, 5))
    path = typeset("kalusteet.pdf", page + chapters)
    furniture = [b.text for b in blocks(path, "furniture")]
    assert furniture.count("Mallilan strategia") == furniture.count("Luonnos") == 4
    assert [f"{k} / 4" in furniture for k in range(1, 5)] == [True] * 4
    body = [b.text for b in blocks(path) if b.kind != "furniture"]
    assert body == [t for k in range(1, 5) for t in (f"Luku {k}", (PROSE * 3).strip())]


def test_page_number_of_a_single_page_is_furniture(typeset: Typeset) -> None:
    path = typeset("yksi.pdf", f"#set page(footer: [#text(7pt)[MALLILA | 1]])\n= Visio\n{PROSE}")
    assert [b.text for b in blocks(path, "furniture")] == ["MALLILA | 1"]


def test_body_text_that_recurs_on_each_page_stays(typeset: Typeset) -> None:
    """Slides built up step by step repeat their text; only what stands at the very edge is furniture."""
    page = '#set page(paper: "presentation-16-9", header: [#text(8pt)[Strategia]])\n#set text(14pt)\n'
    steps = "#pagebreak()".join(f"Kunta tarjoaa asukkaille palvelut.\n\nVaihe {k}\n" for k in range(1, 4))
    path = typeset("vaiheet.pdf", page + steps)
    assert [b.text for b in blocks(path)].count("Kunta tarjoaa asukkaille palvelut.") == 3
    assert len(blocks(path, "furniture")) == 3


def test_years_in_headings_are_not_page_numbers(typeset: Typeset) -> None:
    pages = "\n#pagebreak()\n".join(f"= Talousarvio {2021 + 3 * k}\n{PROSE}\n" for k in range(3))
    path = typeset("vuodet.pdf", f"#set page(margin: 1cm)\n{pages}")
    assert [b.text for b in blocks(path, "heading")] == ["Talousarvio 2021", "Talousarvio 2024", "Talousarvio 2027"]


def test_paragraph_over_a_page_break_is_one_block_with_pieces_on_both_pages(typeset: Typeset) -> None:
    path = typeset("jatkuu.pdf", f'#set page(height: 9cm, numbering: "1")\n#set par(justify: true)\n{PROSE * 12}')
    [block] = blocks(path, "paragraph")
    assert block.text == (PROSE * 12).strip()
    assert len({p.page for p in block.pieces}) > 1
    for piece in block.pieces:
        assert piece.start < piece.end and piece.bbox is not None
    assert [p.start for p in block.pieces[1:]] >= [p.end for p in block.pieces[:-1]]


def test_a_place_in_the_text_is_found_on_its_page(typeset: Typeset) -> None:
    path = typeset("paikka.pdf", f"{PROSE * 3} Digitaaliset palvelut ovat tärkeitä. {PROSE * 3}")
    [block] = blocks(path, "paragraph")
    start = block.text.index("Digitaaliset")
    page, box = block.where(start, start + len("Digitaaliset palvelut"))
    assert page == 1 and box is not None and block.bbox is not None
    assert box[3] - box[1] < block.bbox[3] - block.bbox[1]


def test_captions_are_known(typeset: Typeset) -> None:
    figure = "#figure(rect(width: 6cm, height: 3cm), caption: [Kunnan väkiluvun kehitys])"
    path = typeset("kuva.pdf", f'#set text(lang: "fi")\n{PROSE}\n{figure}\n{PROSE}')
    assert [b.text for b in blocks(path, "caption")] == ["Kuva 1: Kunnan väkiluvun kehitys"]


SLIDES = '#set page(paper: "presentation-16-9", margin: 2cm)\n#set text(16pt)\n'


def test_numbers_over_texts_in_cards_are_a_numbered_list(typeset: Typeset) -> None:
    """The large numbers and bold texts of such cards once were headings, all of them."""
    names = ("Sujuva arki", "Elävä keskusta", "Avoin päätöksenteko")
    cards = ", ".join(f"[#text(22pt, weight: 800)[{k}.]\\ *{name}*]" for k, name in enumerate(names, 1))
    grid = f"#grid(columns: (1fr, 1fr, 1fr), {cards})"
    path = typeset("kortit.pdf", f"{SLIDES}#text(30pt)[*Tavoitteet*]\n\n{grid}\n{PROSE}")
    assert [(b.kind, b.text) for b in blocks(path)][:4] == [
        ("heading", "Tavoitteet"),
        *(("item", f"{k}. {name}") for k, name in enumerate(names, 1)),
    ]


def test_numbers_over_texts_with_more_below_are_headings_with_their_numbers(typeset: Typeset) -> None:
    cards = ", ".join(f"[#text(22pt, weight: 800)[{k}]\\ *Kärki {c}*\n\nKärjen teksti.]" for k, c in enumerate("AB", 1))
    path = typeset("kortit.pdf", f"{SLIDES}#text(30pt)[*Kärjet*]\n\n#grid(columns: (1fr, 1fr), {cards})\n{PROSE * 2}")
    assert [b.text for b in blocks(path) if b.kind == "heading"] == ["Kärjet", "1 Kärki A", "2 Kärki B"]


def test_a_label_over_a_statement_in_large_type_heads_it(typeset: Typeset) -> None:
    path = typeset(
        "visio.pdf",
        f"{SLIDES}#text(30pt)[*Lähtökohdat*]\n\n{PROSE * 2}\n#pagebreak()\nVisio 2035\n\n"
        "#text(36pt)[*Kunta, jossa jokainen pärjää ja viihtyy.*]",
    )
    assert [(b.kind, b.text) for b in blocks(path)][-2:] == [
        ("heading", "Visio 2035"),
        ("paragraph", "Kunta, jossa jokainen pärjää ja viihtyy."),
    ]


def test_a_label_over_a_name_in_large_type_leaves_it_a_heading(typeset: Typeset) -> None:
    path = typeset(
        "vali.pdf",
        f"{SLIDES}#text(30pt)[*Lähtökohdat*]\n\n{PROSE * 2}\n#pagebreak()\nPainopiste 2\n\n"
        "#text(36pt)[*Hyvinvoiva ja osallistuva kuntalainen asuu hyvin*]",
    )
    assert blocks(path)[-1].kind == "heading"


def test_a_footnote_neither_ends_nor_joins_the_paragraph_over_it(typeset: Typeset) -> None:
    note = "#footnote[Tilastokeskus, väestöennuste vuodelta 2024.]"
    path = typeset("viite.pdf", f"#set page(height: 9cm, width: 12cm)\n#set text(11pt)\n{PROSE}{note} {PROSE * 4}")
    found = blocks(path)
    assert [b.text for b in found if b.kind == "caption"] == ["1Tilastokeskus, väestöennuste vuodelta 2024."]
    assert len([b for b in found if b.kind == "paragraph"]) == 1


def test_header_that_names_the_chapter_is_furniture_though_it_comes_once(typeset: Typeset) -> None:
    names = ["Elinvoima", "Hyvinvointi", "Talous", "Osaaminen"]
    markup = "#set text(10pt)\n" + "#pagebreak()\n".join(
        f"#set page(header: text(10pt)[{n}], margin: (top: 3cm))\n= Luku {n}\n{PROSE * 3}\n" for n in names
    )
    path = typeset("luvut.pdf", markup)
    assert [b.text for b in blocks(path, "furniture")] == names
    assert [b.text for b in blocks(path, "heading")] == [f"Luku {n}" for n in names]


def test_heading_that_opens_some_pages_is_no_running_header(typeset: Typeset) -> None:
    """A bold sub-heading that came first on two pages, as well as within others, once was their furniture."""
    heading = '#block(text(weight: "bold")[Lähtötilanne])\n'
    opening = f"{heading}{PROSE}\n"
    path = typeset("alku.pdf", "#set text(11pt)\n" + f"{opening}{PROSE * 12}\n\n{opening}#pagebreak()\n" * 2)
    assert [b.text for b in blocks(path, "heading")] == ["Lähtötilanne"] * 4


def test_pages_numbered_in_roman_numerals(typeset: Typeset) -> None:
    chapters = "#pagebreak()".join(f"\n= Luku {k}\n{PROSE * 3}\n" for k in "abcdefgh")
    path = typeset("roomalaiset.pdf", f'#set page(numbering: "i", height: 12cm)\n{chapters}')
    assert [b.text for b in blocks(path, "furniture")] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]


def test_roman_numbers_begin_items(typeset: Typeset) -> None:
    path = typeset("lista.pdf", f'{PROSE}\n#enum(numbering: "i.", [Arki], [Elinvoima], [Luonto])')
    assert [b.text for b in blocks(path, "item")] == ["i. Arki", "ii. Elinvoima", "iii. Luonto"]


def test_bold_words_that_run_over_a_lines_end_are_no_heading(typeset: Typeset) -> None:
    """A paragraph whose first sentence is bold and longer than a line once was a heading and the rest of it."""
    text = "Digitalisaatio tuo palvelut jokaisen kuntalaisen ulottuville riippumatta siitä, missä päin kuntaa hän asuu."
    path = typeset("lihava.pdf", f"#set text(11pt)\n*{text}* {PROSE}\n\n{PROSE}\n\n{PROSE}")
    assert [(b.kind, b.text) for b in blocks(path)] == [
        ("paragraph", f"{text} {PROSE.strip()}"), *[("paragraph", PROSE.strip())] * 2
    ]  # fmt: skip


def test_what_is_quoted_in_large_type_is_no_heading(typeset: Typeset) -> None:
    quote = "”Meillä jokainen saa äänensä kuuluviin.”"
    path = typeset("nosto.pdf", f"#set page(columns: 2)\n{PROSE * 3}\n#block(text(16pt)[{quote}])\n{PROSE * 3}")
    assert [(b.kind, b.text) for b in blocks(path)][1] == ("paragraph", quote)


def test_credits_and_sources_in_small_type_are_captions(typeset: Typeset) -> None:
    small = "#text(8pt)[{}]\n\n"
    credits = ["Kuva: Matti Meikäläinen", "Lähde: Tilastokeskus 2024"]
    path = typeset("lahde.pdf", PROSE + "\n\n" + "".join(small.format(t) for t in credits) + PROSE)
    assert [b.text for b in blocks(path, "caption")] == credits


def test_numbers_left_of_their_texts_are_a_numbered_list(typeset: Typeset) -> None:
    """White numbers in coloured discs once were headings."""
    disc = '#let disc(n) = circle(radius: 9pt, fill: blue)[#align(center + horizon, text(white)[*#n*])]\n'
    rows = ", ".join(f"disc({k}), [Lupaus {c}. {PROSE}]" for k, c in enumerate("abc", 1))
    path = typeset("pallot.pdf", f"{disc}= Lupaukset\n#grid(columns: (1cm, 1fr), row-gutter: 12pt, {rows})")
    assert [b.text.split(".")[0] for b in blocks(path, "item")] == ["1 Lupaus a", "2 Lupaus b", "3 Lupaus c"]


def test_header_in_the_texts_type_close_above_it_that_names_a_chapter(typeset: Typeset) -> None:
    """It says what a heading says, on the chapter's two pages only, and once was taken for text."""
    page = "#set page(header: [{0}], margin: (top: 2cm), header-ascent: 5pt, height: 20cm)\n= {0}\n"
    chapters = (page.format(name) + f"{name} kasvaa. " * 400 for name in ("Elinvoima", "Hyvinvointi"))
    markup = "#set text(11pt)\n" + "#pagebreak()\n".join(chapters)
    path = typeset("luvut.pdf", markup)
    assert {b.text for b in blocks(path, "furniture")} == {"Elinvoima", "Hyvinvointi"}
    assert [b.text for b in blocks(path, "heading")] == ["Elinvoima", "Hyvinvointi"]
