"""The report's charts: what a chart is, and points over an axis of scores.

Each is drawn twice, for a wide and for a narrow screen, and carries what a reader who does not see it needs: a title,
a description and its data as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from analyser.report.drawing import Frame
from analyser.report.svg import render

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Words:
    """What a chart says: its title and description, its axis, its table, and how it writes numbers.

    `name` is the chart's id in its page; the first column of the table names the rows.
    """

    name: str
    title: str
    description: str
    axis: str
    number: Callable[[float], str]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it: two SVG elements, and the words for them."""

    words: Words
    wide: Markup
    narrow: Markup


@dataclass(frozen=True)
class Row:
    """One row of a chart of points: its label, a note, its values, and the standing that they have (or `peer`)."""

    label: str
    note: str
    values: Sequence[float]
    standing: str = "peer"


@dataclass(frozen=True)
class Points:
    """A chart of points on which single organisations can be marked without drawing it again.

    `spots` says for the wide and the narrow chart where `low` and `high` are on the axis and each row is, in pixels.
    """

    chart: Chart
    low: float
    high: float
    spots: tuple[tuple[float, float, tuple[float, ...]], ...]

    def mark(self, values: Sequence[float | None], words: Words) -> Chart:
        """The chart with a value marked in each row (None: none), and with words of its own."""
        marked = []
        for svg, (left, right, ys) in zip((self.chart.wide, self.chart.narrow), self.spots, strict=True):
            marks = Markup("")
            for value, y in zip(values, ys, strict=True):
                if value is not None:
                    x = left + (value - self.low) / (self.high - self.low) * (right - left)
                    marks += Markup(
                        '<path d="M{0:.1f} {1:.1f}V{2:.1f}" stroke="var(--chart-accent)" stroke-width="3"/>'
                        '<circle cx="{0:.1f}" cy="{3:.1f}" r="7.5" fill="var(--chart-accent)" '
                        'stroke="var(--chart-surface)" stroke-width="2.5"/>'
                    ).format(x, y - 17, y + 17, y)
            marked.append(Markup(svg.removesuffix("</svg>")) + marks + Markup("</svg>"))
        return replace(self.chart, words=words, wide=marked[0], narrow=marked[1])


def points(rows: Sequence[Row], words: Words) -> Points:
    """Every value as a point, with a box over the middle half of each row. There is at least one value."""
    values = [value for row in rows for value in row.values]
    margin = (max(values) - min(values)) * 0.05 or 1
    low, high = min(values) - margin, max(values) + margin
    spots = []

    def draw(narrow: bool) -> Figure:
        frame = Frame.of(len(rows), narrow)
        frame.axis(low, high, words.axis, words.number)
        for y, row in zip(frame.ys, rows, strict=True):
            frame.points(y, row.values, row.standing)
            frame.label(y, row.label, row.note)
        spots.append(frame.spots(low, high))
        return frame.figure

    wide, narrow = render(draw(False), f"{words.name}-w"), render(draw(True), f"{words.name}-n")
    return Points(Chart(words, wide, narrow), low, high, tuple(spots))
