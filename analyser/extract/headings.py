"""Which blocks are headings, and their levels: by type size, weight, colour, capitals and what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

from analyser.extract.drafts import Draft
from analyser.extract.words import BULLETS

_LONGEST_HEADING = 220
"""Characters; more set in a heading's type is a lead paragraph."""

_LONGEST_LABEL = 40
"""Characters of the label over a statement."""

_LONGEST_TINTED = 100
"""Characters of a heading that only its colour or its capitals tell from the text."""

_RARE = 0.2
"""A colour, or capitals, in which more than this part of the text is set tell no heading."""

_QUOTES = "\"”“„»«’"

_NUMBER = re.compile(r"(\d{1,2})[.)]?$")
_COUNTED = re.compile(r"\b\d{1,2}\b")


def with_numbers(drafts: list[Draft]) -> list[Draft]:
    """The blocks, with numbers that stand over or left of their texts, in a row and counting up, put before these.

    Where the number and its text are all there is in a card, the cards are a numbered list, whatever its type.
    """
    text = [d for d in drafts if d.kind != "furniture"]
    numbered: list[tuple[Draft, Draft, bool]] = []
    for number, name, after in zip(text, text[1:], [*text[2:], None], strict=False):
        if _stands_over(number, name) or _stands_beside(number, name):
            goes_on = after is not None and _below(name, after) and not _NUMBER.match(after.text)
            numbered.append((number, name, goes_on))
    gone: set[int] = set()
    for _, group in groupby(numbered, key=lambda n: n[0].lines[0].page):
        series = list(group)
        counts = [int(match.group(1)) for n, _, _ in series if (match := _NUMBER.match(n.text))]
        bases = sorted(n.lines[0].base for n, _, _ in series)
        side_by_side = any(b - a < 1 for a, b in pairwise(bases))
        beside = len(series) > 2 and all(_stands_beside(number, name) for number, name, _ in series)
        if not (side_by_side or beside) or counts != list(range(counts[0], counts[0] + len(counts))):
            continue
        for number, name, _ in series:
            name.lines[0].words = [*number.lines[0].words, *name.lines[0].words]
            gone.add(id(number))
            if not any(goes_on for _, _, goes_on in series):
                name.kind, name.marker, name.settled = "item", number.text, True
    return [d for d in drafts if id(d) not in gone]


def _stands_over(number: Draft, name: Draft) -> bool:
    """Whether `number` is but a number, right above `name` and aligned with it."""
    a, b = number.lines[0], name.lines[0]
    if not _is_number(number) or name.marker or not any(c.isalpha() for c in b.text) or a.cell:
        return False
    return _below(number, name) and b.base - a.base < 3 * max(a.size, b.size)


def _stands_beside(number: Draft, name: Draft) -> bool:
    """Whether `number` is but a number, in larger or bolder type, left of the first lines of `name`."""
    a, b = number.lines[0], name.lines[0]
    if not _is_number(number) or name.marker or a.cell or not any(c.isalpha() for c in b.text):
        return False
    level = a.page == b.page and abs(a.base - b.base) < 2 * max(a.size, b.size)
    return level and (a.bold or a.size > 1.2 * b.size) and 0 < b.x0 - a.x1 < 4 * max(a.size, b.size)


def _is_number(draft: Draft) -> bool:
    return len(draft.lines) == len(draft.lines[0].words) == 1 and bool(_NUMBER.match(draft.text))


def _below(upper: Draft, lower: Draft) -> bool:
    """Whether `lower` is under `upper` in the same card: left edges or middles in line."""
    a, b = upper.lines[-1], lower.lines[0]
    aligned = abs(upper.lines[0].x0 - b.x0) < b.size or abs(a.x0 + a.x1 - b.x0 - b.x1) < b.size
    return a.page == b.page and b.base > a.base and aligned


def mark_headings(drafts: list[Draft], body: float) -> None:
    """Sets kind and level of the blocks set like headings; levels are ranks of type size, weight and capitals."""
    text = [d for d in drafts if d.kind != "furniture"]
    usual = _Usual.of(text, body)
    headings = [d for d, below in zip_longest(text, text[1:]) if d and _is_heading(d, below, usual)]
    ranks = sorted({_rank(d) for d in headings}, reverse=True)
    levels: dict[tuple[float, bool], int] = {}
    level = 0
    last: tuple[float, bool] | None = None
    for rank in ranks:
        if last is None or last[0] - rank[0] > 0.07 * last[0] or last[1] != rank[1]:
            level += 1
            last = rank
        levels[rank] = level
    for d in headings:
        d.kind, d.level = "heading", min(levels[_rank(d)], 6)
        if d.marker and d.marker not in BULLETS:
            d.marker = ""
    pages = [list(group) for _, group in groupby(text, key=lambda d: d.lines[0].page)]
    for page in pages[1:]:
        label = _label_of_statement(page, body)
        if label:
            own = [min(levels[rank], 6) for rank in ranks if rank <= _rank(page[1])]
            label.kind, label.level = "heading", min(own, default=1)
            page[1].kind, page[1].level = "paragraph", None


