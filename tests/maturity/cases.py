"""Made-up results and score rows for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analyser.document import Label, Result, Standing, Status
from analyser.maturity.scores import ScoreRow, ScoreSheet


def result(
    organisation: str,
    standing: Standing = "none",
    *,
    file: str = "",
    sha256: str = "",
    status: Status = "ok",
    words: int = 1000,
    needs_review: bool = False,
) -> Result:
    label: Label = "priority" if standing == "priority" else "none" if standing == "none" else "mention"
    return Result(
        file=file or f"{organisation}.pdf",
        sha256=sha256,
        organisation=organisation,
        status=status,
        error="cannot be read" if status == "failed" else None,
        warnings=(),
        language="fi",
        pages=10,
        words=words,
        label=label,
        standing=standing,
        probability=0.9,
        needs_review=needs_review,
        reasons=(),
    )


def sheet(*rows: ScoreRow | tuple[str, float | None], dimensions: Sequence[str] = ()) -> ScoreSheet:
    made = [row if isinstance(row, ScoreRow) else ScoreRow(n, row[0], row[1]) for n, row in enumerate(rows, 2)]
    return ScoreSheet("pisteet.csv", tuple(made), tuple(dimensions))


def leaves(found: Any) -> list[Any]:
    """Every value in nested dicts and lists."""
    if isinstance(found, dict):
        return [leaf for value in found.values() for leaf in leaves(value)]
    if isinstance(found, list):
        return [leaf for value in found for leaf in leaves(value)]
    return [found]
