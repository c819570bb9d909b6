"""Lines in reading order to blocks: headings with levels, paragraphs, list items, furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise

from analyser.document import Block, BlockKind, Piece
from analyser.extract import hyphens
from analyser.extract.drafts import Draft
from analyser.extract.headings import mark_headings, with_numbers
from analyser.extract.lines import NUMBER, Line, is_marker, is_note
from analyser.extract.torn import mend
from analyser.extract.words import BULLETS, DASHES, Word, on_page

_SECTION = re.compile(r"\d+\.\d")
_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|·{3,}|_{3,})\s*\d+$")

_LONGEST_CELL = 60
"""Words."""

_CAPTION = re.compile(
    r"(?:kuva|kuvio|kaavio|taulukko|figure|table|fig\.|figur|bild|tabell)\s+\d+\s*[.:)–-]", re.IGNORECASE
)
_CREDIT = re.compile(r"(?:(?:valo)?kuvat?|lähde|foto|bild|källa|photos?|image|source)\s*: ", re.IGNORECASE)


def blocks_of(lines: Sequence[Line], body: float) -> tuple[Block, ...]:
    """The blocks of a document, in reading order, from its lines in reading order (`body`: its usual type size)."""
    leading = _leading(lines, body)
    drafts: list[Draft] = []
    for line in lines:
        if line.furniture:
            drafts.append(Draft([line], "furniture"))
            continue
        previous = next((d for d in reversed(drafts) if d.kind != "furniture"), None)
        marker = "" if previous and _ends_in_number(previous, line, leading, body) else _take_marker(line)
        if previous is not None and not marker and _continues(previous, line, leading, body):
            previous.lines.append(line)
        else:
            # "1.2 The municipality …" is a numbered paragraph, and "1. Services … 4" an entry of the contents.
            listed = marker and not _SECTION.match(marker) and not _is_contents(line)
            kind: BlockKind = "item" if listed else "paragraph"
            x = line.words[0].x0 if line.words else line.x0
            drafts.append(Draft([line], kind, marker=marker, text_x=x))
    drafts = with_numbers(drafts)
    mark_headings(drafts, body)
    _mark_captions(drafts, body)
    _mark_cells(drafts)
    drafts = _joined_over_breaks(drafts)
    _item_levels(drafts)
    known = hyphens.vocabulary(_whole_words(lines))
    mend(lines, known)
    return tuple(b for d in drafts if (b := _block(d, known)).text)


def _whole_words(lines: Sequence[Line]) -> list[str]:
    """The lines' texts without the halves of words that are broken at line ends."""
    texts = []
    broken = False
    for line in lines:
        words = [w.text for w in line.words]
        texts.append(" ".join(words[int(broken) : len(words) - int(bool(words) and words[-1][-1] in hyphens.HYPHENS)]))
        broken = bool(words) and words[-1][-1] in hyphens.HYPHENS
    return texts


Leading = dict[tuple[float, bool], float]


def _leading(lines: Sequence[Line], body: float) -> Leading:
    """The usual distance of baselines within a block, in parts of the type size, for each size and weight of type.

    It is the smallest step that comes often enough between lines of which the second goes on in lower case; where a
    style has none (capitals, headings), between lines that left no room for the next word. A style without either has
    the body's, and none is taken to be set much looser than the body.
    """
    sure: dict[tuple[float, bool], Counter[float]] = defaultdict(Counter)
    likely: dict[tuple[float, bool], Counter[float]] = defaultdict(Counter)
    for a, b in pairwise(lines):
        if a.page == b.page and a.region == b.region and abs(a.size - b.size) < 0.1 and a.bold == b.bold:
            step = (b.base - a.base) / a.size
            if 0.9 < step < 2.2:
                goes_on = b.words[0].text[0].islower()
                if goes_on or not _fits(a, b):
                    (sure if goes_on else likely)[_style(a)][round(step * 20) / 20] += 1
    usual = {style: _smallest_common(sure[style] or likely[style]) for style in {*sure, *likely}}
    body_style = (round(body * 2) / 2, False)
    ratio = usual.get(body_style, 1.3) if sure[body_style] else min(usual.get(body_style, 1.3), 1.5)
    leading = {style: min(step, (1.35 if sure[style] else 1.25) * ratio) for style, step in usual.items()}
    leading[body_style] = ratio
    leading[0.0, False] = ratio
    return leading


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _smallest_common(steps: Counter[float]) -> float:
    enough = 0.1 * sum(steps.values())
    near = {s: n + steps[round(s + 0.05, 2)] + steps[round(s - 0.05, 2)] for s, n in steps.items()}
    return min(s for s, n in near.items() if n >= min(enough, max(near.values())))


