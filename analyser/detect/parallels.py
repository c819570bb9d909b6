"""Names of one form: "Lämpimästi yhteisöllinen", "Rohkeasti digitaalinen"; "Elävä Koekylä", "Digitaalinen Koekylä".

A strategy need not call its themes by any name; it may give its chapters one form, and a reader sees them as a set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

FEWEST = 3
LONGEST = 4
"""Words; longer headings are alike by chance."""
ENDING = 3
"""Letters that the endings of words of one form share."""


def runs(names: Sequence[str]) -> Iterator[range]:
    """The stretches of at least three neighbouring names that all have one form, as ranges of their indices."""
    start = 0
    for i, (one, other) in enumerate([*pairwise(names), ("", "")], 1):
        if not alike(one, other):
            if i - start >= FEWEST:
                yield range(start, i)
            start = i


def alike(one: str, other: str) -> bool:
    """Whether two names have one form.

    They have as many words, and either end in the same proper name (a word that keeps its capital), or their first
    words end alike.
    """
    first, second = (re.findall(r"[^\W\d_]+", name) for name in (one, other))
    if len(first) != len(second) or not 2 <= len(first) <= LONGEST or first == second:
        return False
    proper = first[-1] == second[-1] and first[-1].istitle() and not one.isupper()
    ending = first[0][-ENDING:].casefold() == second[0][-ENDING:].casefold() and first[0] != second[0]
    return proper or ending
