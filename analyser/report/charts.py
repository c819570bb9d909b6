"""The report's charts: shares with their intervals, scores by standing, one organisation among its peers.

Each is drawn twice by matplotlib, for a wide and for a narrow screen, and carries what a reader who does not see it
needs: a title, a description and its data as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING

from markupsafe import Markup

from analyser.report.svg import ink, render
from analyser.report.tables import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKERS = {"priority": "D", "goal": "^", "context": "o", "none": "X"}
WIDE, NARROW = 720, 330
TEXT, SMALL = 14, 12.5


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it: two SVG elements, words for them, and the table behind them (first column names)."""

    name: str
    title: str
    description: str
    wide: Markup
    narrow: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """One row of a chart of points: its label, a second line under it, its values, and which standing they have."""

    label: str
    note: str
    values: Sequence[float]
    standing: str = "peer"


@dataclass(frozen=True)
class Share:
    """A share with its interval and the reference study's share, all between 0 and 1."""

    label: str
    note: str
    share: float
    low: float
    high: float
    reference: float
    standing: str


@dataclass(frozen=True)
class Words:
    """What a chart says: its title and description, the axis's name, its table, and how it writes numbers."""

    name: str
    title: str
    description: str
    axis: str
    number: Callable[[float], str]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def both(words: Words, draw: Callable[[bool], Figure]) -> Chart:
    """Draw a chart for wide and narrow screens; `draw` is told whether it is narrow."""
    wide, narrow = (render(draw(slim), f"{words.name}-{'narrow' if slim else 'wide'}") for slim in (False, True))
    return Chart(words.name, words.title, words.description, wide, narrow, words.header, words.rows)


def shares(rows: Sequence[Share], words: Words, observed: str, reference: str) -> Chart:
    """Each share as a point in its interval on a line from 0 to 100 %, with the reference study's beside it."""

    def draw(narrow: bool) -> Figure:
        figure, axes, ys = _rows(len(rows), narrow, top=60 if narrow else 34)
        axes.set_xlim(0, 1)
        _axis(axes, words, [0, 0.25, 0.5, 0.75, 1])
        for y, row in zip(ys, rows, strict=True):
            axes.plot([row.low, row.high], [y, y], color=ink(row.standing), linewidth=10, alpha=None, zorder=2,
                      solid_capstyle="butt")
            axes.plot(row.share, y, marker="o", markersize=15, color=ink(row.standing), markeredgecolor=ink("surface"),
                      markeredgewidth=2.5, zorder=4)
            axes.plot([row.reference] * 2, [y - 0.26, y + 0.26], color=ink("text"), linewidth=2.5, zorder=3)
            _label(axes, y, row.label, row.note, narrow)
        handles = [
            axes.plot([], [], marker="o", markersize=9, linewidth=6, color=ink("muted"), label=observed)[0],
            axes.plot([], [], marker="|", markersize=13, markeredgewidth=2.5, linewidth=0, color=ink("text"),
                      label=reference)[0],
        ]
        _legend(figure, handles, narrow)
        return figure

    return both(words, draw)


def points(rows: Sequence[Row], words: Words) -> Chart:
    """Every value as a point, and from five values on a box over the middle half of them with the median marked."""
    low, high = _range([v for row in rows for v in row.values])

    def draw(narrow: bool) -> Figure:
        figure, axes, ys = _rows(len(rows), narrow)
        axes.set_xlim(low, high)
        _axis(axes, words)
        for y, row in zip(ys, rows, strict=True):
            _points(axes, y, row, low, high, narrow)
            _label(axes, y, row.label, row.note, narrow)
        return figure

    return both(words, draw)


@dataclass(frozen=True)
class Backdrop:
    """A chart of points on which single organisations can be marked without drawing it again.

    `spots` holds for wide and narrow the pixels (x of `low`, x of `high`) and the y of each row.
    """

    chart: Chart
    low: float
    high: float
    spots: tuple[tuple[float, float, tuple[float, ...]], ...]

    def mark(self, values: Sequence[float | None], words: Words) -> Chart:
        """The chart with a value marked in each row (None: none)."""
        svgs = []
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
            svgs.append(Markup(svg.removesuffix("</svg>")) + marks + Markup("</svg>"))
        return replace(self.chart, title=words.title, description=words.description, wide=svgs[0], narrow=svgs[1],
                       header=words.header, rows=words.rows)


def backdrop(rows: Sequence[Row], words: Words) -> Backdrop:
    """Draw the peers' points once, to mark one organisation after another on them."""
    low, high = _range([v for row in rows for v in row.values])
    spots: list[tuple[float, float, tuple[float, ...]]] = []

    def draw(narrow: bool) -> Figure:
        figure, axes, ys = _rows(len(rows), narrow)
        axes.set_xlim(low, high)
        _axis(axes, words)
        for y, row in zip(ys, rows, strict=True):
            _points(axes, y, row, low, high, narrow)
            _label(axes, y, row.label, row.note, narrow)
        height = figure.get_figheight() * 72
        pixels = [axes.transData.transform((x, y)) * 72 / figure.dpi for y in ys for x in (low, high)]
        spots.append((pixels[0][0], pixels[1][0], tuple(height - p[1] for p in pixels[::2])))
        return figure

    chart = both(words, draw)
    return Backdrop(chart, low, high, tuple(spots))


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = (high - low) * 0.05 or 1
    return low - margin, high + margin


