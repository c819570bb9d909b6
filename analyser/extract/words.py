"""Characters to words: gaps against the type size, tracking (letter-spacing), ligatures, doubled text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analyser.extract.chars import Array, Chars, Style, turn_back

DASHES = "–—-*o§»›"
"""Marks that begin list items, but have other uses as well."""
BULLETS = "•‣◦⁃∙●○◯■□▪▫◆◇◾◽▶►▸▷➢➤➔→⇒✓✔✗❖✦★☆·⦁⚫❑❒➜➡⮚→\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e\uf0a8\uf02d" + DASHES
"""Marks that begin list items."""

WORD_GAP = 0.18
"""A gap wider than this part of the type size, over the line's tracking, parts two words (a space is about 0.25)."""

LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
_DROPPED = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}
_ODD = re.compile("[\xad\u0300-\u036f\u200b-\u200d\u2060\ue000-\uf8ff\ufb00-\ufb06\ufeff\ufffd]|\\(cid:")
NAMELESS = re.compile(r"\(cid:\d+\)")
"""What other programs write for a glyph without a letter, and some PDFs made from their texts repeat."""


class Word(NamedTuple):
    """A word: its text, its box on the page, its baseline, type size in points, style, and angle in degrees.

    For rotated text the box and the baseline are in the frame of `Chars` until layout has put its lines together.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    style: Style
    angle: int = 0
    run: int = 0
    """Words that follow one another on one baseline in the file share a run."""


def words_of(chars: Chars) -> list[Word]:
    """The words of a page in stream order, doubled (shadow) words once."""
    if not chars.text:
        return []
    step = chars.x[1:] - chars.end[:-1]
    size = np.maximum(chars.size[1:], 0.1)
    turned = chars.angle[1:] != chars.angle[:-1]
    back = (step < -0.9 * size) & (np.abs(np.diff(chars.x)) > 0.01)  # a ligature's letters share one box
    new_line = turned | back | (np.abs(np.diff(chars.y)) > 0.35 * np.maximum(size, chars.size[:-1]))
    # Text in another type far off on the same baseline is another piece of text, though the file draws it next.
    restyled = np.abs(np.diff(chars.size)) > 0.2 * size
    new_line |= (restyled | (np.diff(chars.style) != 0)) & (step > 1.2 * size)
    run = np.concatenate([[0], np.cumsum(new_line)])
    relative = step / size
    broken = new_line | chars.gap[1:] | restyled | (relative - _tracking(relative, new_line, chars.gap[1:]) > WORD_GAP)
    starts = np.flatnonzero(np.concatenate([[True], broken]))
    stops = np.append(starts[1:], len(chars.text))
    odd = bool(_ODD.search(chars.text))
    texts = [chars.text[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    if odd:
        texts = [_plain(text) if _ODD.search(text) else text for text in texts]
    em, base = chars.size[starts], chars.y[starts]
    columns = (
        np.minimum.reduceat(chars.x, starts), base - 0.8 * em, np.maximum.reduceat(chars.end, starts), base + 0.2 * em,
        base, em,
    )  # fmt: skip
    style = [chars.styles[k] for k in chars.style[starts].tolist()]
    rows = zip(
        texts, *(c.tolist() for c in columns), style, chars.angle[starts].tolist(), run[starts].tolist(), strict=True
    )
    found = [Word._make(row) for row in rows if row[0]]
    if (restyled & ~new_line & ~chars.gap[1:] & (relative < WORD_GAP)).any():
        found = _with_small_capitals(found)
    return _join_spaced(_once(found))


def _with_small_capitals(words: list[Word]) -> list[Word]:
    """The words with a capital that touches smaller capitals after it (imitated small capitals) made one with these."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if (
            last is not None and len(last.text) == 1 and last.text.isupper() and word.text.isupper()
            and last.run == word.run and abs(last.base - word.base) < 0.1 * word.size
            and word.size < last.size < 1.7 * word.size and word.x0 - last.x1 < WORD_GAP * word.size
        ):  # fmt: skip
            joined[-1] = word._replace(text=last.text + word.text, x0=last.x0)
        else:
            joined.append(word)
    return joined


