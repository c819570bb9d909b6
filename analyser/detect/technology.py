"""Main priorities named by technology or smartness: what their own text is about decides whether they count.

The codebook's document level: "a priority whose name says technology or smart counts when its own text is mainly about
digitalisation".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..document import Document
from .names import own_text, same_name
from .priorities import PrioritySet

MAINLY = 0.4
"""Share of a chapter's sentences that are mentions where the chapter is mainly about digitalisation."""
FEWEST = 3
"""Mentions, the name itself among them; fewer do not make a chapter digital."""
SMART = "smart"
"""The concept of terms that say that something is smart."""
REASONS = ("technology", "smart")
"""The false friends that such names are made of."""


class Chapters:
    """The chapters of a document's main priorities; `mentions` are the blocks of its mentions, one for each."""

    def __init__(self, document: Document, sets: Sequence[PrioritySet], mentions: Iterable[int]) -> None:
        self._document = document
        self._names = {same_name(name): name for one in sets for name in one.names}
        self._mentions = Counter(mentions)
        self._sentences = Counter(sentence.block for sentence in document.sentences)

    def is_named(self, text: str) -> bool:
        """Whether `text` is the name of a main priority."""
        return same_name(text) in self._names

    def digital(self, name: str) -> bool | None:
        """Whether the text of the priority is mainly about digitalisation; None if no text is its own.

        Its name, wherever it stands, says nothing of its text.
        """
        blocks = self._document.blocks
        text = [b for b in own_text(self._document, name, self._names.values()) if not self.is_named(blocks[b].text)]
        if not text:
            return None
        mentions, sentences = (sum(counts[b] for b in text) for counts in (self._mentions, self._sentences))
        return mentions + 1 >= FEWEST and mentions >= MAINLY * sentences
