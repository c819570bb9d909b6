"""Undoing hyphenation at line ends, for Finnish, Swedish and English, without harming hyphens that belong.

What a hyphen at a line's end is, is decided in this order: the document's own words (the joined or the hyphenated
form elsewhere in it), the suspended hyphen before a conjunction ("sosiaali- ja"), and the orthography of compounds
(digits, capitals, single letters and two like vowels keep theirs: Kielitoimiston ohjepankki, "Yhdysmerkki").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

HYPHENS = "-\xad\u2010\u2011"
_DASHES = HYPHENS + "–"
CONJUNCTIONS = frozenset(
    {"ja", "tai", "sekä", "eli", "että", "kuin", "vai", "taikka", "mutta", "joko", "ja/tai", "plus"}
    | {"och", "eller", "samt", "och/eller", "and", "or", "&", "/", "+"}
)
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_TAIL = re.compile(rf"([^\W_]+(?:[-\u2010\u2011][^\W_]+)*)[{HYPHENS}]$")
_OPEN_HYPHEN = re.compile(
    rf"(?:,|\b(?:{'|'.join(sorted(c for c in CONJUNCTIONS if c.isalpha()))}))\s[{HYPHENS}]$", re.IGNORECASE
)
"""The hyphen of a word whose first part is left out ("digilaite tai -taito"), torn from it by the line's end."""

_LONGEST_END = 20
"""Characters of a conjunction and the open hyphen after it."""

_HEAD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words (case-folded, inner hyphens kept) of `lines` that stand whole in their line, hyphenated ones too."""
    words: set[str] = set()
    for line in lines:
        words.update(m.casefold() for m in _WORD.findall(line))
    return frozenset(words)


def join(before: str, after: str, known: Set[str] = frozenset()) -> str:
    """`before` and `after`, the ends of two lines of one text, as they read in one line.

    `known` is the document's `vocabulary`.
    """
    if not before or not after:
        return before + after
    if before[-1] not in _DASHES:
        return f"{before} {after}"
    if before[-1] == "–":
        joins = len(before) > 1 and before[-2].isdigit() and after[0].isdigit()
        return before + after if joins else f"{before} {after}"
    if before[-2:-1].isspace() and after[0].isalpha() and _OPEN_HYPHEN.search(before[-_LONGEST_END:]):
        return before + after
    tail, head = _TAIL.search(before.rsplit(None, 1)[-1]), _HEAD.match(after)
    if tail is None or head is None:
        return f"{before} {after}"
    stem, rest = tail.group(1), head.group(0)
    first = after.split(None, 1)[0].strip("(),.;:").casefold()
    if first in CONJUNCTIONS and (stem + rest).casefold() not in known:
        return f"{before} {after}"
    return before + after if _keeps_hyphen(stem, rest, known) else before[:-1] + after


def join_lines(lines: Iterable[str], known: Set[str] = frozenset()) -> tuple[str, list[tuple[int, int]]]:
    """The lines of a block as one text, and where in it each line begins and ends."""
    text = ""
    spans: list[tuple[int, int]] = []
    for line in lines:
        joined = join(text, line, known)
        start = len(joined) - len(line)
        if spans and spans[-1][1] > start:
            spans[-1] = (spans[-1][0], start)
        text = joined
        spans.append((start, len(text)))
    return text, spans


def _keeps_hyphen(stem: str, rest: str, known: Set[str]) -> bool:
    """Whether stem-rest is written with its hyphen: rest is the first word of the next line."""
    last = stem.rsplit("-", 1)[-1]
    joined, hyphenated = (stem + rest).casefold(), f"{stem}-{rest}".casefold()
    if joined in known:
        return False
    if hyphenated in known:
        return True
    if last[-1].isdigit() or rest[0].isdigit():
        return True
    if rest[0].isupper():
        return not (len(last) > 1 and last.isupper() and rest[:2].isupper())
    if len(last) == 1 and stem == last:
        return True
    if last.isupper() and len(last) > 1:
        return True
    return last[-1].casefold() == rest[0].casefold() and rest[0].casefold() in "aeiouyåäö"