def _take_marker(line: Line) -> str:
    """Removes and returns the bullet or list number that the line begins with ("" if none, or if nothing follows)."""
    first = line.words[0]
    if len(line.words) > 1 and is_marker(first.text):
        if first.text in DASHES and line.words[1].x0 - first.x1 < 0.05 * first.size:
            return ""
        rest = [w.text for w in line.words[1:]]
        if all(is_marker(t) for t in rest) or (first.text in "»›" and any(first.text in t for t in rest)):
            return ""
        if NUMBER.match(first.text):
            line.marker = first.text
            return first.text
        line.words = line.words[1:]
        line.marker = first.text
        return first.text
    if len(first.text) > 1 and first.text[0] in BULLETS and first.text[0] not in DASHES:
        line.words = [first._replace(text=first.text[1:]), *line.words[1:]]
        line.marker = first.text[0]
        return first.text[0]
    return ""


def _ends_in_number(block: Draft, line: Line, leading: Leading, body: float) -> bool:
    """Whether the number that the line begins with ends a sentence of the block above it: "… at least / 24. The …"."""
    last, number = block.lines[-1], line.words[0].text
    begins = number.strip("(.)").casefold() in ("1", "a", "i")
    if not NUMBER.match(number) or begins or last.words[-1].text[-1] in ".:;!?":
        return False
    if block.marker and line.x0 < block.lines[0].x0 + 0.5 * line.size:
        return False
    return not _fits(last, line) and _continues(block, line, leading, body)


def _continues(block: Draft, line: Line, leading: Leading, body: float) -> bool:
    """Whether `line` is the next line of `block`, which stands right above it."""
    last = block.lines[-1]
    if last.cell != line.cell or last.page != line.page or (last.region != line.region and not _below(last, line)):
        return False
    if abs(last.size - line.size) > 0.08 * last.size:
        return False
    if last.bold != line.bold and last.size < 1.12 * body and not _runs_on(last, line):
        return False
    if line.words[0].angle != last.words[0].angle or _is_contents(last):
        return False
    if last.region != line.region and line.stands_out(body):
        return False  # a title over columns, and a heading in one of them
    if line.bold and last.bold and last.colour != line.colour:
        return False
    usual = leading.get(_style(last), leading[0.0, False])
    step = (line.base - last.base) / line.size
    if not 0.5 < step <= max(1.18 * usual, usual + 0.15):
        return False
    if step > min(1.2 * leading[0.0, False], 1.5) and _fits(last, line):
        return False
    if block.marker:
        mark_x = block.lines[0].x0
        if line.x0 < min(mark_x + 0.5 * line.size, block.text_x - 0.5 * line.size):
            return False
        return not _hard_break(last, line)
    if line.x0 > last.x0 + 0.8 * line.size and _left_aligned(block) and last.x1 < line.right + 1:
        # An indented first line of a new paragraph, unless the type is centred.
        centred = abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 2 * line.size
        if not centred and not (len(block.lines) == 1 and last.x1 > line.right - 2 * line.size):
            return False
    return not _hard_break(last, line)


def _runs_on(last: Line, line: Line) -> bool:
    """Whether bold words, or those after them, run over the line's end: all of one line is bold, but not of the other.

    It is full then, and the weight changes within a line.
    """
    return last.words[-1].style.bold == line.words[0].style.bold and not _fits(last, line)


def _below(last: Line, line: Line) -> bool:
    return line.base > last.base and last.x0 < line.x1 and line.x0 < last.x1


def _is_contents(line: Line) -> bool:
    """Whether the line is an entry of a table of contents: its end is a page number far from the rest, or leaders."""
    if not line.words[-1].text[-1].isdigit():
        return False
    apart = len(line.words) > 1 and line.words[-1].x0 - line.words[-2].x1 > 2.5 * line.size
    return (apart and line.words[-1].text.isdigit()) or bool(_LEADERS.search(line.text))


def _left_aligned(block: Draft) -> bool:
    return len(block.lines) < 2 or abs(block.lines[-1].x0 - block.lines[-2].x0) < 0.5 * block.lines[-1].size


def _hard_break(last: Line, line: Line) -> bool:
    """Whether `last` was ended on purpose: the next word had room in it, and begins like a new sentence."""
    if not _fits(last, line) or abs(line.x0 - last.x0) > 0.5 * line.size:
        return False
    room, first = last.right - last.x1, line.words[0]
    end, start = last.words[-1].text[-1], first.text[0]
    if start.isupper() and last.text.isupper() and not line.text.isupper():
        return True  # a heading in capitals
    return end in ".!?:;" or (start.isupper() and not last.bold and room > 0.25 * (last.right - last.left))


