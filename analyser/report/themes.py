"""Which themes of the codebook the strategies of each sector speak of: the numbers of the heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.document import Result
from analyser.report.entries import Entry
from analyser.report.locale import collation


@dataclass(frozen=True)
class Themes:
    """Shares of strategies with at least one mention of a theme: a row a theme, a column a sector and one for all.

    `sizes` are the numbers of strategies behind each column, in the same order (sectors first, all last).
    """

    sectors: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def of_result(result: Result) -> frozenset[str]:
    """The themes that a strategy speaks of."""
    return frozenset(term.concept for mention in result.mentions for term in mention.terms)


def themes(entries: Sequence[Entry]) -> Themes:
    """Themes by sector, the commonest theme first; documents that could not be analysed are left out."""
    usable = [e for e in entries if not e.failed]
    sectors = sorted({e.sector for e in usable if e.sector}, key=collation)
    columns = [[e for e in usable if e.sector == sector] for sector in sectors] + [usable]
    counts = [Counter(theme for e in column for theme in e.themes) for column in columns]
    order = sorted(counts[-1], key=lambda theme: (-counts[-1][theme], theme))
    return Themes(
        tuple(sectors),
        tuple(len(column) for column in columns),
        tuple(
            (theme, tuple(count[theme] / len(column) for count, column in zip(counts, columns, strict=True)))
            for theme in order
        ),
    )
