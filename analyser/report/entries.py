"""One document as every part of the report knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.document import Result
from analyser.report.scores import Score

if TYPE_CHECKING:
    from analyser.audit import Audit


@dataclass(frozen=True)
class Entry:
    """One document as the pages know it: its page's name, its organisation's scores, its wording audit.

    `result` is only an outline, without mentions and what else is long, so that thousands of entries take little
    memory: the whole is at `place` among the results. `mentions` is their number and `themes` what they speak of.
    """

    place: int
    result: Result
    mentions: int
    themes: frozenset[str]
    slug: str
    score: Score | None
    audit: Audit | None = None

    @property
    def name(self) -> str:
        """The organisation's name, or the file's where none was found."""
        return self.result.organisation or self.result.file

    @property
    def value(self) -> float | None:
        """The maturity score, if there is one."""
        return self.score.value if self.score else None

    @property
    def sector(self) -> str:
        """The sector, or '' where it is not known."""
        return self.score.sector if self.score else ""

    @property
    def failed(self) -> bool:
        """Whether the document could not be analysed at all."""
        return self.result.status == "failed"
