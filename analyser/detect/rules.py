"""What the rules make of a mention, before the classifier has a say.

A rule looks at one thing (the wording, the verb, the heading above) and says which role it speaks for. `judge` keeps
every rule that spoke, so that a reader can see why, and the classifier gets them as features.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from ..document import Role, Sentence
from .surroundings import Surroundings
from .terms import Finder


@dataclass(frozen=True)
class Findings:
    """The rules that spoke on a mention: each rule's name with the role that it speaks for, strongest first."""

    spoken: tuple[tuple[str, Role], ...]

    @property
    def signs(self) -> tuple[str, ...]:
        """The names of the rules that spoke."""
        return tuple(name for name, _ in self.spoken)

    @property
    def role(self) -> Role | None:
        """The role that the strongest rule speaks for; None if none spoke."""
        return self.spoken[0][1] if self.spoken else None


def judge(sentence: Sentence, doc: Doc, around: Surroundings, finder: Finder) -> Findings:
    """Apply every rule to a mention; `doc` is the sentence as `finder.doc` makes it."""
    return Findings(tuple(_spoken(sentence, doc, around, finder)))


def _spoken(sentence: Sentence, doc: Doc, around: Surroundings, finder: Finder) -> Iterator[tuple[str, Role]]:
    kinds = around.kinds
    verbs = finder.verbs(doc)
    doing = any(_person(t.morph) == ("1", "Plur") for t in sentence.tokens)
    passive = ("Voice=Pass", "VerbForm=Fin", "Tense=Pres")
    if finder.limits(doc):
        yield "limiting wording", "limited"
    if doing:
        yield "first person plural", "goal"
    elif any(all(feature in t.morph for feature in passive) for t in sentence.tokens):
        yield "present passive", "goal"
    if any("Mood=Imp" in t.morph for t in sentence.tokens):
        yield "imperative", "goal"
    if "describing" in verbs and "environment" in kinds:
        yield "describing the environment", "context"
    if "doing" in verbs:
        yield "doing", "goal"
    if "environment" in kinds:
        yield "environment section", "context"
    if finder.of_trends(doc):
        yield "among trends", "context"
    if any("Tense=Past" in t.morph and "VerbForm=Fin" in t.morph for t in sentence.tokens):
        yield "past tense", "context"
    if "past" in verbs:
        yield "past", "context"
    if "describing" in verbs:
        yield "describing", "context"
    if finder.knows_verbs and finder.of_others(doc):
        yield "of others", "context"
    if "nested" in kinds or "vision" in kinds:
        yield "goals section", "goal"
    if "priority" in kinds:
        yield "priorities section", "goal"
    if finder.names_priority(doc):
        yield "priority wording", "priority"


def _person(morph: str) -> tuple[str, str] | None:
    features = dict(f.split("=", 1) for f in morph.split("|") if "=" in f)
    if features.get("VerbForm") != "Fin" or features.get("Mood") not in ("Ind", "Imp", None):
        return None
    return features.get("Person", ""), features.get("Number", "")
