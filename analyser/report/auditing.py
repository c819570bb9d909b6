"""The wording audit as a reader sees it: figures beside all strategies', what is missing, and how to mend each goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.report import wording
from analyser.report.locale import Speech

if TYPE_CHECKING:
    from analyser.audit import Audit, Goal

COUNTED = tuple(wording.QUALITIES)
ASKED = ("concrete", "measurable", "dated", "owned")
COMMON = 1 / 3
"""Share of the peers from which on a theme is one that peers speak of."""
DIFFERENCE = 3.0
"""Points of LIX from which on a text is called easier or harder."""
ENOUGH_SENTENCES = 10
"""Fewer sentences say nothing about how a text reads: one long term moves the index by tens of points."""


@dataclass(frozen=True)
class Share:
    """How many goals have a quality: of one strategy or of a cohort."""

    quality: str
    n: int
    of: int

    @property
    def share(self) -> float | None:
        """The share, None without goals."""
        return self.n / self.of if self.of else None


@dataclass(frozen=True)
class Check:
    """One quality of one goal: the words that show it, '' where it is missing."""

    quality: str
    met: bool
    words: str = ""


def shares(audits: Sequence[Audit]) -> tuple[Share, ...]:
    """The shares of all goals of the audits together, a quality each."""
    of = sum(len(audit.goals) for audit in audits)
    return tuple(Share(quality, sum(audit.count(quality) for audit in audits), of) for quality in COUNTED)


def elements(audits: Sequence[Audit]) -> tuple[tuple[str, int], ...]:
    """Of vision, goals, measures and indicators: in how many strategies each speaks of digitalisation."""
    return tuple((name, sum(bool(audit.elements[name]) for audit in audits)) for name in wording.ELEMENTS)


def lead(audit: Audit, speech: Speech) -> str:
    """What the audit comes to, in a sentence."""
    _, n = speech.text, len(audit.goals)
    counts = {quality: audit.count(quality) for quality in ASKED}
    if n == 1:
        had = [_(wording.QUALITIES[quality]).lower() for quality in ASKED if counts[quality]]
        if not had:
            return _("The strategy has one digital goal; it is not concrete, measurable, dated or owned.")
        return _("The strategy has one digital goal; it is %(qualities)s.") % {"qualities": speech.enumeration(had)}
    return _(
        "Of the strategy's %(n)s digital goals, %(concrete)s are concrete, %(measurable)s can be measured, "
        "%(dated)s say when and %(owned)s say who."
    ) % {"n": n, **counts}


def checks(goal: Goal) -> tuple[Check, ...]:
    """Whether the goal has each of the qualities that are asked of every goal, and what shows it."""
    found = {name: one.words for name, one in goal.qualities.items()}
    words = goal.words if goal.form == "action" else found.get("measurable", "")
    return (
        Check("concrete", goal.concrete, words if goal.concrete else ""),
        *(Check(quality, quality in found, found.get(quality, "")) for quality in ASKED[1:]),
    )


def advice(goal: Goal, speech: Speech) -> str:
    """In one line, how the goal could be made stronger; '' if there is nothing to add."""
    _ = speech.text
    said = [_(wording.ADVICE[code]) % {"words": goal.words} for code in goal.advice if code in wording.ADVICE]
    missing = [_(wording.ADDITIONS[code]) for code in goal.advice if code in wording.ADDITIONS]
    if missing:
        said.append(_("Add %(missing)s.") % {"missing": speech.enumeration(missing)})
    return " ".join(said)


def unspoken(audit: Audit) -> list[str]:
    """The themes that many peers speak of and the strategy does not."""
    return [theme.concept for theme in audit.themes if theme.peers >= COMMON and not theme.mentions]


def peers(audit: Audit, speech: Speech) -> str:
    """Whom the strategy is compared with."""
    _ = speech.text
    values = {"sector": audit.sector, "n": audit.peers}
    if audit.sector:
        return _("the other strategies of the sector %(sector)s that speak of digitalisation (%(n)s)") % values
    return _("the other strategies that speak of digitalisation (%(n)s)") % values


def readability(audit: Audit, speech: Speech) -> str:
    """How hard the sentences on digitalisation are to read, beside the peers'; '' where they are too few."""
    _, number, found = speech.text, speech.number, audit.readability
    if found is None or found.sentences < ENOUGH_SENTENCES:
        return ""
    said = _(
        "The sentences on digitalisation (%(num)s) have on average %(length)s words; their readability index LIX is "
        "%(lix)s."
    ) % {"num": found.sentences, "length": number(found.length), "lix": number(found.lix, 0)}
    if found.peers is None:
        return said
    more = found.lix - found.peers
    compared = (
        _("That is harder to read than most others (median %(peers)s).") if more > DIFFERENCE
        else _("That is easier to read than most others (median %(peers)s).") if more < -DIFFERENCE
        else _("That is as hard to read as the others are (median %(peers)s).")
    )  # fmt: skip
    return f"{said} {compared % {'peers': number(found.peers, 0)}}"
