"""Language: blocks into sentences, and the sentences that may matter into tokens with lemmas and compound parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..document import Document
from .identify import LANGUAGES, language_of
from .lexicon import Lexicon, lexicon_for
from .sentences import split
from .tagging import tokens

__all__ = ["LANGUAGES", "Lexicon", "annotate", "language_of", "lexicon_for"]


def annotate(
    document: Document,
    language: str,
    lexicon: Lexicon | None,
    matters: Callable[[str], bool],
    promising: Callable[[str], bool],
) -> Document:
    """`document` with its language and sentences.

    A sentence for whose text `matters` says true has its tokens too, and where `promising` does so as well, their
    grammar: tagging costs a hundred times what splitting does, and few sentences speak of what the codebook codes.
    """
    sentences = list(split(document))
    chosen = [i for i, sentence in enumerate(sentences) if matters(sentence.text)]
    for grammar in (True, False):
        places = [i for i in chosen if promising(sentences[i].text) is grammar]
        for i, found in zip(places, tokens([sentences[i] for i in places], language, lexicon, grammar), strict=True):
            sentences[i] = replace(sentences[i], tokens=found)
    return replace(document, language=language, sentences=tuple(sentences))
