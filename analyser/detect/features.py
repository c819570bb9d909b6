"""What the classifier sees of a mention: its words, their grammar, where it stands, and what the rules made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..document import Sentence, Term
from .rules import Findings
from .surroundings import Surroundings

COLUMNS = ("text", "grammar", "section", "lead", "signs", "rules")
"""The columns of the table: three texts and three lists of signs, written as words with blanks between."""
SHORTEST = 6
"""Words of a sentence that tells something; shorter ones are names and slogans."""


def row(sentence: Sentence, terms: Sequence[Term], around: Surroundings, findings: Findings) -> list[str]:
    """One mention as the classifier sees it: a text for each of COLUMNS."""
    return [
        _masked(sentence.text, terms),
        " ".join(_grammar(sentence)),
        " > ".join(around.headings[-2:]).casefold(),
        " > ".join(around.leads).casefold(),
        " ".join(_signs(sentence, terms, around)),
        " ".join(f"rule:{name}" for name in findings.signs),
    ]


def is_told(row: Sequence[str]) -> bool:
    """Whether a row of `row`'s is a sentence of running text, which may tell what the main priorities are."""
    return len(row[COLUMNS.index("text")].split()) >= SHORTEST and "kind:paragraph" in row[COLUMNS.index("signs")]


def table(rows: Sequence[list[str]]) -> NDArray[np.object_]:
    """Rows as the table that the classifier takes: one line a mention, one column each of COLUMNS."""
    return np.array(rows, dtype=object).reshape(len(rows), len(COLUMNS))


def _masked(text: str, terms: Sequence[Term]) -> str:
    """The sentence in lower case with every term replaced by one word: which term it is does not make the role."""
    parts, at = [], 0
    for term in terms:
        parts += [text[at : term.start], "termi"]
        at = term.end
    return "".join([*parts, text[at:]]).casefold()


def _grammar(sentence: Sentence) -> Iterator[str]:
    """Features of the sentence's verbs, and how it begins and ends."""
    finite = False
    for token in sentence.tokens:
        features = dict(f.split("=", 1) for f in token.morph.split("|") if "=" in f)
        if token.pos in ("VERB", "AUX"):
            kind = features.get("VerbForm", "none")
            finite = finite or kind == "Fin"
            signs = [features.get(name, "") for name in ("Mood", "Person", "Number", "Tense", "Voice", "Polarity")]
            yield f"verb:{kind}:{':'.join(signs)}"
            yield f"lemma:{token.text.casefold()[:6]}"
    yield "finite" if finite else "verbless"
    if sentence.tokens:
        last = next((t for t in reversed(sentence.tokens) if t.pos != "PUNCT"), sentence.tokens[-1])
        yield f"ends:{last.pos}:{'Case=Par' in last.morph}:{last.text.casefold()[-5:]}"
        first = sentence.tokens[0]
        yield f"begins:{first.pos}:{first.morph[:60].replace(' ', '')}"


def _signs(sentence: Sentence, terms: Sequence[Term], around: Surroundings) -> Iterator[str]:
    yield f"kind:{sentence.kind}"
    yield f"length:{min(len(sentence.tokens) // 5, 6)}"
    yield f"terms:{min(len(terms), 3)}"
    for term in terms:
        yield f"concept:{term.concept}"
    for kind, distance in around.kinds.items():
        yield f"section:{kind}"
        yield f"section:{kind}:{min(distance, 2)}"
