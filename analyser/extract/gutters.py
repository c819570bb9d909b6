"""Gutters: the whitespace between columns, and the bands of text that share it.

Text is taken in bands that no horizontal whitespace runs through; a gutter grows downwards over as many bands as leave
it free, so that a full-width heading over columns neither hides it nor is torn by it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from analyser.extract.lines import Line

Gap = tuple[float, float]
"""A stretch of x without text, in points."""

Band = list[Line]

FAR = 1e6
"""Beyond any page, in points."""

_FEW = 3
"""Lines; as few can have gaps above one another by chance."""

_NUMBER = re.compile(r"\d{1,3}\.?$")

_GUTTER = 0.9
"""A gutter is at least this many body type sizes wide."""


def bands_of(chunks: list[Line]) -> list[Band]:
    """Chunks grouped into bands that no horizontal whitespace runs through, from the top."""
    bands: list[Band] = []
    bottom = -FAR
    for chunk in sorted(chunks, key=lambda c: (c.base - 0.6 * c.size, c.x0)):
        if bands and chunk.base - 0.6 * chunk.size < bottom:
            bands[-1].append(chunk)
        else:
            bands.append([chunk])
        foot = chunk.foot + 0.05 * chunk.size
        bottom = max(bottom, foot) if len(bands[-1]) > 1 else foot
    return bands


def runs_of(bands: list[Band], body: float) -> list[tuple[list[Band], list[Gap]]]:
    """Successive bands that share gutters, with the gutters; bands without any are gathered with an empty list."""
    runs: list[tuple[list[Band], list[Gap]]] = []
    run: list[Band] = []
    common: list[Gap] = [(-FAR, FAR)]
    """Where none of the run's bands has text."""
    inner: list[Gap] = []
    """Those of them that have text on both sides in some band."""
    width = _GUTTER * body
    for band in bands:
        own = _gaps(band)
        narrowed = _intersect(common, own, width)
        still = [g for g in narrowed if _sides(band, g) or any(h[0] <= g[0] and g[1] <= h[1] for h in inner)]
        if inner and (not still or _spans(band, run, inner)):
            title = _title(run, inner, band, width)
            if title:
                carried, run, inner = run[title:], run[:title], []
            else:
                run, carried = _hand_over(run, band)
            runs.append((run, _true_gutters(run, inner)))
            run, narrowed = [*carried, band], own
            for b in carried:
                narrowed = _intersect(narrowed, _gaps(b), width)
            still = [g for g in narrowed if any(_sides(b, g) for b in run)]
        elif run and not inner and _begins_columns(band, narrowed, width):
            runs.append((run, []))
            run, narrowed = [band], own
            still = [g for g in narrowed if _sides(band, g)]
        else:
            run.append(band)
        common, inner = _wide(narrowed, width), _wide(still, width)
    if run:
        runs.append((run, _true_gutters(run, inner)))
    return _merged(_without_rivers(runs))


def _title(run: list[Band], inner: list[Gap], band: Band, width: float) -> int:
    """How many bands at the head of the run are a title: single lines, after which all share the next's gutter."""
    first = next((k for k, b in enumerate(run) if any(_sides(b, g) for g in inner)), 0)
    shared = _gaps(band)
    for b in run[first:]:
        shared = _intersect(shared, _gaps(b), width)
    together = any(_sides(band, g) and _sides(run[first], g) for g in shared)
    return first if together and all(len(b) == 1 for b in run[:first]) else 0


def _begins_columns(band: Band, narrowed: list[Gap], width: float) -> bool:
    """Whether the band has a gutter that the bands before it, of which `narrowed` is free, have text in."""
    return len(band) > 1 and any(
        not _open(gap, narrowed) and _parts([band], gap) for gap in _wide(_gaps(band), width) if _sides(band, gap)
    )


def _spans(band: Band, run: list[Band], gutters: list[Gap]) -> bool:
    """Whether the band is one line that crosses some of the run's gutters: a title of what follows."""
    line = band[0]
    crossed = [g for g in gutters if line.x0 < g[0] and line.x1 > g[1]]
    return len(band) == 1 and bool(_true_gutters(run, crossed))


def _open(gap: Gap, gaps: list[Gap]) -> bool:
    """Whether some of `gap` is left in `gaps`."""
    return any(g[0] < gap[1] and g[1] > gap[0] for g in gaps)


def _wide(gaps: list[Gap], width: float) -> list[Gap]:
    return [g for g in gaps if g[1] - g[0] >= width]


def _without_rivers(runs: list[tuple[list[Band], list[Gap]]]) -> list[tuple[list[Band], list[Gap]]]:
    """The runs; those of a line or two that are no columns, but justified text with wide gaps, without gutters.

    Such lines have both edges of the line above or below them, which is whole, in the same type and with no more room
    between them than lines of one paragraph have; or they end where all the lines of a justified text do.
    """
    edges = [[], *(run for run, _ in runs), []]
    whole = [band[0] for run, _ in runs for band in run if len(band) == 1]
    return [
        (run, [] if gutters and len(run) <= _FEW and (
            _goes_on(above[-1:], run[:1]) or _goes_on(run[-1:], below[:1]) or _ends_flush(run, whole)
        ) else gutters)
        for above, (run, gutters), below in zip(edges, runs, edges[2:], strict=False)
    ]  # fmt: skip


