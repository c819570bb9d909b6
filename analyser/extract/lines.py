"""Words to lines: stretches of text on one baseline, before and after layout has decided which belong together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyser.extract.hyphens import CONJUNCTIONS, HYPHENS
from analyser.extract.words import BULLETS, DASHES, WORD_GAP, Word

_CHUNK_GAP = 0.7
"""Words of one run nearer than this part of the type size are one chunk whatever the layout."""

_MARKER_GAP = 3.0
"""A bullet or number stands at most this many type sizes before its text."""

NUMBER = re.compile(
    r"(?:\(?\d{1,2}[.)]|\(?[a-zåäö]\)|\(?(?:(?-i:[ivx]{1,5})|[IVX]{2,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)$", re.IGNORECASE
)
"""What numbers a list item or a heading; a single Roman capital with a stop is rather a name's initial."""

_NOTE = re.compile(r"\d{1,2}[^\W\d_]{3}")


@dataclass(slots=True, eq=False)
class Line:
    """Words on one baseline, left to right: a chunk of a line at first, a whole line of a column after layout.

    `region` numbers the column or box that layout put the line in, in reading order; `left` and `right` are that
    column's edges; `page` counts from 1; `order` is the place of its first word in the file's stream.
    """

    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    """Whether every word that has letters or digits is bold."""
    order: int = 0
    page: int = 0
    region: int = 0
    left: float = 0.0
    right: float = 0.0
    furniture: bool = False
    cell: int = 0
    """The table cell that the line is in, numbered from 1 over the document; 0 outside tables."""
    row: str = ""
    column: str = ""
    """The headings of the table cell's row and column."""
    cells: tuple[tuple[Line, ...], ...] = ()
    """For a whole table, which layout moves about as one line: the lines of its cells."""
    inside: tuple[Line, ...] = ()
    """For a box with all that stands in it, which layout moves about as one line too: the chunks in it."""
    depth: float = 0.0
    """How far a table or a box reaches below its (first) baseline."""
    marker: str = field(default="")
    """The bullet or number that the line begins with, when it stands apart from the words."""

    @property
    def foot(self) -> float:
        """The baseline; of a table or a box, its lower edge."""
        return self.base + self.depth

    def stands_out(self, usual: float) -> bool:
        """Whether it is set as headings are: bold, or in larger type than the `usual`."""
        return self.bold or self.size > 1.12 * usual

    @property
    def text(self) -> str:
        """The line's words joined by spaces."""
        return " ".join([w.text for w in self.words])

    @property
    def colour(self) -> tuple[int, int, int]:
        """The colour of the last word (the first may be a coloured bullet)."""
        return self.words[-1].style.colour


def line_of(words: list[Word], order: int = 0, page: int = 0) -> Line:
    """A line of `words` (left to right); its size and baseline are those that most of its characters have."""
    first = words[0]
    size, base, style = first.size, first.base, first.style
    x1 = max([w.x1 for w in words])
    if all(w.size == size and w.base == base and w.style is style for w in words):
        return Line(words, first.x0, x1, base, size, style.bold, order, page)
    if any(w.size != size or w.base != base for w in words):
        weight: Counter[tuple[float, float]] = Counter()
        for w in words:
            weight[w.size, w.base] += len(w.text) if w.text not in BULLETS else 0
        size, base = weight.most_common(1)[0][0]
    bold = words[-1].style.bold and all(w.style.bold for w in words if w.text not in BULLETS)
    return Line(words, first.x0, x1, base, size, bold, order, page)


def touching(words: Sequence[Word]) -> list[Word]:
    """The words with those that the file draws apart but without a space between them made one."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and last.run != word.run and last.text not in BULLETS and _touch(last, word):
            joined[-1] = last._replace(text=last.text + word.text, x1=word.x1)
        else:
            joined.append(word)
    return joined


def _touch(left: Word, right: Word) -> bool:
    gap = (right.x0 - left.x1) / right.size
    if right.text in HYPHENS:
        return -0.2 < gap < 0.3
    if min(left.size, right.size) < 0.85 * max(left.size, right.size):
        return False  # a footnote's number, or a heading that reaches into the next column
    suspended = left.text[-1] in HYPHENS and right.text.casefold() in CONJUNCTIONS
    return -0.2 < gap < WORD_GAP and not suspended


def chunks_of(words: Sequence[Word]) -> list[Line]:
    """Stretches of words that certainly belong together: one run in the file, ordinary gaps. In stream order."""
    chunks: list[Line] = []
    start = 0
    for i in range(1, len(words) + 1):
        if i < len(words):
            a, b = words[i - 1], words[i]
            gap = (b.x0 - a.x1) / max(a.size, b.size)
            if a.run == b.run and (gap < _CHUNK_GAP or (gap < 2 * _CHUNK_GAP and _spaced(a) and _spaced(b))):
                continue
        if i > start:
            chunks.append(line_of(list(words[start:i]), start))
        start = i
    return _with_markers(chunks)


def _spaced(word: Word) -> bool:
    """Whether the word's letters stand so far apart that the gaps between its line's words are wide as well."""
    return len(word.text) > 1 and word.x1 - word.x0 > 0.85 * word.size * len(word.text)


def is_note(line: Line, body: float) -> bool:
    """Whether the line begins a footnote: in small type, after a raised number (which may touch the first word)."""
    mark = line.words[0]
    raised = mark.text.isdigit() and len(mark.text) < 3 and mark.size < 0.8 * line.size
    return line.size < 0.95 * body and (raised or bool(_NOTE.match(mark.text)))


def is_marker(text: str) -> bool:
    """Whether `text` alone is a list bullet or a list number."""
    return (len(text) == 1 and text in BULLETS) or bool(NUMBER.match(text))


def _with_markers(chunks: list[Line]) -> list[Line]:
    """Chunks with each lone bullet or number put before the text that it belongs to, wherever the file draws it."""
    lone = [c for c in chunks if len(c.words) == 1 and is_marker(c.words[0].text)]
    if not lone:
        return chunks
    by_base = sorted(chunks, key=lambda c: c.base)
    bases = [c.base for c in by_base]
    reach = 0.5 * max(c.size for c in chunks)
    gone: set[int] = set()
    for mark in lone:
        level = by_base[bisect_left(bases, mark.base - reach) : bisect_right(bases, mark.base + reach)]
        nearest = min(
            (c for c in level
             if c is not mark and id(c) not in gone and c.x0 > mark.x0
             and abs(c.base - mark.base) < 0.5 * max(c.size, mark.size)
             and (mark.words[0].text not in DASHES or abs(c.size - mark.size) < 0.2 * c.size)),
            key=lambda c: (c.x0, c.order), default=None,
        )  # fmt: skip
        if nearest is not None and nearest.x0 - mark.x1 < _MARKER_GAP * nearest.size and nearest not in lone:
            nearest.words.insert(0, mark.words[0])
            nearest.x0 = mark.x0
            gone.add(id(mark))
    return [c for c in chunks if id(c) not in gone]


def body_size(lines: Iterable[Line]) -> float:
    """The type size (points, to a half) in which most characters are set."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size * 2) / 2] += sum([len(w.text) for w in line.words])
    return weight.most_common(1)[0][0] if weight else 10.0
