"""Whose strategy a document is, from its file name and its first page."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from common import Typeset
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.document import Block, Document
from analyser.extract import organisation, read
from analyser.naming import places


def organisation_of(document: Document) -> str:
    return organisation.organisation_of(document)[0]


def document(file: str, *lines: str, page: int = 1) -> Document:
    return Document(file=file, sha256="", blocks=tuple(Block("heading", line, page, None, 1) for line in lines))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Kaupunkistrategia_Akaa_2026.pdf", "Akaa"),
        ("Koski Tl_2020_2026.txt", "Koski Tl"),
        ("Lapua_2018_.pdf", "Lapua"),
        ("kansio/hopeajärvi-kuntastrategia-2022-2030.pdf", "Hopeajärvi"),
        ("HopeajarviStrategia2026.pdf", "Hopeajarvi"),
        ("Etelä-Hopea-strategia (1) lopullinen v2.pdf", "Etelä-Hopea"),
        ("Hopeajärven kaupungin strategia.pdf", "Hopeajärven kaupunki"),
        ("pohjois-hopean-hyvinvointialue.pdf", "Pohjois-Hopean hyvinvointialue"),
        ("Hopean hyvinvointialue (Hova).pdf", "Hopean hyvinvointialue (Hova)"),
        ("Hopeaja\u0308rvi_2026.pdf", "Hopeajärvi"),
        ("DigiHopea.pdf", "DigiHopea"),
        ("hopeajarvi_tuloskortti_2029.pdf", "Hopeajarvi"),
    ],
)
def test_a_file_named_after_its_organisation(file: str, name: str) -> None:
    assert organisation_of(document(file)) == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Hopeajärven kaupunki", "Kaupunkistrategia 2030"), "Hopeajärven kaupunki"),
        (("HOPEAJÄRVEN KAUPUNGIN STRATEGIA 2030",), "Hopeajärven kaupunki"),
        (("Tulevaisuuden kaupunki", "Hopeajärven kunta"), "Hopeajärven kunta"),
        (("Kuusen Hl kunnan strategia",), "Kuusen Hl kunta"),
        (("Hopbys framtid", "Hopby stads strategi 2030"), "Hopby stad"),
        (("Strategy of the City of Silverlake",), "City of Silverlake"),
        (("Metsäviraston strategia 2028",), "Metsävirasto"),
    ],
)
def test_a_file_with_a_general_name_is_named_by_its_first_page(lines: tuple[str, ...], name: str) -> None:
    assert organisation_of(document("strategia.pdf", *lines)) == name


def test_a_file_named_after_something_else_is_named_by_its_first_page() -> None:
    assert organisation_of(document("rohkeus.pdf", "Hopeajärven kaupunki", "Rohkeus 2030")) == "Hopeajärven kaupunki"


def test_the_file_name_is_kept_when_the_first_page_names_the_same_organisation() -> None:
    assert organisation_of(document("Kuusela_2030.pdf", "Kuuselan kunta")) == "Kuusela"


@pytest.mark.parametrize(
    ("file", "lines", "name"),
    [
        ("hopeajarvi_2026_2030.pdf", ("HOPEAJÄRVI 2030", "Hopeajärvi on eloisa kunta."), "Hopeajärvi"),
        ("hopeajarvi_2026_2030.pdf", ("Hopeajärven kunta",), "Hopeajärven kunta"),
        ("Ii_2022_2030.pdf", ("Vaihe II", "Vaihe II"), "Ii"),
        ("hopeamaan_yliopisto_2030.pdf", ("Hopeamaan yliopisto",), "Hopeamaan yliopisto"),
        ("kuusela_amk.pdf", ("KUUSELAN AMMATTIKORKEAKOULU",), "Kuuselan ammattikorkeakoulu"),
        ("kuuselanseutu.pdf", ("Kuuselanseudun vesikuntayhtymän strategia",), "Kuuselanseudun vesikuntayhtymä"),
        ("kuusela.pdf", ("Kuuselan hyvinvointialue",), "Kuuselan hyvinvointialue"),
        ("siemenvirasto.pdf", ("Siemen- ja taimivirasto", "Tervettä siementä"), "Siemen- ja taimivirasto"),
    ],
)
def test_the_text_completes_what_the_file_name_abbreviates(file: str, lines: tuple[str, ...], name: str) -> None:
    assert organisation_of(document(file, *lines)) == name


def test_a_slogan_is_not_a_name() -> None:
    text = "Kasvun eväät ovat yhteisiä, ja kasvun suunta on selvä."
    assert organisation_of(document("strategia.pdf", "Kasvun kaupunki", text)) == "strategia"


def test_a_partner_named_on_the_first_page_does_not_take_over_a_name_that_the_text_uses() -> None:
    text = "Tavoitteena on, että Kuusela kasvaa ja että Kuuselan palvelut paranevat niin kuin Kuuselassa on sovittu."
    assert organisation_of(document("Kuusela.pdf", "Yhdessä: Hopeajärven kaupunki", text)) == "Kuusela"


def test_the_first_page_with_text_counts() -> None:
    assert organisation_of(document("strategia.pdf", "Hopeajärven kaupunki", page=2)) == "Hopeajärven kaupunki"


@pytest.mark.parametrize(("file", "name"), [("liite 3 § 12.pdf", "liite 3 § 12"), ("2026.pdf", "2026"), ("", "?")])
def test_where_nothing_names_it_the_file_does(file: str, name: str) -> None:
    assert organisation_of(document(file)) == name


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_always_one_visible_line_and_always_the_same(file: str, lines: list[str]) -> None:
    name = organisation_of(document(file, *lines))
    assert name == organisation_of(document(file, *lines))
    assert name.strip() == name != ""
    assert not [char for char in name if unicodedata.category(char).startswith("C")]


PLAIN = "Kunta parantaa palveluja. Tavoitteena on, että Akaan asukkaat viihtyvät ja Akaa kasvaa."


@pytest.mark.parametrize(
    ("lines", "name", "source"),
    [
        (("Akaan kaupunkistrategia 2030",), "Akaa", "title_page"),
        (("AKAA 2030", PLAIN), "Akaa", "title_page"),
        (("Vörå kommunstrategi 2030",), "Vörå", "title_page"),
        (("Uusikaupunki kasvaa",), "Uusikaupunki", "title_page"),
        (("Kelan strategia",), "Kelan", "title_page"),
        (("Terveyden ja hyvinvoinnin laitos", "Strategia 2030"), "Terveyden ja hyvinvoinnin laitos", "title_page"),
        (("Strategi för Helsingfors universitet", "Helsingfors 2024"), "Helsingfors universitet", "title_page"),
    ],
)
def test_a_known_name_is_found_on_the_first_page(lines: tuple[str, ...], name: str, source: str) -> None:
    assert organisation.organisation_of(document("strategia.pdf", *lines)) == (name, source)


def test_where_the_first_page_names_none_the_text_does() -> None:
    blocks = (Block("heading", "Rohkeasti eteenpäin", 1, None, 1), Block("paragraph", PLAIN, 2, None))
    for file in ("strategia.pdf", "x.pdf", "Rohkeasti eteenpäin.pdf", "Microsoft Word - versio2.pdf"):
        assert organisation.organisation_of(Document(file, "", blocks=blocks)) == ("Akaa", "text")
    assert organisation.organisation_of(Document("Akaa.pdf", "", blocks=blocks)) == ("Akaa", "file_name")


def test_a_place_named_in_passing_is_not_the_organisation() -> None:
    once = Block("paragraph", "Juna vie Tampereelle tunnissa.", 2, None)
    assert organisation_of(Document("strategia.pdf", "", blocks=(once,))) == "strategia"
    lines = ("Vastustamaton vartin kaupunki", "VASTUSTAMATON VARTIN KAUPUNKI", "Kuva: Lahti")
    texts = ("Riihimäki kasvaa.", "Riihimäen asema on lähellä.", "Tavoite on, että Riihimäellä viihdytään.")
    blocks = (*(Block("heading", line, 1, None, 1) for line in lines), *(Block("item", t, 2, None) for t in texts))
    assert organisation_of(Document("strategia.pdf", "", blocks=blocks)) == "Riihimäki"


@pytest.mark.parametrize(
    ("title", "author", "text", "expected"),
    [
        ("Akaa strategia", "", "Akaan palvelut paranevat.", ("Akaa", "metadata")),
        ("untitled", "Akaan kaupunki", "Akaan palvelut paranevat.", ("Akaan kaupunki", "metadata")),
        ("Vetelin kuntastrategia", "Mainostoimisto Hopea", "Palvelut paranevat.", ("strategia", "file_name")),
        ("Lahden kaupunki", "", "Akaan palvelut paranevat, kun Akaa kasvaa.", ("Akaa", "text")),
        ("Lahden kaupunki", "", "Yhteistyötä tehdään Lahden kanssa.", ("Lahden kaupunki", "metadata")),
    ],
    ids=["title", "author", "a template's title", "another's title", "a title that the text bears out"],
)
def test_a_files_properties_are_believed_in_what_the_text_bears_out(
    typeset: Typeset, title: str, author: str, text: str, expected: tuple[str, str]
) -> None:
    head = f'#set document(title: "{title}", author: "{author}")\n'
    pdf = read(typeset("strategia.pdf", f"{head}= Yhdessä\n#pagebreak()\n{text}\n"))
    assert organisation.organisation_of(pdf) == expected


def test_the_title_page_goes_before_the_files_properties(typeset: Typeset) -> None:
    pdf = typeset("s.pdf", '#set document(title: "Lahti")\n= Akaan kaupunki\nAkaan ja Lahden yhteistyö jatkuu.\n')
    assert organisation.organisation_of(read(pdf)) == ("Akaan kaupunki", "title_page")


def test_a_word_files_properties_are_read(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    file.core_properties.title = "Akaan kaupungin strategia"
    file.add_heading("Yhdessä", 1)
    file.add_paragraph("Tässä kerrotaan pitkästi siitä, miten palvelut paranevat " * 4 + "ja Akaa kasvaa.")
    file.save(tmp_path / "strategia.docx")
    assert organisation.organisation_of(read(tmp_path / "strategia.docx")) == ("Akaan kaupunki", "metadata")


def test_real_texts_name_their_organisation_whatever_the_file_is_called(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "strategies" / "text").glob("*.txt")):
        named = organisation_of(replace(read(path), file="x.txt"))
        if places.known_as(named) != places.known_as(path.stem.split("_")[0]):
            wrong.append((path.name, named))
    assert len(wrong) <= 2, wrong  # one of them never says whose it is, one says it once


def test_real_files_are_named_by_their_organisation(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "strategies" / "text").glob("*.txt")):
        pages = path.read_text(encoding="utf-8").split("\f")
        lines = [(number, line) for number, page in enumerate(pages, 1) for line in page.splitlines() if line.strip()]
        blocks = tuple(Block("paragraph", line, number, None) for number, line in lines)
        named = organisation_of(Document(file=path.name, sha256="", blocks=blocks))
        if named != path.stem.split("_")[0]:
            wrong.append((path.name, named))
    assert wrong == []


@pytest.mark.parametrize(
    ("file", "lines", "source"),
    [
        ("Kaupunkistrategia_Akaa_2026.pdf", ("Kaupunkistrategia 2030",), "file_name"),
        ("Kaupunkistrategia_Akaa_2026.pdf", ("Akaan kaupunki",), "file_name"),
        ("strategia_2030.pdf", ("Hopeajärven kaupunki",), "title_page"),
        ("hopeajarvi.pdf", ("Kuuselan kaupunki", "Kuuselan kaupungin strategia"), "title_page"),
        ("2026_v2.pdf", (), "file_name"),
    ],
)
def test_where_the_name_came_from(file: str, lines: tuple[str, ...], source: str) -> None:
    assert organisation.organisation_of(document(file, *lines))[1] == source
