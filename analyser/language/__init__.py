"""Language: blocks into sentences, and the sentences that may matter into tokens with lemmas and compound parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..document import Document, Sentence
from .identify import LANGUAGES, language_of, languages_of
from .lexicon import Lexicon, lexicon_for
from .sentences import split
from .tagging import tokens

__all__ = ["LANGUAGES", "Lexicon", "Reading", "annotate", "language_of", "languages_of", "lexicon_for"]


@dataclass(frozen=True)
class Reading:
    """How sentences in one language are read.

    `lexicon` gives lemmas (None: the words in lower case); `matters` says of a text whether it holds a word of the
    codebook, `mentions` of a sentence with its tokens whether it is a mention.
    """

    lexicon: Lexicon | None
    matters: Callable[[str], bool]
    mentions: Callable[[Sentence], bool]


def annotate(document: Document, main: str, readings: Mapping[str, Reading]) -> Document:
    """`document`, mostly in the language `main`, with its sentences; `readings` by language.

    Where there are readings for other languages, each block is read in its own. A sentence that `matters` has its
    tokens too, and one that `mentions` their grammar: tagging costs a hundred times what splitting does, and few
    sentences speak of what the codebook codes.
    """
    languages = languages_of(document, main) if len(readings) > 1 else [main] * len(document.blocks)
    sentences = list(split(document, languages))
    for language, reading in readings.items():
        chosen = [i for i, s in enumerate(sentences) if s.language == language and reading.matters(s.text)]
        for grammar in (False, True):
            places = [i for i in chosen if not grammar or reading.mentions(sentences[i])]
            texts = [sentences[i].text for i in places]
            for i, found in zip(places, tokens(texts, language, reading.lexicon, grammar), strict=True):
                sentences[i] = replace(sentences[i], tokens=found)
    return replace(document, language=main, sentences=tuple(sentences))
