"""From a document's mentions and namings to its label, its standing and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Label, Mention, Standing, Verdict
from .naming import Naming

SURE = 0.8
"""A verdict less probable than this is worth a human's look."""


def decide(mentions: Sequence[Mention], namings: Sequence[Naming], doubts: int, reasons: tuple[str, ...]) -> Verdict:
    """The verdict on a document.

    `doubts` counts what looks like a priority and could not be shown to be one (a lone heading that names
    digitalisation): each makes a `mention` less sure.
    """
    label: Label = "priority" if namings else "mention" if mentions else "none"
    standing: Standing = "none"
    if namings:
        standing = "priority"
    elif mentions:
        standing = "goal" if any(m.role == "goal" for m in mentions) else "context"
    probability = _probability(label, mentions, namings, doubts)
    return Verdict(label, standing, probability, probability < SURE, reasons)


def _probability(label: Label, mentions: Sequence[Mention], namings: Sequence[Naming], doubts: int) -> float:
    if label == "priority":
        # independent ways of naming make each other more probable; places that repeat one name do not
        missing = 1.0
        for way in {n.way for n in namings}:
            missing *= 1 - max(n.strength for n in namings if n.way == way)
        return min(1 - missing, 0.98)
    if label == "mention":
        alone = len(mentions) == 1 and len(mentions[0].terms) == 1
        return max(0.97 - 0.12 * min(doubts, 3) - 0.12 * alone, 0.5)
    return 0.95