def _rows(count: int, narrow: bool, top: int = 8) -> tuple[Figure, Axes, list[int]]:
    """A figure with an empty row for each label: beside the rows where there is room, above them where not."""
    from matplotlib.figure import Figure

    row, bottom = (88 if narrow else 64), 52
    width, height = (NARROW if narrow else WIDE), count * row + top + bottom
    left = 14 if narrow else 210
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    axes = figure.add_axes((left / width, bottom / height, (width - left - 30) / width, count * row / height))
    axes.patch.set_visible(False)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_yticks([])
    axes.set_ylim(-0.5, count - 0.5)
    return figure, axes, list(range(count))[::-1]


def _axis(axes: Axes, words: Words, ticks: Sequence[float] | None = None) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if ticks is None:
        axes.xaxis.set_major_locator(MaxNLocator(5))
    else:
        axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value)))
    axes.grid(axis="x", color=ink("grid"), linewidth=1, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", length=0, pad=6, labelsize=SMALL, labelcolor=ink("muted"))
    axes.set_xlabel(words.axis, fontsize=SMALL, color=ink("muted"), loc="right" if ticks is None else "center")


def _label(axes: Axes, y: float, label: str, note: str, narrow: bool) -> None:
    transform = axes.get_yaxis_transform()
    label = clean(label)
    if len(label) > 26:
        label = f"{label[:25].rstrip()}…"
    if narrow:
        axes.text(0, y + 0.34, label, transform=transform, fontsize=TEXT, color=ink("text"), va="center", parse_math=False)
        axes.text(1, y + 0.34, note, transform=transform, fontsize=SMALL, color=ink("muted"), va="center", ha="right")
        return
    x = -16 / axes.get_window_extent().width
    axes.text(x, y + 0.14, label, transform=transform, fontsize=TEXT, color=ink("text"), ha="right", va="center", parse_math=False)
    axes.text(x, y - 0.18, note, transform=transform, fontsize=SMALL, color=ink("muted"), ha="right", va="center")


def _legend(figure: Figure, handles: Sequence[object], narrow: bool) -> None:
    figure.legend(handles=list(handles), loc="upper left" if narrow else "upper right", ncols=1 if narrow else 2,
                  frameon=False, fontsize=SMALL, labelcolor=ink("text"), borderaxespad=0, handlelength=1.6)


def _points(axes: Axes, y: float, row: Row, low: float, high: float, narrow: bool) -> None:
    middle = y - 0.12 if narrow else y
    values = sorted(row.values)
    if len(values) >= 5:
        axes.boxplot(
            [values], positions=[middle], widths=0.42, orientation="horizontal", showfliers=False, patch_artist=True,
            manage_ticks=False, zorder=1,
            boxprops={"facecolor": ink("box"), "edgecolor": ink("grid"), "linewidth": 1},
            whiskerprops={"color": ink("grid"), "linewidth": 1.5}, capprops={"linewidth": 0},
            medianprops={"color": ink("text"), "linewidth": 2.5},
        )  # fmt: skip
    elif values:
        axes.plot([median(values)] * 2, [middle - 0.21, middle + 0.21], color=ink("text"), linewidth=2.5, zorder=1)
    hollow = row.standing in {"context", "peer"}
    axes.scatter(
        values, [middle + offset for offset in swarm(values, (high - low) / (40 if narrow else 75))], s=58 if row.standing == "goal" else 46,
        marker=MARKERS.get(row.standing, "o"), facecolor=ink("surface" if hollow else row.standing),
        edgecolor=ink(row.standing if hollow else "surface"), linewidth=1.6 if hollow else 0.8, zorder=3,
    )  # fmt: skip


def swarm(values: Sequence[float], width: float, height: float = 0.36) -> list[float]:
    """Offsets that keep points from hiding one another: stacked from the middle outwards, within ± `height`.

    `values` are sorted; points closer than `width` share a stack. Many points are squeezed to fit.
    """
    offsets: list[int] = []
    for i, value in enumerate(values):
        near = {offsets[j] for j in range(max(0, i - 60), i) if value - values[j] < width}
        step = 0
        while step in near:
            step = -step if step > 0 else 1 - step
        offsets.append(step)
    reach = max((abs(o) for o in offsets), default=0)
    unit = min(0.11, height / reach) if reach else 0
    return [o * unit for o in offsets]


def summary(values: Sequence[float]) -> tuple[float, float] | None:
    """Mean and median, or None without values."""
    return (fmean(values), median(values)) if values else None
