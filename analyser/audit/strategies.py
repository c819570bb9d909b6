"""The wording audit of whole strategies, each beside its peers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..document import Mention, Result
from .goals import Goal, judge
from .rules import NUMBERING, Rules, lower, rules_for

ELEMENTS = ("vision", "goals", "measures", "indicators")
SMALLEST_SECTOR = 5
"""Strategies that a sector needs, besides one's own, to be compared with; else those of all sectors are."""
SENTENCE = 4
"""Words that a mention needs to count as a sentence of running text for readability."""
LONG_WORD = 7
"""Letters from which on a word is long (Björnsson 1968)."""
CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$|…\s*\d+\s*$")
"""What a line of a table of contents ends in."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the codebook: in how many mentions the strategy speaks of it, and the share of its peers that do."""

    concept: str
    mentions: int
    peers: float


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard the sentences on digitalisation are to read: their number, words a sentence (mean), and LIX.

    LIX is words a sentence plus the percentage of words longer than six letters (C.-H. Björnsson, Läsbarhet, 1968).
    Finnish has long words, so compare with `peers`, the median of the peers' LIX (None where they have no sentences).
    """

    sentences: int
    length: float
    lix: float
    peers: float | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one strategy.

    `goals` are its goals in order; `elements` says for vision, goals, measures and indicators which mentions (numbers
    from 0) make them up, none where it is missing for digitalisation; `themes` are those of the strategy and its
    peers, the commonest among the peers first. The `peers` are the other strategies that speak of digitalisation, those
    of the `sector` alone unless it is ''.
    """

    goals: tuple[Goal, ...]
    elements: Mapping[str, tuple[int, ...]]
    readability: Readability | None
    themes: tuple[Theme, ...] = ()
    sector: str = ""
    peers: int = 0

    def count(self, quality: str) -> int:
        """How many goals are `concrete`, `measurable`, `dated`, `owned` or state a `service_level`."""
        return sum(goal.concrete if quality == "concrete" else quality in goal.qualities for goal in self.goals)


def audit(results: Iterable[Result], sectors: Mapping[str, str], own: Path | None = None) -> dict[str, Audit]:
    """Audit every strategy that could be analysed and whose language has rules; by `Result.file`.

    `sectors` gives the sector of a file, where it is known; `own` is an analyst's own file of rules. Raises InputError
    if a file of rules cannot be read.
    """
    found: dict[str, Audit] = {}
    concepts: dict[str, Counter[str]] = {}
    for result in results:
        rules = rules_for(result.language, own)
        if result.status != "failed" and rules is not None:
            found[result.file] = _own(result, rules)
            concepts[result.file] = Counter(c for m in result.mentions for c in {t.concept for t in m.terms})
    speaking = [file for file in found if concepts[file]]
    members: defaultdict[str, list[str]] = defaultdict(list)
    for file in speaking:
        members[sectors.get(file, "")].append(file)
    every = _Group(speaking, found, concepts)
    large = {
        sector: _Group(files, found, concepts)
        for sector, files in members.items()
        if sector and len(files) > SMALLEST_SECTOR
    }
    compared = {}
    for file, alone in found.items():
        sector = sector if (sector := sectors.get(file, "")) in large else ""
        compared[file] = _beside(alone, concepts[file], sector, large.get(sector, every))
    return compared


def of_run(results: Iterable[Result], cohort: Mapping[str, Any], codebook: Path | None) -> dict[str, Audit]:
    """The audit of a run's results; `cohort` is the content of cohort.json and knows the sectors.

    Where the analyst gave a codebook of their own (mine.toml), rules beside it (mine.audit.toml) go before the bundled
    ones. Raises InputError if they cannot be read.
    """
    sectors = {str(row["file"]): str(row.get("sector") or "") for row in cohort.get("organisations") or []}
    return audit(results, sectors, codebook.with_suffix(".audit.toml") if codebook else None)


def _own(result: Result, rules: Rules) -> Audit:
    goals = tuple(judge(m, i, rules) for i, m in _goals(result.mentions))
    return Audit(goals, _elements(result, goals, rules), _readability(result.mentions))


def _goals(mentions: Iterable[Mention]) -> Iterator[tuple[int, Mention]]:
    """The goals to audit with their numbers: each wording once, without the lines of a table of contents."""
    seen = set()
    for number, mention in enumerate(mentions):
        wording = NUMBERING.sub("", mention.text).casefold().rstrip(".")
        if mention.role == "goal" and wording not in seen and not CONTENTS.search(mention.text):
            seen.add(wording)
            yield number, mention


def _elements(result: Result, goals: tuple[Goal, ...], rules: Rules) -> dict[str, tuple[int, ...]]:
    """Which mentions are a vision, goals, measures and indicators: by their headings, wording and role."""
    mentions = result.mentions

    def under(element: str) -> set[int]:
        pattern = rules.elements[element]
        return {
            i
            for i, m in enumerate(mentions)
            if m.role != "context" and any(pattern.search(lower(h)) for h in m.section[-2:])
        }

    vision = under("vision") | {i for i, m in enumerate(mentions) if m.rule.startswith("priority by vision")}
    measured = {goal.mention for goal in goals if "measurable" in goal.qualities}
    found = {
        "vision": vision,
        "goals": {i for i, m in enumerate(mentions) if m.role in ("goal", "priority")},
        "measures": under("measures") | {goal.mention for goal in goals if goal.form == "action"},
        "indicators": under("indicators") | measured,
    }
    return {name: tuple(sorted(found[name])) for name in ELEMENTS}


def _readability(mentions: Iterable[Mention]) -> Readability | None:
    sentences = [words for m in mentions if len(words := re.findall(r"\w[\w-]*", m.text)) >= SENTENCE]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    length = len(words) / len(sentences)
    long = sum(len(word) >= LONG_WORD for word in words)
    return Readability(len(sentences), length, length + 100 * long / len(words))


class _Group:
    """The strategies that are compared with one another: what they come to together, so that each costs the same."""

    def __init__(self, files: Sequence[str], found: Mapping[str, Audit], concepts: Mapping[str, Counter[str]]) -> None:
        self.size = len(files)
        self.spoken = Counter(concept for file in files for concept in concepts[file])
        self.levels = sorted(level.lix for file in files if (level := found[file].readability))

    def median_without(self, level: float | None) -> float | None:
        """The median of the levels, one's own left out if it is among them; None if there is no other."""
        left = len(self.levels) - (level is not None)
        if not left:
            return None
        own = len(self.levels) if level is None else bisect_left(self.levels, level)
        middle = [self.levels[i + (i >= own)] for i in {(left - 1) // 2, left // 2}]
        return sum(middle) / len(middle)


def _beside(own: Audit, concepts: Counter[str], sector: str, group: _Group) -> Audit:
    """The audit with its themes and readability beside those of its peers, the others of the `group`.

    Whoever speaks of no theme is in no group.
    """
    peers = group.size - bool(concepts)
    spoken = group.spoken - Counter(dict.fromkeys(concepts, 1))
    themes = [
        Theme(concept, concepts[concept], spoken[concept] / peers if peers else 0.0) for concept in {*spoken, *concepts}
    ]
    readability = own.readability
    if readability:
        readability = replace(readability, peers=group.median_without(readability.lix if concepts else None))
    return replace(
        own,
        readability=readability,
        themes=tuple(sorted(themes, key=lambda t: (-t.peers, t.concept))),
        sector=sector,
        peers=peers,
    )
