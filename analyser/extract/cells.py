"""The cells of a table and their headings: which rows and columns name what the others hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

Content = TypeVar("Content")

_LONGEST_COLUMN = 8
"""Words of a column's heading."""

_LONGEST_ROW = 14
"""Words of a row's heading."""

_BETWEEN = " – "
"""Between the headings of merged cells, one above the other."""

_FIGURE = re.compile(r"[\d\s.,%€+–-]+$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[–-]\s*(?:20)?\d\d)?$")


@dataclass(slots=True)
class Cell(Generic[Content]):
    """A cell: what it holds, its text, the rows and columns that it covers, and whether its text stands out."""

    content: Content
    text: str
    rows: range
    columns: range
    strong: bool = False


def headed(
    cells: Sequence[Cell[Content]], marked: Set[int] = frozenset()
) -> Iterator[tuple[Cell[Content], str, str]]:
    """Each of a table's cells with the heading of its row and that of its columns ("" if it has none, or is one).

    `marked` are the rows that the file itself calls headings. Where it has none, the first row is one if it stands out
    or if all it has are short names, and so are rows under it that its merged cells are divided into. The first column
    names the rows; a row that is one cell across the whole table names those under it.
    """
    width = max((c.columns.stop for c in cells), default=0)
    heads = set(marked) or _head_rows(cells, width)
    names = {
        column: _BETWEEN.join(
            c.text for c in sorted(cells, key=lambda c: c.rows.start)
            if c.rows.start in heads and column in c.columns and c.text and len(c.columns) < width
        )
        for column in range(width)
    }  # fmt: skip
    group = ""
    by_start = sorted(cells, key=lambda c: (c.rows.start, c.columns.start))
    firsts = [c for c in by_start if 0 in c.columns]
    for cell in by_start:
        if len(cell.columns) == width > 1:
            group = cell.text if len(cell.text.split()) <= _LONGEST_ROW else ""
            yield cell, "", ""
            continue
        if cell.rows.start in heads:
            yield cell, "", ""
            continue
        first = next((c for c in firsts if c is not cell and cell.rows.start in c.rows), None)
        named = first is not None and 0 not in cell.columns and not _FIGURE.match(first.text)
        own = first.text if first and named and len(first.text.split()) <= _LONGEST_ROW else ""
        over = dict.fromkeys(names[c] for c in cell.columns if names[c])
        yield cell, _BETWEEN.join(t for t in (group, own) if t), _BETWEEN.join(over)


def _head_rows(cells: Sequence[Cell[Content]], width: int) -> set[int]:
    """The rows at the top that name the columns."""
    rows: dict[int, list[Cell[Content]]] = {}
    for cell in cells:
        rows.setdefault(cell.rows.start, []).append(cell)
    order = [r for r in sorted(rows) if not any(len(c.columns) == width > 1 for c in rows[r])]
    if len(order) < 2 or width < 2:
        return set()
    first, body = rows[order[0]], [c for r in order[1:] for c in rows[r] if c.text]
    filled = [c for c in first if c.text]
    standing_out = all(c.strong for c in filled) and not all(c.strong for c in body)
    if len(filled) < 2 or not (standing_out or all(_is_name(c.text) for c in filled)):
        return set()
    heads = {order[0]}
    last = max(c.rows.stop for c in first)
    divided = any(1 < len(c.columns) < width for c in first)
    if divided and len(order) > 2 and all(_is_name(c.text) for c in rows[order[1]] if c.text):
        last = max(last, order[1] + 1)
    return heads | {r for r in order if r < last}


def _is_name(text: str) -> bool:
    """Whether the text can name a column: short, no sentence, no figure but a year."""
    short = len(text.split()) <= _LONGEST_COLUMN and text[-1] not in ".!?;"
    return short and (not _FIGURE.match(text) or bool(_YEAR.match(text)))
