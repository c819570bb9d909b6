"""Small tables that the analyst fills in by hand: a header row with known names, then a record a row, all text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from analyser.document import InputError
from analyser.maturity.tables import Cell, grids

_HEADER_WITHIN = 20
_GUARDED = re.compile(r"'(?=\s*[=+\-@＝＋－＠|%])")
"""The apostrophe that keeps a spreadsheet from taking a cell for a formula."""


def read(path: Path, columns: Mapping[str, Sequence[str]]) -> list[tuple[int, dict[str, str]]]:
    """The records of a CSV, XLSX or ODS table, each with its row number in the file; empty rows are left out.

    `columns` are the names that each wanted column may have in the header; all of them must be there. A record has
    every wanted column, empty where the cell is. Raises InputError if the file is not such a table.
    """
    for grid in grids(path):
        for head, row in enumerate(grid.rows[:_HEADER_WITHIN]):
            names = [text(cell).casefold() for cell in row]
            where = {key: next((names.index(n) for n in known if n in names), -1) for key, known in columns.items()}
            if -1 in where.values():
                continue
            records = [
                (line, {key: text(cells[place]) if place < len(cells) else "" for key, place in where.items()})
                for line, cells in enumerate(grid.rows[head + 1 :], head + 2)
            ]
            return [(line, record) for line, record in records if any(record.values())]
    wanted = ", ".join(f"“{known[0]}”" for known in columns.values())
    raise InputError(f"{path}: not a table with the columns {wanted}; name them so in its first row.")


def text(cell: Cell) -> str:
    """A cell as text in one line; a whole number without its decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    visible = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in cell)
    return _GUARDED.sub("", " ".join(unicodedata.normalize("NFC", visible).split()), count=1)
