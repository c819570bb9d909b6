"""From a document's mentions and namings to its label, its standing and how sure they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..document import Label, Mention, Standing, Verdict
from .naming import Naming
from .weighing import Scale, signs

SURE = 0.8
"""A verdict less probable than this is worth a human's look."""
UNWEIGHED = 0.5
"""How sure a verdict is that nothing has learnt to weigh."""


def label_of(mentions: Collection[object], namings: Collection[Naming]) -> Label:
    """The label that a document's mentions and namings make."""
    return "priority" if namings else "mention" if mentions else "none"


def decide(
    mentions: Sequence[Mention],
    namings: Sequence[Naming],
    doubts: int,
    reasons: tuple[str, ...],
    scale: Scale | None,
) -> Verdict:
    """The verdict on a document: what its rules found makes the label, the scale says how probable that is.

    `doubts` counts what looks like a priority and could not be shown to be one: worth a human's look as well.
    """
    label = label_of(mentions, namings)
    standing: Standing = "none"
    if namings:
        standing = "priority"
    elif mentions:
        standing = "goal" if any(m.role == "goal" for m in mentions) else "context"
    probability = scale.weigh(signs(bool(mentions), namings))[label] if scale else UNWEIGHED
    return Verdict(label, standing, probability, probability < SURE or doubts > 0, reasons)
