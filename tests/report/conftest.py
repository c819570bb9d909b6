"""A report on a realistic cohort, written once for the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest
import report_sample

from analyser import report


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report with one strategy's PDF and its pictures."""
    out = tmp_path_factory.mktemp("report")
    results = report_sample.cohort_results()
    pdf = report_sample.typeset(out / "Kuusivaara_2030.pdf")
    results[0] = report_sample.with_boxes(results[0], {3: (2, (70, 140, 525, 160))})
    cohort = report_sample.cohort_of(results)
    audits = report_sample.audits_of(results, cohort)
    report.write(out, results, cohort, sources={results[0].file: pdf}, audits=audits)
    return out
