"""results.xlsx: a workbook that an analyst can sort, filter and count in at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

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
    from xlsxwriter.workbook import Workbook

    from analyser.audit import Audit

CELL = 32_767  # characters that Excel allows in a cell
MADE = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest time that a ZIP file can hold: the same results, the same bytes
TEXT = 40  # characters of a column's width from which on its text is broken into lines
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
    from xlsxwriter import Workbook

    saved = BytesIO()
    with TemporaryDirectory() as rows:
        book = Workbook(saved, {"constant_memory": True, "tmpdir": rows})
        try:
            _fill(book, results, scores=scores, audits=audits, cohort=cohort, speech=speech)
            book.close()
        finally:
            for sheet in book.worksheets():  # open still where the disk was full
                with suppress(OSError):
                    sheet.row_data_fh.close()
    return saved.getvalue()


def _fill(
    book: Workbook,
    results: Sequence[Result],
    *,
    scores: Mapping[str, Score],
    audits: Mapping[str, Audit],
    cohort: Mapping[str, Any],
    speech: Speech,
) -> None:
    book.set_properties({"created": MADE})
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
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#14375E", "text_wrap": True,
                            "valign": "vcenter"})  # fmt: skip
    # With its prefix Excel takes a text for a formula neither now nor after an edit.
    text, lines = (
        book.add_format({"valign": "top", "quote_prefix": True, "text_wrap": wrap}) for wrap in (False, True)
    )
    numbers = [book.add_format({"valign": "top", "num_format": (formats or {}).get(x, "General")})
               for x in range(1, len(widths) + 1)]  # fmt: skip
    last = 0
    for last, row in enumerate([header, *rows]):
        for x, value in enumerate(row):
            if last == 0:
                sheet.write_string(0, x, str(value), head)
            elif isinstance(value, bool):
                sheet.write_boolean(last, x, value, numbers[x])
            elif isinstance(value, int | float) and math.isfinite(value):
                sheet.write_number(last, x, value, numbers[x])
            elif value is not None:
                sheet.write_string(last, x, clean(str(value))[:CELL], lines if widths[x] >= TEXT else text)
    for x, width in enumerate(widths):
        sheet.set_column(x, x, width)
    sheet.freeze_panes(1, 2 if len(header) > 4 else 0)
    sheet.autofilter(0, 0, last, len(header) - 1)
