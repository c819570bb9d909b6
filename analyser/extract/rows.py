"""The lines of a text file that have text, and which of them are page numbers and running headers or footers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyser.extract import hyphens, spacing
from analyser.extract.columns import in_reading_order
from analyser.extract.words import BULLETS, NAMELESS

BULLET = re.compile(rf"^\s*([{re.escape(BULLETS.replace('o', '').replace('§', ''))}♦−‒]|[−–-]{{2}}>?|»»|o(?=\s))\s*")
NUMBER_ONLY = re.compile(r"^\s*[-–|]?\s*(\d{1,3})\s*(?:[-–|]|/\s*\d{1,3})?\s*$")
LONE_GLYPH = re.compile(rf"(?<!\S){NAMELESS.pattern}(?!\S)")
"""A glyph without a letter by itself is a bullet."""

_MARK_ONLY = re.compile(r"^\s*(?:\d{1,2}[.)])\s*$")
_DIGITS = re.compile(r"\d+")
_GLYPHS = dict.fromkeys(range(0xF020, 0xF100), "•") | {0xFFFD: None, 0x200B: None, 0xFEFF: None}

_LONGEST = 90
"""Characters of a running header or footer (fewer than this)."""

_FEWEST = 3
"""How often a running header or footer comes."""

_LETTER_BULLET = re.compile(r"([b-hj-np-wyzØÞÜ§ðþüàè¨®]) [^\W\d_]{2}")
"""A letter that is no word of its own in Finnish, Swedish or English, before a word."""

_ROUND = "•▪●■➢✓"
"""Bullets that stand for nothing else within a line that begins with one."""

_ADDRESS = re.compile(r"(?:www\.|https?:|\S+@)\S+$")
_DATED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")
"""The date of the decision or of the version, on every page."""

_PAGE_BREAK = 1000
"""Counts as so many blank lines."""

_ODD_LINES, _GOING_ON = 0.02, 0.1
"""Share of lines without a blank line before them, and of those with one that go on in lower case, from which on blank
lines stand between any two lines and part nothing (less of the first, more of the second)."""

_FEWEST_PAGES = 4
"""Lines with the page's number that count up, where no form feeds tell pages; "Tavoitteet 2025, 1/3" is a heading."""

_LONG_GROUP = 12
"""Lines between blank lines, on an average, from which on the blank lines are page breaks."""

_SET_APART = re.compile(r"[|/·•]|\d\s+\d|\bsiv|\bsid|\bpage|\d\.\d", re.IGNORECASE)
"""What a running line with the page's number has besides it, and a numbered heading has not."""


@dataclass(slots=True)
class Row:
    """A line that is not blank: its text, page, and the number of the group (between blank lines) that it is in."""

    text: str
    page: int
    group: int
    furniture: bool = False
    cell: tuple[int, int, int] | None = None
    """Of a table's cell: the numbers of the table on its page, of the row and of the column."""


def rows_of(text: str) -> list[Row]:
    """The lines of `text` in reading order, letters set apart put together, each kind of bullet as its character."""
    rows: list[Row] = []
    known = hyphens.vocabulary(text.splitlines())
    places = hyphens.with_hyphens(known)
    blanks: list[int] = []
    """Of each row: the blank lines before it."""
    blank = 0
    for number, page in enumerate(text.split("\f"), 1):
        blank += _PAGE_BREAK
        for strip in in_reading_order(page):
            plain = NAMELESS.sub("", LONE_GLYPH.sub("•", strip.text))
            plain = " ".join(spacing.joined(plain, known).split())
            plain = hyphens.restored(plain.translate(_GLYPHS), places)
            for part in _items_beside(plain) if plain else ():
                rows.append(Row(part, number, 0, cell=strip.cell))
                blanks.append(blank)
                blank = 0
            blank += not plain
    _mark_letter_bullets(rows)
    line_break = _between_lines(rows, blanks)
    group = 0
    for row, blank in zip(rows, blanks, strict=True):
        group += blank // _PAGE_BREAK + max(0, blank % _PAGE_BREAK - line_break)
        row.group = group
    return rows


def _items_beside(line: str) -> Sequence[str]:
    """The items of two lists that stand side by side, which a program wrote on one line."""
    if line[0] not in _ROUND or line.count(line[0]) != 2:
        return (line,)
    return re.split(rf"(?<=\S) (?={re.escape(line[0])} ?\w)", line)


def _mark_letter_bullets(rows: Sequence[Row]) -> None:
    """Puts bullets for the letters that programs write for a symbol font's marks ("h Kattavat palvelut")."""
    firsts = Counter(m.group(1) for r in rows if (m := _LETTER_BULLET.match(r.text)))
    bullets = {letter for letter, count in firsts.items() if count >= _FEWEST}
    for row in rows:
        if row.text[0] in bullets and row.text[1:2] in ("", " "):
            row.text = "•" + row.text[1:]


def _between_lines(rows: Sequence[Row], blanks: Sequence[int]) -> int:
    """How many blank lines there are between any two lines of a paragraph: some programs write one after every line."""
    within = [b for b in blanks[1:] if b < _PAGE_BREAK]
    if within.count(0) > _ODD_LINES * len(within):
        return 0
    usual = min((b for b in within if b), default=0)
    alike = [r for r, b in zip(rows[1:], blanks[1:], strict=True) if b == usual]
    going_on = sum(r.text[0].islower() for r in alike)
    return usual if going_on > _GOING_ON * len(alike) else 0


