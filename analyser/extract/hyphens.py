"""Undoing hyphenation at line ends, for Finnish, Swedish and English, without harming hyphens that belong.

What a hyphen at a line's end is, is decided in this order: the document's own words (the joined or the hyphenated
form elsewhere in it, or other words that begin so: "pk-yritys" tells of "pk-/sektori"), the suspended hyphen before a
conjunction ("sosiaali- ja"), and the orthography of compounds (digits, capitals, single letters, abbreviations without
a vowel and two like vowels keep theirs: Kielitoimiston ohjepankki, "Yhdysmerkki").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

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


_VOWELS = "aeiouyåäö"

_BARE = re.compile(r"(?<![\w-])([A-ZÅÄÖ]{2,5})(?=[a-zåäö]{4})")
"""An acronym that goes on in lower case, as no word is written: a program took its hyphen for one of the line's end."""

_LONE_WORD = re.compile(r"(?<![\w-])\w{5,}(?![\w-])")

_ALIKE = 3
"""Letters of the second part by which two compounds with the same first part are taken for forms of one word."""


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words (case-folded, inner hyphens kept) of `lines` that stand whole in their line, hyphenated ones too.

    `pk-` is among them if a word begins so whose hyphen its letters do not explain, or if it is an acronym; words in
    capitals tell neither.
    """
    words: set[str] = set()
    for line in lines:
        for word in _WORD.findall(line):
            words.add(word.casefold())
            if "-" in word and not word.isupper():
                stem, rest = word.split("-", 1)
                if (stem.isupper() and rest[0].islower()) or not _written_apart(stem, rest):
                    words.add(f"{stem.casefold()}-")
    return frozenset(words)


def with_hyphens(known: Set[str]) -> dict[str, int]:
    """The words of the `vocabulary` that have one hyphen, without it, and where in them it was."""
    places = {}
    for word in known:
        stem, hyphen, rest = word.partition("-")
        if hyphen and rest and "-" not in rest:
            places[stem + rest] = len(stem)
    return places


def restored(line: str, places: Mapping[str, int]) -> str:
    """`line` with the hyphens that another program left out where it joined lines ("ICTpalvelut", "tasaarvo").

    Two parts are written apart if an acronym goes on in lower case, or if orthography asks for it and the text has the
    word with its hyphen elsewhere (`places`, of `with_hyphens`).
    """

    def apart(match: re.Match[str]) -> str:
        word = match.group()
        k = places.get(word.casefold(), 0)
        return f"{word[:k]}-{word[k:]}" if k and _written_apart(word[:k], word[k:]) else word

    return _LONE_WORD.sub(apart, _BARE.sub(r"\1-", line))


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
    if before[-1] == "\xad" and before[-2:-1].isalpha() and after[0].isalpha():
        return before[:-1] + after  # it says of itself that it only divides a word
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
    joined, hyphenated = (stem + rest).casefold(), f"{stem}-{rest}".casefold()
    if joined in known:
        return False
    if hyphenated in known:
        return True
    if f"{stem.casefold()}-" in known and not any(w.startswith(joined[: len(stem) + _ALIKE]) for w in known):
        return True
    return _written_apart(stem, rest)


def _written_apart(stem: str, rest: str) -> bool:
    """Whether orthography asks for a hyphen between the two parts of a compound."""
    last = stem.rsplit("-", 1)[-1]
    if last[-1].isdigit() or rest[0].isdigit():
        return True
    if rest[0].isupper():
        return not (len(last) > 1 and last.isupper() and rest[:2].isupper())
    if len(last) == 1 and stem == last:
        return True
    if (last.isupper() and len(last) > 1) or not set(last.casefold()) & set(_VOWELS):
        return True
    return last[-1].casefold() == rest[0].casefold() and rest[0].casefold() in _VOWELS
