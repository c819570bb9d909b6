"""results.xlsx: a workbook that an analyst can sort, filter and count in at once."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import datetime
from io import BytesIO
from itertools import chain
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from analyser.document import Result
from analyser.report import auditing
from analyser.report.locale import Speech, message
from analyser.report.scores import Score, flatten
from analyser.report.tables import MENTION_COLUMNS, RESULT_COLUMNS, Cell, clean, mention_rows, result_rows
from analyser.report.wording import (
    LABELS,
    QUALITIES,
    QUALITY_MEANINGS,
    ROLE_MEANINGS,
    ROLES,
    STANDING_MEANINGS,
    STANDINGS,
    STATUSES,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from analyser.audit import Audit

CELL = 32_767  # characters that Excel allows in a cell
ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can hold
HEADINGS = {
    "file": message("File"),
    "organisation": message("Organisation"),
    "status": message("Status"),
    "error": message("Error"),
    "language": message("Language"),
    "pages": message("Pages"),
    "words": message("Words"),
    "label": message("Label"),
    "standing": message("Standing"),
    "probability": message("Confidence"),
    "needs_review": message("Needs review"),
    "mentions": message("Mentions"),
    "mentions_priority": message("Mentions: priority"),
    "mentions_goal": message("Mentions: goal"),
    "mentions_context": message("Mentions: background"),
    "mentions_limited": message("Mentions: limitation"),
    "excluded": message("False friends"),
    "priorities": message("Main priorities"),
    "score": message("Score"),
    "sector": message("Sector"),
    "size": message("Size"),
    "reasons": message("Reasons"),
    "warnings": message("Warnings"),
    "sha256": "SHA-256",
    "page": message("Page"),
    "section": message("Section"),
    "role": message("Role"),
    "text": message("Text"),
    "terms": message("Terms"),
    "lemmas": message("Lemmas"),
    "concepts": message("Themes"),
    "rule": message("What decided it"),
    "x0": "x0",
    "top": "top",
    "x1": "x1",
    "bottom": "bottom",
    "goals": message("Goals"),
    "goals_concrete": message("Goals: concrete"),
    "goals_measurable": message("Goals: measurable"),
    "goals_dated": message("Goals: dated"),
    "goals_owned": message("Goals: owned"),
    "goals_service_level": message("Goals: service level stated"),
    "mentions_vision": message("Mentions in the vision"),
    "mentions_measures": message("Mentions among measures"),
    "mentions_indicators": message("Mentions among indicators"),
    "lix": message("Readability (LIX)"),
    "form": message("Form"),
    **QUALITIES,
    "advice": message("How to make it stronger"),
}
FORMS = {"action": message("says what is done"), "promotion": message("only promotes"), "none": message("neither")}
CODES = {"label": LABELS, "standing": STANDINGS, "role": ROLES, "status": STATUSES, "form": FORMS}
GOAL_COLUMNS = ("file", "organisation", "page", "section", "text", "form", *QUALITIES, "advice")
WIDTHS = {"file": 28, "organisation": 32, "text": 80, "section": 40, "reasons": 60, "warnings": 40, "rule": 40,
          "priorities": 50, "terms": 28, "lemmas": 28, "error": 40, "sector": 20,
          "advice": 80, "form": 18}  # fmt: skip
FORMATS = {"probability": "0 %", "score": "0.0", "words": "#,##0", "size": "#,##0"}


def as_xlsx(
    results: Sequence[Result],
    scores: Mapping[str, Score],
    audits: Mapping[str, Audit],
    cohort: Mapping[str, Any],
    speech: Speech,
) -> bytes:
    """The workbook: sheets for organisations, mentions, wording of goals, statistics, method, in the report's language.

    Headers are frozen and filtered, numbers are numbers, and no text is a formula. Raises OSError if the disk for
    temporary files is full: rows go there as they come, so that memory does not grow with them.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _fill(book, results, scores=scores, audits=audits, cohort=cohort, speech=speech)
        return _packed(book)
    except SerialisationError as error:  # IO_ENOSPC, say
        for sheet in book.worksheets:
            with suppress(Exception):  # else each would complain of the same when it is collected
                sheet.close()
        code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(code, os.strerror(code), gettempdir()) from None


