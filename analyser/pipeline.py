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
from itertools import count, islice
from pathlib import Path

from analyser import analysis, inputs, manifest, remote, results
from analyser.analysis import Options, Seconds
from analyser.correlation import Correlation, Study, as_named, told
from analyser.dispatch import analyse_all, crew_for
from analyser.document import Result
from analyser.files import claim, write_text
from analyser.remote import Url
from analyser.workers import Crew

LISTED = 5
"""Files that a warning names."""
Progress = Callable[[str, int, int, str], None]
"""Told the part of the run (`analysing`, `reporting`), how many documents are done of how many, and which."""


@dataclass(slots=True)
class Summary:
    """What a run came to: how many documents ended in each status, and one line for each that failed."""

    out: Path | Url
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
    def report(self) -> Path | Url:
        """The report's first page."""
        return self.out / "index.html"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is remembered of a finished document while the run goes on; the rest is on disk."""

    sha256: str
    organisation: str
    offset: int


def run(
    given: Sequence[Path | Url],
    out: Path | Url,
    options: Options,
    *,
    study: Study | None = None,
    images: bool = True,
    fictional: bool = False,
    progress: Progress = lambda part, done, of, name: None,
) -> Summary:
    """Analyse the documents in `given` (files, folders, URLs) and write every output to the folder (or URL) `out`.

    With `images`, the report shows pictures of the pages; it says so if everything in it is `fictional`. A document
    that cannot be analysed is in the outputs with its reason. Raises InputError, before any work is done, if an input,
    a table of the study or the codebook cannot be read, or `out` cannot be written to.
    """
    from analyser import audit, report

    study = study or Study()
    started = datetime.now(UTC)
    seconds: Seconds = {}
    with ExitStack() as stack:
        spool = _temporary(stack) if any(isinstance(place, Url) for place in given) else None
        sources = inputs.find(given, skip=out, spool=spool)
        correlation = Correlation(study)
        named = correlation.names([source.file for source in sources])
        analysis.check(options)
        folder = stack.enter_context(remote.published(out)) if isinstance(out, Url) else out
        stack.enter_context(claim(folder))
        crew = stack.enter_context(crew_for(options))
        summary = Summary(out)
        clock = time.perf_counter()
        stages = _analyse(sources, named, folder, options, crew, summary=summary, progress=progress)
        seconds["documents"], clock = _since(clock)
        lines = results.ResultFile(folder / "results.jsonl")
        cohort = correlation.write(folder, lines)
        summary.told = told(cohort, out)
        seconds["cohort"], clock = _since(clock)
        audits = audit.of_run(lines, cohort, options.codebook)
        seconds["audit"], clock = _since(clock)
        paths = {source.file: source.path for source in sources}
        pages = count(1)
        report.write(
            folder,
            lines,
            cohort,
            language=options.report_language,
            sources=paths,
            links={source.file: source.remote.link for source in sources if source.remote},
            images=images,
            # Where nothing had to be analysed, the report is not worth loading the models for.
            crew=crew if crew.waits else stack.enter_context(Crew(options.jobs)),
            audits=audits,
            fictional=fictional,
            progress=lambda name: progress("reporting", next(pages), len(sources), name),
        )
        seconds["report"], clock = _since(clock)
        record = manifest.of(summary.documents, given, options, study, images)
        record |= manifest.times(started, seconds, stages)
        write_text(folder / "run.json", json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return summary


def _temporary(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))


def _analyse(
    sources: Sequence[inputs.Source],
    named: Mapping[str, str],
    out: Path,
    options: Options,
    crew: Crew,
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
        # the largest first, so that no worker is left with a long one when the others have done
        largest_first = sorted(sources, key=_size, reverse=True)
        for finished in analyse_all(remote.fetched(largest_first), options, crew):
            result = as_named(finished.result, named)
            entries[result.file] = _Entry(result.sha256, result.organisation, kept.tell())
            line = finished.line if result is finished.result else ""
            kept.write(f"{line or results.to_line(result)}\n".encode())
            stages.update(finished.seconds)
            summary.statuses[result.status] += 1
            summary.cached += finished.cached
            if result.error and result.status == "failed":
                tells = result.file in result.error
                summary.errors.append(result.error if tells else f"{result.file}: {result.error}")
            progress("analysing", len(entries), len(sources), result.file)
        warnings = _told_twice(entries)

        def in_order() -> Iterator[Result | str]:
            for file, entry in sorted(entries.items()):
                kept.seek(entry.offset)
                line = kept.readline().decode().rstrip("\n")
                if file in warnings:
                    result = results.from_line(line)
                    yield replace(result, warnings=(*result.warnings, *warnings[file]))
                else:
                    yield line

        results.write(out / "results.jsonl", in_order())
    summary.errors.sort()
    return dict(stages)


def _size(source: inputs.Source) -> int:
    """The file's size in bytes; 0 where it cannot be told, or the file has yet to be fetched."""
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def _told_twice(entries: dict[str, _Entry]) -> defaultdict[str, list[str]]:
    """Warnings, by file, of identical files and of several files for one organisation."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    organisation: defaultdict[str, list[str]] = defaultdict(list)
    both: Counter[tuple[str, str]] = Counter()
    for file, entry in sorted(entries.items()):
        same[entry.sha256 or file].append(file)
        organisation[entry.organisation.casefold()].append(file)
        both[entry.organisation.casefold(), entry.sha256 or file] += 1
    warnings: defaultdict[str, list[str]] = defaultdict(list)
    for file, entry in entries.items():
        content, name = entry.sha256 or file, entry.organisation.casefold()
        if twins := len(same[content]) - 1:
            others = (other for other in same[content] if other != file)
            warnings[file].append(f"The same file as {_listed(others, twins)}; leave one of them out.")
        rivals = len(organisation[name]) - both[name, content]
        if name and rivals:
            others = (o for o in organisation[name] if (entries[o].sha256 or o) != content)
            warnings[file].append(
                f"{entry.organisation} has another file as well: {_listed(others, rivals)}; "
                "keep the one that is in force."
            )
    return warnings


def _listed(files: Iterator[str], number: int) -> str:
    """The first few of so many files: each of thousands shall not name all the others."""
    shown = ", ".join(islice(files, LISTED))
    return f"{shown} and {number - LISTED} more" if number > LISTED else shown


def _since(clock: float) -> tuple[float, float]:
    now = time.perf_counter()
    return now - clock, now
