"""The report room: what a run found, as HTML pages for readers and as tables for analysts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.document import Result

if TYPE_CHECKING:
    from analyser.audit import Audit

__all__ = ["write"]


def write(
    out: Path,
    results: Sequence[Result],
    cohort: Mapping[str, Any],
    *,
    language: str = "fi",
    sources: Mapping[str, Path] | None = None,
    links: Mapping[str, str] | None = None,
    images: bool = True,
    redraw: bool = True,
    jobs: int = 1,
    audits: Mapping[str, Audit] | None = None,
    fictional: bool = False,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write the report of a run into the folder `out`, which is made if need be.

    Files: results.csv, mentions.csv, results.xlsx, index.html (the cohort), organisations/NAME.html (one a document)
    and, with `images`, organisations/images/ with a picture of each mention's place on its page. Each file appears
    whole or not at all; pages and pictures that an earlier report left in `out` and this one does not need are removed.

    `cohort` is the content of cohort.json. `language` is fi, sv or en (else ValueError). `sources` gives the PDF of
    `Result.file`, for pictures and for links that open it, unless `links` has another address for it, '' for none;
    `audits` its wording audit. `progress` is called with an
    organisation's name when its page is done, and `jobs` processes draw the pictures. Not to `redraw` is to read no
    PDF and keep the pictures that an earlier report of the same documents left in `out`. Every page of a `fictional`
    report says that it is one. Raises OSError where `out` cannot be written.
    """
    from analyser.files import write_bytes
    from analyser.report.locale import speech
    from analyser.report.scores import by_file
    from analyser.report.site import Site
    from analyser.report.tables import MENTION_COLUMNS, RESULT_COLUMNS, as_csv, mention_rows, result_rows
    from analyser.report.workbook import as_xlsx

    words, scores, audits = speech(language), by_file(cohort), audits or {}
    out.mkdir(parents=True, exist_ok=True)
    write_bytes(out / "results.csv", as_csv(RESULT_COLUMNS, result_rows(results, scores, audits)))
    write_bytes(out / "mentions.csv", as_csv(MENTION_COLUMNS, mention_rows(results, audits)))
    write_bytes(out / "results.xlsx", [as_xlsx(results, scores, audits, cohort, words)])
    site = Site(
        out, results, cohort, words, sources=sources or {}, links=links, images=images, redraw=redraw, jobs=jobs,
        audits=audits, fictional=fictional,
    )  # fmt: skip
    site.write(progress or (lambda name: None))
