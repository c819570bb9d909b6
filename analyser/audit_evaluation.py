"""How well the audit's rules agree with a human coding of goals (corpora/audit/LANGUAGE.tsv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from analyser import resources
from analyser.audit import QUALITIES, judge, rules_for
from analyser.document import InputError, Mention
from analyser.evaluation import Comparison, Figure

PARTS = ("tune", "test")
"""The rules were written with `tune` in sight; `test` only measures them."""


@dataclass(frozen=True)
class Coded:
    """A goal as a human coded it: its form (action, promotion, none) and the qualities it has."""

    part: str
    goal: Mention
    form: str
    qualities: frozenset[str]


def read(path: Path) -> list[Coded]:
    """The goals coded in a file: part, section, text, form, qualities. Raises InputError if it cannot be read so."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [_coded(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    except (OSError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: cannot be read as coded goals ({error}); see corpora/README.md.") from error


def of_corpus(language: str = "fi", part: str | None = None) -> Comparison:
    """Compare rules and coding: precision, recall and F1 of each quality and form; `part` is tune, test or both (None).

    Raises InputError if the coding or the rules are not there.
    """
    path = resources.folder("corpora") / "audit" / f"{language}.tsv"
    rules = rules_for(language)
    if rules is None:
        raise InputError(f"{language}: there are no audit rules for this language; give fi, sv or en.")
    goals = [coded for coded in read(path) if part in (None, coded.part)]
    judged = [judge(coded.goal, 0, rules) for coded in goals]
    figures: list[Figure] = []
    disagreements: list[str] = []
    for name in (*QUALITIES, "action", "promotion"):
        human = [name in coded.qualities or name == coded.form for coded in goals]
        program = [name in one.qualities or name == one.form for one in judged]
        both, of_program, of_human = sum(map(min, human, program)), sum(program), sum(human)
        precision = both / of_program if of_program else 0.0
        recall = both / of_human if of_human else 0.0
        f1 = 2 * precision * recall / (precision + recall) if both else 0.0
        for measure, value in (("precision", precision), ("recall", recall), ("F1", f1)):
            figures.append(Figure(f"{name} {measure}", value))
        disagreements += [
            f"{'not ' * said}{name}: {coded.goal.text}"
            for coded, coder, said in zip(goals, human, program, strict=True)
            if coder != said
        ]
    return Comparison(len(goals), tuple(figures), tuple(disagreements), "goals")


def _coded(row: dict[str, str]) -> Coded:
    section = tuple(filter(None, row["section"].split(" > ")))
    goal = Mention(0, section, row["text"], (), "goal", 1.0, "human", None)
    return Coded(row["part"], goal, row["form"], frozenset(row["qualities"].split()))
