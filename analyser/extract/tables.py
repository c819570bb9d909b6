"""Tables: cells from the rules that are drawn, by pdfplumber's grid finder (Nurminen's algorithm), and their headings.

Tables without rules between their columns are found in aligned.py, those without any in unruled.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analyser.document import BBox
from analyser.extract.aligned import between_rules, lines_of, of_figures
from analyser.extract.cells import Cell, headed
from analyser.extract.hyphens import join_lines
from analyser.extract.lines import Line
from analyser.extract.shapes import Shape
from analyser.extract.unruled import of_texts
from analyser.extract.words import Word

_THIN = 3.0
"""A path thinner than this many points is a rule."""

_SNAP = 3.0

_WIDE = 150
"""Points; shorter rules do not part the rows of a table."""

_LIGHT = 200
"""Colour values (0 to 255) over this are those of type on a dark ground."""

_MOST_RULES = 2000
"""A page with more is a drawing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page: its box, and its cells' boxes row by row, from the left."""

    box: BBox
    cells: tuple[BBox, ...]

    def edges(self, side: int) -> tuple[float, ...]:
        """Where its columns (`side` 0) or rows (1) begin and the last one ends, in points."""
        found: list[float] = []
        for edge in sorted({cell[side] for cell in self.cells} | {cell[side + 2] for cell in self.cells}):
            if not found or edge - found[-1] > _SNAP:
                found.append(edge)
        return tuple(found)


def name_cells(pages: Sequence[Sequence[tuple[Line, Table]]], chunks: Sequence[list[Line]]) -> None:
    """Sets the headings of rows and columns on the lines of every cell (`pages`: their tables; `chunks`: all on them).

    A table at the head of a page goes on with the one at the foot of the page before, if its columns are the same: it
    has its headings, and where these are repeated, they become furniture.
    """
    heads: list[Cell[tuple[Line, ...]]] = []
    columns: tuple[float, ...] = ()
    named = ""
    for tables, page in zip(pages, chunks, strict=True):
        for whole, table in sorted(tables, key=lambda t: t[1].box[1]):
            cells = _placed(whole, table)
            edges = table.edges(0)
            text = [c for c in page if not c.furniture]
            follows = (
                len(edges) == len(columns)
                # Without rules, a table ends on the right where its longest text on the page does.
                and all(abs(a - b) < _SNAP for a, b in zip(edges[:-1], columns[:-1], strict=True))
                and not any(c.foot < table.box[1] for c in text)
            )
            first = {cell.columns: cell.text for cell in cells if cell.rows.start == 0}
            repeated = follows and first == {cell.columns: cell.text for cell in heads}
            if repeated:
                for cell in (c for c in cells if c.rows.start == 0):
                    page += [replace(line, furniture=True) for line in cell.content]
                whole.cells = tuple(c.content for c in cells if c.rows.start)
            known = heads if follows and not repeated else []
            if follows and named:
                # A cell that the page break cuts is empty on the second page.
                top = min((c.rows.start for c in cells if not (repeated and c.rows.start == 0)), default=0)
                for cell in (c for c in cells if c.rows.start == top and c.columns.start == 0 and not c.text):
                    cell.text = named
            under = [Cell(c.content, c.text, range(-1, 0), c.columns, c.strong) for c in known]
            for cell, row, column in headed([*under, *cells], {-1} if known else frozenset()):
                for line in cell.content:
                    line.row, line.column = row, column
            named = next((c.text for c in reversed(cells) if c.columns.start == 0 and c.text), "")
            heads = heads if follows else [c for c in cells if c.rows.start == 0]
            columns = () if any(c.base > table.box[3] for c in text) else edges


def _placed(whole: Line, table: Table) -> list[Cell[tuple[Line, ...]]]:
    """The table's cells with the rows and columns that they cover."""
    across, down = table.edges(0), table.edges(1)
    placed = []
    for lines, (x0, top, x1, bottom) in zip(whole.cells, table.cells, strict=True):
        text, _ = join_lines(line.text for line in lines)
        strong = bool(lines) and all(line.bold or min(line.colour) > _LIGHT for line in lines)
        placed.append(Cell(lines, text, _between(down, top, bottom), _between(across, x0, x1), strong))
    return placed


