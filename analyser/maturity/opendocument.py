"""OpenDocument spreadsheets (.ods, as LibreOffice saves them) to grids of cells.

Source: OASIS OpenDocument 1.3, part 3, section 9 (tables).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def is_opendocument(archive: zipfile.ZipFile) -> bool:
    """Whether a zip archive says that it is an OpenDocument spreadsheet."""
    return "mimetype" in archive.namelist() and archive.read("mimetype").decode("ascii", "replace").startswith(MIMETYPE)


def tables(archive: zipfile.ZipFile, columns: int) -> Iterator[tuple[str, Iterator[tuple[str | float | None, ...]]]]:
    """Each sheet's name and rows, top to bottom, at most so many `columns` of each.

    A cell merged downwards gives its value to each of its rows. Rows and cells that are stored once and repeated are
    repeated, but for the empty ones at a sheet's end. Raises what zipfile and ElementTree raise for a damaged file.
    """
    root = ElementTree.fromstring(archive.read("content.xml"))
    for table in root.iter(f"{TABLE}table"):
        yield table.get(f"{TABLE}name", ""), _rows(table, columns)


def _rows(table: ElementTree.Element, columns: int) -> Iterator[tuple[str | float | None, ...]]:
    empty = 0
    merged: dict[int, tuple[int, str | float | None]] = {}
    for row in table.iter(f"{TABLE}table-row"):
        cells = tuple(islice(_cells(row, columns, merged), columns))
        times = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        if not any(cell is not None for cell in cells):
            empty += times
            continue
        for _ in range(empty):  # kept back until a filled row follows, as a sheet ends in a million empty ones
            yield ()
        empty = 0
        for _ in range(times):
            yield cells


def _cells(
    row: ElementTree.Element, columns: int, merged: dict[int, tuple[int, str | float | None]]
) -> Iterator[str | float | None]:
    """The values of a row; `merged` remembers by column how many rows below share a value, and which."""
    column = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        value = _value(cell)
        for _ in range(min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), columns)):
            below, above = merged.pop(column, (0, None))
            if below and cell.tag == f"{TABLE}covered-table-cell":
                value = above
            else:
                below = int(cell.get(f"{TABLE}number-rows-spanned", "1"))
            if below > 1:
                merged[column] = (below - 1, value)
            yield value
            column += 1


def _value(cell: ElementTree.Element) -> str | float | None:
    kind, number = cell.get(f"{OFFICE}value-type"), cell.get(f"{OFFICE}value")
    if kind in ("float", "currency") and number:
        return float(number)
    if kind == "percentage" and number:
        return round(float(number) * 100, 10)
    return " ".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{TEXT}p")).strip() or None
