"""Text files as other programs write them: columns side by side, running lines in the flow, hyphens of their own."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from time import process_time

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import extract
from analyser.document import Block
from analyser.extract.text import blocks_of

Typeset = Callable[..., Path]

FIRST = (
    "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikkialla. Elinvoima "
    "syntyy yrityksistä, joille kaava ja tontit ovat ajoissa valmiina."
)
SECOND = (
    "Digitaaliset palvelut täydentävät lähipalveluja ja helpottavat asiointia kaikkina vuorokauden aikoina. "
    "Henkilöstön osaamista vahvistetaan koulutuksella ja työnkierrolla."
)
HYPHENS = (
    "Kuntalaisten osallistumismahdollisuuksien ja kasvihuonekaasupäästöjen vähentämistoimenpiteiden kehittämisohjelma "
    "hyväksytään Keski-Suomen ja Pohjois-Savon kunnissa vuosina 2025-2027. Sosiaali- ja terveyspalvelut ovat "
    "saavutettavissa ilmasto-ohjelman mukaisesti."
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], list[Block]]:
    """Gives the blocks of a text that was written to a file."""

    def blocks(text: str | bytes) -> list[Block]:
        path = tmp_path / "strategia.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        document = extract.read(path)
        assert not document.warnings
        return list(document.blocks)

    return blocks


Read = Callable[[str], list[Block]]


def found(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks]


def wrapped(text: str, width: int = 40) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def beside(*columns: list[str], gap: int = 3) -> str:
    """The columns as `pdftotext -layout` writes them: side by side, each as wide as its longest line."""
    widths = [max(map(len, column)) + gap for column in columns]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join("".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def of_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\f".join(page.get_textpage().get_text_range() for page in pdf)


def of_plumber(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\f".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize("program", [of_pdfium, of_plumber])
def test_programs_hyphens(read: Read, typeset: Typeset, program: Callable[[Path], str]) -> None:
    """PDFium writes U+FFFE for a hyphen and the line's end; fonts whose hyphen is the soft one hide those that stay."""
    path = typeset("tavu.pdf", f'#set page(width: 9cm)\n#set text(lang: "fi")\n#set par(justify: true)\n{HYPHENS}')
    text = program(path)
    assert "\ufffe" in text or "\xad" in text
    assert found(read(text)) == [("paragraph", HYPHENS)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Luonnon\xadkäyttö\xadmahdol\xadlisuuksien turvaa\xad\nminen", "Luonnonkäyttömahdollisuuksien turvaaminen"),
        ("Kunnan asunto-\xad\nrakentaminen ja pel\xad\xad\nlot", "Kunnan asuntorakentaminen ja pellot"),
        ("Keski-Suomen ki\xad\nja ja maa\xad\nala", "Keski-Suomen kija ja maaala"),
        ("Kunnan nurmi\xadjärveläinen v\n\xad oisi", "Kunnan nurmijärveläinen v oisi"),
        ("Keski\xadSuomen ilmasto\xadohjelma ja ta\xad\nlous", "Keski-Suomen ilmasto-ohjelma ja talous"),
    ],
)
def test_soft_hyphens(read: Read, text: str, whole: str) -> None:
    """What they are is told by where they stand and by the text's other hyphens."""
    assert [b.text for b in read(text)] == [whole]


@pytest.mark.parametrize("letter", ["h", "ü", "Ø", "v", "q", "§"])
def test_letters_of_symbol_fonts_are_bullets(read: Read, letter: str) -> None:
    items = ["Kattavat palvelut", "Toimiva verkostoyhteistyö hyvinvoinnin edistämiseksi", "Digitaalinen asiointi"]
    text = "Tavoitteet\n" + "\n".join(f"{letter} {item}" for item in items)
    assert found(read(text)) == [("heading", "Tavoitteet"), *(("item", item) for item in items)]


def test_items_of_two_lists_on_one_line_are_two(read: Read) -> None:
    text = "• Sujuva arki • Asiointien määrä\n• Kestävä talous • Velka asukasta kohti"
    items = ["Sujuva arki", "Asiointien määrä", "Kestävä talous", "Velka asukasta kohti"]
    assert found(read(text)) == [("item", item) for item in items]


def test_columns_side_by_side_are_read_one_after_another(read: Read) -> None:
    left = ["Elinvoima", *wrapped(FIRST), "", "Talous", *wrapped(FIRST)]
    right = ["Palvelut", *wrapped(SECOND), "", "• Sujuva arki", "• Toimivat digitaaliset palvelut", "  kaikille"]
    text = f"{FIRST}\n\n{beside(left, right)}\n\n{SECOND}\n"
    assert found(read(text)) == [
        ("paragraph", FIRST),
        ("heading", "Elinvoima"),
        ("paragraph", FIRST),
        ("heading", "Talous"),
        ("paragraph", FIRST),
        ("heading", "Palvelut"),
        ("paragraph", SECOND),
        ("item", "Sujuva arki"),
        ("item", "Toimivat digitaaliset palvelut kaikille"),
        ("paragraph", SECOND),
    ]