def _between(edges: Sequence[float], first: float, last: float) -> range:
    start = sum(edge < first - _SNAP for edge in edges)
    return range(start, max(start + 1, sum(edge < last - _SNAP for edge in edges)))


def find_tables(shapes: Sequence[Shape], words: Sequence[Word]) -> list[Table]:
    """The page's tables: at least two rows and two columns, and words in at least half of the cells.

    Those with rules around their cells, then those whose rows alone are ruled, then figures and texts aligned without
    rules.
    """
    edges = [e for s in shapes if not s.picture for e in _edges(s)]
    tables = _ruled(edges, words) if 6 <= len(edges) <= _MOST_RULES else []
    free = _outside(tables, words)
    rules = [(e["top"], e["x0"], e["x1"]) for e in edges if e["orientation"] == "h" and e["width"] > _WIDE]
    if len(rules) <= _MOST_RULES:
        tables += [_table(cells) for cells in between_rules(rules, free, [table.box for table in tables])]
        free = _outside(tables, free)
    lines = lines_of([w for w in free if not w.angle])
    figures = [_table(cells) for cells in of_figures(lines)]
    lines = [line for line in lines if not any(_inside(line[0], table.box) for table in figures)] if figures else lines
    return [*tables, *figures, *(_table(cells) for cells in of_texts(lines))]


def _outside(tables: Sequence[Table], words: Sequence[Word]) -> Sequence[Word]:
    return [w for w in words if not any(_inside(w, table.box) for table in tables)] if tables else words


def _table(cells: Sequence[BBox]) -> Table:
    return Table((cells[0][0], cells[0][1], cells[-1][2], cells[-1][3]), tuple(cells))


def _ruled(edges: list[dict[str, Any]], words: Sequence[Word]) -> list[Table]:
    if len({round(e["x0"]) for e in edges if e["orientation"] == "v"}) < 3:
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    merged = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    grids = cells_to_tables(intersections_to_cells(edges_to_intersections(merged, _SNAP, _SNAP)))
    tables = []
    for grid in grids:
        cells = sorted(((float(a), float(b), float(c), float(d)) for a, b, c, d in grid), key=lambda c: (c[1], c[0]))
        columns, rows = {round(c[0]) for c in cells}, {round(c[1]) for c in cells}
        filled = sum(any(_inside(w, cell) for w in words) for cell in cells)
        if len(columns) > 1 and len(rows) > 1 and 2 * filled >= len(cells):
            xs0, tops, xs1, bottoms = zip(*cells, strict=True)
            tables.append(Table((min(xs0), min(tops), max(xs1), max(bottoms)), tuple(cells)))
    return tables


def _edges(shape: Shape) -> list[dict[str, Any]]:
    """The shape's straight edges in pdfplumber's vocabulary: a rule is one, a box has four."""
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    if height <= _THIN:
        middle = (shape.top + shape.bottom) / 2
        return [_edge(shape.x0, middle, shape.x1, middle)] if width > 8 else []
    if width <= _THIN:
        middle = (shape.x0 + shape.x1) / 2
        return [_edge(middle, shape.top, middle, shape.bottom)] if height > 4 else []
    if width < 15 or height < 8:
        return []
    x0, top, x1, bottom = shape[:4]
    return [
        _edge(x0, top, x1, top), _edge(x0, bottom, x1, bottom), _edge(x0, top, x0, bottom), _edge(x1, top, x1, bottom)
    ]  # fmt: skip


def _edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if x1 > x0 else "v", "object_type": "line",
    }  # fmt: skip


def _inside(word: Word, box: BBox) -> bool:
    middle = (word.x0 + word.x1) / 2
    return box[0] <= middle <= box[2] and box[1] <= word.base - 0.3 * word.size <= box[3]


def words_by_cell(table: Table, words: Sequence[Word]) -> tuple[list[list[Word]], list[Word]]:
    """The words of each of the table's cells, and the words outside the table."""
    within = [w for w in words if not w.angle and _inside(w, table.box)]
    cells = [[w for w in within if _inside(w, cell)] for cell in table.cells]
    placed = {id(w) for cell in cells for w in cell}
    return cells, [w for w in words if id(w) not in placed]
