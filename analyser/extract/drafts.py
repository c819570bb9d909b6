"""Blocks while they are being put together."""

from __future__ import annotations

from dataclasses import dataclass

from analyser.document import BlockKind
from analyser.extract.lines import Line


@dataclass(slots=True)
class Draft:
    """A block being put together: its lines, what it is, and the item's bullet or number if it has one."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int | None = None
    marker: str = ""
    text_x: float = 0.0
    """Where the text begins, after the bullet."""
    settled: bool = False
    """Whether its type size and weight have no more say in what it is."""

    @property
    def text(self) -> str:
        """The lines joined by spaces, hyphens as they are."""
        return " ".join(line.text for line in self.lines)
