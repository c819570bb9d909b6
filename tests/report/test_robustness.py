"""What the report says of how far a difference can be trusted, from cohort.json as it is really made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from markupsafe import escape
from report_sample import cohort_results

from analyser import maturity, report
from analyser.document import Result
from analyser.maturity.scores import Column, ScoreRow, ScoreSheet
from analyser.report.comparisons import comparisons
from analyser.report.locale import speech
from analyser.report.robustness import references, trend

CONFUSION = {
    "none": {"none": 9, "mention": 1, "priority": 0},
    "mention": {"none": 0, "mention": 20, "priority": 2},
    "priority": {"none": 0, "mention": 1, "priority": 12},
}


def study(gap: float, *, bigger: float = 0.0, sectors: bool = True, count: int = 60) -> dict[str, Any]:
    """The statistics of `made`."""
    return made(gap, bigger=bigger, sectors=sectors, count=count)[1]


def made(
    gap: float, *, bigger: float = 0.0, sectors: bool = True, count: int = 60
) -> tuple[list[Result], dict[str, Any]]:
    """Results and statistics, where the score rises by `gap` with a priority and by `bigger` with log size."""
    rng = np.random.default_rng(4)
    sample = cohort_results(count)
    results, rows = [], []
    for number, one in enumerate(result for result in sample if result.status != "failed"):
        name = f"Paikka {number}"
        size = rng.normal(9, 1) + (bigger > 0 and one.label == "priority") * 1.5
        score = 50 + gap * (one.label == "priority") + bigger * (size - 9) + rng.normal(0, 2)
        results.append(
            replace(one, organisation=name, file=f"{number}.pdf", sha256=str(number), words=900 + 7 * number)
        )
        sector = ("Kunta", "Virasto")[number % 2] if sectors else ""
        rows.append(ScoreRow(number + 2, name, float(score), sector, float(np.exp(size)) if sectors else None))
    columns = (Column("Kunta", "organisation", len(rows)), Column("Pisteet", "score", len(rows)))
    sheet = ScoreSheet("pisteet.csv", tuple(rows), columns=columns)
    reference = {"mention": 0.69, "priority": 0.99}
    return results, maturity.cohort(results, sheet, reference=reference, confusion=CONFUSION)


def said(cohort: dict[str, Any], language: str = "en") -> str:
    return " ".join(comparisons(cohort, speech(language))[0].robustness)


def test_a_difference_that_stands_is_told_so() -> None:
    cohort = study(6.0)
    text = said(cohort)
    assert "With these held equal: sector, size and length of the strategy, the difference is +" in text
    assert "These change the difference little." in text
    assert "Whichever single organisation is left out, the difference stays between +" in text
    assert "of the verdicts were wrong" in text
    assert "The program's error measured on its own coded strategies would make about" in text
    assert "with 80% power" in text
    assert trend(cohort, speech("en"))[0].startswith("On the whole, the higher the standing of digitalisation")
    assert "For 60 organisations" in trend(cohort, speech("en"))[1]
    assert "Of these the groups differ most in" in text
    sentences = " ".join(comparisons(cohort, speech("en"))[0].sentences)
    assert "In proportion to the others' mean it is +1" in sentences
    assert "seldom makes so large a difference (permutation test, p < 0.001)" in sentences
    adjusted = cohort["measures"]["score"]["adjusted"]["priority_vs_rest"]["adjusted"]
    assert speech("en").number(adjusted["value"], sign=True) in text


def test_a_difference_that_is_size_alone_is_told_so() -> None:
    text = said(study(0.0, bigger=4.0))
    assert "More than half of the difference goes with these" in text or "the difference turns round" in text


def test_nothing_is_said_of_significance_where_there_is_none() -> None:
    text = said(study(0.0))
    assert "statistically significant" not in text
    assert "Leaving out a single organisation can turn the difference round" in text or "stays between" in text


def test_dimensions_in_which_groups_differ_are_told_after_holms_correction() -> None:
    results, _ = made(0.0)

    def told(gap: float) -> str:
        rows = tuple(
            ScoreRow(n, one.organisation, 50.0 + n % 3, dimensions=(gap * (one.label == "priority") + n % 4, n % 5.0))
            for n, one in enumerate(results, 2)
        )
        return said(maturity.cohort(results, ScoreSheet("p.csv", rows, ("palvelut", "johto"))))

    assert "differ significantly in these of the 2 dimensions: palvelut (" in told(9.0)
    assert "in none of the 2 dimensions" in told(0.0)
    assert "dimensions" not in said(study(3.0))


def test_what_cannot_be_adjusted_is_told() -> None:
    cohort = study(3.0)
    small = {"code": "group_too_small", "params": {"n": [30, 4], "smallest": 5}, "text": "Not tested."}
    cohort["measures"]["score"]["adjusted"]["priority_vs_rest"] = {"adjusted": None, "messages": [small]}
    assert "with all particulars known the groups have only 30 and 4 scores" in said(cohort)
    assert "neither sectors nor sizes that differ" in said(study(3.0, sectors=False))
    few = study(3.0, count=4)
    assert comparisons(few, speech("en"))[0].robustness == ()
    assert "is not tested: it needs at least 5 scores" in trend(few, speech("en"))[0]


def test_shares_stand_beside_an_earlier_studys() -> None:
    mention, priority = references(study(3.0), speech("en"))
    assert "in the earlier study 69% did" in mention
    assert "p < 0.001). So large a difference from it is hardly mere chance." in priority


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Kuinka pitkälle eroon voi luottaa"), ("sv", "Hur långt man kan lita på skillnaden")],
)
def test_the_page_tells_it_in_its_language(tmp_path: Path, language: str, words: str) -> None:
    results, cohort = made(6.0)
    report.write(tmp_path, results, cohort, language=language, images=False)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert words in page
    assert "pisteet.csv: " in page
    assert {"fi": "Näin pistetaulukko luettiin", "sv": "Så lästes poängtabellen"}[language] in page
    for sentence in comparisons(cohort, speech(language))[0].robustness:
        assert str(escape(sentence)) in page
    assert "held equal" not in page
    assert "nan" not in page.lower().split()