def test_words_broken_at_the_ends_of_columns_are_whole(read: Read) -> None:
    left = "Digitaaliset palvelut täydentävät lähi-\npalveluja ja helpottavat asiointia kai-\nkilla kunnan kylillä."
    right = "Elinvoima syntyy yrityksistä, joille kaa\xad\nva ja tontit ovat ajoissa valmiina sekä\nKeski-Suomessa."
    assert [b.text for b in read(beside(left.split("\n"), right.split("\n")))] == [
        "Digitaaliset palvelut täydentävät lähipalveluja ja helpottavat asiointia kaikilla kunnan kylillä.",
        "Elinvoima syntyy yrityksistä, joille kaava ja tontit ovat ajoissa valmiina sekä Keski-Suomessa.",
    ]


def test_cards_in_three_columns(read: Read) -> None:
    cards = [[name, *wrapped(text, 30)] for name, text in (("Arki", FIRST), ("Palvelut", SECOND), ("Talous", FIRST))]
    assert [b.text for b in read(beside(*cards))] == ["Arki", FIRST, "Palvelut", SECOND, "Talous", FIRST]


def test_a_scorecards_cells_know_their_row_and_column(read: Read) -> None:
    rows = [
        ("Tavoite", "Toimenpide", "Mittari"),
        ("Sujuva arki", "Digitaaliset palvelut otetaan käyttöön kaikilla toimialoilla", "Asiointien määrä"),
        ("Kestävä talous", "Investoinnit rahoitetaan tuloilla, ja velkaa vähennetään", "Velka asukasta kohti"),
        ("Elinvoima", "Tonttitarjontaa monipuolistetaan yhdessä naapurikuntien kanssa", "Uudet yritykset"),
    ]
    widths = [16, 34, 20]
    lines = []
    for row in rows:
        for line in zip_longest(*(wrapped(cell, 30) for cell in row), fillvalue=""):
            lines.append("".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())
    text = "\n".join(lines)
    cells = {b.text: b for b in read(text)}
    assert list(cells) == [cell for row in rows for cell in row]
    assert {b.kind for b in cells.values()} == {"table_cell"}
    measure = cells["Digitaaliset palvelut otetaan käyttöön kaikilla toimialoilla"]
    assert (measure.row, measure.column) == ("Sujuva arki", "Toimenpide")


@pytest.mark.parametrize(
    "text",
    [
        "1.    Sujuva arki ja toimivat palvelut\n2.    Kestävä talous ja hallinto\n3.    Elinvoima ja yritykset",
        "Sujuva arki          3\nKestävä talous       7\nElinvoima kasvaa     9",
    ],
)
def test_numbers_are_no_column(read: Read, text: str) -> None:
    assert [b.text for b in read(text)] == [" ".join(line.split()) for line in text.splitlines()]


def test_running_lines_with_the_pages_number_are_furniture_without_form_feeds(read: Read) -> None:
    heads = ["Johdanto", "Elinvoima", "Sujuva arki", "Talous"]
    pages = [
        f"{head}\n{head} on kunnalle tärkeää, ja siitä kerrotaan tällä sivulla kaikille,\njotka sitä tarvitsevat.\n"
        f"Mallilan kunta | Strategia 2030 {n}\n"
        for n, head in enumerate(heads, 1)
    ]
    blocks = read("".join(pages))
    footers = [f"Mallilan kunta | Strategia 2030 {n}" for n in (1, 2, 3, 4)]
    assert [b.text for b in blocks if b.kind == "furniture"] == footers
    assert [b.text for b in blocks if b.kind == "heading"] == heads


def test_running_lines_of_two_pages(read: Read) -> None:
    pages = [f"Mallilan strategia\n\n{text}\n\nMallilan kunta\n\n{n}\n" for n, text in ((1, FIRST), (2, SECOND))]
    assert found(read("\f".join(pages))) == [
        ("heading", "Mallilan strategia"),
        ("paragraph", FIRST),
        ("furniture", "Mallilan kunta"),
        ("furniture", "1"),
        ("furniture", "Mallilan strategia"),
        ("paragraph", SECOND),
        ("furniture", "Mallilan kunta"),
        ("furniture", "2"),
    ]


def test_headings_that_count_are_no_running_lines(read: Read) -> None:
    text = "".join(f"Painopiste {n}\n{FIRST}\n\nTavoitteet vuoteen 2030 {n}/3\n{SECOND}\n\n" for n in (1, 2, 3))
    assert [b.text for b in read(text) if b.kind == "furniture"] == []


