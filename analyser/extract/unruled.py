"""Tables without any rules: rows whose cells, often of several lines, begin together.

Columns of running text have gutters as well, and lines on the same baselines. But their lines begin anywhere in a
sentence, while a cell begins as a text does: with a capital or a figure. Cards side by side begin together too, but
each of them with a heading, and lists with a bullet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from analyser.document import BBox
from analyser.extract.lines import is_marker
from analyser.extract.words import BULLETS, Word

_FEWEST_ROWS = 3
_MOST_COLUMNS = 9
_MOST_WORDS = 18
"""Words that a cell has on average at most."""

_GUTTER = 0.6
"""Columns are at least this many type sizes apart."""

_GAP = 0.9
"""Words of a line are in two cells if the gap between them is wider than this part of the type size."""

_ROW_GAP = 1.3
"""A step between baselines more than this many times that within cells begins a row."""

_LONGEST_STEP = 4.0
"""Type sizes from one baseline to the next within a table."""

_BEGINNINGS = 0.85
"""The part of the cells that begin with a capital or a figure, at least."""

Cell = list[list[Word]]
"""The lines of a cell."""


@dataclass(slots=True)
class _Run:
    """Successive lines that leave the same columns free, and where these begin and end."""

    lines: list[list[Word]]
    columns: list[tuple[float, float]]
    several: int = field(default=1)
    """How many of the lines have words in more than one column."""


def of_texts(lines: Sequence[list[Word]]) -> list[list[BBox]]:
    """The cells, row by row, of each table without rules (`lines`: a page's words by baseline, from the left)."""
    tables = []
    for run in _runs(lines):
        rows = _rows(run)
        if _is_table(rows, run):
            tables.append(_boxes(rows, run.columns))
    return tables


def _runs(lines: Sequence[list[Word]]) -> Iterator[_Run]:
    """The stretches of lines that share columns."""
    run: _Run | None = None
    for line in lines:
        parts = _parts(line)
        size = line[0].size
        if run is not None:
            together = _united([*run.columns, *parts], _GUTTER * size)
            near = line[0].base - run.lines[-1][0].base < _LONGEST_STEP * size
            if near and len(together) >= len(run.columns):
                run.lines.append(line)
                run.columns = together
                run.several += len(parts) > 1
                continue
            if run.several >= _FEWEST_ROWS:
                yield run
        run = _Run([line], parts) if len(parts) > 1 else None
    if run is not None and run.several >= _FEWEST_ROWS:
        yield run


def _parts(line: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the line's stretches of text begin and end, parted by wide gaps."""
    gap = _GAP * line[0].size
    parts: list[tuple[float, float]] = []
    start, end = line[0].x0, line[0].x1
    for word in line:
        if word.x0 - end > gap:
            parts.append((start, end))
            start = word.x0
        end = max(end, word.x1)
    return [*parts, (start, end)]


def _united(spans: Sequence[tuple[float, float]], gutter: float) -> list[tuple[float, float]]:
    """The spans with those nearer than `gutter` made one, from the left."""
    united: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if united and x0 - united[-1][1] < gutter:
            united[-1] = (united[-1][0], max(united[-1][1], x1))
        else:
            united.append((x0, x1))
    return united


def _rows(run: _Run) -> list[list[Cell]]:
    """The run's lines by row, cell by cell; what stands below the last row without belonging to it is left out."""
    lefts = [x0 for x0, _ in run.columns[1:]]
    steps = [b[0].base - a[0].base for a, b in pairwise(run.lines)]
    leading = min(steps)
    loose = leading > 1.6 * run.lines[0][0].size  # no cell has a second line
    rows: list[list[Cell]] = []
    for step, line in zip([leading, *steps], run.lines, strict=True):
        parts: list[list[Word]] = [[] for _ in run.columns]
        for word in line:
            parts[sum(word.x0 > left - 1 for left in lefts)].append(word)
        filled = [part for part in parts if part]
        apart = loose or step > _ROW_GAP * leading
        begins = bool(parts[0]) and 2 * len(filled) > len(parts) and all(_is_beginning(part[0]) for part in filled)
        if not rows or apart or begins:
            rows.append([[] for _ in parts])
        for cell, part in zip(rows[-1], parts, strict=True):
            if part:
                cell.append(part)
    while rows and sum(map(bool, rows[-1])) < 2:
        rows.pop()
    return rows


def _is_beginning(word: Word) -> bool:
    """Whether a text can begin with the word: it is no part of a sentence's middle."""
    return not word.text[0].islower()


def _is_table(rows: Sequence[Sequence[Cell]], run: _Run) -> bool:
    """Whether the rows are those of a table, and not columns of text, cards, lists or a table of contents."""
    width = len(run.columns)
    if len(rows) < _FEWEST_ROWS or not 2 <= width <= _MOST_COLUMNS:
        return False
    cells = [cell for row in rows for cell in row if cell]
    words = [word for cell in cells for line in cell for word in line]
    if len(words) > _MOST_WORDS * len(cells) or 2 * len(cells) < width * sum(not _is_group(row) for row in rows):
        return False
    size = median(word.size for word in words)
    if any(abs(word.size - size) > 0.12 * size for word in words if word.text[0].isalpha()):
        return False
    several = [row for row in rows if not _is_group(row)]
    begin_together = sum(bool(row[0]) and _begins_level(row) for row in several)
    if begin_together < max(_FEWEST_ROWS, 0.75 * len(several)):
        return False
    firsts = [row[0][0][0].text for row in rows if row[0]]
    if sum(is_marker(first) or first in BULLETS for first in firsts) > 0.3 * len(firsts):
        return False
    if sum(_is_beginning(cell[0][0]) for cell in cells) < _BEGINNINGS * len(cells):
        return False
    bold = [all(_is_bold(cell) for cell in row if cell) for row in rows]
    over_text = [b for b, row in zip(bold, rows, strict=True) if sum(map(bool, row)) > 1][1:-1]
    if any(over_text) or any(_is_card(cell) for row in rows[1:] for cell in row):
        return False
    if _is_contents(rows) or _column_by_column(rows, width):
        return False
    return bold[0] or width > 2 or _has_figures(rows)


def _begins_level(row: Sequence[Cell]) -> bool:
    """Whether the row's first cell begins on the baseline of another one."""
    return any(cell and abs(cell[0][0].base - row[0][0][0].base) < 0.3 * cell[0][0].size for cell in row[1:])


def _is_group(row: Sequence[Cell]) -> bool:
    """Whether all there is in the row is a heading of the rows under it."""
    return bool(row[0]) and not any(row[1:]) and _is_bold(row[0])


def _is_bold(cell: Cell) -> bool:
    return all(word.style.bold for line in cell for word in line)


def _is_card(cell: Cell) -> bool:
    """Whether the cell has a heading of its own over text."""
    return len(cell) > 1 and _is_bold(cell[:1]) and not any(word.style.bold for word in cell[-1])


def _is_contents(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the last column has page numbers: figures alone that do not fall."""
    last = [row[-1][0][-1].text for row in rows if row[-1]]
    pages = [int(text) for text in last if text.isdecimal() and len(text) < 4]
    return len(pages) >= 0.7 * len(last) and pages == sorted(pages)


def _column_by_column(rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether the file draws each column whole before the next one, as it does columns of text, but no table."""
    runs = [[line[0].run for row in rows for line in row[k]] for k in range(width)]
    return all(max(a) < min(b) for a, b in pairwise(runs) if a and b)


def _has_figures(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether all but the first row have a figure in their last cell."""
    lasts = [row[-1] for row in rows]
    figures = [bool(cell) and len(cell) == 1 and len(cell[0]) < 4 and _is_figure(cell[0][0]) for cell in lasts]
    return all(figures[1:]) and not figures[0] and len(rows) > _FEWEST_ROWS


def _is_figure(word: Word) -> bool:
    return any(c.isdigit() for c in word.text[:2])


def _boxes(rows: Sequence[Sequence[Cell]], columns: Sequence[tuple[float, float]]) -> list[BBox]:
    """The boxes of the cells: a column reaches to where the next one begins, and a row likewise."""
    words = [[word for cell in row for line in cell for word in line] for row in rows]
    edges = [*(min(w.top for w in row) - 1 for row in words), max(w.bottom for w in words[-1]) + 1]
    lefts = [*(x0 - 1 for x0, _ in columns), columns[-1][1] + 1]
    boxes = []
    for row, (top, bottom) in zip(rows, pairwise(edges), strict=True):
        across = [(lefts[0], lefts[-1])] if _is_group(row) else pairwise(lefts)
        boxes += [(a, top, b, bottom) for a, b in across]
    return boxes
