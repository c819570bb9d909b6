"""Where a strategy names digitalisation as a main priority: in a name of a set, in running text, or in the vision.

These are the three ways of the codebook's document level: (a) the name of a top-level priority, (b) running text that
says so, (c) the vision itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from ..document import Document, Sentence, Token
from .codebook import Codebook
from .names import LONGEST_NAME, name_of, same_name
from .priorities import PrioritySet, captions
from .surroundings import SectionKinds, Surroundings
from .terms import Finder

CAPTION = 0.7
"""How much of a set's strength a line under one of its names has: it tells what the priority holds, or names it too."""
LEARNT = 0.7
"""How probable the classifier must hold it that a sentence tells a main priority (see the model card)."""
LONGEST_TOLD = 45
"""Words; a longer sentence says too much for its words to speak of one thing."""
OURS_BEFORE = 3
"""Words between "our" and what is ours, at most ("our five strategic priorities")."""
LONGEST_HEAD = 4
"""Words of what heads the vision."""
LONGEST_ASPIRATION = 50
"""Letters of what heads it where nothing is called so ("Sellainen on Koekylä vuonna 2035")."""
LONGEST_VISION = 3
"""Blocks under a vision's heading that may still state it; what follows explains."""
OFTENEST_VISION = 2
"""Times that the vision's heading may stand; one that comes back in every chapter tells the chapters' own."""


@dataclass(frozen=True)
class Naming:
    """One place where digitalisation is named a main priority.

    `sentence` indexes the document's sentences, `way` is `set`, `text` or `vision`, `name` what is named, `by` the
    words that make it a priority, `strength` from 0 to 1 how surely it is one.
    """

    sentence: int
    way: str
    name: str
    by: str
    strength: float


