"""The wording audit as a reader sees it: figures beside all strategies', what is missing, and how to mend each goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.report import wording
from analyser.report.locale import Speech

if TYPE_CHECKING:
    from analyser.audit import Audit, Goal
    from analyser.document import Mention

COUNTED = tuple(wording.QUALITIES)
ASKED = ("concrete", "measurable", "dated", "owned")
COMMON = 1 / 3
"""Share of the peers from which on a theme is one that peers speak of."""
DIFFERENCE = 3.0
"""Points of LIX from which on a text is called easier or harder."""
STRONG = 2
"""Qualities of the four asked for from which on a goal is worth showing as the strongest."""
PROMOTING = 6
"""How many of the words that only promote are shown."""
QUOTE = 160
"""Characters of a sentence that is quoted in passing."""
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


def findings(audit: Audit, mentions: Sequence[Mention], speech: Speech) -> list[str]:
    """What the audit comes to beside its figures, a sentence each: what no goal has, the strongest, the words that only
    promote.
    """
    _, ngettext, goals = speech.text, speech.plural, audit.goals
    if not goals:
        return []
    sets = ngettext("The strategy sets %(num)s digital goal.", "The strategy sets %(num)s digital goals.", len(goals))
    said = [sets % {"num": len(goals)}]
    if lacking := [_(wording.QUALITIES[quality]).lower() for quality in ASKED if not audit.count(quality)]:
        said[0] += " " + _("None is: %(qualities)s.") % {"qualities": ", ".join(lacking)}
    best = max(goals, key=lambda goal: goal.strength)
    if best.strength >= STRONG and len(goals) > 1:
        had = [_(wording.QUALITIES[check.quality]).lower() for check in checks(best) if check.met]
        said.append(
            _("The strongest wording is “%(text)s” (page %(page)s): %(qualities)s.") % {
                "text": _shortened(mentions[best.mention].text), "page": mentions[best.mention].page,
                "qualities": speech.enumeration(had),
            }
        )  # fmt: skip
    promoting = Counter(goal.words.lower() for goal in goals if goal.form == "promotion" and not goal.concrete)
    if promoting.total() > 1:
        words = ", ".join(
            f"{_('“%(words)s”') % {'words': word}} ({n})" for word, n in promoting.most_common(PROMOTING)
        )
        said.append(
            _("Goals that only promote: %(n)s. Their verbs are %(words)s.") % {"n": promoting.total(), "words": words}
        )
    return said


def _shortened(text: str) -> str:
    return text if len(text) <= QUOTE else f"{text[:QUOTE].rsplit(' ', 1)[0]} …"


def checks(goal: Goal) -> tuple[Check, ...]:
    """Whether the goal has each of the qualities that are asked of every goal, and what shows it."""
    found = {name: one.words.rstrip(" .;,:") for name, one in goal.qualities.items()}
    deed = goal.words.rstrip(" .;,:") if goal.form == "action" else ""  # else it is the measure that makes it concrete
    return (
        Check("concrete", goal.concrete, deed),
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
