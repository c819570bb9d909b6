"""Finding the codebook's terms in a sentence, and the false friends that only look like them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..document import Sentence, Term
from .codebook import Codebook, Entry
from .index import Index, key_of
from .patterns import Lemma, asked, compile_pattern, is_gap, key
from .surroundings import is_own

Owner = TypeVar("Owner", bound=Hashable)
WORDINGS = ("limits", "trends", "priority_nouns", "others", "raising")


@dataclass(frozen=True)
class FalseFriend:
    """A stretch of a sentence that looks like a term and does not count, with the codebook's reason."""

    text: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True)
class _Span:
    """The tokens that an entry matched (by index; those in a gap left out) and whether it is a term or a false friend.

    `weight` orders rivals for the same tokens: the more words, the better; of as many words an entry whose
    neighbourhood was asked for and found beats one without; then a false friend beats a term, and a word given whole
    one given by its beginning.
    """

    tokens: frozenset[int]
    entry: Entry
    counts: bool
    whole: bool

    def overlaps(self, other: _Span) -> bool:
        return not self.tokens.isdisjoint(other.tokens)

    @property
    def weight(self) -> tuple[int, int, bool]:
        return len(self.tokens), 2 * bool(self.entry.near) + (not self.counts), self.whole


@dataclass(frozen=True)
class _Claim:
    """An entry, and whether it is a term (it counts) or a false friend."""

    entry: Entry
    counts: bool


@dataclass(frozen=True, eq=False)
class _Pattern(Generic[Owner]):
    """One compiled pattern and what it belongs to.

    `matcher` is None where it is a single word, of which the index tells all; `whole` says that it gives no word by its
    beginning only; `gaps` are the places in it that stand for the words between.
    """

    owner: Owner
    matcher: Matcher | None
    whole: bool
    gaps: frozenset[int]

    def stretches(self, doc: Doc, places: Sequence[int]) -> Iterator[frozenset[int]]:
        """The tokens of each of its matches in `doc`, in which its first word stands at `places`."""
        if self.matcher is None:
            yield from (frozenset((place,)) for place in places)
            return
        found = cast("list[tuple[int, int, int, list[int]]]", self.matcher(doc, with_alignments=True))
        for _, first, _, alignment in found:
            yield frozenset(first + i for i, part in enumerate(alignment) if part not in self.gaps)


class _Patterns(Generic[Owner]):
    """Patterns, looked for in a sentence: of a thousand only those whose first word stands in it."""

    def __init__(self, vocab: Vocab, lemma: Lemma) -> None:
        self._vocab = vocab
        self._lemma = lemma
        self._index = Index[_Pattern[Owner]](lemma)
        self.of = self._index.of

    def add(self, text: str, owner: Owner, opening: bool = False) -> None:
        """Add the pattern that `text` notes; with `opening`, one of a single word must open its compound."""
        for tokens in compile_pattern(text, self._lemma, opening):
            matcher = None
            if len(tokens) > 1:
                matcher = Matcher(self._vocab)
                matcher.add(text, [tokens])
            gaps = frozenset(i for i, token in enumerate(tokens) if is_gap(token))
            first = asked(key(text), self._lemma, opening and " " not in text)
            self._index.add(first, _Pattern(owner, matcher, "*" not in text, gaps))

    def found(self, doc: Doc, owner: Owner | None = None) -> Iterator[tuple[_Pattern[Owner], frozenset[int]]]:
        """Every match in `doc` of the patterns (of those that belong to `owner`, if one is given), with its tokens."""
        places: dict[_Pattern[Owner], list[int]] = {}
        for place, token in enumerate(doc):
            for pattern in self._index.of(token.text):
                if owner is None or pattern.owner == owner:
                    places.setdefault(pattern, []).append(place)
        for pattern, where in places.items():
            yield from ((pattern, tokens) for tokens in pattern.stretches(doc, where))


