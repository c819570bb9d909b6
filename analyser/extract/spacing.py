"""Capitals that another program's extraction set apart ("V A L I N N A T", "PALV E LE VA") put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from analyser.extract.hyphens import CONJUNCTIONS

_RUN = re.compile(r"(?<!\S)[^\W\d_]{1,4}(?:\s+(?:[^\W\d_]{1,4}|-)){4,}(?!\S)")
_NUMERALS = re.compile(r"[IVX\s]+$")


def joined(line: str, known: Set[str] = frozenset()) -> str:
    """`line` with the words of letter-spaced capitals whole.

    Wider gaps part words. Where there is one gap for all, the words of the text (`known`, case-folded) tell the parts
    if they can, and else all of it is one word.
    """
    return _RUN.sub(lambda match: _mended(match.group(), known), line)


def _mended(text: str, known: Set[str]) -> str:
    bits = text.split()
    loose = text.isupper() or all(len(bit) == 1 for bit in bits if bit != "-")
    singles = sum(len(bit) == 1 for bit in bits)
    if not loose or 3 * singles < len(bits) or sum(map(len, bits)) > 2 * len(bits):
        return text
    counted = all(len(bit) == 1 for bit in bits) and all(ord(b) - ord(a) in (0, 1) for a, b in pairwise(bits))
    if counted or _NUMERALS.match(text):
        return text
    parts = re.split(r"\s{2,}", text)
    return " ".join(in_words(part.split(), known) for part in parts)


def _is_word(word: str, known: Set[str]) -> bool:
    return word in CONJUNCTIONS or (len(word) > 2 and word in known)


def in_words(bits: Sequence[str], known: Set[str]) -> str:
    """The bits as the fewest known words, cut only between bits; as one word if there is no such cut."""
    best: list[tuple[int, int] | None] = [(0, 0), *[None] * len(bits)]  # number of words so far, where the last begins
    for end in range(1, len(bits) + 1):
        options = [
            (best[start][0] + 1, start)  # type: ignore[index]
            for start in range(end)
            if best[start] is not None and _is_word("".join(bits[start:end]).casefold().rstrip("-"), known)
        ]
        best[end] = min(options, default=None)
    words: list[str] = []
    end = len(bits)
    if best[end] is None:
        return "".join(bits)
    while end:
        start = best[end][1]  # type: ignore[index]
        words.insert(0, "".join(bits[start:end]))
        end = start
    return " ".join(words)
