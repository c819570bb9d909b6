"""A run: find the documents, analyse them, then write the results, the cohort, the report and the manifest."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from analyser import analysis, inputs, manifest, results
from analyser.analysis import Options, Seconds
from analyser.correlation import Correlation, Study, as_named, told
from analyser.document import Result
from analyser.files import claim, write_text

Progress = Callable[[str, int, int, str], None]
"""Told the part of the run (`analysing`, `reporting`), how many documents are done of how many, and which."""


@dataclass(slots=True)
class Summary:
    """What a run came to: how many documents ended in each status, and one line for each that failed."""

    out: Path
    statuses: Counter[str] = field(default_factory=Counter)
    cached: int = 0
    errors: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """How the score sheet was read and matched, a line each."""

    @property
    def documents(self) -> dict[str, int]:
        """How many documents there were, by status, and how many an earlier run had done."""
        statuses = {status: self.statuses[status] for status in ("ok", "partial", "failed")}
        return {"all": self.statuses.total(), **statuses, "from_cache": self.cached}

    @property
    def report(self) -> Path:
        """The report's first page."""
        return self.out / "index.html"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is remembered of a finished document while the run goes on; the rest is on disk."""

    sha256: str
    organisation: str
    offset: int


def run(
    given: Sequence[Path],
    out: Path,
    options: Options,
    *,
    study: Study | None = None,
    images: bool = True,
    fictional: bool = False,
    progress: Progress = lambda part, done, of, name: None,
) -> Summary:
    """Analyse the documents in `given` (files and folders) and write every output to the folder `out`.

    With `images`, the report shows pictures of the pages; it says so if everything in it is `fictional`. A document
    that cannot be analysed is in the outputs with its reason. Raises InputError, before any work is done, if an input,
    a table of the study or the codebook cannot be read, or `out` cannot be written to.
    """
    from analyser import audit, report

    study = study or Study()
    started = datetime.now(UTC)
    seconds: Seconds = {}
    with ExitStack() as stack:
        sources = inputs.find(given, skip=out)
        correlation = Correlation(study)
        named = correlation.names([source.file for source in sources])
        analysis.check(options)
        stack.enter_context(claim(out))
        summary = Summary(out)
        clock = time.perf_counter()
        stages = _analyse(sources, named, out, options, summary=summary, progress=progress)
        seconds["documents"], clock = _since(clock)
        lines = results.ResultFile(out / "results.jsonl")
        cohort = correlation.write(out, lines)
        summary.told = told(cohort, out)
        seconds["cohort"], clock = _since(clock)
        audits = audit.of_run(lines, cohort, options.codebook)
        seconds["audit"], clock = _since(clock)
        paths = {source.file: source.path for source in sources}
        pages = count(1)
        report.write(
            out,
            lines,
            cohort,
            language=options.report_language,
            sources=paths,
            images=images,
            jobs=options.jobs,
            audits=audits,
            fictional=fictional,
            progress=lambda name: progress("reporting", next(pages), len(sources), name),
        )
        seconds["report"], clock = _since(clock)
        record = manifest.of(summary.documents, given, options, study, images)
        record |= manifest.times(started, seconds, stages)
        write_text(out / "run.json", json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return summary


def _analyse(
    sources: Sequence[inputs.Source],
    named: Mapping[str, str],
    out: Path,
    options: Options,
    *,
    summary: Summary,
    progress: Progress,
) -> Seconds:
    """Analyse the documents and write results.jsonl; returns the seconds each stage took in all workers together.

    `named` are organisations by file that the analyst has named.
    """
    stages: Counter[str] = Counter()
    entries: dict[str, _Entry] = {}
    with tempfile.TemporaryFile(dir=out) as kept:
        for finished in analysis.analyse_all(sources, options):
            result = as_named(finished.result, named)
            entries[result.file] = _Entry(result.sha256, result.organisation, kept.tell())
            kept.write(f"{results.to_line(result)}\n".encode())
            stages.update(finished.seconds)
            summary.statuses[result.status] += 1
            summary.cached += finished.cached
            if result.error and result.status == "failed":
                tells = result.file in result.error
                summary.errors.append(result.error if tells else f"{result.file}: {result.error}")
            progress("analysing", len(entries), len(sources), result.file)
        warnings = _told_twice(entries)

        def in_order() -> Iterator[Result]:
            for file, entry in sorted(entries.items()):
                kept.seek(entry.offset)
                result = results.from_line(kept.readline())
                yield replace(result, warnings=(*result.warnings, *warnings[file]))

        results.write(out / "results.jsonl", in_order())
    summary.errors.sort()
    return dict(stages)


def _told_twice(entries: dict[str, _Entry]) -> defaultdict[str, list[str]]:
    """Warnings, by file, of identical files and of several files for one organisation."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    organisation: defaultdict[str, list[str]] = defaultdict(list)
    for file, entry in sorted(entries.items()):
        if entry.sha256:
            same[entry.sha256].append(file)
        if entry.organisation:
            organisation[entry.organisation.casefold()].append(file)
    warnings: defaultdict[str, list[str]] = defaultdict(list)
    for file, entry in entries.items():
        twins = [other for other in same[entry.sha256] if other != file] if entry.sha256 else []
        if twins:
            warnings[file].append(f"The same file as {', '.join(twins)}; leave one of them out.")
        rivals = [o for o in organisation[entry.organisation.casefold()] if o != file and o not in twins]
        if entry.organisation and rivals:
            warnings[file].append(
                f"{entry.organisation} has another file as well: {', '.join(rivals)}; keep the one that is in force."
            )
    return warnings


def _since(clock: float) -> tuple[float, float]:
    now = time.perf_counter()
    return now - clock, now