class Finder:
    """Finds the terms of a codebook. `lemma` marks compound boundaries (a lexicon's; as is where there is none)."""

    def __init__(self, codebook: Codebook, lemma: Lemma) -> None:
        self.lemma = lemma
        self._vocab = Vocab()
        self._found: dict[str, tuple[list[Term], list[FalseFriend]]] = {}
        self._entries = _Patterns[_Claim](self._vocab, lemma)
        self._wordings = _Patterns[str | Entry](self._vocab, lemma)
        for counts, entries in ((True, codebook.terms), (False, codebook.false_friends)):
            for entry in entries:
                for text in entry.match:
                    self._entries.add(text, _Claim(entry, counts), opening=not counts)
                self._add(entry, entry.near)
        for name in WORDINGS:
            self._add(name, getattr(codebook, name))
        self._verbs = frozenset(name for name, texts in codebook.verbs.items() if texts)
        for name in self._verbs:
            self._add(name, codebook.verbs[name])

    def _add(self, owner: str | Entry, texts: Sequence[str]) -> None:
        for text in texts:
            self._wordings.add(text, owner)

    def _stands(self, owner: str | Entry, doc: Doc) -> bool:
        """Whether one of the wordings of `owner` stands in the sentence."""
        return any(True for _ in self._wordings.found(doc, owner))

    def matters(self, text: str) -> bool:
        """Whether `text` holds a word that a term or a false friend begins with, so that it must be looked at."""
        return any(map(self._entries.of, WORDS.findall(text)))

    def mentions(self, sentence: Sentence) -> bool:
        """Whether the sentence, given its tokens, holds a term that counts."""
        return any(p.owner.counts for t in sentence.tokens for p in self._entries.of(t.text)) and bool(
            self.find(sentence, self.doc(sentence))[0]
        )

    def doc(self, sentence: Sentence) -> Doc:
        """The sentence's tokens as spaCy's matcher reads them: a token's norm is its lower case, a tab, its lemma."""
        doc = Doc(self._vocab, words=[t.text for t in sentence.tokens] or [""])
        for token, ours in zip(doc, sentence.tokens, strict=False):
            token.norm_ = key_of(ours.text, ours.lemma)
        return doc

    def find(self, sentence: Sentence, doc: Doc) -> tuple[list[Term], list[FalseFriend]]:
        """The terms of `sentence` that count, and its false friends, each in the order of the text.

        Of overlapping stretches the weightier one wins (see `_Span.weight`), then the first.
        """
        if sentence.text not in self._found:  # asked for again once a sentence is known to be a mention
            self._found[sentence.text] = self._find(sentence, doc)
            if len(self._found) > KEPT:
                del self._found[next(iter(self._found))]
        return self._found[sentence.text]

    def _find(self, sentence: Sentence, doc: Doc) -> tuple[list[Term], list[FalseFriend]]:
        winners: list[_Span] = []
        for span in sorted(self._spans(doc), key=lambda s: (s.weight, -min(s.tokens)), reverse=True):
            if not any(span.overlaps(winner) for winner in winners):
                winners.append(span)
        winners.sort(key=lambda s: min(s.tokens))
        terms = [self._term(sentence, s) for s in winners if s.counts]
        return terms, [_false_friend(sentence, s) for s in winners if not s.counts]

    def _spans(self, doc: Doc) -> Iterator[_Span]:
        for pattern, tokens in self._entries.found(doc):
            entry = pattern.owner.entry
            if not entry.near or self._stands(entry, doc):
                yield _Span(tokens, entry, pattern.owner.counts, pattern.whole)

    def _term(self, sentence: Sentence, span: _Span) -> Term:
        text, start, end = _stretch(sentence, span)
        lemma = " ".join(sentence.tokens[i].lemma for i in sorted(span.tokens))
        return Term(text, lemma, span.entry.name, start, end)

    def limits(self, doc: Doc) -> bool:
        """Whether the sentence has a wording by which strategies limit or reject something."""
        return self._stands("limits", doc)

    def of_others(self, doc: Doc, organisation: str = "") -> bool:
        """Whether the sentence speaks of somebody else: the state, another organisation, an earlier strategy.

        Words that the `organisation` whose strategy it is has in its own name speak of itself.
        """
        own = organisation.casefold()
        found = (tokens for _, tokens in self._wordings.found(doc, "others"))
        return any(not is_own(doc[min(tokens) : max(tokens) + 1].text.casefold(), own) for tokens in found)

    def raises(self, doc: Doc) -> bool:
        """Whether the sentence raises something to a priority ("nostamme kärjeksi")."""
        return self._stands("raising", doc)

    def of_trends(self, doc: Doc) -> bool:
        """Whether the sentence names other things that change the world around an organisation."""
        return self._stands("trends", doc)

    @property
    def knows_verbs(self) -> bool:
        """Whether the codebook has verbs: it is for a language of which no tagger tells what a sentence does."""
        return bool(self._verbs)

    def verbs(self, doc: Doc) -> frozenset[str]:
        """Which kinds of the codebook's verbs the sentence has: `doing`, `describing`, `past`."""
        return frozenset(name for name in self._verbs if self._stands(name, doc))

    def names_priority(self, doc: Doc) -> bool:
        """Whether the sentence has a word by which strategies call something a main priority."""
        return self._stands("priority_nouns", doc)


KEPT = 10_000
"""Sentences of which is remembered what was found in them."""
WORDS = re.compile(r"[^\W_][\w\u00ad]*(?:[-:’'.][\w\u00ad]+)*-?")


def _stretch(sentence: Sentence, span: _Span) -> tuple[str, int, int]:
    start, end = sentence.tokens[min(span.tokens)].start, sentence.tokens[max(span.tokens)].end
    return sentence.text[start:end], start, end


def _false_friend(sentence: Sentence, span: _Span) -> FalseFriend:
    text, start, end = _stretch(sentence, span)
    return FalseFriend(text, span.entry.name, start, end)
