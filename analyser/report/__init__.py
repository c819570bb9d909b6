"""The report room: what a run found, as HTML pages for readers and as tables for analysts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.document import Result
from analyser.workers import Crew

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
    crew: Crew | None = None,
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
    `audits` its wording audit. `progress` is called with an organisation's name when its page is done, and the `crew`
    (one process, if none is given) draws the pictures. Not to `redraw` is to read no PDF and keep the pictures that an
    earlier report of the same documents left in `out`. Every page of a `fictional` report says that it is one. Raises
    OSError where `out` cannot be written.
    """
    from analyser.report.locale import speech
    from analyser.report.making import Tables
    from analyser.report.scores import by_file
    from analyser.report.site import Site

    out.mkdir(parents=True, exist_ok=True)
    site = Site(
        out, results, cohort, speech(language), sources=sources or {}, links=links, images=images, redraw=redraw,
        audits=audits, fictional=fictional,
    )  # fmt: skip
    tables = Tables(out, language, results, by_file(cohort), audits or {}, cohort)
    with Crew(1) as alone:
        crew = crew or alone
        # Where no PDF is drawn, which may cost the process, only processes that are there already are worth it.
        useful = site.draws or (crew.waits and crew.jobs > 1)
        site.write(crew if useful else None, progress or (lambda name: None), tables)
