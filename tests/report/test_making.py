"""The report's files are made by processes that may be lost, or by a disk that may be full."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_sample import cohort_results, lively, typeset, with_boxes
from troubles import DeadlyPage

from analyser import report
from analyser.report.crops import Drawing, draw
from analyser.report.making import Page, made
from analyser.workers import Crew

PLACED = with_boxes(lively(), {0: (2, (70.0, 100.0, 500.0, 130.0))})


def page(kind: type[Page], path: Path, drawing: Drawing | None) -> Page:
    return kind(path, "fi", "components/tags.html", {}, drawing)


def test_a_crew_makes_the_report_that_is_made_without(tmp_path: Path) -> None:
    results = cohort_results(6)
    report.write(tmp_path / "alone", results, {}, images=False)
    with Crew(2) as crew:
        assert len(list(crew.run(len, ["a", "b"]))) == 2
        report.write(tmp_path / "crew", results, {}, images=False, crew=crew)

    def files(folder: Path) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in folder.rglob("*.*") if p.suffix != ".xlsx"}

    assert files(tmp_path / "alone") == files(tmp_path / "crew")
    assert (tmp_path / "crew" / "results.xlsx").exists()


def test_a_pdf_that_kills_the_drawing_costs_its_pictures_alone(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "deadly.pdf", PLACED.mentions, tmp_path / "deadly")
    deadly = page(DeadlyPage, tmp_path / "deadly.html", drawing)
    good = page(Page, tmp_path / "good.html", None)
    with Crew(1) as crew:
        assert list(made([deadly, good], crew)) == [(deadly, {}), (good, {})]
    assert deadly.path.exists()
    assert good.path.exists()


def test_pictures_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    pdf = typeset(tmp_path / "strategy.pdf")
    drawing = Drawing(pdf, PLACED.mentions, tmp_path / "no such folder" / "strategy")
    with pytest.raises(OSError, match="no such folder"):
        draw(drawing)
    with Crew(1) as crew, pytest.raises(OSError, match="no such folder"):
        list(made([page(Page, tmp_path / "page.html", drawing)], crew))
    assert draw(Drawing(tmp_path / "gone.pdf", PLACED.mentions, tmp_path / "gone")) == {}
