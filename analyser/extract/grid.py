"""Rows within columns: under titles over all columns, of boxes each read whole, and beside headings in the margin.

Columns of running text and columns of boxes look alike to a whitespace cut; boxes start together and end apart. The
order in which the file draws its text is used only to settle what geometry leaves open.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from analyser.extract.gutters import FAR, Band, Gap, columns_of
from analyser.extract.lines import Line


def rows_of(run: list[Band], gutters: list[Gap]) -> list[list[Band]]:
    """The run as one row of columns, or as the rows of a grid."""
    if not gutters or _in_stream_order(columns_of([c for band in run for c in band], gutters)):
        return [run]
    starts = _side_headings(run, gutters)
    if starts:
        return [run[a:b] for a, b in pairwise([*sorted({0, *starts}), len(run)])]
    edges = sorted({0, len(run)}.union(*_titles(run, gutters)))
    return [row for a, b in pairwise(edges) for row in _grid_rows(run[a:b], gutters)]


def _titles(run: list[Band], gutters: list[Gap]) -> list[tuple[int, int]]:
    """The stretches of bands that are a title over all columns, short as it is: it crosses no gutter, but stands alone.

    Under it the columns begin together on one baseline. What is set like it is a title too, wherever it stands alone,
    unless some of it has text of other columns beside it: then it takes a hole in these columns to tell a title.
    """
    alone: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    beside: set[tuple[int, bool]] = set()
    start = 0
    for k, band in enumerate(run):
        if not _is_alone(band, gutters):
            beside.update(_type(c) for c in band)
            start = k + 1
        elif k + 1 == len(run) or not (_is_alone(run[k + 1], gutters) and _next_line(band[0], run[k + 1][0])):
            alone.setdefault(_type(band[0]), []).append((start, k + 1))
            start = k + 1
    titles: list[tuple[int, int]] = []
    for kind, places in alone.items():
        apart = [place for place in places if _room_above(run, *place) > 0.9]
        sure = [(a, b) for a, b in apart if _heads(run[a][0], run[b], gutters)]
        if kind in beside:
            titles += [(a, b) for a, b in sure if a and _holes(run[:a], run[b], gutters)]
        elif sure:
            titles += apart
    return titles


def _is_alone(band: Band, gutters: list[Gap]) -> bool:
    """Whether all there is in the band is a line of one column."""
    first = band[0]
    if first.cells or first.inside or len(_by_column([band], gutters)) > 1:
        return False
    return all(abs(c.base - first.base) < 0.1 * c.size for c in band)


def _type(line: Line) -> tuple[int, bool]:
    return round(2 * line.size), line.bold


def _next_line(line: Line, below: Line) -> bool:
    return _type(line) == _type(below) and below.base - line.base < 1.6 * line.size


def _room_above(run: list[Band], start: int, stop: int) -> float:
    """The room above the bands in type sizes; none if there is more of it below them."""
    first, last = run[start][0], run[stop - 1][0]
    if stop == len(run):
        return 0.0
    under = min(c.base - 0.8 * c.size for c in run[stop]) - last.base
    over = first.base - 0.8 * first.size - max(c.foot for c in run[start - 1]) if start else FAR
    return over / first.size if over > 1.5 * under else 0.0


def _heads(title: Line, band: Band, gutters: list[Gap]) -> bool:
    """Whether at least two columns begin on the band's first baseline, in no greater type than the title."""
    top = min(c.base for c in band)
    first = [c for c in band if c.base - top < 0.3 * c.size]
    no_greater = all(c.size < 0.95 * title.size or (title.bold and c.size < 1.05 * title.size) for c in first)
    return no_greater and len(_by_column([first], gutters)) > 1


def _holes(above: list[Band], band: Band, gutters: list[Gap]) -> bool:
    """Whether each column that begins in the band, but the title's over it, has a hole above that holds the title."""
    ended = {k: max(c.foot for c in column) for k, column in _by_column(above, gutters).items()}
    title = max(ended, key=lambda k: ended[k])
    rooms = [
        (column[0].base - ended[k]) / column[0].size
        for k, column in _by_column([band], gutters).items()
        if k in ended and (k != title or len(ended) == 1)
    ]
    return bool(rooms) and min(rooms) > 4.5


def _side_headings(run: list[Band], gutters: list[Gap]) -> list[int]:
    """The bands at which a heading in the left margin begins, where the left one of two columns has nothing else."""
    columns = _by_column(run, gutters)
    if set(columns) != {0, 1}:
        return []
    usual = median(c.size for c in columns[1])
    if not all(c.stands_out(usual) for c in columns[0]):
        return []
    if 2 * sum(c.bold for c in columns[1]) > len(columns[1]) or len(columns[1]) < len(columns[0]):
        return []
    starts = []
    foot = -FAR
    for k, band in enumerate(run):
        for heading in (c for c in band if c.x1 <= gutters[0][0] + 0.01):
            if heading.base - foot > 1.7 * heading.size:
                starts.append(k)
            foot = heading.foot
    return starts


