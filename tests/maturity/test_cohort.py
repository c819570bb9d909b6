"""Everything that cohort.json holds."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from analyser.document import STANDINGS, Result
from analyser.maturity import cohort
from analyser.maturity.scores import LeftOut, ScoreRow, ScoreSheet
from tests.maturity.cases import leaves, result, sheet


def made(count: int = 40) -> tuple[list[Result], ScoreSheet]:
    """Organisations of every standing, scores that rise with it, two dimensions, two sectors."""
    results = [result(f"Paikka {number}", STANDINGS[number % 4], sha256=str(number)) for number in range(count)]
    rows = [
        ScoreRow(
            number + 2,
            f"Paikka {number}",
            50 + 2 * (number % 4) + number % 7,
            "Kunta" if number % 2 else "Virasto",
            1000.0 + 50 * number,
            dimensions=(40.0 + number % 5, 60.0),
        )
        for number in range(count)
    ]
    return results, sheet(*rows, dimensions=("palvelut", "vakio"))


def codes(found: dict[str, Any]) -> list[str]:
    return [said["code"] for said in found["messages"]]


def test_the_contract() -> None:
    found = cohort(*made())
    assert {"n": 30, "of": 40, "share": 0.75}.items() <= found["shares"]["mention"].items()
    assert {"n": 10, "of": 40, "share": 0.25}.items() <= found["shares"]["priority"].items()
    priority = found["comparisons"]["priority_vs_rest"]
    assert priority["n"] == [10, 30]
    assert found["comparisons"]["mentioned_vs_none"]["n"] == [30, 10]
    assert priority["difference"]["value"] == pytest.approx(priority["means"][0] - priority["means"][1])
    assert priority["relative"]["value"] == pytest.approx(priority["means"][0] / priority["means"][1] - 1)
    for name in ("difference", "relative", "hedges_g"):
        assert priority[name]["low"] < priority[name]["value"] < priority[name]["high"]
    assert 0 <= priority["welch_p"] <= 1
    assert 0 < priority["permutation_p"] <= 1
    assert found["unmatched"] == {"strategies": [], "scores": []}
    assert found["measures"]["score"]["comparisons"] == found["comparisons"]


def test_it_is_json_and_always_the_same_whatever_the_order() -> None:
    results, rows = made()
    found = cohort(results, rows)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert cohort(results[::-1], rows) == found


def test_each_figure_says_what_it_rests_on() -> None:
    found = cohort(*made())
    for name in ("difference", "relative", "median_difference", "hedges_g", "cliffs_delta"):
        assert {"n", "method", "library", "version"} <= found["comparisons"]["priority_vs_rest"][name].keys()
    assert {"n", "method", "library", "version"} <= found["shares"]["mention"].keys()
    assert {"n", "method", "library", "version"} <= found["measures"]["score"]["trend"]["jonckheere"].keys()


def test_groups_dimensions_pairs_and_trend() -> None:
    found = cohort(*made())
    score, dimension = found["measures"]["score"], found["measures"]["palvelut"]
    assert score["groups"]["label"]["mention"]["n"] == 20
    assert [score["groups"]["standing"][standing]["n"] for standing in STANDINGS] == [10] * 4
    assert score["trend"]["kendall_tau_b"]["value"] > 0.5
    assert len(score["pairs"]) == 6
    assert (
        dimension["comparisons"]["priority_vs_rest"]["welch_p_holm"]
        >= dimension["comparisons"]["priority_vs_rest"]["welch_p"]
    )
    assert found["measures"]["vakio"]["comparisons"]["priority_vs_rest"]["hedges_g"] is None
    assert "do not vary" in found["measures"]["vakio"]["comparisons"]["priority_vs_rest"]["why"]
    assert found["measures"]["vakio"]["trend"]["why"] == "All scores are equal, so there is no trend to estimate."
    assert found["shares_by_sector"]["Kunta"]["mention"]["of"] == 20


def test_failed_documents_and_copies_are_counted_in_no_share_and_it_is_said() -> None:
    results = [
        result("A", "priority", sha256="1"),
        result("B", sha256="2"),
        result("B", file="B kopio.pdf", sha256="2"),
        result("C", sha256="3", status="failed"),
        result("D", "goal", sha256="4", status="partial"),
    ]
    found = cohort(results)
    assert (found["shares"]["mention"]["n"], found["shares"]["mention"]["of"]) == (2, 3)
    assert found["documents"] == {"given": 5, "failed": 1, "copies": 1, "counted": 3}
    assert codes(found) == ["documents_failed", "identical_copies", "no_sheet"]
    assert (
        found["messages"][0]["text"] == "1 of 5 documents could not be read and are not counted in the shares: C.pdf."
    )


def test_two_strategies_of_one_organisation_are_reported() -> None:
    found = cohort([result("Hopeajärvi", file="a", sha256="1"), result("Hopeajärven kunta", file="b", sha256="2")])
    assert "two_strategies" in codes(found)


def test_unmatched_names_are_listed_on_both_sides() -> None:
    results, rows = made()
    odd = ScoreSheet(
        "pisteet.csv", (*rows.rows[1:], ScoreRow(99, "Olematon kunta", 1.0, dimensions=(1.0, 2.0))), rows.dimensions,
        left_out=(LeftOut(7, "Keskiarvo", "summary"),),
    )  # fmt: skip
    found = cohort([*results, result("Yksinäinen", sha256="x")], odd)
    assert found["unmatched"] == {"strategies": ["Paikka 0.pdf", "Yksinäinen.pdf"], "scores": ["Olematon kunta"]}
    assert {"rows_left_out", "unmatched_strategies", "unmatched_scores"} <= set(codes(found))
    assert found["shares"]["mention"]["of"] == 41


def test_a_small_group_has_null_and_says_why() -> None:
    results = [result(f"P{number}", "priority" if number < 3 else "goal", sha256=str(number)) for number in range(12)]
    found = cohort(results, sheet(*((f"P{number}", float(number)) for number in range(12))))
    priority = found["comparisons"]["priority_vs_rest"]
    assert (priority["n"], priority["means"]) == ([3, 9], [1.0, 7.0])
    assert [priority[name] for name in ("difference", "relative", "hedges_g", "welch_p", "permutation_p")] == [None] * 5
    assert priority["why"] == "Not tested: the groups have 3 and 9 scores, and 5 in each are needed."


@pytest.mark.parametrize("scores", ["none at all", "no match", "no values", "equal", "one group", "negative", "huge"])
def test_odd_cohorts_have_answers_and_no_nan(scores: str) -> None:
    results, rows = made(16)
    value: dict[str, float | None] = {"no values": None, "equal": 50.0, "negative": -3.0, "huge": 1e12}
    if scores in value:
        rows = sheet(*((row.organisation, value[scores]) for row in rows.rows))
    if scores == "no match":
        rows = sheet(("Muu", 1.0))
    if scores == "one group":
        results = [result(one.organisation, "goal", sha256=one.sha256) for one in results]
    found = cohort(results, None if scores == "none at all" else rows)
    assert json.dumps(found, allow_nan=False)
    assert all(math.isfinite(leaf) for leaf in leaves(found) if isinstance(leaf, float))
    assert found["comparisons"]["priority_vs_rest"]["why"]


def test_nothing_at_all() -> None:
    found = cohort([])
    assert (found["shares"]["mention"]["of"], found["shares"]["mention"]["share"]) == (0, None)
    assert found["comparisons"]["priority_vs_rest"]["why"].startswith("No score sheet was given")


def test_a_previous_study_can_be_compared_with() -> None:
    found = cohort(made()[0], reference={"mention": 0.69, "priority": 0.36})
    assert found["shares"]["mention"]["reference"]["difference"] == pytest.approx(0.75 - 0.69)
