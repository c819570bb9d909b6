"""A text file (UTF-8 or UTF-16, form feed between pages) to pages and blocks.

Such files come out of other programs' PDF extraction: lines broken where the page broke them, blank lines around
blocks, bullets torn from their texts, page numbers and running headers in between, no type sizes. What is left to go
by is how long lines are, how they begin and end, and what stands alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median

from analyser.document import Block, BlockKind, Document, InputError, Page, Piece
from analyser.extract import hyphens
from analyser.extract.cells import Cell, headed
from analyser.extract.contents import set_aside
from analyser.extract.decoding import as_typed, decoded
from analyser.extract.rows import BULLET, LONE_GLYPH, NUMBER_ONLY, Row, is_bullet, mark_furniture, rows_of
from analyser.extract.words import NAMELESS

_NARROW = 46
"""Lines of a group no longer than this many characters are a list or a narrow column, where a capital begins anew."""

_FEWEST_TITLES, _TITLED = 4, 0.6
"""Pages that begin with a title, and their share of all, from which on the text is a deck of slides."""

_FEWEST_CHAPTERS, _THROUGHOUT = 3, 0.5
"""Numbered chapters, and the share of the text that they span, from which on their numbers tell its order."""

_FULL = 0.6
"""Share of a narrow column's width from which on a line in it is full."""

_NEVER = 10_000

_HEADING_WORDS = 14
_HEADING_CHARACTERS = 120

