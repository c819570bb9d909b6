"""results.csv and mentions.csv, and the rows that the workbook shares with them.

The CSV files are made for a Finnish Excel, which opens them right by a double click: UTF-8 with a byte-order mark,
`;` between fields, a decimal comma, 1 and 0 for yes and no. pandas reads them with
`pandas.read_csv(path, sep=";", decimal=",")`. Column names and codes are those of results.jsonl, whatever the
report's language. A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
injection"), and line breaks within a cell become spaces.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING

from analyser.document import ROLES, Result
from analyser.report.scores import Score

if TYPE_CHECKING:
    from analyser.audit import Audit, Goal

Cell = str | int | float | bool | None

QUALITIES = ("concrete", "measurable", "dated", "owned", "service_level")
ELEMENTS = ("vision", "measures", "indicators")
RESULT_COLUMNS = (
    "file", "organisation", "status", "error", "language", "pages", "words", "label", "standing", "probability",
    "needs_review", "mentions", *(f"mentions_{role}" for role in ROLES), "excluded", "priorities", "score", "sector",
    "size", "reasons", "warnings", "sha256", "goals", *(f"goals_{quality}" for quality in QUALITIES),
    *(f"mentions_{element}" for element in ELEMENTS), "lix",
)  # fmt: skip
MENTION_COLUMNS = (
    "file", "organisation", "label", "standing", "page", "section", "role", "probability", "text", "terms", "lemmas",
    "concepts", "rule", "x0", "top", "x1", "bottom", "form", *QUALITIES, "advice",
)  # fmt: skip
# Control characters that neither a spreadsheet nor XML can hold, lone surrogates from broken PDFs, and the marks that
# turn the order of what follows them, by which a name could disguise the words around it.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")


def clean(text: str) -> str:
    """Text in one line without characters that a table cannot hold."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def result_rows(
    results: Iterable[Result], scores: Mapping[str, Score], audits: Mapping[str, Audit]
) -> Iterator[tuple[Cell, ...]]:
    """A row for each document, in the order of `RESULT_COLUMNS`; what a failed document cannot have is None."""
    for r in results:
        roles = Counter(m.role for m in r.mentions)
        score = scores.get(r.file, Score())
        found: tuple[Cell, ...] = (
            r.label, r.standing, r.probability, r.needs_review, len(r.mentions), *(roles[role] for role in ROLES),
            len(r.excluded), " | ".join(p.name for p in r.priorities),
        )  # fmt: skip
        yield (
            r.file, r.organisation, r.status, r.error, r.language, r.pages, r.words,
            *((None,) * len(found) if r.status == "failed" else found),
            score.value, score.sector, score.size, " ".join(r.reasons), " ".join(r.warnings), r.sha256,
            *_audited(audits.get(r.file)),
        )  # fmt: skip


def mention_rows(results: Iterable[Result], audits: Mapping[str, Audit]) -> Iterator[tuple[Cell, ...]]:
    """A row for each mention, in the order of `MENTION_COLUMNS`; the box is in PDF points from the top left corner.

    What the wording audit says is None for mentions that are no goals; its advice is in codes.
    """
    unaudited: tuple[Cell, ...] = (None,) * (len(QUALITIES) + 2)
    for r in results:
        goals = {goal.mention: _worded(goal) for goal in audits[r.file].goals} if r.file in audits else {}
        for i, m in enumerate(r.mentions):
            yield (
                r.file, r.organisation, r.label, r.standing, m.page, " > ".join(m.section), m.role, m.probability,
                m.text, ", ".join(t.text for t in m.terms), ", ".join(t.lemma for t in m.terms),
                ", ".join(dict.fromkeys(t.concept for t in m.terms)), m.rule,
                *(round(x, 1) for x in m.bbox or ()), *((None,) * (0 if m.bbox else 4)),
                *goals.get(i, unaudited),
            )  # fmt: skip


def _audited(audit: Audit | None) -> tuple[Cell, ...]:
    if audit is None:
        return (None,) * (len(QUALITIES) + len(ELEMENTS) + 2)
    lix = round(audit.readability.lix, 1) if audit.readability else None
    return (
        len(audit.goals), *(audit.count(quality) for quality in QUALITIES),
        *(len(audit.elements[element]) for element in ELEMENTS), lix,
    )  # fmt: skip


def _worded(goal: Goal) -> tuple[Cell, ...]:
    qualities = (goal.concrete, *(quality in goal.qualities for quality in QUALITIES[1:]))
    return goal.form, *qualities, ", ".join(goal.advice)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The table, row by row, as the CSV that this module describes."""
    encoding = "utf-8-sig"
    for row in chain([columns], rows):
        text = StringIO(newline="")
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerow([_plain(cell) for cell in row])
        yield text.getvalue().encode(encoding)
        encoding = "utf-8"


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.6g}'):f}".replace(".", ",")
    return str(cell) if isinstance(cell, int) else neutral(clean(cell))
