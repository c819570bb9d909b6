"""Initials: the large first letter of a text (a drop cap) put back before the rest of its word."""

from __future__ import annotations

from collections.abc import Sequence

from analyser.extract.words import Word

_QUOTES = "\"”“„»«’"

_LARGER = 1.7
"""An initial is larger than the text by more than this factor."""


def with_initials(words: list[Word]) -> list[Word]:
    """The words with each initial made one with the word whose first letter it is, whatever the file draws between."""
    large = [w for w in words if len(w.text) < 3 and w.text.strip(_QUOTES).isupper() and not w.angle]
    if not large:
        return words
    rests: dict[int, Word] = {}
    initials: set[int] = set()
    for initial in large:
        rest = _rest(initial, words)
        if rest is not None:
            initials.add(id(initial))
            rests[id(rest)] = rest._replace(text=initial.text + rest.text)
    return [rests.get(id(w), w) for w in words if id(w) not in initials] if initials else words


def _rest(initial: Word, words: Sequence[Word]) -> Word | None:
    """The word right of the initial on the first of the lines, two or more, beside it; None if there is none."""
    beside = [
        w for w in words
        if w is not initial and not w.angle and _LARGER * w.size < initial.size
        and -0.2 * w.size < w.x0 - initial.x1 < 1.2 * w.size
        and initial.base - 0.9 * initial.size < w.base < initial.base + 0.2 * w.size
    ]  # fmt: skip
    first = min(beside, key=lambda w: w.base, default=None)
    if first is None or len(beside) < 2 or initial.base - first.base < 0.7 * first.size:
        return None
    return first if first.text[0].islower() or first.text.isupper() else None