def _ends_flush(run: list[Band], whole: list[Line]) -> bool:
    """Whether the run's one or two lines with gaps end where the column's lines (`whole`) do, in their type."""
    wide = [band for band in run if len(band) > 1]
    first = wide[0][0] if 0 < len(wide) < _FEW else None
    if first is None or any(abs(c.size - first.size) > 0.1 or c.cells or c.inside for band in wide for c in band):
        return False
    if any(abs(c.base - band[0].base) > 0.1 for band in wide for c in band):
        return False
    ends = [c.x1 for c in whole if abs(c.size - first.size) < 0.1 and not c.cells and not c.inside]
    near = 0.5 * first.size
    flush = [sum(abs(end - max(c.x1 for c in band)) < near for end in ends) for band in wide]
    return min(flush) >= max(_FEW, 0.4 * len(ends))


def _goes_on(above: list[Band], below: list[Band]) -> bool:
    """Whether the bands, one each or none, are successive lines of one justified text, at least one of them whole."""
    if not above or not below or min(len(above[0]), len(below[0])) > 1:
        return False
    upper, lower = above[0], below[0]
    a, b = upper[0], lower[0]
    if any(abs(c.size - a.size) > 0.1 or c.bold != a.bold or c.cells or c.inside for c in (*upper, *lower)):
        return False
    same_edges = (
        abs(min(c.x0 for c in upper) - min(c.x0 for c in lower)) < 0.2 * a.size
        and abs(max(c.x1 for c in upper) - max(c.x1 for c in lower)) < 0.2 * a.size
    )
    return same_edges and 0.8 * a.size < b.base - a.base < 1.6 * a.size


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
    at = -FAR
    for chunk in sorted(band, key=lambda c: c.x0):
        if chunk.x0 > at:
            gaps.append((at, chunk.x0))
        at = max(at, chunk.x1)
    return [*gaps, (at, FAR)]


def _intersect(a: list[Gap], b: list[Gap], width: float) -> list[Gap]:
    # Called for every band of every page: comparisons take half the time of min and max.
    return [
        (lo, hi)
        for p0, p1 in a
        for q0, q1 in b
        if (hi := p1 if p1 < q1 else q1) - (lo := p0 if p0 > q0 else q0) >= width
    ]


def _sides(band: Band, gap: Gap) -> bool:
    """Whether the band has text on both sides of the gap."""
    return len(band) > 1 and any(c.x1 <= gap[0] + 0.01 for c in band) and any(c.x0 >= gap[1] - 0.01 for c in band)


def _true_gutters(run: list[Band], gaps: list[Gap]) -> list[Gap]:
    """The gaps that part columns, not merely loose words: the file draws the two sides apart somewhere."""
    return [g for g in gaps if _parts(run, g) and not _numbers(run, g)]


def _numbers(run: list[Band], gap: Gap) -> bool:
    """Whether all there is left of the gap are numbers, each of what stands on its baseline right of it."""
    lines = [c for band in run for c in band]
    left = [c for c in lines if c.x1 <= gap[0] + 0.01]
    if len(left) < 2 or not all(len(c.words) == 1 and _NUMBER.match(c.words[0].text) for c in left):
        return False
    right = [c for c in lines if c.x0 >= gap[1] - 0.01]
    return all(any(abs(c.base - number.base) < 0.1 * c.size for c in right) for number in left)


def _parts(run: list[Band], gap: Gap) -> bool:
    """Whether text left and right of `gap` is drawn apart in some band; text that follows on in one run is one line."""
    for band in run:
        left = [c for c in band if c.x1 <= gap[0] + 0.01 and _says(c)]
        right = [c for c in band if c.x0 >= gap[1] - 0.01 and _says(c)]
        if left and right:
            near, next_to_it = max(left, key=lambda c: c.x1), min(right, key=lambda c: c.x0)
            if near.words[-1].run != next_to_it.words[0].run:
                return True
    return False


def _says(chunk: Line) -> bool:
    """Whether the chunk has more than a mark: a stray dash makes no column."""
    return len(chunk.words) > 1 or any(c.isalnum() for c in chunk.words[0].text)


def _hand_over(run: list[Band], band: Band) -> tuple[list[Band], list[Band]]:
    """`run` without its last bands that belong to what follows, and those: a heading over the full-width `band`."""
    carried: list[Band] = []
    while len(run) > 1 and len(run[-1]) == 1:
        last, above, below = run[-1][0], run[-2], (carried[0] if carried else band)
        over = last.base - max(c.foot for c in above)
        under = min(c.base for c in below) - last.base
        if not (under < 0.8 * over and last.x0 <= min(c.x0 for b in run for c in b) + last.size):
            break
        carried.insert(0, run[-1])
        run = run[:-1]
    return run, carried


def columns_of(chunks: list[Line], gutters: list[Gap]) -> list[list[Line]]:
    """The chunks between each two gutters, left to right, empty columns left out."""
    edges = [-FAR, *((a + b) / 2 for a, b in gutters), FAR]
    columns = [[c for c in chunks if lo <= (c.x0 + c.x1) / 2 < hi] for lo, hi in pairwise(edges)]
    return [c for c in columns if c]
