"""Words that the file tears: a space beside a letter that leans into its neighbour ("PYHÄ JOKI", "T avoite").

Programs that set letters one by one leave a gap beside a J, a T or a V, and others take it for a space. The document's
own words tell: the whole is one of them, and what the space parts from it never stands in it otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from analyser.extract.hyphens import CONJUNCTIONS
from analyser.extract.lines import Line
from analyser.extract.words import Word

_LEANING = frozenset("FPTVWY")
"""Capitals under whose arms or stems the next letter moves."""

_MARKS = ".,:;!?()”\""


def mend(lines: Sequence[Line], known: Set[str]) -> None:
    """Makes the torn words of the lines whole (`known`: the document's words, as `hyphens.vocabulary` has them)."""
    torn = [(line, k) for line in lines for k in _torn(line.words, known)]
    if not torn:
        return
    times = Counter(_plain(word) for line in lines for word in line.words)
    pairs = Counter(_pair(line, k) for line, k in torn)
    for line, k in reversed(torn):
        left, right = _pair(line, k)
        if min(times[left], times[right]) > pairs[left, right]:
            continue
        a, b = line.words[k : k + 2]
        line.words[k : k + 2] = [a._replace(text=a.text + b.text, x1=b.x1)]


def _torn(words: list[Word], known: Set[str]) -> list[int]:
    """The places of words that may be torn from the one after them; none where all letters stand apart."""
    torn = [
        k
        for k, (a, b) in enumerate(pairwise(words))
        if (b.text[0] in "jJ" or a.text in _LEANING)
        and a.text[-1].isalpha() and b.text[0].isalpha() and a.size == b.size
        and _plain(b) not in CONJUNCTIONS and _plain(a) + _plain(b) in known
    ]  # fmt: skip
    return torn if torn and 4 * sum(len(word.text) == 1 for word in words) <= len(words) else []


def _pair(line: Line, k: int) -> tuple[str, str]:
    return _plain(line.words[k]), _plain(line.words[k + 1])


def _plain(word: Word) -> str:
    return word.text.strip(_MARKS).casefold()
