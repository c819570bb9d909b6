"""Chunks of text to lines in reading order, by recursive whitespace cuts.

A region is cut where whitespace runs through it: into columns side by side (a gutter that several lines share) or
into bands one above the other (where a line crosses the gutter, or where boxes of a grid start together). The cuts
follow Nagy and Seth's X-Y tree (1984), with gutters grown over as many bands as share them, so that a full-width
heading over columns neither hides them nor is torn by them. The order in which the file draws its text is used only
to settle what geometry leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from analyser.extract.lines import Line, line_of, touching

Gap = tuple[float, float]
Band = list[Line]

_GUTTER = 0.9
"""A gutter is at least this many body type sizes wide."""

_FAR = 1e6


def reading_order(chunks: Sequence[Line], body: float) -> list[Line]:
    """The lines of one page in reading order; `Line.region` tells columns and boxes apart (`body`: type size)."""
    lines: list[Line] = []
    for number, region in enumerate(_cut(list(chunks), body)):
        joined = _rows(region)
        left, right = min(c.x0 for c in joined), max(c.x1 for c in joined)
        for line in joined:
            line.region, line.left, line.right = number, left, right
        lines += joined
    return lines


def _cut(chunks: list[Line], body: float) -> list[list[Line]]:
    """The regions of `chunks` in reading order."""
    if len(chunks) < 2:
        return [chunks] if chunks else []
    regions: list[list[Line]] = []
    for run, gutters in _runs(_bands(chunks), body):
        if not gutters:
            regions += [[c for band in run for c in band]]
            continue
        whole = [c for band in run for c in band]
        rows = [run] if _in_stream_order(_columns(whole, gutters)) else _grid_rows(run, gutters)
        for part in rows:
            for column in _columns([c for band in part for c in band], gutters):
                regions += _cut(column, body) if len(column) < len(chunks) else [column]
    return regions


def _bands(chunks: list[Line]) -> list[Band]:
    """Chunks grouped into bands that no horizontal whitespace runs through, from the top."""
    bands: list[Band] = []
    bottom = -_FAR
    for chunk in sorted(chunks, key=lambda c: (c.base - 0.6 * c.size, c.x0)):
        if bands and chunk.base - 0.6 * chunk.size < bottom:
            bands[-1].append(chunk)
        else:
            bands.append([chunk])
        bottom = max(bottom, chunk.base + 0.05 * chunk.size) if len(bands[-1]) > 1 else chunk.base + 0.05 * chunk.size
    return bands


def _runs(bands: list[Band], body: float) -> list[tuple[list[Band], list[Gap]]]:
    """Successive bands that share gutters, with the gutters; bands without any are gathered with an empty list."""
    runs: list[tuple[list[Band], list[Gap]]] = []
    run: list[Band] = []
    common: list[Gap] = [(-_FAR, _FAR)]
    width = _GUTTER * body
    for band in bands:
        own = _gaps(band)
        narrowed = _intersect(common, own, width)
        had = _inner(common, run)
        if had and not _inner(narrowed, [*run, band]):
            run, carried = _hand_over(run, band)
            runs.append((run, _true_gutters(run, had)))
            run, narrowed = [*carried, band], own
            for b in carried:
                narrowed = _intersect(narrowed, _gaps(b), width)
        elif run and not had and not _inner(narrowed, [*run, band]) and _inner(_wide(own, width), [band]):
            runs.append((run, []))
            run, narrowed = [band], own
        else:
            run = [*run, band]
        common = _wide(narrowed, width)
    if run:
        runs.append((run, _true_gutters(run, _inner(common, run))))
    return _merged(runs)


def _wide(gaps: list[Gap], width: float) -> list[Gap]:
    return [g for g in gaps if g[1] - g[0] >= width]


def _merged(runs: list[tuple[list[Band], list[Gap]]]) -> list[tuple[list[Band], list[Gap]]]:
    """Neighbouring runs without gutters made one."""
    merged: list[tuple[list[Band], list[Gap]]] = []
    for run, gutters in runs:
        if merged and not gutters and not merged[-1][1]:
            merged[-1] = ([*merged[-1][0], *run], [])
        elif run:
            merged.append((run, gutters))
    return merged


def _gaps(band: Band) -> list[Gap]:
    """The stretches of x where the band has no text, from far left to far right."""
    gaps: list[Gap] = []
    at = -_FAR
    for chunk in sorted(band, key=lambda c: c.x0):
        if chunk.x0 > at:
            gaps.append((at, chunk.x0))
        at = max(at, chunk.x1)
    return [*gaps, (at, _FAR)]


def _intersect(a: list[Gap], b: list[Gap], width: float) -> list[Gap]:
    return [(lo, hi) for p in a for q in b if (hi := min(p[1], q[1])) - (lo := max(p[0], q[0])) >= width]


def _inner(gaps: list[Gap], bands: list[Band]) -> list[Gap]:
    """The gaps that have text on both sides in some band."""
    return [g for g in gaps if any(_sides(band, g) for band in bands)]


def _sides(band: Band, gap: Gap) -> bool:
    return any(c.x1 <= gap[0] + 0.01 for c in band) and any(c.x0 >= gap[1] - 0.01 for c in band)


def _true_gutters(run: list[Band], gaps: list[Gap]) -> list[Gap]:
    """The gaps that part columns, not merely loose words: the file draws the two sides apart somewhere."""
    return [g for g in gaps if _parts(run, g)]


def _parts(run: list[Band], gap: Gap) -> bool:
    """Whether text left and right of `gap` is drawn apart in some band; text that follows on in one run is one line."""
    for band in run:
        left = [c for c in band if c.x1 <= gap[0] + 0.01]
        right = [c for c in band if c.x0 >= gap[1] - 0.01]
        if left and right and min(right, key=lambda c: c.x0).words[0].run != max(left, key=lambda c: c.x1).words[-1].run:
            return True
    return False


def _hand_over(run: list[Band], band: Band) -> tuple[list[Band], list[Band]]:
    """`run` without its last bands that belong to what follows, and those: a heading over the full-width `band`."""
    carried: list[Band] = []
    while len(run) > 1 and len(run[-1]) == 1:
        last, above, below = run[-1][0], run[-2], (carried[0] if carried else band)
        over = last.base - max(c.base for c in above)
        under = min(c.base for c in below) - last.base
        if not (under < 0.8 * over and last.x0 <= min(c.x0 for b in run for c in b) + last.size):
            break
        carried.insert(0, run[-1])
        run = run[:-1]
    return run, carried


def _columns(chunks: list[Line], gutters: list[Gap]) -> list[list[Line]]:
    """The chunks between each two gutters, left to right, empty columns left out."""
    edges = [-_FAR, *((a + b) / 2 for a, b in gutters), _FAR]
    columns = [[c for c in chunks if lo <= (c.x0 + c.x1) / 2 < hi] for lo, hi in pairwise(edges)]
    return [c for c in columns if c]


def _in_stream_order(columns: list[list[Line]]) -> bool:
    """Whether the file draws each column whole before the next: what a shuffled or a row-wise file does not."""
    return all(max(c.order for c in a) < min(c.order for c in b) for a, b in pairwise(columns))


def _grid_rows(run: list[Band], gutters: list[Gap]) -> list[list[Band]]:
    """The run cut into rows of boxes, if it is a grid: one row is read whole before the next."""
    rows: list[list[Band]] = []
    start, grid = 0, _starts_as_grid(run, gutters)
    for k in range(1, len(run)):
        upper, lower = run[start:k], run[k:]
        if _row_begins(upper, lower, gutters, grid):
            rows.append(upper)
            start, grid = k, True
    return [*rows, run[start:]]


def _starts_as_grid(run: list[Band], gutters: list[Gap]) -> bool:
    """Whether three or more columns all begin on one baseline with a heading: boxes side by side."""
    columns = _columns([c for b in run for c in b], gutters)
    firsts = [min(c, key=lambda line: line.base) for c in columns]
    return len(firsts) > 2 and all(f.bold and abs(f.base - firsts[0].base) < 0.1 * f.size for f in firsts)


def _row_begins(upper: list[Band], lower: list[Band], gutters: list[Gap], grid: bool) -> bool:
    """Whether a new row of boxes begins with `lower`: its boxes start together where those above end apart."""
    above = _by_column(upper, gutters)
    below = _by_column(lower, gutters)
    top = min(c.base for c in lower[0])
    starts = {}
    for k, column in below.items():
        first = min(column, key=lambda c: c.base)
        if abs(first.base - top) < 0.1 * first.size:
            starts[k] = _is_start(first, column, above.get(k))
    ends = [max(c.base for c in column) for column in above.values()]
    if len(above) < 2 or not starts or not all(starts.values()):
        return False
    ragged = max(ends) - min(ends) > 0.8 * lower[0][0].size
    stream = max(c.order for b in upper for c in b) < min(c.order for b in lower for c in b)
    if len(starts) >= 2:
        headed = sum(v == 2 for v in starts.values()) >= 2
        return ragged or headed or (stream and grid)
    return grid and len(below) == 1 and (next(iter(starts.values())) == 2)


def _by_column(bands: list[Band], gutters: list[Gap]) -> dict[int, list[Line]]:
    columns: dict[int, list[Line]] = {}
    for band in bands:
        for chunk in band:
            middle = (chunk.x0 + chunk.x1) / 2
            columns.setdefault(sum(middle > g[0] for g in gutters), []).append(chunk)
    return columns


def _is_start(first: Line, column: list[Line], above: list[Line] | None) -> int:
    """2 if `first` begins a box with a heading, 1 if it begins after a wider gap than its lines have, else 0."""
    if not above:
        return 2 if first.bold else 1
    last = max(above, key=lambda c: c.base)
    if (first.bold and not last.bold) or first.size > 1.08 * last.size:
        return 2
    bases = sorted(c.base for c in [*above, *column])
    steps = [b - a for a, b in pairwise(bases) if b - a > 0.5 * first.size]
    usual = median(steps) if steps else 1.2 * first.size
    return int(first.base - last.base > 1.3 * usual)


def _rows(chunks: list[Line]) -> list[Line]:
    """The chunks of one region joined into lines, from the top."""
    rows: list[list[Line]] = []
    for chunk in sorted(chunks, key=lambda c: (c.base, c.x0)):
        if rows and abs(rows[-1][0].base - chunk.base) < 0.35 * max(chunk.size, rows[-1][0].size):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    lines = []
    for row in rows:
        if len(row) == 1:
            lines.append(row[0])
        else:
            words = [w for c in sorted(row, key=lambda c: c.x0) for w in c.words]
            lines.append(line_of(touching(words), min(c.order for c in row), row[0].page))
    return lines
