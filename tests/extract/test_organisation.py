"""Whose strategy a document is, from its file name and its first page."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.document import Block, Document
from analyser.extract.organisation import organisation_of, source_of


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
    assert source_of(organisation_of(document(file, *lines)), file) == source
