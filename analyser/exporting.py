"""What a finished run is handed on as: a project for qualitative analysis software, and the report as one PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from analyser import audit
from analyser.correlation import own_codebook, paths, run_record
from analyser.document import InputError
from analyser.files import claim
from analyser.results import ResultFile

PROJECT, PRINTED = "mentions.qdpx", "report.pdf"


@dataclass(slots=True)
class Exports:
    """The files that were written, and a line for each thing that could not be."""

    written: list[Path] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def export(folder: Path, language: str | None = None) -> Exports:
    """Write mentions.qdpx and, where a browser can print it, report.pdf into the folder of a finished run.

    `language` is that of the codes' names, by default the report's. Raises InputError if `folder` holds no run or
    cannot be written to.
    """
    from analyser.report import printing, qdpx
    from analyser.report.locale import speech

    results, record = ResultFile(folder / "results.jsonl"), run_record(folder)
    options = record.get("options", {})
    try:
        cohort = json.loads((folder / "cohort.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / 'cohort.json'}: cannot be read; run the analysis again.") from error
    made = Exports()
    with claim(folder):
        audits = audit.of_run(results, cohort, own_codebook(record))
        words = speech(language or options.get("report_language") or "fi")
        lacking = qdpx.write(folder / PROJECT, results, paths(options), audits, words)
        made.written.append(folder / PROJECT)
        made.missing += [f"{file}: not in {PROJECT}, since its PDF or text could not be read." for file in lacking]
        if printing.print_pdf(folder / "index.html", folder / PRINTED):
            made.written.append(folder / PRINTED)
        else:
            made.missing.append(f"{PRINTED}: not printed; it needs Chromium, Chrome or Edge, and the report.")
    return made
