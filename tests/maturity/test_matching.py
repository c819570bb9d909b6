"""Which strategy is whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyser.maturity import scores
from analyser.maturity.matching import match, same_organisation
from analyser.maturity.scores import ScoreRow
from tests.maturity.cases import result, sheet


@pytest.mark.parametrize(
    ("strategy", "row", "how"),
    [
        ("Akaa", "AKAA", "name"),
        ("Akaa", "Akaan kaupunki", "inflected_name"),
        ("Akaan kaupunki", "Akaa", "inflected_name"),
        ("Akaan kaupunki", "Akaan kunta", "name"),
        ("Turku", "Turun kaupunki", "inflected_name"),
        ("Espoon kaupunki", "Espoo", "inflected_name"),
        ("Huittinen", "Huittisten kaupunki", "inflected_name"),
        ("Uusikaupunki", "Uudenkaupungin kaupunki", "inflected_name"),
        ("Punkalaidun", "Punkalaitumen kunta", "inflected_name"),
        ("Kosken Tl kunta", "Koski Tl", "inflected_name"),
        ("Hopeajärvi", "Hopeajärvi kunta", "name"),
        ("Hopeajarvi", "Hopeajärvi", "spelling"),
        ("Hopeajarven", "Hopeajärvi", "spelling"),
        ("Hopby stad", "Hopby", "name"),
        ("City of Silverlake", "Silverlake", "name"),
        ("Pirha", "Pirkanmaan hyvinvointialue (Pirha)", "abbreviation"),
        ("Kansaneläkelaitos (Kela)", "Kela", "abbreviation"),
        ("Hopean hyvinvointialue", "HOPEAN HYVINVOINTIALUE", "name"),
        ("Hopea & Kulta ry", "Hopea Kulta ry", "name"),
    ],
)
def test_the_forms_of_one_name_are_matched(strategy: str, row: str, how: str) -> None:
    found = match([result(strategy)], sheet(("Muu", 1), (row, 2), ("Toinen", 3)))
    assert [(one.row.organisation, one.how) for one in found.matches] == [(row, how)]
    assert [spare.organisation for spare in found.unmatched_rows] == ["Muu", "Toinen"]


@pytest.mark.parametrize(
    ("strategy", "row"),
    [
        ("Pirkanmaa", "Pirkanmaan hyvinvointialue"),
        ("Pirkanmaan liitto", "Pirkanmaan hyvinvointialue"),
        ("Kuuselan kunta", "Kuuselan seurakunta"),
        ("Hopeajärvi", "Hopeajarvenpää"),
        ("Kuusela", "Kuusala"),
        ("Kemi", "Kemijärvi"),
        ("Salo", "Lalo"),
        ("Ii", "Iitti"),
    ],
)
def test_names_that_are_merely_alike_are_never_matched(strategy: str, row: str) -> None:
    found = match([result(strategy)], sheet((row, 2)))
    assert found.matches == ()
    assert [one.organisation for one in found.unmatched_results] == [strategy]
    assert [one.organisation for one in found.unmatched_rows] == [row]


def test_a_doubtful_match_is_listed_with_its_candidates() -> None:
    found = match(
        [result("Hopeajärvi"), result("Pirkanmaa")], sheet(("Hopeejärvi", 1), ("Pirkanmaan liitto", 2), ("Muu", 3))
    )
    assert found.matches == ()
    assert [
        (doubt.result.organisation, [row.organisation for row, _ in doubt.candidates]) for doubt in found.doubts
    ] == [
        ("Hopeajärvi", ["Hopeejärvi"]),
        ("Pirkanmaa", ["Pirkanmaan liitto"]),
    ]


def test_numbers_are_stronger_evidence_than_names() -> None:
    rows = sheet(
        ScoreRow(2, "Toinen", 1, municipality_number="020"),
        ScoreRow(3, "Kolmas", 2, business_id="1234567-1"),
        ScoreRow(4, "Hopeajärvi", 3),
    )
    strategies = [result("Hopeajärvi", file="020_Hopeajärvi.pdf"), result("Kuusela", file="strategia 1234567-1.pdf")]
    found = match(strategies, rows)
    assert [(one.row.row, one.how) for one in found.matches] == [(2, "municipality_number"), (3, "business_id")]


def test_two_strategies_for_one_row_are_a_conflict_and_matched_to_nothing() -> None:
    strategies = [result("Hopeajärvi", file="a.pdf"), result("Hopeajärven kaupunki", file="b.pdf"), result("Kuusela")]
    found = match(strategies, sheet(("Hopeajärvi", 1), ("Kuusela", 2)))
    assert [one.row.organisation for one in found.matches] == ["Kuusela"]
    (conflict,) = found.conflicts
    assert ([one.file for one in conflict.results], [row.row for row in conflict.rows]) == (["a.pdf", "b.pdf"], [2])
    assert [one.file for one in found.unmatched_results] == ["a.pdf", "b.pdf"]
    assert [row.organisation for row in found.unmatched_rows] == ["Hopeajärvi"]


def test_two_rows_for_one_strategy_are_a_conflict() -> None:
    found = match([result("Hopeajärvi")], sheet(("Hopeajärven kunta", 1), ("Hopeajärven kaupunki", 2)))
    assert found.matches == ()
    assert [[row.row for row in conflict.rows] for conflict in found.conflicts] == [[2, 3]]


def test_strategies_of_one_organisation_are_found_without_scores() -> None:
    groups = same_organisation(
        [
            result("Hopeajärvi", file="a"),
            result("Kuusela"),
            result("HOPEAJÄRVEN KAUPUNKI", file="b"),
            result("Hopean alue"),
        ]
    )
    assert [[one.file for one in group] for group in groups] == [["a", "b"]]


@pytest.mark.parametrize(
    "name", ["", "()", "!!!", "(((", "kunta", "=cmd()", "<script>", "../../x", "\u0130", "n" * 5000]
)
def test_hostile_names_are_just_names(name: str) -> None:
    found = match([result(name, file="x.pdf")], sheet((name, 1), ("Kuusela", 2)))
    assert len(found.matches) + len(found.unmatched_results) == 1


def test_the_invented_sheet_is_matched_with_the_real_files(shared: Path) -> None:
    rows = scores.read(shared / "strategies" / "scores-invented.csv")
    texts = (shared / "strategies" / "text").glob("*.txt")
    strategies = [result(path.stem.split("_")[0], file=path.name) for path in texts]
    found = match(strategies, rows)
    assert len(found.matches) == 141
    assert found.doubts == found.conflicts == ()
    assert len(found.unmatched_results) == 6
    assert [row.row for row in found.unmatched_rows] == [143]
