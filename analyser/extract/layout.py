"""Chunks of text to lines in reading order, by recursive whitespace cuts.

A region is cut where whitespace runs through it: into columns side by side (gutters.py) or into rows one above the
other (grid.py), and each part again, as in Nagy and Seth's X-Y tree (1984). Tables and boxes are moved about whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from analyser.document import BBox
from analyser.extract.grid import rows_of
from analyser.extract.gutters import FAR, bands_of, columns_of, runs_of
from analyser.extract.lines import Line, line_of, touching
from analyser.extract.margins import clear_margin
from analyser.extract.words import Word


@dataclass(slots=True)
class Cell:
    """A column of a row of columns (or a whole band without columns): its regions in reading order and its edges."""

    row: int
    left: float
    right: float
    regions: list[list[Line]]

    @property
    def floor(self) -> float:
        """The lowest baseline."""
        return max(line.foot for region in self.regions for line in region)

    @property
    def page(self) -> int:
        """The page that the cell stands on."""
        return self.regions[0][0].page


def cells_of(chunks: Sequence[Line], body: float) -> list[Cell]:
    """The text of one page as cells in reading order (`body`: the document's usual type size)."""
    cells: list[Cell] = []
    row = 0
    clear_margin(chunks, body)
    for run, gutters in runs_of(bands_of(list(chunks)), body):
        for part in rows_of(run, gutters):
            for column in columns_of([c for band in part for c in band], gutters):
                regions = _cut(column, body) if gutters else _opened(column, body)
                lines = [_joined(r) for r in regions]
                cells.append(Cell(row, min(c.x0 for c in column), max(c.x1 for c in column), lines))
            row += 1
    return cells


def reading_order(pages: Sequence[Sequence[Cell]], body: float) -> list[Line]:
    """A document's lines in reading order; `Line.region` numbers columns and boxes, `left` and `right` are their edges.

    A row of cells that a page break cuts is put together again, so that each cell is read whole before the next: as
    when a column is filled to the page's foot, the one beside it is not, and the next page goes on in the first one.
    """
    floor = max((c.floor for cells in pages for c in cells), default=0.0)
    ordered: list[Cell] = []
    rest = [list(cells) for cells in pages]
    for n, cells in enumerate(rest):
        last = [c for c in cells if c.row == cells[-1].row] if cells else []
        ordered += cells[: len(cells) - len(last)]
        columns = [[c] for c in last]
        for following in rest[n + 1 :]:
            more = _continued(columns, following, floor, body)
            for column, cell in more:
                columns[column].append(cell)
            if not more or following:
                break
        ordered += [c for column in columns for c in column]
    lines: list[Line] = []
    for number, region in enumerate(r for cell in ordered for r in cell.regions):
        left, right = min(line.x0 for line in region), max(line.x1 for line in region)
        for line in region:
            line.region, line.left, line.right = number, left, right
            lines += _unfolded(line) if line.cells else [line]
    return lines


def table_line(box: BBox, cells: Sequence[Sequence[Line]], order: int, page: int) -> Line:
    """A table as one line as high as the table, for the cuts to move about whole."""
    inside = tuple(tuple(_joined(list(c))) for c in cells)
    words = [w for c in inside for line in c for w in line.words]
    return _whole(words, box, order, page, cells=inside)


def fold_boxes(chunks: Sequence[Line], boxes: Sequence[BBox]) -> list[Line]:
    """The chunks with those that stand in one of the `boxes` as one line, boxes in boxes likewise.

    A box whose edge runs through text is a decoration, and one around all the text is a frame: neither counts.
    """
    left = list(chunks)
    for k, box in enumerate(boxes):
        inside = [c for c in left if _overlap(c, box)]
        if not inside or len(inside) == len(left) or not all(_within(c, box) for c in inside):
            continue
        folded = fold_boxes(inside, boxes[k + 1 :])
        words = [w for c in inside for w in c.words]
        first = min(inside, key=lambda c: c.order)
        whole = _whole(words, box, first.order, first.page, inside=tuple(folded))
        held = {id(c) for c in inside}
        left = [*(c for c in left if id(c) not in held), whole]
    return left


def _overlap(chunk: Line, box: BBox) -> bool:
    return chunk.x0 < box[2] and chunk.x1 > box[0] and chunk.foot > box[1] and chunk.base - 0.5 * chunk.size < box[3]


def _within(chunk: Line, box: BBox) -> bool:
    return (
        chunk.x0 >= box[0] - 2
        and chunk.x1 <= box[2] + 2
        and chunk.base - 0.5 * chunk.size >= box[1] - 2
        and chunk.foot <= box[3] + 2
    )


def _whole(
    words: list[Word],
    box: BBox,
    order: int,
    page: int,
    *,
    cells: tuple[tuple[Line, ...], ...] = (),
    inside: tuple[Line, ...] = (),
) -> Line:
    """A table or a box as one line at its upper edge that reaches down to its lower edge."""
    size = median(w.size for w in words) if words else 10.0
    base = box[1] + 0.6 * size
    depth = max(box[3] - base, 0.0)
    return Line(words, box[0], box[2], base, size, False, order, page, cells=cells, inside=inside, depth=depth)


def _opened(region: list[Line], body: float) -> list[list[Line]]:
    """The region with its boxes opened: what stands in each is a region, or several, of its own."""
    regions: list[list[Line]] = [[]]
    # Boxes side by side begin together, whatever the type in them.
    for line in sorted(region, key=lambda c: (round(c.base - 0.6 * c.size) if c.inside else c.base, c.x0)):
        if line.inside:
            regions += [*_cut(list(line.inside), body), []]
        else:
            regions[-1].append(line)
    return [r for r in regions if r]


def _unfolded(table: Line) -> list[Line]:
    """The lines of a table, cell by cell."""
    lines = []
    for number, cell in enumerate((c for c in table.cells if c), 1):
        left, right = min(line.x0 for line in cell), max(line.x1 for line in cell)
        for line in cell:
            line.region, line.left, line.right, line.cell = table.region, left, right, number
            lines.append(line)
    return lines


def _continued(columns: list[list[Cell]], following: list[Cell], floor: float, body: float) -> list[tuple[int, Cell]]:
    """Takes from the next page's cells those that go on with some of the columns, and returns them with the column."""
    if len(columns) < 2 or not following:
        return []
    page = max(c[-1].page for c in columns)
    full = [c[-1].floor > floor - 3.5 * body and c[-1].page == page for c in columns]
    if not any(a and not b for a, b in pairwise(full)):
        return []
    more: list[tuple[int, Cell]] = []
    rest: list[Cell] = []
    head = [c for c in following if c.row == following[0].row]
    for cell in head:
        limits = [*(c[0].left for c in columns[1:]), FAR]
        column = next(
            (k for k, c in enumerate(columns)
             if full[k] and abs(cell.left - c[0].left) < 1.5 * body and cell.right < limits[k]), None
        )  # fmt: skip
        going_on, new = _before_heading(cell, body)
        if column is None or going_on is None:
            return []
        more.append((column, going_on))
        rest += [new] if new else []
    following[: len(head)] = rest
    return more


def _before_heading(cell: Cell, body: float) -> tuple[Cell | None, Cell | None]:
    """The part of the cell before its first heading, and the rest: a box's heading begins a new box."""
    for i, region in enumerate(cell.regions):
        for j, line in enumerate(region):
            if line.stands_out(body):
                first = [*cell.regions[:i], *([region[:j]] if j else [])]
                second = [region[j:], *cell.regions[i + 1 :]]
                return (replace(cell, regions=first) if first else None), replace(cell, regions=second)
    return cell, None


def _cut(chunks: list[Line], body: float) -> list[list[Line]]:
    """The regions of `chunks` in reading order."""
    if len(chunks) < 2:
        return _opened(chunks, body)
    regions: list[list[Line]] = []
    for run, gutters in runs_of(bands_of(chunks), body):
        if not gutters:
            regions += _opened([c for band in run for c in band], body)
            continue
        for part in rows_of(run, gutters):
            for column in columns_of([c for band in part for c in band], gutters):
                regions += _cut(column, body) if len(column) < len(chunks) else _opened(column, body)
    return regions


def _joined(chunks: list[Line]) -> list[Line]:
    """The chunks of one region joined into lines, from the top."""
    rows: list[list[Line]] = []
    for chunk in sorted(chunks, key=lambda c: (c.base, c.x0)):
        last = rows[-1][0] if rows else None
        tabled = bool(last and (last.cells or chunk.cells))
        if last and not tabled and abs(last.base - chunk.base) < 0.35 * max(chunk.size, last.size):
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