def _mark_captions(drafts: list[Draft], body: float) -> None:
    """Makes captions of the blocks that begin like one ("Kuva 3:", "Taulukko 1.", "Figur 2"), and of footnotes.

    A footnote is text beside the text as well: in small type, after a raised number. So is a picture's credit or a
    figure's source, in small type too ("Kuva: Matti Meikäläinen", "Lähde: Tilastokeskus").
    """
    for draft in drafts:
        if draft.kind not in ("paragraph", "heading"):
            continue
        first = draft.lines[0]
        text = first.text
        credit = first.size < 0.95 * body and _CREDIT.match(text)
        if _CAPTION.match(text) or is_note(first, body) or credit:
            draft.kind, draft.level = "caption", None


def _mark_cells(drafts: list[Draft]) -> None:
    """Makes table cells of the blocks in a ruled table, but for list items and long texts, which it only frames."""
    for draft in drafts:
        if draft.lines[0].cell and draft.kind in ("paragraph", "heading"):
            if draft.kind == "paragraph" and sum(len(line.words) for line in draft.lines) > _LONGEST_CELL:
                continue
            draft.kind, draft.level = "table_cell", None


def _fits(last: Line, line: Line) -> bool:
    """Whether the first word of `line` had room at the end of `last`."""
    first = line.words[0]
    return first.x1 - first.x0 + 1.8 * last.size < last.right - last.x1


def _joined_over_breaks(drafts: list[Draft]) -> list[Draft]:
    """Blocks with those that go on in the next column or page put together again."""
    joined: list[Draft] = []
    for draft in drafts:
        previous = next((d for d in reversed(joined) if d.kind not in ("furniture", "caption")), None)
        if previous is not None and draft.kind not in ("furniture", "caption") and _goes_on(previous, draft):
            previous.lines += draft.lines
        else:
            joined.append(draft)
    return joined


def _goes_on(block: Draft, following: Draft) -> bool:
    """Whether `following`, at the head of the next column or page, is the rest of `block`."""
    last, first = block.lines[-1], following.lines[0]
    if last.cell or first.cell or following.marker:
        return False
    if (last.page, last.region) == (first.page, first.region) or _below(last, first):
        return False
    if block.kind != following.kind and not (block.kind == "item" and following.kind == "paragraph"):
        return False
    if abs(last.size - first.size) > 0.05 * last.size or last.bold != first.bold:
        return False
    hanging = block.text_x - last.left > 0.5 * last.size
    if block.kind == "item" and hanging and first.x0 - first.left < 0.5 * first.size:
        return False
    end, start = last.words[-1].text, first.words[0].text
    if end[-1] in hyphens.HYPHENS and len(end) > 1:
        return True
    full = last.right - last.x1 < 0.25 * (last.right - last.left)
    return block.kind == "paragraph" and end[-1] not in ".!?:;" and start[0].islower() and full


def _item_levels(drafts: list[Draft]) -> None:
    """Depth of list items from how far their bullets are indented within a list."""
    stack: list[tuple[float, str]] = []
    for draft in drafts:
        if draft.kind == "furniture":
            continue
        if draft.kind != "item":
            stack = [] if draft.kind == "heading" else stack
            continue
        x = draft.lines[0].x0 - draft.lines[0].left
        while stack and stack[-1][0] > x + 2:
            stack.pop()
        if not stack or x > stack[-1][0] + 4:
            stack.append((x, draft.marker))
        draft.level = len(stack)


def _block(draft: Draft, known: Set[str]) -> Block:
    """The finished block: lines joined, each line's stretch of text with its page and box."""
    text, spans = hyphens.join_lines((line.text for line in draft.lines), known)
    pieces = [
        Piece(start, end, line.page, _box(line.words))
        for (start, end), line in zip(spans, draft.lines, strict=True)
    ]
    page = pieces[0].page
    boxes = [p.bbox for p in pieces if p.page == page and p.bbox]
    bbox = (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    ) if boxes else None  # fmt: skip
    first = draft.lines[0]
    return Block(draft.kind, text, page, bbox, draft.level, tuple(pieces), first.row, first.column)


def _box(words: Sequence[Word]) -> tuple[float, float, float, float]:
    _, lefts, tops, rights, bottoms, *_ = zip(*(map(on_page, words) if words[0].angle else words), strict=True)
    return round(min(lefts), 1), round(min(tops), 1), round(max(rights), 1), round(max(bottoms), 1)
