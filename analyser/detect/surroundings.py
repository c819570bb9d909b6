"""Where a sentence stands: what the headings above it and the lines before it say of it.

A strategy tells its reader how to take a sentence by where it puts it: under "Toimintaympäristö" the same words
describe that are a goal under "Painopisteet".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from ..document import Document, Sentence
from .codebook import Codebook

LEAD_LENGTH = 60
LEADS = 3
LONGEST_OPENING = 2
"""Words of a line that opens a section without looking like a heading."""
ELSEWHERE = {"priority", "vision", "nested"}
"""What two lines in a row must be of to open something that is no environment."""
OWN = 6
"""Letters that a word and an organisation's name must share where the word is the organisation's own."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around a sentence.

    `headings` is its path of headings, `leads` the short blocks just before it that may head it without looking like
    headings, nearest first; `kinds` maps a kind of section of the codebook (`environment`, `priority` …) to how near
    the heading that says so is: 0 is the innermost heading (or a lead), 1 the one above.
    """

    headings: tuple[str, ...]
    leads: tuple[str, ...]
    kinds: Mapping[str, int]


class SectionKinds:
    """Tells what kind of section a heading opens, by the codebook's stems.

    Stems that the organisation's own name has in it tell nothing of its surroundings: "Hyvinvointialueen strategia" is
    somebody else's to a municipality and its own to a wellbeing services county.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._own = ""
        self._told: dict[str, frozenset[str]] = {}
        self._patterns = {
            kind: re.compile("|".join(map(_stem, stems)))
            for kind, stems in codebook.sections.items()
        }
        self._any = re.compile("|".join(_stem(stem) for stems in codebook.sections.values() for stem in stems))
        plurals = "|".join(map(re.escape, codebook.announcements))
        counted = "|".join(map(re.escape, codebook.counted)) or "$^"
        numbers = "|".join(map(re.escape, codebook.numbers))
        self._numbers = {number: value for value, number in enumerate(codebook.numbers, 2)}
        self._counts = re.compile(rf"\b({numbers})\s+\w|(?<=\w)\s+(\d{{1,2}})\s+[^\W\d]")
        self._trends = re.compile("|".join(map(_word, codebook.trends)) or "$^")
        self._announcements = re.compile(
            rf"(?:\b(?:{plurals})|\b(?:\d{{1,2}}|{numbers})\W+(?:\w+\W+)?(?:{counted}))(?:mme)?\b(?:\W+\w+){{0,3}}\W*$"
        )

    def for_organisation(self, name: str) -> SectionKinds:
        """The same for the strategy of the organisation of that name."""
        mine = copy(self)
        mine._own = name.casefold()
        mine._told = {}  # a document asks of its headings again and again
        return mine

    def of(self, heading: str) -> frozenset[str]:
        """The kinds of section that `heading` may open; none for most headings."""
        kinds = self._told.get(heading)
        if kinds is None:
            lowered = heading.casefold()
            kinds = self._told[heading] = frozenset(
                kind for kind, pattern in (self._patterns.items() if self._any.search(lowered) else ())
                if any(not is_own(found[0], self._own) for found in pattern.finditer(lowered))
            )  # fmt: skip
        return kinds

    def announces(self, text: str) -> bool:
        """Whether `text` presents a set of priorities: one of the codebook's plurals is among its last words.

        "Strategiset painopisteet 2030" does; "Painopiste 1: Elinvoima" names one, "Painopisteiden seuranta" is about
        something else.
        """
        return bool(self._announcements.search(text.casefold()))

    def count(self, text: str) -> int:
        """How many things `text` says that there are ("Kolme kurssia"): from two upwards, 0 where it does not say."""
        found = self._counts.search(text.casefold())
        return (self._numbers[found[1]] if found[1] else int(found[2])) if found else 0

    def of_trends(self, names: Iterable[str]) -> bool:
        """Whether at least two of `names` are what changes the world around an organisation."""
        return sum(bool(self._trends.search(name.casefold())) for name in names) >= 2


def is_own(word: str, organisation: str) -> bool:
    """Whether a word is the organisation's own: its name, in lower case, has the word's beginning in it."""
    return len(word) >= OWN and word[:OWN] in organisation


def _word(pattern: str) -> str:
    """A regular expression for the beginning of a word that a codebook's pattern gives, in its dictionary form."""
    return ("" if pattern.startswith("*") else r"\b") + re.escape(pattern.strip("*="))


def _stem(stem: str) -> str:
    """A regular expression for words that begin with a stem of the codebook's sections, or are it (`==hot`)."""
    return rf"\b{re.escape(stem[2:])}\b" if stem.startswith("==") else rf"\b{re.escape(stem)}"


class Map:
    """The surroundings of every sentence of a document."""

    def __init__(self, document: Document, kinds: SectionKinds) -> None:
        self._document = document
        self._kinds = kinds

    @cached_property
    def _body(self) -> list[int]:
        return [i for i, block in enumerate(self._document.blocks) if block.kind != "furniture"]

    @cached_property
    def _place(self) -> dict[int, int]:
        return {block: place for place, block in enumerate(self._body)}

    def around(self, sentence: Sentence) -> Surroundings:
        """The surroundings of one of the document's sentences."""
        found = surroundings(sentence.section, self._leads(sentence), self._kinds)
        if sentence.block not in self._out_of_environment:
            return found
        return replace(found, kinds={kind: near for kind, near in found.kinds.items() if kind != "environment"})

    @cached_property
    def _out_of_environment(self) -> frozenset[int]:
        """The blocks before which lines tell that something else than the environment begins.

        Where extraction saw no headings (a table read cell by cell: "Tavoite", "Toimenpide", "Mittari"), the last one
        it saw would reach too far.
        """
        found, out, before = set[int](), False, frozenset[str]()
        for index in self._body:
            block = self._document.blocks[index]
            short = len(block.text.split()) <= LONGEST_OPENING
            kinds = self._kinds.of(block.text) if short else frozenset[str]()
            if block.kind == "heading" or "environment" in kinds:
                out = False
            elif kinds & ELSEWHERE and before & ELSEWHERE:
                out = True
            if out:
                found.add(index)
            before = kinds
        return frozenset(found)

    def _leads(self, sentence: Sentence) -> tuple[str, ...]:
        """Up to three short blocks before the sentence's own, back to the heading above it, nearest first."""
        blocks = self._document.blocks
        place = self._place[sentence.block]
        level = blocks[sentence.block].level or 1
        found: list[str] = []
        for index in reversed(self._body[max(0, place - 12) : place]):
            block = blocks[index]
            if block.kind == "heading" or len(found) == LEADS:
                break
            outer = block.kind == "item" and sentence.kind == "item" and (block.level or 1) < level
            shorter = block.kind == "paragraph" and (len(block.text) <= LEAD_LENGTH or block.text.endswith(":"))
            if outer or shorter:
                found.append(block.text[-LEAD_LENGTH * 2 :])
        return tuple(found)


def surroundings(headings: Sequence[str], leads: Sequence[str], kinds: SectionKinds) -> Surroundings:
    """The surroundings that these headings (outermost first) and leads (nearest first) make."""
    nearness: dict[str, int] = {}
    for distance, heading in enumerate(reversed(headings)):
        for kind in sorted(kinds.of(heading)):
            nearness.setdefault(kind, distance)
    for lead in leads[:1]:
        for kind in sorted(kinds.of(lead)):
            nearness[kind] = 0
    return Surroundings(tuple(headings), tuple(leads), nearness)
