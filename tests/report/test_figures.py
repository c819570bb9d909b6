"""Figures in words: shares beside a study's, the main difference, an organisation's place, its priorities."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_sample import cohort_of, cohort_results, result
from test_pages import text_of

from analyser import report
from analyser.document import Priority


@pytest.fixture
def cohort() -> dict[str, Any]:
    return cohort_of(cohort_results(12))


def index_of(folder: Path, cohort: dict[str, Any]) -> str:
    report.write(folder, cohort_results(12), cohort, language="en")
    return (folder / "index.html").read_text("utf-8")


def test_the_study_that_the_program_repeats_is_named_where_no_other_is_given(
    tmp_path: Path, cohort: dict[str, Any]
) -> None:
    html = index_of(tmp_path, cohort)
    assert "a study of some 40 Finnish public organisations found" in html
    assert re.search(r"<td class=\"number\">69%</td>", html)
    assert "In a study of some 40 Finnish public organisations the difference was +6%." in html


def test_a_study_of_the_analyst_s_own_takes_its_place_altogether(tmp_path: Path, cohort: dict[str, Any]) -> None:
    cohort["shares"]["mention"]["reference"] = {"share": 0.5, "p": 0.04, "difference": 0.1}
    html = index_of(tmp_path, cohort)
    table = html[html.index("<th scope=\"col\" class=\"number\">Earlier study") :]
    shares = re.findall(r'<td class="number">([^<]*)</td></tr>', table[: table.index("</table>")])
    assert shares == ["50%", "–"], "the other share is not taken from another study"
    assert "upright lines an earlier study" in html
    assert "the difference was +6%" not in html


def test_the_main_difference_stands_among_the_key_figures(tmp_path: Path, cohort: dict[str, Any]) -> None:
    figures = re.search(r'<ul class="figures">.*?</ul>', index_of(tmp_path, cohort), re.DOTALL)
    assert figures
    text = text_of(figures[0])
    assert "+3.5 points in maturity where it is a main priority" in text
    assert "95% interval from −0.4 to +7.2" in text
    cohort["comparisons"]["priority_vs_rest"]["difference"] = None
    assert "points in maturity" not in index_of(tmp_path, cohort)


def test_a_sector_of_few_strategies_has_counts_and_no_shares(tmp_path: Path, cohort: dict[str, Any]) -> None:
    cohort["shares_by_sector"]["Virasto"]["mention"] |= {"n": 1, "of": 2}
    html = index_of(tmp_path, cohort)
    row = re.search(r"<tr><th scope=\"row\">Virasto.*?</tr>", html, re.DOTALL)
    assert row
    assert "1 of 2" in row[0]


def test_an_organisation_s_place_is_told_in_words(tmp_path: Path) -> None:
    results = [result(name) for name in ("Aa", "Bb", "Cc")]
    rows = zip(results, (50.0, 70.0, 60.0), ("Kunta", "Kunta", ""), strict=True)
    cohort = {"organisations": [{"file": r.file, "score": score, "sector": sector} for r, score, sector in rows]}
    report.write(tmp_path, results, cohort, language="en")
    pages = {r.organisation: text_of((tmp_path / f"organisations/{r.organisation.lower()}.html").read_text("utf-8"))
             for r in results}  # fmt: skip
    assert "The score is 50.0, number 3 of 3 from the top; the median of all is 60.0." in pages["Aa"]
    assert "In its sector (Kunta) it is number 2 of 2." in pages["Aa"]
    assert "In its sector" not in pages["Cc"]


def test_priorities_stand_in_their_sets_with_digitalisation_s_place(tmp_path: Path) -> None:
    announced = "announced: Painopisteet"
    priorities = (
        Priority("Arki", 2, announced), Priority("Digi", 2, announced, True), Priority("Luonto", 2, announced),
        Priority("Digitaalinen kunta", 4, "vision", True),
    )  # fmt: skip
    given = replace(result("Kunta", "priority"), priorities=priorities)
    report.write(tmp_path, [given], {}, language="en")
    html = (tmp_path / "organisations/kunta.html").read_text("utf-8")
    assert html.count('<ol class="priorities">') == 2
    assert html.count("Painopisteet") == 1, "what shows the set is told once"
    assert "digitalisation is number 2 of 3" in html
    assert "number 1 of 1" not in html