def _in_stream_order(columns: list[list[Line]]) -> bool:
    """Whether the file draws each column whole before the next: what a shuffled or a row-wise file does not."""
    return all(max(c.order for c in a) < min(c.order for c in b) for a, b in pairwise(columns))


def _grid_rows(run: list[Band], gutters: list[Gap]) -> list[list[Band]]:
    """The run cut into rows of boxes, if it is a grid: one row is read whole before the next."""
    rows: list[list[Band]] = []
    start, grid = 0, _starts_as_grid(run, gutters)
    for k in range(1, len(run)):
        if not grid and len(run[k]) < 2:
            continue  # in a row of boxes at least two begin together
        upper, lower = run[start:k], run[k:]
        if _row_begins(upper, lower, gutters, grid):
            rows.append(upper)
            start, grid = k, True
    return [*rows, run[start:]]


def _starts_as_grid(run: list[Band], gutters: list[Gap]) -> bool:
    """Whether three or more columns all begin on one baseline with a heading: boxes side by side.

    Two columns of text may do so by chance, but hardly with each of their further headings too; drawn boxes never.
    """
    columns = columns_of([c for b in run for c in b], gutters)
    firsts = [min(c, key=lambda line: line.base) for c in columns]
    usual = median(c.size for column in columns for c in column)
    level = all(
        (f.inside or f.stands_out(usual)) and abs(f.base - firsts[0].base) < 0.1 * f.size for f in firsts
    )
    if len(firsts) != 2 or not level:
        return len(firsts) > 2 and level
    if all(c.inside for column in columns for c in column):
        return True
    left, right = (_headings(column, usual) for column in columns)
    near = 0.1 * firsts[0].size
    return 1 < len(left) == len(right) and all(abs(a - b) < near for a, b in zip(left, right, strict=True))


def _headings(column: list[Line], usual: float) -> list[float]:
    """The baselines of the bold or large lines in the column that stand under text, and of its first line."""
    lines = sorted(column, key=lambda c: c.base)
    heads = [c.stands_out(usual) for c in lines]
    return [c.base for c, head, before in zip(lines, heads, [False, *heads], strict=False) if head and not before]


def _row_begins(upper: list[Band], lower: list[Band], gutters: list[Gap], grid: bool) -> bool:
    """Whether a new row of boxes begins with `lower`: its boxes start together where those above end apart.

    Columns of running text can start a paragraph on one baseline too, but none of them has a hole above it then. Boxes
    of one height are told by their headings, in a grid or where the file draws them row by row.
    """
    top = min(c.base for c in lower[0])
    together = sum(abs(c.base - top) < 0.1 * c.size for c in lower[0])
    if together < 2 and not grid:
        return False
    above = _by_column(upper, gutters)
    below = _by_column(lower, gutters)
    firsts = {k: min(column, key=lambda c: c.base) for k, column in below.items()}
    starts = {
        k: _is_start(first, above.get(k))
        for k, first in firsts.items()
        if abs(first.base - top) < 0.1 * first.size
    }
    if not starts or not all(starts.values()):
        return False
    if len(above) < 2:
        return len(starts) >= 2 and all(v == 2 for v in starts.values())
    if len(starts) >= 2:
        if any(_hole(above[k], below[k]) for k in starts if k in above):
            return True
        same = len({(f.bold, round(f.size)) for k, f in firsts.items() if k in starts}) == 1
        drawn_so = max(c.order for b in upper for c in b) < min(c.order for b in lower for c in b)
        return (grid or drawn_so) and len(starts) == len(above) and same and all(v == 2 for v in starts.values())
    return grid and len(below) == 1 and next(iter(starts.values())) == 2


def _hole(above: list[Line], below: list[Line]) -> bool:
    """Whether more room is left between `above` and `below` than anywhere within them."""
    steps = [b.base - a.base for part in (above, below) for a, b in pairwise(sorted(part, key=lambda c: c.base))]
    last, first = max(above, key=lambda c: c.foot), min(below, key=lambda c: c.base)
    return first.base - last.foot > max(1.3 * max(steps, default=0.0), 2.5 * first.size)


def _by_column(bands: list[Band], gutters: list[Gap]) -> dict[int, list[Line]]:
    columns: dict[int, list[Line]] = {}
    for band in bands:
        for chunk in band:
            middle = (chunk.x0 + chunk.x1) / 2
            columns.setdefault(sum(middle > g[0] for g in gutters), []).append(chunk)
    return columns


def _is_start(first: Line, above: list[Line] | None) -> int:
    """2 if `first` begins a box with a heading, 1 if it begins after a wider gap than lines have, else 0."""
    if not above:
        return 2 if first.bold or first.inside else 1
    last = max(above, key=lambda c: c.foot)
    if first.inside or (first.bold and not last.bold) or first.size > 1.08 * last.size:
        return 2
    steps = [b - a for a, b in pairwise(sorted(c.base for c in above)) if b - a > 0.5 * first.size]
    usual = min(median(steps), 1.6 * first.size) if steps else 1.2 * first.size
    return int(first.base - last.foot > 1.3 * usual)