def _label_of_statement(page: list[Draft], body: float) -> Draft | None:
    """The label over a statement in large type (a vision on a page of its own), which heads it, small as it is."""
    if not 2 <= len(page) <= 5 or any(d.kind == "heading" for d in page[2:]):
        return None
    label, statement = page[:2]
    if statement.lines[0].size < 1.12 * body or statement.kind not in ("heading", "paragraph"):
        return None
    if len(label.lines) > 1 or label.lines[0].size > 0.8 * statement.lines[0].size or label.marker:
        return None
    title = label.text
    if len(title) > _LONGEST_LABEL or title[-1] in ".,;" or _COUNTED.search(title) or not title[0].isupper():
        return None
    said = statement.text
    return label if len(said.split()) > 4 or said[-1] == "." or "," in said else None


def _rank(draft: Draft) -> tuple[float, bool]:
    return round(draft.lines[0].size * 2) / 2, draft.lines[0].bold


@dataclass(frozen=True, slots=True)
class _Usual:
    """How a document's text is set: its usual type size, whether it is bold, its usual colours, or all in capitals."""

    body: float
    bold: bool
    colours: frozenset[tuple[int, int, int]]
    capitals: bool

    @classmethod
    def of(cls, drafts: Sequence[Draft], body: float) -> _Usual:
        weights, colours, capitals = Counter[bool](), Counter[tuple[int, int, int]](), Counter[bool]()
        for draft in drafts:
            for line in draft.lines:
                text = line.text
                weights[draft.lines[0].bold] += len(text)
                colours[line.colour] += len(text)
                capitals[text.isupper()] += len(text)
        enough = _RARE * weights.total()
        return cls(
            body,
            weights[True] > 2 * weights[False],
            frozenset(colour for colour, length in colours.items() if length > enough),
            capitals[True] > enough,
        )


def _is_heading(draft: Draft, below: Draft | None, usual: _Usual) -> bool:
    """Whether the block is set like a heading: larger than the body, or bold over text (`below`) that is not.

    A short line may also be told by its colour or its capitals, over text that has neither.
    """
    first, body = draft.lines[0], usual.body
    if draft.settled:
        return False
    length = sum([len(w.text) + 1 for line in draft.lines for w in line.words])
    if length > _LONGEST_HEADING or not any(c.isalnum() for w in first.words for c in w.text):
        return False
    if draft.marker and draft.marker in BULLETS:
        return False
    larger = first.size > 1.12 * body
    leads = (
        below is not None
        and below.lines[0].page == first.page
        and not below.lines[0].bold
        and first.size > 0.95 * below.lines[0].size
    )
    bold = first.bold and draft.lines[-1].bold and not usual.bold and (leads or first.size > 0.85 * body)
    words = sum(len(line.words) for line in draft.lines)
    if words > 3 and first.words[0].text[0] in _QUOTES and draft.lines[-1].words[-1].text.rstrip(".!?")[-1:] in _QUOTES:
        return False  # what somebody said, set large between the columns
    if larger and (not first.bold or words > 3) and draft.lines[-1].words[-1].text.endswith("."):
        return False  # a sentence in large type: a vision, a quotation
    if draft.marker and not larger and bold:
        return length < 120
    if larger or bold:
        return True
    plain = draft.kind == "paragraph" and length < _LONGEST_TINTED
    return plain and below is not None and _is_tinted(draft, below, usual)


def _is_tinted(draft: Draft, below: Draft, usual: _Usual) -> bool:
    """Whether the short block has a colour of its own, or is in capitals, and stands over text that is and has not."""
    first, next_line = draft.lines[0], below.lines[0]
    text = draft.text
    if first.size < 0.95 * next_line.size or text[-1] in ".,;:" or not _below(draft, below):
        return False
    if first.cell or sum(c.isalpha() for c in text) < 4 or not (text[0].isupper() or text[0].isdigit()):
        return False
    if next_line.base - draft.lines[-1].base > 3.5 * first.size:
        return False
    colours = {word.style.colour for line in draft.lines for word in line.words}
    tinted = len(colours) == 1 and not colours & usual.colours and next_line.colour not in colours
    capitals = text.isupper() and not usual.capitals and not next_line.text.isupper()
    return tinted or capitals
