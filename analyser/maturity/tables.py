"""CSV, XLSX and ODS files to grids of cells, whatever program saved them. What they mean is for scores.py to say."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar
from xml.etree import ElementTree

from analyser.document import InputError
from analyser.maturity.opendocument import is_opendocument, tables

Cell = str | float | None
"""A cell as a person sees it: text, a number (a percentage cell as the percentage shown: 65.0), or nothing."""

_Row = TypeVar("_Row")
_MAX_BYTES = 50_000_000
_MAX_UNPACKED = 300_000_000
_MAX_ROWS = 200_000
_MAX_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[i]` is row i + 1 of the file; `name` is the sheet's name, empty for CSV."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def grids(path: Path) -> list[Grid]:
    """Every way to read the file as a table, the likeliest first: a workbook's sheets, a CSV file's delimiters.

    Raises InputError for a file that cannot be read as a table at all.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MAX_BYTES else b""
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; give a CSV, XLSX or ODS file of scores.") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); check the path and its rights."
        ) from None
    if size > _MAX_BYTES:
        raise InputError(f"{path}: larger than {_MAX_BYTES // 1_000_000} MB; keep only the columns and rows needed.")
    if not data.strip():
        raise InputError(f"{path}: the file is empty; save the scores into it again.")
    if data[:4] == b"PK\x03\x04":
        return _workbook(path, data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(f"{path}: an old or password-protected Excel file; save it as .xlsx without a password.")
    if data.lstrip()[:100].lower().startswith((b"<html", b"<!doctype html", b"<table")):
        raise InputError(f"{path}: a web page, whatever its name says; open it in Excel and save it as .xlsx.")
    if data[:4] == b"%PDF":
        raise InputError(f"{path}: a PDF is not a table of scores; save the table as CSV or XLSX.")
    return _delimited(path, _decoded(path, data))


def _decoded(path: Path, data: bytes) -> str:
    """The text of a CSV file: by its byte-order mark, else UTF-8, else as older Excels save it."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = _oldest(data)
    if "\0" not in text:
        return text
    raise InputError(f"{path}: neither text nor a workbook; save the scores as CSV (UTF-8) or XLSX.")


def _oldest(data: bytes) -> str:
    """Text in one of the encodings from before UTF-8, that which makes most of its bytes the Nordic letters."""
    texts = [data.decode(encoding, "replace") for encoding in ("cp1252", "mac_roman", "cp850")]
    return max(texts, key=lambda text: sum(text.count(letter) for letter in "åäöÅÄÖ"))


def _delimited(path: Path, text: str) -> list[Grid]:
    found: list[Grid] = []
    problem = ""
    for delimiter in sorted(";,\t|", key=lambda mark: -text[:10_000].count(mark)):
        try:
            # A stray quotation mark would swallow the rows after it in silence; strict reading says so instead.
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            rows = tuple(tuple(cell.strip() or None for cell in row[:_MAX_COLUMNS]) for row in _limited(path, reader))
        except csv.Error as error:
            problem = problem or f"{path}: the CSV is broken near line {reader.line_num} ({error}); check its quotes."
            continue
        found.append(Grid("", rows))
    if not found:
        raise InputError(problem)
    return found


def _limited(path: Path, rows: Iterator[_Row]) -> Iterator[_Row]:
    for number, row in enumerate(rows, 1):
        if number > _MAX_ROWS:
            raise InputError(f"{path}: more than {_MAX_ROWS} rows; keep only the organisations' rows.")
        yield row


def _workbook(path: Path, data: bytes) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                raise InputError(f"{path}: the workbook unpacks to too much; save only the scores' sheet as CSV.")
            if is_opendocument(archive):
                sheets = tables(archive, _MAX_COLUMNS)
                return [Grid(name, tuple(_limited(path, rows))) for name, rows in sheets]
            return list(_excel(path, archive, data))
    except InputError:
        raise
    except Exception:  # a hostile or damaged workbook fails in its reader in as many ways as there are damages
        raise InputError(
            f"{path}: not a readable workbook; open it in Excel or LibreOffice and save it again as .xlsx or CSV."
        ) from None


def _excel(path: Path, archive: zipfile.ZipFile, data: bytes) -> Iterator[Grid]:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which do not concern values
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            rows = [
                [_shown(cell.value, cell.number_format) for cell in row[:_MAX_COLUMNS]]
                for row in _limited(path, sheet.iter_rows())
            ]
            with archive.open(sheet._worksheet_path) as source:  # type: ignore[attr-defined]
                _fill_down(rows, source)
            yield Grid(sheet.title, tuple(map(tuple, rows)))


def _fill_down(rows: list[list[Cell]], source: IO[bytes]) -> None:
    """Give each row of cells merged downwards the value that stands in the first of them.

    A cell merged sideways (a title) keeps its value in its first column alone. `source` is the sheet's XML: openpyxl
    leaves merged cells out when it reads row by row, which keeps large workbooks small in memory.
    """
    from openpyxl.utils.cell import range_boundaries

    for _, element in ElementTree.iterparse(source):
        if element.tag.endswith("}mergeCell"):
            left, top, _, bottom = (edge or 0 for edge in range_boundaries(element.get("ref", "")))
            if not (0 < top <= len(rows) and 0 < left <= len(rows[top - 1])):
                continue
            for row in rows[top : min(bottom, len(rows))]:
                row.extend([None] * (left - len(row)))
                row[left - 1] = rows[top - 1][left - 1]
        element.clear()


def _shown(value: object, number_format: str | None) -> Cell:
    """A cell's value as Excel shows it: an error or nothing is nothing, 0.65 formatted as a percentage is 65."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, int | float):
        return round(float(value) * 100, 10) if "%" in (number_format or "") else float(value)
    return str(value).strip() or None
