"""The main priorities as a reader sees them: in the sets in which the strategy presents them, numbered within each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analyser.document import Priority


@dataclass(frozen=True)
class PrioritySet:
    """Priorities that stand together: on which page, what shows that they are priorities, and they in order."""

    page: int
    evidence: str
    members: tuple[Priority, ...]

    @property
    def digital(self) -> tuple[int, ...]:
        """Where in the set, from 1, those stand that are about digitalisation."""
        return tuple(number for number, member in enumerate(self.members, start=1) if member.digital)


def sets(priorities: Sequence[Priority]) -> list[PrioritySet]:
    """The priorities by set, in the order of the strategy."""
    together = groupby(priorities, key=lambda priority: (priority.page, priority.evidence))
    return [PrioritySet(page, evidence, tuple(members)) for (page, evidence), members in together]
