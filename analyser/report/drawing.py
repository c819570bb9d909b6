"""The frame that all charts share: rows of marks over one axis, drawn by matplotlib for a wide or a narrow screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from analyser.report.svg import ink
from analyser.report.tables import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 720, 330  # width in CSS pixels
TEXT, SMALL = 14, 12.5
LABEL = 26  # characters that fit beside a row
BOX_FROM = 5  # values that a box over the middle half needs to mean anything
CROWD = 120  # values from which on points get smaller
# A shape for each standing, as in the page's tags, and its size as large to the eye as a ring of 46 square points.
MARKERS = {"priority": ("D", 42), "goal": ("^", 64), "context": ("o", 46), "none": ("X", 60), "peer": ("o", 46)}
HOLLOW = {"context", "peer"}


@dataclass(frozen=True)
class Frame:
    """An empty chart: beside each row a place for its label where there is room, above it where not.

    `ys` are the rows' positions, from the top down, in units of the axes; a row is one unit high.
    """

    figure: Figure
    axes: Axes
    ys: tuple[int, ...]
    narrow: bool

    @classmethod
    def of(cls, count: int, narrow: bool) -> Frame:
        """A frame of `count` rows."""
        from matplotlib.figure import Figure

        row, top, bottom = (88 if narrow else 64), 8, 52
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
        return cls(figure, axes, tuple(range(count))[::-1], narrow)

    def axis(
        self,
        low: float,
        high: float,
        name: str,
        number: Callable[[float], str],
    ) -> None:
        """Draw the axis from `low` to `high`, with about five ticks."""
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        axes = self.axes
        axes.set_xlim(low, high)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axes.grid(axis="x", color=ink("grid"), linewidth=1, zorder=0)
        axes.set_axisbelow(True)
        axes.tick_params(axis="x", length=0, pad=6, labelsize=SMALL, labelcolor=ink("muted"))
        axes.set_xlabel(name, fontsize=SMALL, color=ink("muted"), loc="right")

    def label(self, y: float, label: str, note: str) -> None:
        """Write a row's label and its note."""
        transform = self.axes.get_yaxis_transform()
        label = clean(label)
        if len(label) > LABEL:
            label = f"{label[: LABEL - 1].rstrip()}…"
        # Names are not mathematics: without parse_math a pair of dollar signs would be typeset as a formula.
        large: dict[str, Any] = {"transform": transform, "va": "center", "parse_math": False}
        large |= {"fontsize": TEXT, "color": ink("text")}
        small = large | {"fontsize": SMALL, "color": ink("muted")}
        if self.narrow:
            self.axes.text(0, y + 0.34, label, **large)
            self.axes.text(1, y + 0.34, note, ha="right", **small)
            return
        x = -16 / self.axes.get_window_extent().width
        self.axes.text(x, y + 0.14, label, ha="right", **large)
        self.axes.text(x, y - 0.18, note, ha="right", **small)

    def middle(self, y: float) -> float:
        """Where a row's marks stand: below its label on a narrow screen."""
        return y - 0.12 if self.narrow else y

    def points(self, y: float, values: Sequence[float], standing: str) -> None:
        """Draw every value as a point over a box of the middle half, or over the median alone where they are few."""
        middle, values = self.middle(y), sorted(values)
        if len(values) >= BOX_FROM:
            low, _, high = quantiles(values, n=4, method="inclusive")
            self.axes.hlines(middle, values[0], values[-1], color=ink("grid"), linewidth=1.5, zorder=0.9)
            self.axes.barh(
                middle, high - low, 0.42, low, facecolor=ink("box"), edgecolor=ink("grid"), linewidth=1, zorder=1
            )
        if len(values) > 1:
            bar = [middle - 0.21, middle + 0.21]
            crowded = len(values) > CROWD / 2  # else the line would hide the point that is the median
            if crowded:
                self.axes.plot([median(values)] * 2, bar, color=ink("surface"), linewidth=5, zorder=4)
            self.axes.plot([median(values)] * 2, bar, color=ink("text"), linewidth=2.5, zorder=5 if crowded else 2)
        low, high = self.axes.get_xlim()
        marker, size = MARKERS[standing]
        size *= min(1, (CROWD / max(len(values), 1)) ** 0.5)
        fill, edge = ("surface", standing) if standing in HOLLOW else (standing, "surface")
        self.axes.scatter(
            values, [middle + offset for offset in swarm(values, (high - low) / (40 if self.narrow else 75))],
            marker=marker, s=size, facecolor=ink(fill), edgecolor=ink(edge), zorder=3,
            linewidth=1.6 if standing in HOLLOW else 0.4,
        )  # fmt: skip

    def spots(self, low: float, high: float) -> tuple[float, float, tuple[float, ...]]:
        """Where in the SVG the axis has `low` and `high`, and the middle of each row: pixels from the top left."""
        height = self.figure.get_figheight() * 72
        left, right = (float(self.axes.transData.transform((x, 0))[0]) for x in (low, high))
        ys = (float(self.axes.transData.transform((low, self.middle(y)))[1]) for y in self.ys)
        return left, right, tuple(height - y for y in ys)


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