def is_bullet(text: str) -> bool:
    """Whether the line is a bullet or a number without the text that it belongs to."""
    return bool(BULLET.fullmatch(text) or _MARK_ONLY.match(text))


def mark_furniture(rows: Sequence[Row]) -> None:
    """Marks page numbers (lone numbers that count up) and the lines that recur beside them or at page breaks.

    What recurs on less than half of the pages, at their heads, is the heading of a chapter: its first place is kept.
    """
    keys = [_DIGITS.sub("#", r.text.casefold()) for r in rows]
    lone = ((i, NUMBER_ONLY.match(r.text)) for i, r in enumerate(rows) if _alone(rows, i))
    counting = _counting([(i, int(m.group(1))) for i, m in lone if m])
    if rows and rows[-1].page == 1:  # no form feeds tell where pages end
        counting |= set(_numbered_lines(rows, keys))
    for i in counting | _of_two_pages(rows):
        rows[i].furniture = True
    same = Counter(keys)
    edges = {i + d for i in counting for d in (-2, -1, 1, 2)}
    edges |= {i + d for i in _breaks(rows) for d in (-1, 0, 1, 2)}
    at_edge = Counter(keys[i] for i in edges if 0 <= i < len(rows))
    pages = max(len({r.page for r in rows}), len(counting))
    exact = Counter(r.text for r in rows)
    title = ""
    for i, (row, key) in enumerate(zip(rows, keys, strict=True)):
        if exact[row.text] >= max(_FEWEST, pages / 2) and pages > 1 and _DATED.search(row.text):
            row.furniture = row.furniture or len(row.text) < _LONGEST  # wherever among the columns of its page it came
            continue
        if same[key] < _FEWEST or at_edge[key] < 0.6 * same[key] or len(row.text) >= _LONGEST or is_bullet(row.text):
            continue
        if row.text.endswith(":"):
            continue  # it announces what follows on each of its pages
        if i and _follows(rows[i - 1], row):
            continue
        opens = i > 0 and (rows[i - 1].page != row.page or rows[i - 1].furniture)
        if opens and same[key] < pages / 2 and title != row.text and not NUMBER_ONLY.match(row.text):
            title = row.text  # a chapter's name that its other pages repeat: where it is first, it heads the chapter
            continue
        row.furniture = True


def _of_two_pages(rows: Sequence[Row]) -> set[int]:
    """Indices of the page numbers and running lines of a text of two pages; the first line of all is its title."""
    if not rows or rows[0].page == rows[-1].page or len({r.page for r in rows}) > 2:
        return set()
    second = next(i for i, r in enumerate(rows) if r.page != rows[0].page)
    found: set[int] = set()
    for ours, theirs in (((0, 1), (second, second + 1)), ((second - 1, second - 2), (len(rows) - 1, len(rows) - 2))):
        for a, b in zip(ours, theirs, strict=True):
            if not (0 <= a < second <= b < len(rows)):
                break
            numbers = [NUMBER_ONLY.match(rows[i].text) for i in (a, b)]
            counts = all(numbers) and int(numbers[1][1]) == int(numbers[0][1]) + 1  # type: ignore[index]
            same = rows[a].text == rows[b].text and len(rows[a].text) < _LONGEST and rows[a].text[-1] != ":"
            if not counts and (not same or is_bullet(rows[a].text)):
                break
            found |= {b} if a == 0 and not counts else {a, b}
    return found


def _follows(above: Row, row: Row) -> bool:
    """Whether the line goes on with the sentence above it."""
    lower = row.text[0].islower() and not _ADDRESS.match(row.text)
    return lower and row.group == above.group and len(above.text) > len(row.text) and not above.furniture


def _breaks(rows: Sequence[Row]) -> list[int]:
    """The indices of pages' last rows: before a form feed, or before a blank line where no others are left."""
    by_page = [i for i, (a, b) in enumerate(pairwise(rows)) if a.page != b.page]
    if by_page:
        return by_page
    by_group = [i for i, (a, b) in enumerate(pairwise(rows)) if a.group != b.group]
    return by_group if len(rows) > _LONG_GROUP * (len(by_group) + 1) else []


def _alone(rows: Sequence[Row], i: int) -> bool:
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


def _numbered_lines(rows: Sequence[Row], keys: Sequence[str]) -> Iterator[int]:
    """Indices of running lines that hold the page's number ("Strategia 2030 | 4"): one number counts."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        if "#" in key and len(key) > 3 and len(rows[i].text) < _LONGEST and _SET_APART.search(rows[i].text):
            alike[key].append(i)
    for places in alike.values():
        if len(places) < _FEWEST_PAGES:
            continue
        numbers = [[int(n) for n in _DIGITS.findall(rows[i].text)] for i in places]
        steps = [[b - a for a, b in pairwise(column)] for column in zip(*numbers, strict=True)]
        counted = [column for column in steps if all(s > 0 for s in column) and median(column) <= 2]
        if len(counted) == 1 and all(column in counted or not any(column) for column in steps):
            yield from places