class Namer:
    """Finds the namings of a document by a codebook's wordings."""

    def __init__(self, codebook: Codebook, finder: Finder, kinds: SectionKinds) -> None:
        self._codebook = codebook
        self._finder = finder
        self._kinds = kinds
        self._nouns = [[w if "*" in w else finder.lemma(w) for w in noun.split()] for noun in codebook.priority_nouns]
        numbers = "|".join(map(re.escape, codebook.numbers))
        self._counting = re.compile(rf"\b(?:{numbers}|\d{{1,2}}|{'|'.join(codebook.ones)})", re.IGNORECASE)
        self._visions = re.compile(rf"\b(?:{'|'.join(codebook.visions)})", re.IGNORECASE)
        self._aspirations = re.compile("|".join(codebook.aspirations) or "$^", re.IGNORECASE)

    def find(
        self,
        document: Document,
        sets: Sequence[PrioritySet],
        mentions: Mapping[int, Doc],
        around: Mapping[int, Surroundings],
        learnt: Mapping[int, float],
    ) -> list[Naming]:
        """The namings among the sentences in `mentions` (by index, with their docs), the surest first.

        `learnt` is how probable the classifier holds it that a sentence of running text tells a main priority.
        """
        found = [*self._in_sets(document, sets, mentions)]
        heads = self._vision_heads(document)
        for index, doc in mentions.items():
            sentence = document.sentences[index]
            ours = not self._finder.of_others(doc, document.organisation) and not any(map(_denies, sentence.tokens))
            if ours and self._told(sentence, doc, around[index]):
                found.append(Naming(index, "text", sentence.text, "", 0.85))
            elif ours and learnt.get(index, 0.0) >= LEARNT:
                found.append(Naming(index, "text", sentence.text, "", learnt[index]))
            if self._envisioned(document, sentence, heads):
                found.append(Naming(index, "vision", sentence.text, "", 0.75))
        return sorted(found, key=lambda n: (-n.strength, n.sentence))

    def _in_sets(
        self, document: Document, sets: Sequence[PrioritySet], mentions: Mapping[int, Doc]
    ) -> Iterator[Naming]:
        by_block: dict[int, list[int]] = {}
        for index in mentions:
            by_block.setdefault(document.sentences[index].block, []).append(index)
        names: dict[str, PrioritySet] = {}
        for one in sets:
            for block, name in zip(one.blocks, one.names, strict=True):
                for index in by_block.get(block, ()):
                    yield Naming(index, "set", name, one.by, one.strength)
                    names.setdefault(same_name(name), one)
        for one in sets:
            for block, captioned in captions(document, one).items():
                for index in by_block.get(block, ()):
                    name = f"{captioned}: {name_of(document.blocks[block].text)}"
                    yield Naming(index, "set", name, one.by, CAPTION * one.strength)
        # the same name wherever else it heads or lists
        for index in mentions:
            sentence = document.sentences[index]
            known = names.get(same_name(sentence.text)) if len(sentence.text.split()) <= LONGEST_NAME + 2 else None
            if known is not None and sentence.block not in known.blocks:
                yield Naming(index, "set", name_of(sentence.text), known.by, known.strength)

    def _told(self, sentence: Sentence, doc: Doc, around: Surroundings) -> bool:
        """Whether running text says it: a priority word with a count or a possessive, in the present.

        What raises something to a priority may be told in the past and in a foreword, where the choice is told.
        """
        if len(sentence.text.split()) > LONGEST_TOLD:
            return False
        if self._finder.raises(doc):
            return True
        if around.kinds.get("environment") is not None or any(_past(t.morph) for t in sentence.tokens):
            return False
        words = [t.text.casefold() for t in sentence.tokens]
        if not any(word in self._codebook.copulas for word in words):
            return False
        lemmas = [t.lemma for t in sentence.tokens]
        nouns = [i for i in range(len(lemmas)) if any(_stands(noun, lemmas[i:]) for noun in self._nouns)]
        counted = self._counting.search(sentence.text)
        ours = any(words[i].endswith(self._codebook.ours) for i in nouns) or any(
            word in self._codebook.ours for i in nouns for word in words[max(i - OURS_BEFORE, 0) : i]
        )
        return bool(nouns and (counted or ours))

    def _vision_heads(self, document: Document) -> list[int]:
        """The blocks that head the vision, as far as the strategy calls anything so, else what it aspires to.

        A heading that comes back in every chapter tells the chapters' own.
        """
        body = [(i, b.text) for i, b in enumerate(document.blocks) if b.kind != "furniture"]
        heads = [i for i, text in body if self._visions.search(text) and len(text.split()) <= LONGEST_HEAD]
        heads = heads or [i for i, text in body if self._aspirations.search(text) and len(text) <= LONGEST_ASPIRATION]
        times = Counter(document.blocks[i].text.casefold() for i in heads)
        return [i for i in heads if times[document.blocks[i].text.casefold()] <= OFTENEST_VISION]

    def _envisioned(self, document: Document, sentence: Sentence, heads: Sequence[int]) -> bool:
        """Whether the sentence states the vision: in it, or among the first blocks under its heading."""
        if self._visions.match(sentence.text.lstrip("”\"’ ")) and sentence.kind != "heading":
            return ":" in sentence.text[:40] or self._joined(sentence)
        head = max((i for i in heads if i < sentence.block), default=None)
        if head is None:
            return False
        between = [b for b in document.blocks[head + 1 : sentence.block] if b.kind != "furniture"]
        if sentence.kind == "heading":
            return not between and document.blocks[head].page == sentence.page
        if any(b.kind == "heading" for b in between):
            return False
        # a list states it with all its items
        return sum(not b.kind == sentence.kind == "item" for b in between) < LONGEST_VISION

    def _joined(self, sentence: Sentence) -> bool:
        return any(t.text.casefold() in self._codebook.copulas for t in sentence.tokens[:4])


def _stands(noun: Sequence[str], lemmas: Sequence[str]) -> bool:
    """Whether the words of a priority noun stand at the beginning of `lemmas`; compounds may end in one."""
    return len(noun) <= len(lemmas) and all(
        lemma.startswith(word[:-1]) if word.endswith("*") else f"|{lemma}".endswith(f"|{word}")
        for word, lemma in zip(noun, lemmas, strict=False)
    )


def _denies(token: Token) -> bool:
    return "Polarity=Neg" in token.morph and "VerbForm=Fin" in token.morph


def _past(morph: str) -> bool:
    return "Tense=Past" in morph and "VerbForm=Fin" in morph
