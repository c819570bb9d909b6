"""The wording of one goal: is it concrete, measurable, dated, owned; does it state a level of service?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..document import Mention
from .rules import NUMBERING, Rules, lower

Form = Literal["action", "promotion", "none"]
"""Does it say what is done, only further or wish, or neither (a name, a state, an indicator)?"""
Advice = Literal["promotion", "subject", "unmeasured", "undated", "unowned", "unlevelled", "long"]
"""What would make a goal stronger; `subject`: it names a subject and says nothing of it."""
LONG_SENTENCE = 25
"""Words from which on a sentence is hard to take in at one reading."""
NAME = 4
"""Words up to which a text that is no sentence may be a mere name."""
COUNTED = re.compile(r"[ \N{NO-BREAK SPACE}][\w-]+")
"""What a figure counts: the word after it."""
SERVICES = frozenset({"services", "mobile"})
"""Themes whose goals can state a level of service."""


@dataclass(frozen=True, slots=True)
class Found:
    """What shows a quality: `text[start:end]` of the goal, or a heading above it (then both are 0)."""

    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """The audit of one goal: the mention's number (from 0 in `Result.mentions`), its form and the words that show it,
    what shows each quality it has, and what would make it stronger, the weightiest first.
    """

    mention: int
    form: Form
    words: str
    qualities: Mapping[str, Found]
    advice: tuple[Advice, ...]

    @property
    def concrete(self) -> bool:
        """Whether it says what is done, or states an end that can be measured."""
        return self.form == "action" or "measurable" in self.qualities

    @property
    def strength(self) -> int:
        """How many of concrete, measurable, dated and owned it is."""
        return self.concrete + sum(name in self.qualities for name in ("measurable", "dated", "owned"))


def judge(mention: Mention, number: int, rules: Rules) -> Goal:
    """Audit one goal; `number` is its place in `Result.mentions`."""
    form, words = _form(mention.text, rules)
    qualities = _qualities(mention, rules)
    return Goal(number, form, words, qualities, _advice(mention, form, qualities))


def _form(text: str, rules: Rules) -> tuple[Form, str]:
    action, promotion = rules.action.find(text), rules.promotion.find(text)
    if action:
        return "action", text[slice(*action)].strip()
    return ("promotion", text[slice(*promotion)].strip()) if promotion else ("none", "")


def _qualities(mention: Mention, rules: Rules) -> dict[str, Found]:
    found = {}
    for name, rule in rules.qualities.items():
        if span := rule.find(mention.text):
            start, end = _trimmed(mention.text, *span)
            if name == "measurable":
                end = _counted(mention.text, start, end, rules.numbers)
            found[name] = Found(mention.text[start:end], start, end)
        elif name == "measurable" and _is_sentence(mention.text):
            continue  # under a heading of indicators a name is one, but a whole sentence only tells of something
        elif heading := next((h for h in reversed(mention.section) if rule.sections.search(lower(h))), None):
            found[name] = Found(heading)
    if "service_level" in found:
        found.setdefault("measurable", found["service_level"])
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _counted(text: str, start: int, end: int, numbers: frozenset[str]) -> int:
    """Where what is shown ends: a figure alone is shown with what it counts."""
    figure = text[start:end].isdecimal() or lower(text[start:end]) in numbers
    counted = COUNTED.match(text, end) if figure else None
    return counted.end() if counted else end


def _names(text: str) -> bool:
    """Whether a text without a verb of doing is a mere name, as a chapter's."""
    return not _is_sentence(text) and (bool(NUMBERING.match(text)) or len(text.split()) <= NAME)


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?"))


def _advice(mention: Mention, form: Form, qualities: Mapping[str, Found]) -> tuple[Advice, ...]:
    advice: list[Advice] = []
    if form == "promotion" and "measurable" not in qualities:
        advice.append("promotion")
    elif form == "none" and not qualities and _names(mention.text):
        advice.append("subject")
    missing: tuple[tuple[str, Advice], ...] = (
        ("measurable", "unmeasured"), ("dated", "undated"), ("owned", "unowned"),
    )  # fmt: skip
    advice += [code for name, code in missing if name not in qualities]
    if "service_level" not in qualities and SERVICES & {term.concept for term in mention.terms}:
        advice.append("unlevelled")
    if len(mention.text.split()) >= LONG_SENTENCE:
        advice.append("long")
    return tuple(advice)
