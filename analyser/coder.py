"""The program as a coder: reads an extracted document and codes it by a codebook, as a human coder would by hand.

Joins the rooms language/ and detect/, which know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analyser import detect, resources
from analyser.cache import default_folder
from analyser.document import Document
from analyser.language import Lexicon, Reading, annotate, language_of, languages_of, lexicon_for


@dataclass(frozen=True)
class Coder:
    """Codes documents in one language. `lexicon` is None where words are matched by their beginnings alone.

    A document with stretches in other languages is coded together with `others`, the coders of those.
    """

    language: str
    lexicon: Lexicon | None
    detector: detect.Detector

    def annotated(self, document: Document, others: Sequence[Coder] = ()) -> Document:
        """`document` with its sentences, and the tokens of those that hold a word of the codebook."""
        readings = {coder.language: coder.reading for coder in (self, *others)}
        return annotate(document, self.language, readings)

    def detected(self, document: Document, report_language: str, others: Sequence[Coder] = ()) -> Document:
        """An annotated document with mentions, priorities and verdict."""
        return self.detector.detect(document, report_language, [other.detector for other in others])

    def coded(self, document: Document, report_language: str = "fi", others: Sequence[Coder] = ()) -> Document:
        """`document` with every layer: sentences, mentions, priorities, verdict."""
        return self.detected(self.annotated(document, others), report_language, others)

    @property
    def reading(self) -> Reading:
        """How sentences in the coder's language are read."""
        return Reading(self.lexicon, self.detector.matters, self.detector.mentions)


def coders_for(document: Document, chosen: str = "auto", codebook: Path | None = None) -> list[Coder]:
    """The coders for `document`, the one for its main language first.

    With a `chosen` language it is the only one; with `auto`, stretches in other languages have coders too. Raises
    InputError if the codebook or the classifier cannot be read.
    """
    if chosen != "auto":
        return [coder(chosen, codebook)]
    main = language_of(document)
    others = sorted({*languages_of(document, main)} - {main})
    return [coder(each, codebook) for each in (main, *others)]


@lru_cache(maxsize=8)
def coder(written_in: str, codebook: Path | None = None, trained: bool = True) -> Coder:
    """The coder for texts in a language (`fi`, `sv`, `en`), loaded once; not `trained`, the rules decide alone.

    They do so for Swedish and English too: the classifier learnt from Finnish, and on the coded strategies in the two
    other languages it tells fewer roles right than the rules.
    """
    models = resources.folder("models")
    book = detect.codebook_for(written_in, codebook)
    lexicon = lexicon_for(book.words(), models, default_folder()) if written_in == "fi" else None
    classifier = detect.classifier_in(models) if trained and written_in == "fi" else None
    scale = detect.scale_in(models) if trained else None
    lemma = lexicon.lemma if lexicon else str.casefold
    return Coder(written_in, lexicon, detect.Detector(book, lemma, classifier, scale))