def test_a_paragraph_goes_on_over_the_end_of_a_page(read: Read) -> None:
    lines = wrapped(FIRST, 60)
    pages = [f"{SECOND}\n\n{lines[0]}", "\n".join(lines[1:]), SECOND, SECOND]
    text = "\f".join(f"{page}\n\nMallilan strategia\n\n{n}\n\n" for n, page in enumerate(pages, 1))
    assert [b.text for b in read(text) if b.kind == "paragraph"] == [SECOND, FIRST, SECOND, SECOND]


def test_a_dated_running_line_between_columns_is_furniture(read: Read) -> None:
    pages = [
        f"{FIRST}\n\nKunnanvaltuusto 3.5.2025\n\n{SECOND} Sivu kertoo luvusta {w}.\n"
        for w in ("yksi", "kaksi", "kolme")
    ]
    assert [b.text for b in read("\f".join(pages)) if b.kind == "furniture"] == ["Kunnanvaltuusto 3.5.2025"] * 3


def test_a_heading_under_a_line_that_is_full_by_chance(read: Read) -> None:
    """Where no blank lines part blocks, headings were once taken for the ends of the paragraphs above them."""
    full = [
        "Kunta kehittää palveluitaan yhdessä asukkaidensa kanssa ja huolehtii siitä, että",
        "arki sujuu joka kylässä.",
    ]
    full[1] = full[1].replace("joka kylässä", "koko kunnassa ja sen kylissä, joista pidetään hyvää huolta")
    text = "\n".join([*full, "Toimintaympäristömme", *full, "• " + full[0][:-6], "Johtopäätöksemme", *full])
    assert found(read(text)) == [
        ("paragraph", " ".join(full)),
        ("heading", "Toimintaympäristömme"),
        ("paragraph", " ".join(full)),
        ("item", full[0][:-6]),
        ("heading", "Johtopäätöksemme"),
        ("paragraph", " ".join(full)),
    ]


def test_a_sentence_that_ends_in_a_number_at_a_lines_beginning_begins_no_list(read: Read) -> None:
    lines = ["Kyläkoulut säilyvät kunnassa niin kauan, kun niissä on oppilaita vähintään", "24. Kirjasto tulee luokse."]
    assert found(read("\n".join([*lines, "", *wrapped(FIRST, 75)]))) == [
        ("paragraph", " ".join(lines)), ("paragraph", FIRST)
    ]  # fmt: skip


def test_blank_lines_between_any_two_lines_part_nothing(read: Read) -> None:
    lines = ["Elinvoima", *wrapped(FIRST, 70), "", "Palvelut", *wrapped(SECOND, 70)]
    assert found(read("\n\n".join(lines))) == [
        ("heading", "Elinvoima"), ("paragraph", FIRST), ("heading", "Palvelut"), ("paragraph", SECOND)
    ]  # fmt: skip


def test_blank_lines_between_the_lines_of_slides_part_them(read: Read) -> None:
    lines = ["Tehtävämme", "Sujuva arki", "Hyvin hoidettu yhteistyö", "Työllisyyden hoito", "Asuminen", "Kaavoitus"]
    assert [b.text for b in read("\n\n".join(lines))] == lines


@pytest.mark.parametrize(
    "data",
    [
        FIRST.encode("utf-16"),
        FIRST.encode("utf-16-le"),
        FIRST.encode("utf-16-be"),
        unicodedata.normalize("NFD", FIRST).encode(),
        FIRST.replace(" ", "\N{NO-BREAK SPACE}").encode("utf-8-sig"),
        FIRST.replace(". ", ".\r\n").encode(),
    ],
)
def test_encodings(read: Callable[[bytes], list[Block]], data: bytes) -> None:
    assert [b.text for b in read(data)] == [FIRST]


def test_ligatures_are_letters(read: Read) -> None:
    assert read("Palvelemme ﬁksusti ja tehokkaasti, eﬀektiivisesti.")[0].text == (
        "Palvelemme fiksusti ja tehokkaasti, effektiivisesti."
    )


@given(st.text(st.sampled_from("aäKT1.-•   \n"), max_size=400))
def test_no_letter_is_lost_between_columns(text: str) -> None:
    """Whatever is told apart by spaces, all of it is read."""
    letters = sorted(c for b in blocks_of(text) for c in b.text if c in "aäKT")
    assert letters == sorted(c for c in text if c in "aäKT")


@pytest.mark.parametrize("row", ["{n}      {n}        {n}     {n}", "Luku {n}      {n}   {n}", "a {n}  b{n}         c"])
def test_time_grows_with_the_lines(row: str) -> None:
    """Tables of figures without page breaks once had each line look at all others."""

    def seconds(lines: int) -> float:
        text = "\n".join(row.format(n=n) for n in range(lines))
        start = process_time()
        blocks_of(text)
        return process_time() - start

    seconds(500)
    assert seconds(8000) < 20 * max(seconds(1000), 0.01)
