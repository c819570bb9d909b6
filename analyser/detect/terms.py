"""Finding the codebook's terms in a sentence, and the false friends that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ..document import Sentence, Term
from .codebook import Codebook, Entry
from .patterns import Lemma, TokenPattern, compile_pattern, is_gap, key
from .surroundings import is_own


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
class _Rule:
    """One compiled pattern of an entry.

    `whole` says that it gives no word by its beginning only; `gaps` are the places in it that stand for the words
    between.
    """

    matcher: Matcher
    entry: Entry
    counts: bool
    whole: bool
    gaps: frozenset[int]


class Finder:
    """Finds the terms of a codebook. `lemma` marks compound boundaries (a lexicon's; as is where there is none)."""

    def __init__(self, codebook: Codebook, lemma: Lemma) -> None:
        self.lemma = lemma
        self._vocab = Vocab()
        self._rules = _Index(lemma)
        self._near: dict[Entry, Matcher] = {}
        for counts, entries in ((True, codebook.terms), (False, codebook.false_friends)):
            for entry in entries:
                self._add(entry, counts)
        self._limits = self._matcher(codebook.limits)
        self._trends = self._matcher(codebook.trends)
        self._priority_nouns = self._matcher(codebook.priority_nouns)
        self._others = self._matcher(codebook.others)
        self._raising = self._matcher(codebook.raising)
        self._verbs = {name: self._matcher(patterns) for name, patterns in codebook.verbs.items() if patterns}

    def _add(self, entry: Entry, counts: bool) -> None:
        for text in entry.match:
            for pattern in compile_pattern(text, self.lemma, opening=not counts):
                gaps = frozenset(i for i, token in enumerate(pattern) if is_gap(token))
                rule = _Rule(self._of([pattern]), entry, counts, "*" not in text, gaps)
                self._rules.add(key(text), rule, opening=not counts and " " not in text)
        if entry.near:
            self._near[entry] = self._matcher(entry.near)

    def _matcher(self, texts: Iterable[str]) -> Matcher:
        return self._of([p for text in texts for p in compile_pattern(text, self.lemma)])

    def _of(self, patterns: list[list[TokenPattern]]) -> Matcher:
        matcher = Matcher(self._vocab)
        matcher.add("patterns", patterns)
        return matcher

    def promising(self, text: str) -> bool:
        """Whether `text` holds a word that a term begins with: the sentences that may be mentions."""
        return any(rule.counts for word in WORDS.findall(text) for rule in self._rules.of(word))

    def matters(self, text: str) -> bool:
        """Whether `text` holds a word that a term or a false friend begins with, so that it must be looked at."""
        return any(self._rules.of(word) for word in WORDS.findall(text))

    def doc(self, sentence: Sentence) -> Doc:
        """The sentence's tokens as spaCy's matcher reads them: a token's norm is its lower case, a tab, its lemma."""
        doc = Doc(self._vocab, words=[t.text for t in sentence.tokens] or [""])
        for token, ours in zip(doc, sentence.tokens, strict=False):
            token.norm_ = _key(ours.text, ours.lemma)
        return doc

    def find(self, sentence: Sentence, doc: Doc) -> tuple[list[Term], list[FalseFriend]]:
        """The terms of `sentence` that count, and its false friends, each in the order of the text.

        Of overlapping stretches the weightier one wins (see `_Span.weight`), then the first.
        """
        winners: list[_Span] = []
        for span in sorted(self._spans(doc), key=lambda s: (s.weight, -min(s.tokens)), reverse=True):
            if not any(span.overlaps(winner) for winner in winners):
                winners.append(span)
        winners.sort(key=lambda s: min(s.tokens))
        terms = [self._term(sentence, s) for s in winners if s.counts]
        return terms, [_false_friend(sentence, s) for s in winners if not s.counts]

    def _spans(self, doc: Doc) -> Iterator[_Span]:
        # Only the patterns whose first word stands in the sentence are tried: few of a thousand.
        rules = {id(rule): rule for token in doc for rule in self._rules.of(token.text)}
        for rule in rules.values():
            found = cast("list[tuple[int, int, int, list[int]]]", rule.matcher(doc, with_alignments=True))
            if not found or (rule.entry.near and not self._near[rule.entry](doc)):
                continue
            for _, first, _, alignment in found:
                tokens = frozenset(first + i for i, part in enumerate(alignment) if part not in rule.gaps)
                yield _Span(tokens, rule.entry, rule.counts, rule.whole)

    def _term(self, sentence: Sentence, span: _Span) -> Term:
        text, start, end = _stretch(sentence, span)
        lemma = " ".join(sentence.tokens[i].lemma for i in sorted(span.tokens))
        return Term(text, lemma, span.entry.name, start, end)

    def limits(self, doc: Doc) -> bool:
        """Whether the sentence has a wording by which strategies limit or reject something."""
        return bool(self._limits(doc))

    def of_others(self, doc: Doc, organisation: str = "") -> bool:
        """Whether the sentence speaks of somebody else: the state, another organisation, an earlier strategy.

        Words that the `organisation` whose strategy it is has in its own name speak of itself.
        """
        own = organisation.casefold()
        return any(not is_own(doc[start:end].text.casefold(), own) for _, start, end in self._others(doc))

    def raises(self, doc: Doc) -> bool:
        """Whether the sentence raises something to a priority ("nostamme kärjeksi")."""
        return bool(self._raising(doc))

    def of_trends(self, doc: Doc) -> bool:
        """Whether the sentence names other things that change the world around an organisation."""
        return bool(self._trends(doc))

    @property
    def knows_verbs(self) -> bool:
        """Whether the codebook has verbs: it is for a language of which no tagger tells what a sentence does."""
        return bool(self._verbs)

    def verbs(self, doc: Doc) -> frozenset[str]:
        """Which kinds of the codebook's verbs the sentence has: `doing`, `describing`, `past`."""
        return frozenset(name for name, matcher in self._verbs.items() if matcher(doc))

    def names_priority(self, doc: Doc) -> bool:
        """Whether the sentence has a word by which strategies call something a main priority."""
        return bool(self._priority_nouns(doc))


class _Index:
    """The rules by the first word of their patterns; a text in which none of them stands cannot hold a match."""

    def __init__(self, lemma: Lemma) -> None:
        self._lemma = lemma
        self._by_key: dict[tuple[str, str], list[_Rule]] = {}
        self._known: dict[str, tuple[_Rule, ...]] = {}

    def add(self, text: str, rule: _Rule, opening: bool) -> None:
        """Add a rule whose pattern begins with the word that `text` notes (with `opening`, as an opening word)."""
        (token,) = compile_pattern(text, self._lemma, opening)[0]
        ((attribute, condition),) = token.items()
        self._by_key.setdefault((attribute, condition["REGEX"] if attribute != "ORTH" else condition), []).append(rule)
        for name in ("_conditions", "_any"):
            self.__dict__.pop(name, None)

    @cached_property
    def _conditions(self) -> list[tuple[bool, re.Pattern[str], list[_Rule]]]:
        return [(kind == "TEXT", re.compile(condition), rules) for (kind, condition), rules in self._by_key.items()]

    @cached_property
    def _any(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """One expression for all conditions on a word's own letters, and one for all on its key."""
        exact, flexible = ([c for k, c in self._by_key if (k == "TEXT") is own] for own in (True, False))
        return re.compile("|".join(exact) or "$^"), re.compile("|".join(flexible) or "$^")

    def of(self, word: str) -> tuple[_Rule, ...]:
        """The rules whose first word `word` may be."""
        found = self._known.get(word)
        if found is None:
            exact, flexible = self._any
            norm = _key(word, self._lemma(word))
            if exact.search(word) or flexible.search(norm):
                hits = (rules for own, c, rules in self._conditions if c.search(word if own else norm))
                found = tuple(rule for rules in hits for rule in rules)
            self._known[word] = found = found or ()
        return found


WORDS = re.compile(r"[^\W_][\w\u00ad]*(?:[-:’'.][\w\u00ad]+)*-?")


def _key(text: str, lemma: str) -> str:
    """What patterns are matched against; rules and bullets that extraction left before a word are not part of it."""
    return f"{text.lstrip(RULES).casefold()}\t{lemma}"


RULES = "-–—_•·.…*#»>▪"


def _stretch(sentence: Sentence, span: _Span) -> tuple[str, int, int]:
    start, end = sentence.tokens[min(span.tokens)].start, sentence.tokens[max(span.tokens)].end
    return sentence.text[start:end], start, end


def _false_friend(sentence: Sentence, span: _Span) -> FalseFriend:
    text, start, end = _stretch(sentence, span)
    return FalseFriend(text, span.entry.name, start, end)