_NUMBERED = re.compile(r"^\s*(\(?\d{1,2}[.)]|\(?[a-zåäö]\))\s+(?=\S)", re.IGNORECASE)
_SECTION = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÅÄÖ])")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d*$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SENTENCE_END = re.compile(r"[a-zåäö]{2}[.!?] [A-ZÅÄÖ]")
_OPEN_END = re.compile(r"(?:[,–(]|\b(?:ja|tai|sekä|eli|että|kuin|och|samt|eller|and|or|of|the))$", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    rows: list[Row]
    kind: BlockKind = "paragraph"
    level: int | None = None
    numbered: bool = False
    opens: bool = False
    """Whether it is the first on its page."""

    @property
    def text(self) -> str:
        return " ".join(r.text for r in self.rows)

    @property
    def short(self) -> bool:
        """Whether it could be a heading or a list item by its length and its end."""
        text = self.text
        return (
            len(text) <= _HEADING_CHARACTERS
            and len(text.split()) <= _HEADING_WORDS
            and text[-1] not in ".,;"
            and any(c.isalpha() for c in text)
            and not _LEADERS.search(text)
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: what tells whether it goes on with the block above it."""

    width: int
    """At how many characters its group's lines were wrapped."""

    torn: bool
    """Whether furniture stands between it and the last row: it is on the next page."""

    flowing: bool
    """Whether sentences begin within the lines of the document's narrow columns."""

    following: Row | None


def read_text(path: Path, data: bytes, document: Document) -> Document:
    """`document` with the pages and blocks of the text `data` (boxes are None); raises InputError.

    Text that is neither UTF-8 nor UTF-16 is read as Windows-1252, with a warning.
    """
    warnings = document.warnings
    text, known = decoded(data)
    if not known:
        warnings = (*warnings, f"{path.name} is not UTF-8 and was read as Windows-1252: save it as UTF-8 to be sure.")
    lost = len(NAMELESS.findall(text)) - len(LONE_GLYPH.findall(text))
    if lost:
        found = f"{path.name}: {lost} letters are missing, written as (cid:…): give the PDF that the text comes from."
        warnings = (*warnings, found)
    if len(_CONTROL.findall(text)) > len(text) / 200:
        raise InputError(f"{path.name} is not a text file: give a PDF or a text file in UTF-8.")
    blocks = blocks_of(text)
    if not blocks:
        raise InputError(f"{path.name} is empty: there is no text to analyse.")
    pages = tuple(Page(n, 0, 0) for n in range(1, text.count("\f") + 2))
    return replace(document, pages=pages, blocks=blocks, warnings=warnings)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text whose lines are broken as on its pages."""
    rows = rows_of(as_typed(text))
    mark_furniture(rows)
    drafts = _drafts(rows)
    _mark_headings(drafts)
    known = hyphens.vocabulary(r.text for r in rows)
    blocks: list[Block] = []
    tables: defaultdict[tuple[int, int], list[Cell[int]]] = defaultdict(list)
    for draft in drafts:
        first = draft.rows[0]
        joined, spans = hyphens.join_lines((r.text for r in draft.rows), known)
        pieces = tuple(Piece(a, b, r.page, None) for (a, b), r in zip(spans, draft.rows, strict=True))
        if first.cell:
            table, row, column = first.cell
            cell = Cell(len(blocks), joined, range(row, row + 1), range(column, column + 1))
            tables[first.page, table].append(cell)
        blocks.append(Block(draft.kind, joined, first.page, None, draft.level, pieces))
    for cells in tables.values():
        for cell, of_row, of_column in headed(cells):
            blocks[cell.content] = replace(blocks[cell.content], row=of_row, column=of_column)
    return set_aside(blocks)


def _drafts(rows: Sequence[Row]) -> list[_Draft]:
    """Rows joined into blocks; bullets that stand alone are given to the texts that follow them."""
    drafts: list[_Draft] = []
    widths = _widths(rows)
    flowing = _flows(rows, widths)
    counted = 0
    """The last item's number."""
    owed = 0
    """Bullets seen without their texts."""
    current: _Draft | None = None
    torn = False
    for row, following in zip_longest(rows, rows[1:]):
        if row.furniture:
            drafts.append(_Draft([row], "furniture"))
            torn = True
            continue
        place = _Place(widths[row.group], torn, flowing, following)
        torn = False
        if is_bullet(row.text):
            owed += 1
            current = None
            continue
        bullet = BULLET.match(row.text)
        if bullet and not (row.text[0] in "-–−" and bullet.end() == 1) and not row.text[bullet.end()].isspace():
            current = _Draft([replace(row, text=row.text[bullet.end() :])], "item", 1)
            drafts.append(current)
            owed = 0
            continue
        numbered = _NUMBERED.match(row.text)
        if numbered and current is not None and _ends_in_number(current, row, place.width, counted):
            current.rows.append(row)
            continue
        if current is not None and not numbered and _goes_on(current, row, place):
            current.rows.append(row)
            continue
        if row.cell:
            current = _Draft([row], "table_cell")
            drafts.append(current)
            owed = 0
            continue
        if owed and len(row.text) > 2:
            current = _Draft([row], "item", 1)
            owed -= 1
        elif numbered:
            current = _Draft([row], "item", 1, numbered=True)
            counted = _number(row.text)
        else:
            current = _Draft([row])
        drafts.append(current)
    return drafts


def _widths(rows: Sequence[Row]) -> dict[int, int]:
    """The line length, in characters, at which each group's lines were wrapped.

    Lines that go on in lower case were wrapped for certain. Four lines or more without one of them are a list (its
    lines are never full); a smaller group has the document's usual length, or its own longest line's.
    """
    wrapped: dict[int, int] = {}
    for a, b in pairwise(rows):
        if a.group == b.group and b.text[0].islower() and not a.furniture:
            wrapped[a.group] = max(wrapped.get(a.group, 0), len(a.text))
    usual = max(int(median(wrapped.values())) if wrapped else 80, _NARROW + 1)
    groups: dict[int, list[int]] = {}
    for r in rows:
        groups.setdefault(r.group, []).append(len(r.text))
    return {
        g: wrapped[g] if g in wrapped else _NEVER if len(lengths) > 3 else max(usual, *lengths)
        for g, lengths in groups.items()
    }


def _flows(rows: Sequence[Row], widths: Mapping[int, int]) -> bool:
    """Whether the sentences of narrow groups begin within lines at least as often as on lines of their own."""
    narrow = [(a, b) for a, b in pairwise(rows) if a.group == b.group and widths[a.group] <= _NARROW]
    within = sum(bool(_SENTENCE_END.search(a.text)) for a, _ in narrow)
    return 0 < within >= sum(a.text[-1] in ".!?" and b.text[0].isupper() for a, b in narrow)


def _number(text: str) -> int:
    digits = re.match(r"\D?(\d+)", text)
    return int(digits.group(1)) if digits else 0


def _ends_in_number(draft: _Draft, row: Row, width: int, counted: int) -> bool:
    """Whether the number at the beginning of `row` is the last word of the sentence above it, not an item's number."""
    last = draft.rows[-1]
    number = _number(row.text)
    goes_on = row.group == last.group and last.text[-1].isalpha() and not draft.numbered
    full = width - len(last.text) < 6 + len(str(number))
    return goes_on and full and number > 1 and number != counted + 1 and bool(re.match(r"\d+\. [A-ZÅÄÖ]", row.text))


def _heads(draft: _Draft, row: Row, place: _Place) -> bool:
    """Whether `row`, under a line that is full by chance, is a heading: short, without an end, over a new beginning."""
    below = place.following
    if below is None or below.group != row.group or below.furniture or row.text[-1] in ".!?,;:-–" or row.cell:
        return False
    room = place.width - len(row.text) - 1 - len(below.text.split(" ", 1)[0])
    ended = draft.rows[-1].text[-1] in ".!?"
    begins = below.text[0].isupper() or (ended and bool(BULLET.match(below.text) or _NUMBERED.match(below.text)))
    return row.text[0].isupper() and room >= 3 and begins and (ended or draft.kind == "item")


def _goes_on(draft: _Draft, row: Row, place: _Place) -> bool:
    """Whether `row` is the next line of the block."""
    last = draft.rows[-1]
    if row.cell or last.cell:
        return row.cell == last.cell
    if _LEADERS.search(last.text):
        return False
    first, end = row.text[0], last.text[-1]
    broken_word = end in hyphens.HYPHENS and len(last.text) > 1 and last.text[-2].isalpha() and first.isalpha()
    if row.group != last.group:
        # A blank line within a sentence: a page or column break, or an extraction's whim.
        near = place.torn or row.group <= last.group + 2
        full = len(last.text) > _NARROW and end not in ".!?:;"
        return near and first.islower() and (broken_word or full)
    if broken_word or first.islower() or first in "),.;":
        return not (end in ".!?" and _is_caps(last.text))
    if _is_caps(last.text) != _is_caps(row.text):
        return False
    if _OPEN_END.search(last.text):
        return True
    if _is_caps(row.text):
        return len(last.text.split()) > 1 and len(draft.text) + len(row.text) < 80 and draft.kind != "item"
    room = place.width - len(last.text) - 1 - len(row.text.split(" ", 1)[0])
    if room >= 3 or _heads(draft, row, place):
        return False
    if place.width > _NARROW:
        return True
    sentence = end in ".!?" and first.isupper()
    return place.flowing and sentence and len(draft.rows) > 1 and len(last.text) > _FULL * place.width


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _mark_headings(drafts: Sequence[_Draft]) -> None:
    """Sets kind and level of the blocks that read and stand like headings, and makes items of lists without bullets."""
    body = [d for d in drafts if d.kind != "furniture"]
    caps = any(_is_caps(d.text) and d.short for d in body)
    for before, draft in pairwise(drafts):
        draft.opens = draft.kind != "furniture" and (
            (before.kind == "furniture" and bool(NUMBER_ONLY.match(before.text)))
            or before.rows[-1].page != draft.rows[0].page
        )
    for i, draft in enumerate(body):
        if _LEADERS.search(draft.text):
            draft.kind, draft.level = "paragraph", None
        following = body[i + 1] if i + 1 < len(body) else None
        previous = body[i - 1] if i else None
        if not draft.short or draft.kind == "table_cell":
            continue
        section = _SECTION.match(draft.text)
        if draft.kind == "item":
            if draft.numbered and section and _is_caps(draft.text):
                draft.kind, draft.level = "heading", _depth(section.group(1))
            if draft.numbered and section and _leads(draft, following) and not (previous and previous.numbered):
                draft.kind, draft.level = "heading", _depth(section.group(1))
            continue
        if section and "." in section.group(1) and following is not None:
            draft.kind, draft.level = "heading", _depth(section.group(1))
        elif _is_caps(draft.text):
            draft.kind, draft.level = "heading", 1
        elif following is not None and (_leads(draft, following) or _titles(draft, following)):
            draft.kind, draft.level = "heading", 2 if caps else 1
    _raise_titles(body)
    _lower_under_numbers(body)
    _make_lists(body)


def _raise_titles(body: Sequence[_Draft]) -> None:
    """Puts the titles of slides above all other headings: what stands in capitals on a slide is a part of it."""
    opening = [d for d in body if d.opens]
    titles = [d for d in opening if d.kind == "heading" and not _is_caps(d.text) and not _SECTION.match(d.text)]
    if len(titles) < _FEWEST_TITLES or len(titles) < _TITLED * len(opening):
        return
    for draft in body:
        if draft.kind == "heading" and draft.level is not None and not _SECTION.match(draft.text):
            draft.level = 1 if draft.opens else draft.level + 1


def _lower_under_numbers(body: Sequence[_Draft]) -> None:
    """Puts headings without a number under the numbered chapters that they stand in, where numbers run all through."""
    numbered = {
        i: section.group(1) for i, d in enumerate(body)
        if d.kind == "heading" and not d.numbered and (section := _SECTION.match(d.text))
    }  # fmt: skip
    chapters = [int(number) for number in numbered.values() if "." not in number]
    through = max(numbered, default=0) - min(numbered, default=0) >= _THROUGHOUT * len(body)
    if len(chapters) < _FEWEST_CHAPTERS or chapters != sorted(set(chapters)) or not through:
        return
    depth = 0
    for i, draft in enumerate(body):
        if i in numbered:
            depth = draft.level = _depth(numbered[i])
        elif draft.kind == "heading" and draft.level is not None and depth:
            draft.level = min(depth + draft.level, 6)


def _depth(number: str) -> int:
    return min(number.count(".") + 1, 6)


def _leads(draft: _Draft, following: _Draft | None) -> bool:
    """Whether the short block has text under it: a paragraph, a list, or lines of its own group."""
    if following is None:
        return False
    text = draft.text
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "”\"'#"):
        return False
    if following.kind == "table_cell":
        return True
    if following.kind == "item":
        return not following.numbered or not draft.numbered
    return not following.short or (following.rows[0].group == draft.rows[0].group and text[-1] != ":")


def _titles(draft: _Draft, following: _Draft) -> bool:
    """Whether the short block stands alone at the head of a page that goes on: a slide's title."""
    return (
        draft.opens
        and not following.opens
        and draft.text[0].isupper()
        and draft.rows[0].group != following.rows[0].group
        and len(draft.rows) <= 2
    )


def _make_lists(body: Sequence[_Draft]) -> None:
    """Makes items of three or more short blocks in a row (a list or a diagram), the first kept if it heads them."""
    run: list[_Draft] = []
    for draft in [*body, _Draft([Row("end.", 0, 0)])]:
        plain = draft.short and draft.kind in ("paragraph", "heading") and not _is_caps(draft.text)
        if plain and not _SECTION.match(draft.text) and not (draft.opens and run):
            run.append(draft)
            continue
        if len(run) >= 3:
            for k, d in enumerate(run):
                last = k == len(run) - 1
                if (k == 0 and d.kind == "heading") or (last and d.kind == "heading" and draft.rows[0].page):
                    continue
                d.kind, d.level = "item", 1
        run = [draft] if plain and draft.opens else []
