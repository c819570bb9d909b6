"""Columns that stand side by side in a text file, told by the spaces between them, put one after another.

Programs that keep the layout of a page (`pdftotext -layout`) write a line of each column on one line. A gutter is a
strip of spaces that goes down over several such lines. Where the columns' texts begin on the same lines again and again
they are the cells of a table, which is read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from analyser.extract.words import BULLETS

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
"""What may be a gutter in a line; lines beside it may leave less of it."""

_NARROWEST = 2
"""Characters between two columns."""

_FEWEST = 3
"""Lines with text on both sides of a gutter."""

_APART = 3
"""Blank lines that part what stands above them from what stands below."""

_ALIGNED = 0.7
"""Share of the texts' beginnings that stand on common lines, from which on columns are a table."""

_WORD = re.compile(r"[^\W\d_]{3}")
_BEGINS = re.compile(rf"[A-ZÅÄÖ\d{re.escape(BULLETS)}]")
_NUMBER_AT_END = re.compile(r"\s{3,}\d{1,3}(?:\s*/\s*\d{1,3})?$")


@dataclass(slots=True)
class _Band:
    """Lines `top` to `bottom` (exclusive) and the strip of spaces from `left` to `right` (exclusive) through them."""

    top: int
    bottom: int
    left: int
    right: int
    both: int = 0
    """Lines with text on both sides."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A column's part of a line, and in a table, the numbers of the table, the row and the column."""

    text: str
    cell: tuple[int, int, int] | None = None


def in_reading_order(page: str) -> list[Strip]:
    """The page's lines with its columns one after another, blank lines between them; as they are if it has none."""
    lines = page.splitlines()
    if len(_GAP.findall(page)) < _FEWEST:
        return [Strip(line) for line in lines]
    return list(_read([line.expandtabs().rstrip() for line in lines], count()))


def _read(lines: Sequence[str], tables: Iterator[int]) -> Iterator[Strip]:
    at = 0
    for band in _bands(lines):
        yield from map(Strip, lines[at : band.top])
        rows = lines[band.top : band.bottom]
        columns = [[row[a:b].rstrip() for row in rows] for a, b in _edges(rows, band)]
        yield Strip("")
        if _is_table(columns):
            yield from _cells(columns, next(tables))
        else:
            for column in columns:
                yield from _read(column, tables)
                yield Strip("")
        at = band.bottom
    yield from map(Strip, lines[at:])


def _bands(lines: Sequence[str]) -> Iterator[_Band]:
    """Runs of lines with a gutter, from top to bottom."""
    whole = _crossing(lines)
    refused: list[_Band] = []
    """Strips of spaces that are no gutters, as far down as they go, so that no line looks at them again."""
    start = 0
    while start < len(lines):
        gaps = [] if start in whole else [(m.start(), m.end()) for m in _GAP.finditer(lines[start])]
        refused = [band for band in refused if band.bottom > start]
        options: list[_Band] = []
        for left, right in gaps:
            if any(left < band.right and band.left < right for band in refused):
                continue
            band = _grown(lines, start, left, right, whole)
            accepted = band.both >= _FEWEST and not _overrun(lines, band) and _parts(lines, band)
            (options if accepted else refused).append(band)
        if not options:
            start += 1
            continue
        best = max(options, key=lambda band: (band.both, band.right - band.left))
        yield best
        start = best.bottom