def _fill(
    book: Workbook,
    results: Sequence[Result],
    *,
    scores: Mapping[str, Score],
    audits: Mapping[str, Audit],
    cohort: Mapping[str, Any],
    speech: Speech,
) -> None:
    _ = speech.text
    _table(book, _("Organisations"), RESULT_COLUMNS, result_rows(results, scores, audits), speech)
    mentions = MENTION_COLUMNS[: MENTION_COLUMNS.index("form")]  # the wording has a sheet of its own
    _table(book, _("Mentions"), mentions, (row[: len(mentions)] for row in mention_rows(results, audits)), speech)
    if audits:
        _table(book, _("Wording of goals"), GOAL_COLUMNS, _goal_rows(results, audits, speech), speech)
    statistics = {key: value for key, value in cohort.items() if key not in {"organisations", "messages"}}
    _sheet(book, _("Statistics"), [_("Statistic"), _("Value")], flatten(statistics), [60, 24])
    method = [
        *((_("Standing"), _(STANDINGS[code]), _(STANDING_MEANINGS[code])) for code in STANDINGS),
        *((_("Role"), _(ROLES[code]), _(ROLE_MEANINGS[code])) for code in ROLES),
        *((_("Wording of goals"), _(QUALITIES[code]), _(QUALITY_MEANINGS[code])) for code in QUALITIES),
    ]
    _sheet(book, _("Method"), [_("Concept"), _("Name"), _("Meaning")], method, [16, 24, 110])


def _packed(book: Workbook) -> bytes:
    """The workbook's file without the time of its making, so that the same results give the same bytes."""
    from openpyxl.xml.functions import tostring

    saved, packed = BytesIO(), BytesIO()
    book.save(saved)
    book.properties.created = book.properties.modified = datetime(*ZIP_BEGINS)
    with ZipFile(saved) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            dated = name == "docProps/core.xml"
            content = tostring(book.properties.to_tree()) if dated else parts.read(name)
            archive.writestr(ZipInfo(name, ZIP_BEGINS), content, ZIP_DEFLATED)
    return packed.getvalue()


def _goal_rows(results: Sequence[Result], audits: Mapping[str, Audit], speech: Speech) -> Iterator[tuple[Cell, ...]]:
    """A row for each goal, in the order of `GOAL_COLUMNS`; the advice is in words."""
    for r in results:
        for goal in audits[r.file].goals if r.file in audits else ():
            m = r.mentions[goal.mention]
            met = (goal.concrete, *(quality in goal.qualities for quality in list(QUALITIES)[1:]))
            where = (r.file, r.organisation, m.page, " > ".join(m.section), m.text)
            yield *where, goal.form, *met, auditing.advice(goal, speech)


def _table(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], speech: Speech) -> None:
    def cell(column: str, value: Cell) -> Cell:
        if isinstance(value, bool):
            return speech.text(message("yes") if value else message("no"))
        if column in CODES and isinstance(value, str):
            return speech.text(CODES[column].get(value, value))
        return value

    header = [speech.text(HEADINGS[column]) for column in columns]
    worded = ([cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows)
    formats = {number: FORMATS[column] for number, column in enumerate(columns, start=1) if column in FORMATS}
    _sheet(book, title, header, worded, [WIDTHS.get(column, 14) for column in columns], formats=formats)


def _sheet(
    book: Workbook,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    *,
    formats: Mapping[int, str] | None = None,
) -> None:
    """Add a sheet: `widths` in characters, `formats` of numbers by column number (from 1)."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for x, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(x)].width = width
    sheet.freeze_panes = "C2" if len(header) > 4 else "A2"
    styles = _Styles(sheet, widths, formats or {})

    def cell(x: int, value: Cell, head: bool) -> Any:
        made = WriteOnlyCell(sheet, clean(value)[:CELL] if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # whatever openpyxl took it for: a formula, an error code
        made._style = styles.of(x, isinstance(value, str), head)  # type: ignore[attr-defined]
        return made

    count = 0
    for count, row in enumerate(chain([header], rows), start=1):
        sheet.append([cell(x, value, count == 1) for x, value in enumerate(row, start=1)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"


class _Styles:
    """How the cells of a sheet look, worked out once for each kind of cell: that is most of the work otherwise."""

    def __init__(self, sheet: WriteOnlyWorksheet, widths: Sequence[float], formats: Mapping[int, str]) -> None:
        self.sheet, self.widths, self.formats = sheet, widths, formats
        self.known: dict[tuple[int, bool, bool], Any] = {}

    def of(self, x: int, text: bool, head: bool) -> Any:
        """The style of a cell in column `x`, for text or numbers, in the header or below."""
        if (x, text, head) not in self.known:
            self.known[x, text, head] = self._made(x, text, head)
        return copy(self.known[x, text, head])

    def _made(self, x: int, text: bool, head: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = WriteOnlyCell(self.sheet)
        cell.quotePrefix = text  # Excel shall take no text for a formula, even after an edit
        if head:
            cell.font = Font(bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", start_color="14375E")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        else:
            cell.alignment = Alignment(wrap_text=self.widths[x - 1] >= 40 or None, vertical="top")
            if x in self.formats:
                cell.number_format = self.formats[x]
        return cell._style  # type: ignore[attr-defined]
