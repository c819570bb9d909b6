"""The files of a report that know nothing of one another, made side by side in a crew's processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.document import Result
from analyser.files import write_bytes
from analyser.report.crops import Crop, Drawing, draw
from analyser.report.locale import speech
from analyser.report.rendering import templates
from analyser.report.scores import Score
from analyser.report.tables import MENTION_COLUMNS, RESULT_COLUMNS, as_csv, mention_rows, result_rows
from analyser.report.workbook import as_xlsx
from analyser.workers import Crew, Lost

if TYPE_CHECKING:
    from analyser.audit import Audit

SECONDS = 60.0
"""That one document's page and pictures may take."""
Pictures = dict[int, Crop]


@dataclass(frozen=True)
class Page:
    """A page to be made from a template and what that is told, with the pictures that are to be drawn for it."""

    path: Path
    language: str
    template: str
    content: Mapping[str, Any]
    drawing: Drawing | None = None

    def make(self) -> Pictures:
        """Write the page and its pictures; returns these by the mention's index. Raises OSError as writing does."""
        drawn = {"crops": draw(self.drawing)} if self.drawing else {}
        text = templates(self.language).get_template(self.template).render(self.content, **drawn)
        write_bytes(self.path, [text.encode("utf-8", "replace")])
        return drawn.get("crops", {})


@dataclass(frozen=True)
class Tables:
    """results.csv, mentions.csv and results.xlsx in the folder `out`."""

    out: Path
    language: str
    results: Sequence[Result]
    scores: Mapping[str, Score]
    audits: Mapping[str, Audit]
    cohort: Mapping[str, Any]

    def make(self) -> Pictures:
        """Write the tables. Raises OSError as writing does."""
        results, scores, audits = self.results, self.scores, self.audits
        write_bytes(self.out / "results.csv", as_csv(RESULT_COLUMNS, result_rows(results, scores, audits)))
        write_bytes(self.out / "mentions.csv", as_csv(MENTION_COLUMNS, mention_rows(results, audits)))
        workbook = as_xlsx(results, scores, audits, self.cohort, speech(self.language))
        write_bytes(self.out / "results.xlsx", [workbook])
        return {}


def made(files: Iterable[Page | Tables], crew: Crew | None) -> Iterator[tuple[Page | Tables, Pictures]]:
    """Make the files, each as it comes without a crew; yields each with its pictures. Raises OSError as writing does.

    A PDF that hangs or crashes the drawing costs its own pictures alone: its page is made without.
    """
    if crew is None:
        yield from ((file, file.make()) for file in files)
        return
    for file, answer in crew.run(_answer, files, SECONDS):
        if isinstance(answer, OSError):
            raise answer
        if isinstance(answer, Lost):
            yield file, (replace(file, drawing=None) if isinstance(file, Page) else file).make()
        else:
            yield file, answer


def _answer(file: Page | Tables) -> Pictures | OSError:
    try:
        return file.make()
    except OSError as error:  # the disk's fault, not the document's: another process would fare no better
        return error