def _tracking(relative: Array, new_line: Array, space: Array) -> Array:
    """The letter-spacing, in parts of the type size, that applies at each gap: its line's median gap, if it is wide."""
    edges = np.concatenate([[0], np.flatnonzero(new_line) + 1, [len(relative) + 1]])
    tracking = np.zeros(len(relative))
    wide = (relative > 0.06) & ~new_line & ~space
    if not wide.any():
        return tracking
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        inside = slice(start, stop - 1)
        if stop - start < 5 or not wide[inside].any():
            continue
        gaps = relative[inside][~space[inside]]
        if len(gaps) >= 4 and wide[inside].sum() * 2 > len(gaps):
            usual = float(np.median(gaps))
            # Equal gaps all along are letters set apart; unequal ones are short words.
            tracking[inside] = usual if np.mean(np.abs(gaps - usual) < 0.08) > 0.6 else 0.0
    return tracking


def _plain(text: str) -> str:
    """The word's letters as anyone would type them; a lone private-use glyph (a symbol font's bullet) becomes •."""
    trailing = "-" if text.endswith("\xad") else ""
    text = text.translate(LIGATURES).translate(_DROPPED) + trailing
    text = NAMELESS.sub("", text)
    if len(text) == 1 and ("\ue000" <= text <= "\uf8ff"):
        return "•"
    text = "".join(c for c in text if not "\ue000" <= c <= "\uf8ff" and c != "\ufffd")
    return unicodedata.normalize("NFC", text)


def _once(words: list[Word]) -> list[Word]:
    """Words without those painted a second time almost in the same place (shadows, imitated bold)."""
    often = {text for text, count in Counter([w.text for w in words]).items() if count > 1}
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    """By text and row (of half a type size): where words begin on their baselines."""
    kept = []
    for word in words:
        text = word.text
        if text in often:
            near, row = 0.3 * word.size, int(2 * word.base / word.size)
            places = [at for r in (row - 1, row, row + 1) if (text, r) in seen for at in seen[text, r]]
            if any(abs(x - word.x0) + abs(y - word.base) < near for x, y in places):
                continue
            seen.setdefault((text, row), []).append((word.x0, word.base))
        kept.append(word)
    return kept


def _join_spaced(words: list[Word]) -> list[Word]:
    """Words with letters that were typed apart ("T A V O I T E") put together again."""
    if sum([len(w.text) == 1 and w.text.isalpha() for w in words]) < 5:
        return words
    length = Counter(w.run for w in words)
    joined: list[Word] = []
    i = 0
    while i < len(words):
        j = i
        while j < len(words) and words[j].run == words[i].run and len(words[j].text) == 1 and words[j].text.isalpha():
            j += 1
        letters = words[i:j]
        if len(letters) >= max(5, 0.8 * length[words[i].run]):
            gaps = [b.x0 - a.x1 for a, b in pairwise(letters)]
            limit = 1.6 * sorted(gaps)[len(gaps) // 3] + 0.05 * letters[0].size
            cuts = [0, *(k + 1 for k, gap in enumerate(gaps) if gap > limit), len(letters)]
            joined += [_merged(letters[a:b]) for a, b in pairwise(cuts)]
        else:
            joined += letters or [words[i]]
        i = max(j, i + 1)
    return joined


def _merged(words: list[Word]) -> Word:
    return words[0]._replace(text="".join(w.text for w in words), x1=words[-1].x1)


def on_page(word: Word) -> Word:
    """The word with its box where it stands on the page (only rotated words change)."""
    if not word.angle:
        return word
    x0, top, x1, bottom = turn_back((word.x0, word.top, word.x1, word.bottom), word.angle)
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom)
