"""Sentences into tokens with lemma, part of speech and morphology, by spaCy."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ..document import Token
from .lexicon import Lexicon

if TYPE_CHECKING:
    import spacy.language

FINNISH_MODEL = "spacy_fi_experimental_web_md"
USED = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
"""What the tagger and its rules ask of a word; spaCy would work out three times as much for each new one."""


@cache
def pipeline(language: str) -> spacy.language.Language:
    """The spaCy pipeline for `language`: tagger and morphology for Finnish, a tokenizer for the others.

    Words stay whole at their hyphens (`e-services`, `data-driven`): spaCy's English tokenizer cuts them, others do not.
    The Finnish model's own lemmatizer needs a system library; its parser, its names and its table of how often words
    occur, which takes most of the time to load, are not used: all are left out.
    """
    import spacy
    from spacy.attrs import IDS
    from thinc.api import use_ops

    if language != "fi":
        from spacy.lang.char_classes import HYPHENS
        from spacy.util import compile_infix_regex

        nlp = spacy.blank(language)
        whole = [infix for infix in nlp.Defaults.infixes or () if HYPHENS not in str(infix)]
        tokenizer: Any = nlp.tokenizer
        tokenizer.infix_finditer = compile_infix_regex(whole).finditer
        return nlp
    # numpy multiplies matrices in a third of the time that spaCy's own choice, blis, needs
    with warnings.catch_warnings(), use_ops("numpy", use_blis=False):
        warnings.simplefilter("ignore")  # the model names an older spaCy; the versions are pinned and tested together
        nlp = spacy.load(FINNISH_MODEL, exclude=["lemmatizer", "parser", "ner", "lookups"])
    vocab: Any = nlp.vocab
    asked = vocab.lex_attr_getters
    for attribute in asked.keys() - {IDS[name] for name in USED}:
        del asked[attribute]
    return nlp


def tokens(
    texts: Sequence[str], language: str, lexicon: Lexicon | None, grammar: bool = True
) -> list[tuple[Token, ...]]:
    """The tokens of each of `texts`, one sentence each; lemmas are the lexicon's (without one, words in lower case).

    Without `grammar` they have neither part of speech nor morphology, which cost a hundred times what the rest does.
    """
    nlp = pipeline(language)
    tokenizer: Any = nlp.tokenizer
    docs = nlp.pipe(texts, batch_size=64) if grammar else tokenizer.pipe(texts)
    return [
        tuple(
            Token(
                text=t.text,
                start=t.idx,
                end=t.idx + len(t.text),
                lemma=lexicon.lemma(t.text) if lexicon else t.lower_,
                pos=t.pos_,
                morph=str(t.morph),
            )
            for t in doc
            if not t.is_space
        )
        for doc in docs
    ]
