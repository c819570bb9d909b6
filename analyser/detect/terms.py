"""Finding the codebook's terms in a sentence, and the false friends that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..document import Sentence, Term
from .codebook import Codebook, Entry
from .patterns import Lemma, compile_pattern, is_gap, key


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
    neighbourhood was asked for and found beats one without; then a false friend beats a term.
    """

    tokens: frozenset[int]
    entry: Entry
    counts: bool

    def overlaps(self, other: _Span) -> bool:
        return not self.tokens.isdisjoint(other.tokens)

    @property
    def weight(self) -> tuple[int, int]:
        return len(self.tokens), 2 * bool(self.entry.near) + (not self.counts)


@dataclass(frozen=True)
class _Rule:
    """One compiled pattern of an entry; `gaps` are the places in it that stand for the words between."""

    entry: Entry
    counts: bool
    gaps: frozenset[int]


class Finder:
    """Finds the terms of a codebook. `lemma` marks compound boundaries (a lexicon's; as is where there is none)."""

    def __init__(self, codebook: Codebook, lemma: Lemma) -> None:
        self.lemma = lemma
        self._vocab = Vocab()
        self._rules: dict[str, _Rule] = {}
        self._matcher = Matcher(self._vocab)
        self._near: dict[Entry, Matcher] = {}
        for counts, entries in ((True, codebook.terms), (False, codebook.false_friends)):
            for entry in entries:
                self._add(entry, counts)
        self._limits = self._own(codebook.limits)
        self._trends = self._own(codebook.trends)
        self._priority_nouns = self._own(codebook.priority_nouns)
        self._others = self._own(codebook.others)
        self._raising = self._own(codebook.raising)
        self._keys = _Keys([m for e in codebook.terms for m in e.match], lemma)
        self._lookalikes = _Keys([m for e in codebook.false_friends for m in e.match], lemma)

    def _add(self, entry: Entry, counts: bool) -> None:
        for text in entry.match:
            for pattern in compile_pattern(text, self.lemma, opening=not counts):
                name = str(len(self._rules))
                self._rules[name] = _Rule(entry, counts, frozenset(i for i, t in enumerate(pattern) if is_gap(t)))
                self._matcher.add(name, [pattern])
        if entry.near:
            self._near[entry] = self._own(entry.near)

    def _own(self, texts: Iterable[str]) -> Matcher:
        matcher = Matcher(self._vocab)
        matcher.add("own", [p for text in texts for p in compile_pattern(text, self.lemma)])
        return matcher

    def promising(self, text: str) -> bool:
        """Whether `text` holds a word that a term begins with: the sentences that may be mentions."""
        return self._keys.any_in(text)

    def matters(self, text: str) -> bool:
        """Whether `text` holds a word that a term or a false friend begins with, so that it must be looked at."""
        return self._keys.any_in(text) or self._lookalikes.any_in(text)

    def doc(self, sentence: Sentence) -> Doc:
        """The sentence's tokens as spaCy's matcher reads them: a token's norm is its lower case, a tab, its lemma."""
        doc = Doc(self._vocab, words=[t.text for t in sentence.tokens] or [""])
        for token, ours in zip(doc, sentence.tokens, strict=False):
            token.norm_ = _key(ours.text, ours.lemma)
        return doc

    def find(self, sentence: Sentence, doc: Doc) -> tuple[list[Term], list[FalseFriend]]:
        """The terms of `sentence` that count, and its false friends, each in the order of the text.

        Of overlapping stretches the longest wins; of equally long ones the term, unless the false friend is the more
        particular (it names more words, or the same words exactly).
        """
        winners: list[_Span] = []
        for span in sorted(self._spans(doc), key=lambda s: (s.weight, -min(s.tokens)), reverse=True):
            if not any(span.overlaps(winner) for winner in winners):
                winners.append(span)
        winners.sort(key=lambda s: min(s.tokens))
        terms = [self._term(sentence, s) for s in winners if s.counts]
        return terms, [_false_friend(sentence, s) for s in winners if not s.counts]

    def _spans(self, doc: Doc) -> Iterator[_Span]:
        for name, first, _, alignment in self._matcher(doc, with_alignments=True):
            rule = self._rules[self._vocab.strings[name]]
            if rule.entry.near and not self._near[rule.entry](doc):
                continue
            tokens = frozenset(first + i for i, part in enumerate(alignment) if part not in rule.gaps)
            yield _Span(tokens, rule.entry, rule.counts)

    def _term(self, sentence: Sentence, span: _Span) -> Term:
        text, start, end = _stretch(sentence, span)
        lemma = " ".join(sentence.tokens[i].lemma for i in sorted(span.tokens))
        return Term(text, lemma, span.entry.name, start, end)

    def limits(self, doc: Doc) -> bool:
        """Whether the sentence has a wording by which strategies limit or reject something."""
        return bool(self._limits(doc))

    def of_others(self, doc: Doc) -> bool:
        """Whether the sentence speaks of somebody else: the state, another organisation, an earlier strategy."""
        return bool(self._others(doc))

    def raises(self, doc: Doc) -> bool:
        """Whether the sentence raises something to a priority ("nostamme kärjeksi")."""
        return bool(self._raising(doc))

    def of_trends(self, doc: Doc) -> bool:
        """Whether the sentence names other things that change the world around an organisation."""
        return bool(self._trends(doc))

    def names_priority(self, doc: Doc) -> bool:
        """Whether the sentence has a word by which strategies call something a main priority."""
        return bool(self._priority_nouns(doc))


class _Keys:
    """The first words of patterns: a text in which none of them stands cannot hold a match."""

    def __init__(self, texts: Iterable[str], lemma: Lemma) -> None:
        flexible, exact = [], []
        for text in texts:
            (token,) = compile_pattern(key(text), lemma)[0]
            (exact if "TEXT" in token else flexible).append(token.get("TEXT", token.get("NORM", {"REGEX": "$^"}))["REGEX"])
        self._flexible = re.compile("|".join(flexible) or "$^")
        self._exact = re.compile("|".join(exact) or "$^")
        self._lemma = lemma
        self._known: dict[str, bool] = {}

    def any_in(self, text: str) -> bool:
        return any(self._is(word) for word in WORDS.findall(text))

    def _is(self, word: str) -> bool:
        found = self._known.get(word)
        if found is None:
            flexible = self._flexible.search(_key(word, self._lemma(word)))
            found = self._known[word] = bool(flexible or self._exact.search(word))
        return found


WORDS = re.compile(r"[^\W_][\w\u00ad]*(?:[-:’'.][\w\u00ad]+)*-?")


def _key(text: str, lemma: str) -> str:
    return f"{text.casefold()}\t{lemma}"


def _stretch(sentence: Sentence, span: _Span) -> tuple[str, int, int]:
    start, end = sentence.tokens[min(span.tokens)].start, sentence.tokens[max(span.tokens)].end
    return sentence.text[start:end], start, end


def _false_friend(sentence: Sentence, span: _Span) -> FalseFriend:
    text, start, end = _stretch(sentence, span)
    return FalseFriend(text, span.entry.name, start, end)
