"""Patterns by the word they are looked up by; a text in which none of these words stands cannot hold a match.

A strategy has thousands of different words and a codebook a thousand patterns. So no word is tried against every
pattern: its parts are looked up among the texts that the patterns ask for, and only what comes near is tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from .patterns import Asked, Lemma

Thing = TypeVar("Thing")
RULES = "-–—_•·.…*#»>▪"


def key_of(text: str, lemma: str) -> str:
    """What patterns are matched against; rules and bullets that extraction left before a word are not part of it."""
    return f"{_lowered(text)}\t{lemma}"


def _lowered(text: str) -> str:
    return text.lstrip(RULES).casefold()


class _Condition(Generic[Thing]):
    """What the first word of some things asks of a word; `place` counts in which order the conditions were added."""

    def __init__(self, place: int, alternatives: tuple[Asked, ...]) -> None:
        self.place = place
        self.alternatives = alternatives
        self.things: list[Thing] = []

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile("|".join(one.expression for one in self.alternatives))

    def holds(self, word: str, key: str) -> bool:
        return bool(self._expression.search(word if self.alternatives[0].own else key))


class Index(Generic[Thing]):
    """Things by what their first word asks for. `lemma` marks the compound boundaries of a word."""

    def __init__(self, lemma: Lemma) -> None:
        self._lemma = lemma
        self._conditions: dict[tuple[Asked, ...], _Condition[Thing]] = {}
        self._known: dict[str, tuple[Thing, ...]] = {}

    def add(self, alternatives: Iterable[Asked], thing: Thing) -> None:
        """Add a thing whose first word is what one of the `alternatives` asks for."""
        alternatives = tuple(alternatives)
        condition = self._conditions.setdefault(alternatives, _Condition(len(self._conditions), alternatives))
        condition.things.append(thing)
        self._known.clear()
        self.__dict__.pop("_near", None)

    def of(self, word: str) -> tuple[Thing, ...]:
        """The things whose first word `word` may be, in the order in which what they ask for was first added."""
        found = self._known.get(word)
        if found is None:
            key = key_of(word, self._lemma(word))
            near = {condition.place: condition for condition in self._near.to(key)}
            held = [near[place] for place in sorted(near) if near[place].holds(word, key)]
            found = self._known[word] = tuple(thing for condition in held for thing in condition.things)
        return found

    @cached_property
    def _near(self) -> _Near[Thing]:
        return _Near(self._conditions.values())


class _Near(Generic[Thing]):
    """Tables by which the few conditions are found that a word may fulfil."""

    def __init__(self, conditions: Iterable[_Condition[Thing]]) -> None:
        self._words: defaultdict[str, list[_Condition[Thing]]] = defaultdict(list)
        self._runs: defaultdict[str, list[_Condition[Thing]]] = defaultdict(list)
        self._openings: defaultdict[str, list[tuple[str, _Condition[Thing]]]] = defaultdict(list)
        self._inside: list[tuple[str, _Condition[Thing]]] = []
        asked = [(one, condition) for condition in conditions for one in condition.alternatives]
        openings = [(_lowered(one.text), c) for one, c in asked if one.way in ("begins", "is begun by")]
        self._shortest = min((len(text) for text, _ in openings), default=0)
        for text, condition in openings:
            self._openings[text[: self._shortest]].append((text, condition))
        for one, condition in asked:
            if one.way == "is":
                self._words[_lowered(one.text)].append(condition)
            elif one.way in ("ends", "inside"):
                self._inside.append((one.text, condition))
            elif one.way in ("lemma", "opens", "part"):
                self._runs[one.text].append(condition)

    def to(self, key: str) -> list[_Condition[Thing]]:
        """The conditions that a word with this key may fulfil, some of them more than once."""
        word, _, lemma = key.partition("\t")
        found = [*self._words.get(word, ()), *(condition for text, condition in self._inside if text in word)]
        for start in _starts(key):
            openings = self._openings.get(key[start : start + self._shortest], ())
            found += [condition for text, condition in openings if key.startswith(text, start)]
        for run in _runs(lemma):
            found += self._runs.get(run, ())
        return found


def _starts(key: str) -> Sequence[int]:
    """Where a word or a part of it after a hyphen begins."""
    return (0, *(place for place, character in enumerate(key, 1) if character == "-")) if "-" in key else (0,)


def _runs(lemma: str) -> Sequence[str]:
    """Every stretch of a compound's parts."""
    if "|" not in lemma:
        return (lemma,)
    parts = lemma.split("|")
    ends = range(1, len(parts) + 1)
    return ["|".join(parts[start:end]) for end in ends for start in range(end)]
