"""Verdicts against scores: what the analyst wants compared, cohort.json, and the report of results that are there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analyser import resources
from analyser.document import InputError, Result
from analyser.files import claim, write_bytes, write_text
from analyser.remote import Url
from analyser.results import ResultFile, outline

CARD = "card.json"
"""What training measured of the model, beside its card for people."""
DRAFT = "mapping.csv"
"""Where a run leaves what the analyst should decide."""


@dataclass(frozen=True, slots=True)
class Study:
    """What is compared with what, as the analyst asks for it; see `analyser run --help`."""

    scores: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column of the scores is what (`{"score": "Pisteet"}`), where its name does not tell."""
    year: int | None = None
    reference: Mapping[str, float] = field(default_factory=dict)
    """Shares of a previous study, `{"mention": 0.69, "priority": 0.36}`."""
    mapping: Path | None = None
    """The analyst's decisions on doubtful matches."""
    organisations: Path | None = None
    """A table that names each file's organisation."""


class Correlation:
    """A study whose tables have been read, ready for the results.

    Raises InputError, before any work is done, if a table cannot be used.
    """

    def __init__(self, study: Study) -> None:
        from analyser.maturity import mapping, organisations, scores

        if study.scores is None and (study.columns or study.year is not None or study.mapping):
            raise InputError("--column, --year and --mapping say how to read scores; give the scores as well.")
        self.study = study
        self.sheet = scores.read(study.scores, columns=study.columns, year=study.year) if study.scores else None
        self.decided = mapping.read(study.mapping, self.sheet) if study.mapping and self.sheet else {}
        self.table = organisations.read(study.organisations) if study.organisations else {}

    def names(self, files: Sequence[str]) -> dict[str, str]:
        """The organisation of each of `files` that the analyst's table names.

        Raises InputError if the table names a file that is not among them.
        """
        from analyser.maturity import organisations

        named, unused = organisations.by_file(self.table, files)
        if unused:
            shown = ", ".join(unused[:5]) + (f" and {len(unused) - 5} more" if len(unused) > 5 else "")
            raise InputError(
                f"{self.study.organisations}: no such file is analysed, or several are: {shown}; "
                "write each file's path as the results have it."
            )
        return named

    def write(self, out: Path, results: Sequence[Result]) -> dict[str, Any]:
        """Write cohort.json, and a draft of the mapping file where there is something to decide; returns the cohort."""
        from analyser import maturity

        cohort = maturity.cohort(
            [outline(result) for result in results],
            self.sheet,
            reference=self.study.reference,
            decided=self.decided,
            confusion=_confusion(),
        )
        write_text(out / "cohort.json", json.dumps(cohort, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        self._draft(out / DRAFT, cohort)
        return cohort

    def _draft(self, path: Path, cohort: Mapping[str, Any]) -> None:
        from analyser.maturity import mapping

        given = self.study.mapping is not None and self.study.mapping.resolve() == path.resolve()
        if path.exists() and not given and mapping.has_decisions(path):
            return  # someone has worked on it
        if content := mapping.draft(cohort["matching"], self.decided) if cohort["matching"] else b"":
            write_bytes(path, [content])
        elif not given:
            path.unlink(missing_ok=True)


def as_named(result: Result, table: Mapping[str, str]) -> Result:
    """The result with its organisation as the analyst's table has it, if it names the file."""
    name = table.get(result.file)
    return replace(result, organisation=name, named_by="table") if name else result


def told(cohort: Mapping[str, Any], out: Path | Url) -> list[str]:
    """How the score sheet was read and matched, a line each; the whole is in cohort.json."""
    sheet, matching = cohort["sheet"], cohort["matching"]
    if sheet is None:
        return []
    named: dict[str, list[str]] = {}
    for column in sheet["columns"]:
        named.setdefault(column["meaning"], []).append(column["name"])
    ignored = named.pop("ignored", [])
    dimensions = named.pop("dimension", [])
    used = [f"{meaning} = {names[0]}" for meaning, names in named.items()]
    used += [f"dimensions = {', '.join(dimensions)}"] if dimensions else []
    where = sheet["file"] + (f", sheet {sheet['sheet']}" if sheet["sheet"] else "")
    year = f", year {sheet['year']}" if sheet["year"] else ""
    lines = [
        f"Scores: {where}{year}: {', '.join(used)}" + (f"; not used: {', '.join(ignored)}" if ignored else "") + "."
    ]
    if sheet["other_sheets"]:
        lines.append(f"Sheets with scores that were not used: {', '.join(sheet['other_sheets'])}.")
    out_rows = [f"{row['row']} ({row['reason']})" for row in sheet["left_out"]]
    shown = ", ".join(out_rows[:10]) + (" …" if len(out_rows) > 10 else "")
    lines.append(f"Rows: {sheet['rows']} used" + (f", {len(out_rows)} left out: {shown}." if out_rows else "."))
    counted = cohort["documents"]["counted"]
    unmatched = cohort["unmatched"]
    spare = len(unmatched["scores"])
    lines.append(
        f"Matched: {matching['matched']} of {counted} strategies; {len(unmatched['strategies'])} without a row, "
        f"{spare} {'row' if spare == 1 else 'rows'} without a strategy."
    )
    if undecided := len(matching["doubtful"]) + len(matching["conflicts"]):
        lines.append(f"Doubtful: {undecided}; write yes or no into {out / DRAFT} and give it with --mapping.")
    return [*lines, *_found(cohort)]


def _found(cohort: Mapping[str, Any]) -> list[str]:
    """What the comparisons of the score found, a line each, and what they do not show; nothing where none was made."""
    titles = {
        "priority_vs_rest": "Main priority against the others",
        "mentioned_vs_none": "Mentioned against not mentioned",
    }
    lines, tested = [], False
    for key, title in titles.items():
        comparison = cohort["comparisons"][key]
        (one, two), difference, relative = comparison["n"], comparison["difference"], comparison["relative"]
        if not difference:
            if one + two:
                lines.append(f"{title}: {comparison['why']}")
            continue
        tested = True
        said = f"{title} ({one} against {two}): {difference['value']:+.1f} points"
        if difference["low"] is not None:
            said += f", 95 % interval {difference['low']:+.1f} to {difference['high']:+.1f}"
        if relative:
            said += f" ({relative['value']:+.0%})"
        lines.append(f"{said}; permutation test, p = {comparison['permutation_p']:.3f}.")
    causal = "Which is the cause and which the effect, these figures do not show."
    return [*lines, causal] if tested else lines


def correlate(
    given: Path, study: Study, out: Path | None = None, language: str | None = None
) -> tuple[Path, list[str]]:
    """Compare finished results with scores anew, without reading the strategies.

    Returns the report's first page and how the scores were read and matched, a line each.

    `given` is a results.jsonl or the folder of a run. cohort.json, the tables and the report are written to `out`,
    by default to the folder of the results; there run.json is brought up to date too, and the report keeps its pictures
    and its language. Raises InputError if the results or a table cannot be used, or `out` cannot be written to.
    """
    from analyser import audit, manifest, report

    path = given / "results.jsonl" if given.is_dir() else given
    lines = ResultFile(path)
    correlation = Correlation(study)
    out = out or path.parent
    record = run_record(path.parent)
    named = correlation.names([result.file for result in lines])
    results: Sequence[Result] = [as_named(result, named) for result in lines] if named else lines
    with claim(out):
        cohort = correlation.write(out, results)
        options = record.get("options", {})
        report.write(
            out,
            results,
            cohort,
            language=language or options.get("report_language") or "fi",
            sources=paths(options),
            images=bool(options.get("images", True)),
            redraw=False,
            audits=audit.of_run(results, cohort, own_codebook(record)),
        )
        if record and out.resolve() == path.parent.resolve():
            record["options"] = options | manifest.study(study) | ({"report_language": language} if language else {})
            write_text(out / "run.json", json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return out / "index.html", told(cohort, out)


def run_record(folder: Path) -> dict[str, Any]:
    """The run's manifest; empty where there is none that can be read."""
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and isinstance(record.get("options"), dict) else {}


def own_codebook(record: Mapping[str, Any]) -> Path | None:
    """The analyst's own codebook of the run; None for the bundled one."""
    file = (record.get("codebook") or {}).get("file")
    return None if file in (None, "bundled") else Path(file)


def paths(options: Mapping[str, Any]) -> dict[str, Path]:
    """Where the run's documents are on this machine, for links to them; none where they have been moved."""
    from analyser import inputs, remote

    try:
        given = [place for text in options.get("inputs") or () if isinstance(place := remote.place(text), Path)]
        return {source.file: source.path for source in inputs.find(given)}
    except (InputError, OSError, TypeError):
        return {}


def _confusion() -> dict[str, dict[str, int]]:
    """How many documents with a human's label got which verdict, as the model card has it; empty where it has not."""
    try:
        card = json.loads((resources.folder("models") / CARD).read_text(encoding="utf-8"))
        found: dict[str, dict[str, int]] = card["labels"]["confusion"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found
