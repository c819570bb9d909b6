"""The analyst's own word on which row of the score sheet a strategy belongs to.

The program drafts the table with what it could not decide (a row for each strategy and candidate); the analyst writes
yes or no into its last column and gives it back. A yes is the strongest evidence there is; a no is never matched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analyser.document import InputError
from analyser.maturity.cells import plain
from analyser.maturity.records import read as read_records
from analyser.maturity.scores import ScoreSheet

Decisions = Mapping[tuple[str, str], bool]
"""Whether a strategy (its file) and a row (its organisation as in the sheet) belong together."""

COLUMNS = ("file", "organisation", "candidate", "likeness", "same")
_READ = {"file": ("file",), "organisation": ("organisation",), "candidate": ("candidate",), "same": ("same",)}
_YES = frozenset(("yes", "y", "x", "1", "true", "kyllä", "k", "ja", "j"))
_NO = frozenset(("no", "n", "0", "false", "ei", "e", "nej"))
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")


def read(path: Path, sheet: ScoreSheet) -> dict[tuple[str, str], bool]:
    """The decisions in a mapping file; rows without one are still open.

    Raises InputError if a decision is neither yes nor no, names an organisation that is not in the sheet, or gives one
    strategy two rows or one row two strategies.
    """
    rows = {plain(row.organisation): row.organisation for row in sheet.rows}
    decided: dict[tuple[str, str], bool] = {}
    lines: dict[tuple[str, str], int] = {}
    for line, record in read_records(path, _READ):
        answer = record["same"].casefold()
        if not answer:
            continue
        if answer not in _YES | _NO:
            raise InputError(f"{path}: row {line} says “{answer[:40]}” in the column “same”; write yes or no.")
        candidate = rows.get(plain(record["candidate"]))
        if candidate is None:
            name = record["candidate"][:60]
            raise InputError(f"{path}: row {line} names “{name}”, not in {sheet.file}; write it as it is there.")
        pair = record["file"], candidate
        same = answer in _YES
        for (file, other), before in decided.items():
            clash = before and same and (file == pair[0]) != (other == pair[1])
            if clash or ((file, other) == pair and before != same):
                raise InputError(f"{path}: rows {lines[file, other]} and {line} contradict each other; keep one.")
        decided[pair] = same
        lines[pair] = line
    return decided


def draft(matching: Mapping[str, Any], decided: Decisions) -> bytes:
    """The mapping file as CSV (UTF-8 with a byte-order mark, `;`): decisions already made, then what is open.

    `matching` is that of cohort.json. Empty if there is nothing to decide and nothing was decided.
    """
    lines: list[tuple[str, ...]] = [
        (file, "", candidate, "", "yes" if same else "no") for (file, candidate), same in decided.items()
    ]
    lines += [line for line in _open(matching) if (line[0], line[2]) not in decided]
    if not lines:
        return b""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _open(matching: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for doubt in matching["doubtful"]:
        for candidate in doubt["candidates"]:
            yield doubt["file"], doubt["organisation"], candidate["name"], str(round(candidate["likeness"])), ""
    for conflict in matching["conflicts"]:
        for file in conflict["files"]:
            for row in conflict["rows"]:
                yield file, "", row["name"], "", ""


def _guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula (OWASP, “CSV injection”); `records` takes it off again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def has_decisions(path: Path) -> bool:
    """Whether someone has written into a mapping file (so that no draft may take its place)."""
    try:
        return any(record["same"] for _, record in read_records(path, _READ))
    except InputError:
        return True
