"""The program as a coder: reads an extracted document and codes it by a codebook, as a human coder would by hand.

Joins the rooms language/ and detect/, which know nothing of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analyser import detect, language, resources
from analyser.cache import default_folder
from analyser.document import Document
from analyser.language import Lexicon


@dataclass(frozen=True)
class Coder:
    """Codes documents in one language. `lexicon` is None where words are matched by their beginnings alone."""

    language: str
    lexicon: Lexicon | None
    detector: detect.Detector

    def annotated(self, document: Document) -> Document:
        """`document` with its sentences, and the tokens of those that hold a word of the codebook."""
        detector = self.detector
        return language.annotate(document, self.language, self.lexicon, detector.matters, detector.promising)

    def coded(self, document: Document, report_language: str = "fi") -> Document:
        """`document` with every layer: sentences, mentions, priorities, verdict."""
        return self.detector.detect(self.annotated(document), report_language)


def coder_for(document: Document, chosen: str = "auto", codebook: Path | None = None) -> Coder:
    """The coder for `document`: for the `chosen` language, or with `auto` the one that it is written in.

    Raises InputError if the codebook or the classifier cannot be read.
    """
    return coder(language.language_of(document) if chosen == "auto" else chosen, codebook)


@lru_cache(maxsize=8)
def coder(written_in: str, codebook: Path | None = None, trained: bool = True) -> Coder:
    """The coder for texts in a language (`fi`, `sv`, `en`), loaded once; not `trained`, the rules decide alone.

    They do so for Swedish and English too: the classifier learnt from Finnish, and on the coded strategies in the two
    other languages it tells fewer roles right than the rules.
    """
    models = resources.folder("models")
    book = detect.codebook_for(written_in, codebook)
    lexicon = language.lexicon_for(book.words(), models, default_folder()) if written_in == "fi" else None
    classifier = detect.classifier_in(models) if trained and written_in == "fi" else None
    return Coder(written_in, lexicon, detect.Detector(book, lexicon.lemma if lexicon else str.casefold, classifier))