def _crossing(lines: Sequence[str]) -> set[int]:
    """The page's first and last lines, where they are running headers or footers with the page's number."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return {i for i in (*filled[:2], *filled[-2:]) if _NUMBER_AT_END.search(lines[i])}


def _grown(lines: Sequence[str], start: int, left: int, right: int, whole: set[int]) -> _Band:
    """The gutter that goes through the gap `left` to `right` of line `start`, as far down as it goes."""
    band = _Band(start, start, left, right)
    blank = 0
    last_right = start
    for i in range(start, len(lines)):
        line = lines[i]
        if not line.strip():
            blank += 1
            if blank >= _APART:
                break
            continue
        free = _free(line, band.left, band.right)
        if i in whole or free is None:
            break
        blank = 0
        band.left, band.right = free
        band.bottom = i + 1
        if line[band.right :].strip():
            last_right = i
            band.both += bool(line[: band.left].strip())
    band.bottom = _end(lines, band.bottom, last_right)
    return band


def _free(line: str, left: int, right: int) -> tuple[int, int] | None:
    """The widest run of spaces of `line` between `left` and `right`; None if it is too narrow."""
    strip = line[left:right].ljust(right - left)
    widest = max(re.finditer(" +", strip), key=lambda m: m.end() - m.start(), default=None)
    if widest is None or widest.end() - widest.start() < _NARROWEST:
        return None
    return left + widest.start(), left + widest.end()


def _overrun(lines: Sequence[str], band: _Band) -> bool:
    """Whether the first column's sentences go on in lines that cross the gutter.

    Programs that give columns less room than their texts need (pdfplumber's layout) push the next column to the right:
    such a gutter is there only between short lines, and where the rest is parted cannot be told.
    """
    first = lines[band.top].lstrip()[:1]
    above = lines[band.top - 1] if band.top else ""
    below = lines[band.bottom] if band.bottom < len(lines) else ""
    crosses = [len(line) > band.right and bool(line[band.left : band.right].strip()) for line in (above, below)]
    return (crosses[0] and first.islower()) or (crosses[1] and below.lstrip()[:1].islower())


def _end(lines: Sequence[str], bottom: int, last_right: int) -> int:
    """Where the band ends: short lines that head what crosses the gutter below it are no part of its first column."""
    if bottom == len(lines) or not lines[bottom].strip():
        return bottom
    head = bottom
    while head - 1 > last_right and lines[head - 1].strip():
        head -= 1
    if head - 1 > last_right:
        return head
    last = lines[bottom - 1].strip()
    return bottom - 1 if bottom - 1 > last_right and _BEGINS.match(last) and last[-1] not in ".,;-" else bottom


def _parts(lines: Sequence[str], band: _Band) -> bool:
    """Whether there are words on both sides: bullets, numbers or pages of contents are no column of their own."""
    for side in (slice(None, band.left), slice(band.right, None)):
        texts = [t for line in lines[band.top : band.bottom] if (t := line[side].strip())]
        if sum(bool(_WORD.search(t)) for t in texts) < 0.6 * len(texts):
            return False
    return True


def _edges(rows: Sequence[str], band: _Band) -> list[tuple[int, int]]:
    """From where to where each column goes: all gutters through the whole of the band, not only the one it is for."""
    width = max(map(len, rows))
    taken = "".join("x" if any(row[x : x + 1].strip() for row in rows) else " " for x in range(width))
    cuts = [band.right]
    for gutter in re.finditer(rf"(?<=x) {{{_NARROWEST},}}(?=x)", taken):
        other = _Band(0, len(rows), gutter.start(), gutter.end())
        both = sum(bool(row[: other.left].strip() and row[other.right :].strip()) for row in rows)
        if both >= _FEWEST and other.right != band.right and _parts(rows, other):
            cuts.append(other.right)
    cuts = sorted({0, *cuts, width})
    return list(pairwise(cuts))


def _begins(cell: str) -> bool:
    return bool(_BEGINS.match(cell.strip()[:1]))


def _row_starts(columns: Sequence[Sequence[str]]) -> list[int]:
    """The lines on which texts begin in all columns that have any there (two at least), none of them with a bullet."""
    starts = []
    for i, cells in enumerate(zip(*columns, strict=True)):
        filled = [c.strip() for c in cells if c.strip()]
        if len(filled) > 1 and all(_begins(c) and c[0] not in BULLETS for c in filled):
            starts.append(i)
    return starts


def _is_table(columns: Sequence[Sequence[str]]) -> bool:
    starts = set(_row_starts(columns))
    begun = [(i in starts) for i, cells in enumerate(zip(*columns, strict=True)) for cell in cells if _begins(cell)]
    return len(starts) >= _FEWEST and sum(begun) >= _ALIGNED * len(begun)


def _cells(columns: Sequence[Sequence[str]], table: int) -> Iterator[Strip]:
    starts = [0, *(i for i in _row_starts(columns) if i), len(columns[0])]
    for number, (a, b) in enumerate(pairwise(starts)):
        for k, column in enumerate(columns):
            yield from (Strip(cell, (table, number, k)) for cell in column[a:b] if cell.strip())
            yield Strip("")
