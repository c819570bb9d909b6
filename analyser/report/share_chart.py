"""The chart of shares: each a point in its interval on a line from 0 to 100 %, with an earlier study's beside it.

It is drawn by hand, since it stands in every report: the plotting library, which takes a quarter of a second to load,
is left to the charts of scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analyser.report.charts import Chart, Words
from analyser.report.tables import clean

WIDE, NARROW = 720, 330  # width in CSS pixels
ROW, NARROW_ROW, AXIS, LEGEND = 84, 104, 34, 34  # heights
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
TEXT = Markup('<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="var(--chart-{})" text-anchor="{}"{}>{}</text>')
LINE = Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="var(--chart-{})" stroke-width="{}"/>')
POINT = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="8" fill="var(--chart-{})" stroke="var(--chart-surface)" '
               'stroke-width="2.5"/>')  # fmt: skip
BOLD = Markup(' font-weight="600"')


@dataclass(frozen=True)
class Share:
    """A share with its interval, and the earlier study's share if there is one, all between 0 and 1."""

    label: str
    note: str
    share: float
    low: float
    high: float
    reference: float | None
    standing: str


def draw(rows: Sequence[Share], words: Words, observed: str, reference: str) -> Chart:
    """The shares as a chart; `observed` and `reference` are what its legend calls the points and the upright lines."""
    legend = [observed, *([reference] if any(row.reference is not None for row in rows) else [])]
    return Chart(words, _svg(rows, words, legend, narrow=False), _svg(rows, words, legend, narrow=True))


def _svg(rows: Sequence[Share], words: Words, legend: Sequence[str], *, narrow: bool) -> Markup:
    width = NARROW if narrow else WIDE
    left, right = (16, width - 20) if narrow else (210, width - 24)
    top = LEGEND * (len(legend) if narrow else 1)
    row_height = NARROW_ROW if narrow else ROW
    height = top + len(rows) * row_height + AXIS

    def x(share: float) -> float:
        return left + share * (right - left)

    drawn = list(_legend(legend, left, narrow))
    for tick in TICKS:
        drawn.append(LINE.format(x(tick), top, x(tick), height - AXIS, "grid", 1))
        drawn.append(TEXT.format(x(tick), height - AXIS + 20, 13, "muted", "middle", "", words.number(tick)))
    for number, row in enumerate(rows):
        middle = top + number * row_height + (62 if narrow else 40)
        if narrow:
            drawn.append(TEXT.format(left, middle - 42, 15, "text", "start", BOLD, clean(row.label)))
        else:
            drawn.append(TEXT.format(left - 20, middle - 1, 15, "text", "end", BOLD, clean(row.label)))
            drawn.append(TEXT.format(left - 20, middle + 18, 13.5, "muted", "end", "", row.note))
        drawn.append(LINE.format(x(row.low), middle, x(row.high), middle, row.standing, 10))
        if row.reference is not None:
            drawn.append(LINE.format(x(row.reference), middle - 14, x(row.reference), middle + 14, "text", 2.5))
            drawn.append(
                TEXT.format(x(row.reference), middle + 29, 13, "text", "middle", "", words.number(row.reference))
            )
        drawn.append(POINT.format(x(row.share), middle, row.standing))
        drawn.append(
            TEXT.format(x(row.share), middle - 15, 15, row.standing, "middle", BOLD, words.number(row.share))
        )
    opened = Markup('<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">').format(width, height)
    return opened + Markup("").join(drawn) + Markup("</svg>")


def _legend(names: Sequence[str], left: float, narrow: bool) -> Iterator[Markup]:
    """The legend: below each other on a narrow screen, beside each other on a wide one."""
    for number, name in enumerate(names):
        x, y = (left, 14 + number * 24) if narrow else (left + number * 170, 14)
        if number == 0:
            yield LINE.format(x, y, x + 30, y, "muted", 8)
            yield POINT.format(x + 15, y, "muted")
        else:
            yield LINE.format(x + 15, y - 10, x + 15, y + 10, "text", 2.5)
        yield TEXT.format(x + 40, y + 5, 13.5, "text", "start", "", name)
