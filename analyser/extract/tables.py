"""Ruled tables: cells from the rules that are drawn, by pdfplumber's grid finder (Nurminen's algorithm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analyser.document import BBox
from analyser.extract.shapes import Shape
from analyser.extract.words import Word

_THIN = 3.0
"""A path thinner than this many points is a rule."""

_SNAP = 3.0

_MOST_RULES = 2000
"""A page with more is a drawing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page: its box, and its cells' boxes row by row, from the left."""

    box: BBox
    cells: tuple[BBox, ...]


def find_tables(shapes: Sequence[Shape], words: Sequence[Word]) -> list[Table]:
    """The page's ruled tables: at least two rows and two columns, and words in at least half of the cells."""
    edges = [e for s in shapes if not s.picture for e in _edges(s)]
    if len(edges) < 6 or len(edges) > _MOST_RULES:
        return []
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
