"""What a report reads from cohort.json: statistics as they stand there, and each organisation's maturity scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Score:
    """One organisation's maturity: overall score, sector, size, and its score on each further dimension."""

    value: float | None = None
    sector: str = ""
    size: float | None = None
    dimensions: Mapping[str, float | None] = field(default_factory=dict)


def by_file(cohort: Mapping[str, Any]) -> dict[str, Score]:
    """Scores by `Result.file`; organisations without a score are missing."""
    return {
        str(row["file"]): Score(
            row.get("score"), str(row.get("sector") or ""), row.get("size"), dict(row.get("dimensions") or {})
        )
        for row in cohort.get("organisations") or []
        if row.get("file")
    }


def flatten(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str | float | bool | None]]:
    """Every number and word of cohort.json with its path (`shares.mention.low`), for the statistics sheet."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flatten(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from flatten(inner, (*path, str(number)))
    elif value is None or isinstance(value, bool | int | float):
        yield ".".join(path), value
    else:
        yield ".".join(path), str(value)
