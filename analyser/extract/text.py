"""A text file (UTF-8, form feed between pages) to pages and blocks.

Such files come out of other programs' PDF extraction: lines broken where the page broke them, blank lines around
blocks, bullets torn from their texts, page numbers and running headers in between, no type sizes. What is left to go
by is how long lines are, how they begin and end, and what stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from analyser.document import Block, BlockKind, Document, InputError, Page, Piece
from analyser.extract import hyphens, spacing
from analyser.extract.contents import set_aside
from analyser.extract.words import BULLETS

_NARROW = 46
"""Lines of a group no longer than this many characters are a list or a narrow column, where a capital begins anew."""

_FEWEST_TITLES, _TITLED = 4, 0.6
"""Pages that begin with a title, and their share of all, from which on the text is a deck of slides."""

_FEWEST_CHAPTERS, _THROUGHOUT = 3, 0.5
"""Numbered chapters, and the share of the text that they span, from which on their numbers tell its order."""

_NEVER = 10_000

_HEADING_WORDS = 14
_HEADING_CHARACTERS = 120

_BULLET = re.compile(rf"^\s*([{re.escape(BULLETS.replace('o', '').replace('§', ''))}♦−‒]|[−–-]{{2}}>?|»»|o(?=\s))\s*")
_NUMBERED = re.compile(r"^\s*(\(?\d{1,2}[.)]|\(?[a-zåäö]\))\s+(?=\S)", re.IGNORECASE)
_SECTION = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÅÄÖ])")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d*$")
_NUMBER_ONLY = re.compile(r"^\s*[-–|]?\s*(\d{1,3})\s*(?:[-–|]|/\s*\d{1,3})?\s*$")
_MARK_ONLY = re.compile(r"^\s*(?:\d{1,2}[.)])\s*$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DIGITS = re.compile(r"\d+")
_NO_LETTER = re.compile(r"\(cid:\d+\)")
"""What other programs write for a glyph whose font does not say which letter it is."""

_LONE_GLYPH = re.compile(r"(?<!\S)\(cid:\d+\)(?!\S)")
"""Such a glyph by itself is a bullet."""

_OPEN_END = re.compile(r"(?:[,–(]|\b(?:ja|tai|sekä|eli|että|kuin|och|samt|eller|and|or|of|the))$", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    """A line that is not blank: its text, page, and the number of the group (between blank lines) that it is in."""

    text: str
    page: int
    group: int
    furniture: bool = False


@dataclass(slots=True)
class _Draft:
    rows: list[_Row]
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


def read_text(path: Path, data: bytes, document: Document) -> Document:
    """`document` with the pages and blocks of the text `data` (boxes are None); raises InputError.

    Text that is not UTF-8 is read as Windows-1252, with a warning.
    """
    warnings = document.warnings
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        warnings = (*warnings, f"{path.name} is not UTF-8 and was read as Windows-1252: save it as UTF-8 to be sure.")
    lost = len(_NO_LETTER.findall(text)) - len(_LONE_GLYPH.findall(text))
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
    rows = _rows(text)
    _mark_furniture(rows)
    drafts = _drafts(rows)
    _mark_headings(drafts)
    known = hyphens.vocabulary(r.text for r in rows)
    blocks = []
    for draft in drafts:
        joined, spans = hyphens.join_lines((r.text for r in draft.rows), known)
        pieces = tuple(Piece(a, b, r.page, None) for (a, b), r in zip(spans, draft.rows, strict=True))
        blocks.append(Block(draft.kind, joined, draft.rows[0].page, None, draft.level, pieces))
    return set_aside(blocks)


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    known = hyphens.vocabulary(text.splitlines())
    group = 0
    for number, page in enumerate(unicodedata.normalize("NFC", text).split("\f"), 1):
        group += 1
        for line in page.splitlines():
            plain = line.replace("\xad", "-" if line.rstrip().endswith("\xad") else "")
            plain = _NO_LETTER.sub("", _LONE_GLYPH.sub("•", plain))
            plain = " ".join(spacing.joined(plain, known).split())
            plain = plain.translate(_GLYPHS)
            if plain:
                rows.append(_Row(plain, number, group))
            else:
                group += 1
    return rows


_GLYPHS = dict.fromkeys(range(0xF020, 0xF100), "•") | {0xFFFD: None, 0x200B: None, 0xFEFF: None}


def _mark_furniture(rows: Sequence[_Row]) -> None:
    """Marks page numbers (lone numbers that count up) and the lines that recur beside them or at page breaks.

    What recurs on less than half of the pages, at their heads, is the heading of a chapter: its first place is kept.
    """
    lone = ((i, _NUMBER_ONLY.match(r.text)) for i, r in enumerate(rows) if _alone(rows, i))
    numbers = [(i, int(m.group(1))) for i, m in lone if m]
    counting = _counting(numbers)
    for i in counting:
        rows[i].furniture = True
    edges = {i + d for i in counting for d in (-2, -1, 1, 2)}
    edges |= {i + d for i, (a, b) in enumerate(pairwise(rows)) if a.page != b.page for d in (-1, 0, 1, 2)}
    same = Counter(_DIGITS.sub("#", r.text.casefold()) for r in rows)
    at_edge = Counter(_DIGITS.sub("#", rows[i].text.casefold()) for i in edges if 0 <= i < len(rows))
    pages = max(len({r.page for r in rows}), len(counting))
    title = ""
    for i, row in enumerate(rows):
        key = _DIGITS.sub("#", row.text.casefold())
        if same[key] < 3 or at_edge[key] < 0.6 * same[key] or len(row.text) >= 90 or _is_bullet(row.text):
            continue
        if row.text.endswith(":"):
            continue  # it announces what follows on each of its pages
        opens = i > 0 and (rows[i - 1].page != row.page or rows[i - 1].furniture)
        if opens and same[key] < pages / 2 and title != row.text and not _NUMBER_ONLY.match(row.text):
            title = row.text  # a chapter's name that its other pages repeat: where it is first, it heads the chapter
            continue
        row.furniture = True


def _alone(rows: Sequence[_Row], i: int) -> bool:
    before = i == 0 or rows[i - 1].group != rows[i].group
    after = i + 1 == len(rows) or rows[i + 1].group != rows[i].group
    return before or after


def _counting(numbers: Sequence[tuple[int, int]]) -> set[int]:
    """Indices of the numbers in the longest series that counts up in steps of one to three (none if under three)."""
    best: list[tuple[int, int]] = []  # length of the series that ends here, predecessor
    for k, (_, n) in enumerate(numbers):
        options = [(best[j][0] + 1, j) for j in range(max(0, k - 12), k) if 1 <= n - numbers[j][1] <= 3]
        best.append(max(options, default=(1, -1)))
    if not best:
        return set()
    k = max(range(len(best)), key=lambda j: best[j][0])
    if best[k][0] < 3:
        return set()
    series = set()
    while k >= 0:
        series.add(numbers[k][0])
        k = best[k][1]
    return series


def _is_bullet(text: str) -> bool:
    return bool(_BULLET.fullmatch(text) or _MARK_ONLY.match(text))


def _drafts(rows: Sequence[_Row]) -> list[_Draft]:
    """Rows joined into blocks; bullets that stand alone are given to the texts that follow them."""
    drafts: list[_Draft] = []
    widths = _widths(rows)
    owed = 0
    """Bullets seen without their texts."""
    current: _Draft | None = None
    for row in rows:
        if row.furniture:
            drafts.append(_Draft([row], "furniture"))
            continue
        if _is_bullet(row.text):
            owed += 1
            current = None
            continue
        bullet = _BULLET.match(row.text)
        if bullet and not (row.text[0] in "-–−" and bullet.end() == 1) and not row.text[bullet.end()].isspace():
            current = _Draft([replace(row, text=row.text[bullet.end() :])], "item", 1)
            drafts.append(current)
            owed = 0
            continue
        numbered = _NUMBERED.match(row.text)
        if current is not None and not numbered and _goes_on(current, row, widths[row.group]):
            current.rows.append(row)
            continue
        if owed and len(row.text) > 2:
            current = _Draft([row], "item", 1)
            owed -= 1
        elif numbered:
            current = _Draft([row], "item", 1, numbered=True)
        else:
            current = _Draft([row])
        drafts.append(current)
    return drafts


def _widths(rows: Sequence[_Row]) -> dict[int, int]:
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


def _goes_on(draft: _Draft, row: _Row, width: int) -> bool:
    """Whether `row` is the next line of the block."""
    last = draft.rows[-1]
    if _LEADERS.search(last.text):
        return False
    first, end = row.text[0], last.text[-1]
    broken_word = end in hyphens.HYPHENS and len(last.text) > 1 and last.text[-2].isalpha() and first.isalpha()
    if row.group != last.group:
        # A blank line within a sentence: a page or column break, or an extraction's whim.
        full = len(last.text) > _NARROW
        return row.group <= last.group + 2 and first.islower() and (broken_word or (full and end not in ".!?:;"))
    if broken_word or first.islower() or first in "),.;":
        return not (end in ".!?" and _is_caps(last.text))
    if _is_caps(last.text) != _is_caps(row.text):
        return False
    if _OPEN_END.search(last.text):
        return True
    if _is_caps(row.text):
        return len(last.text.split()) > 1 and len(draft.text) + len(row.text) < 80 and draft.kind != "item"
    room = width - len(last.text) - 1 - len(row.text.split(" ", 1)[0])
    if width <= _NARROW:
        return False
    return room < 3


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _mark_headings(drafts: Sequence[_Draft]) -> None:
    """Sets kind and level of the blocks that read and stand like headings, and makes items of lists without bullets."""
    body = [d for d in drafts if d.kind != "furniture"]
    caps = any(_is_caps(d.text) and d.short for d in body)
    for before, draft in pairwise(drafts):
        draft.opens = draft.kind != "furniture" and (
            (before.kind == "furniture" and bool(_NUMBER_ONLY.match(before.text)))
            or before.rows[-1].page != draft.rows[0].page
        )
    for i, draft in enumerate(body):
        if _LEADERS.search(draft.text):
            draft.kind, draft.level = "paragraph", None
        following = body[i + 1] if i + 1 < len(body) else None
        previous = body[i - 1] if i else None
        if not draft.short:
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
    for draft in [*body, _Draft([_Row("end.", 0, 0)])]:
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
