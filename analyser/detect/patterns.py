"""The codebook's pattern notation, turned into spaCy's token patterns.

The notation is told at the head of codebook/fi.toml: `palvelu`, `digi*`, `*robot*`, `=IoT`, `==data`, `a/b`, `x y`,
`x ~ y`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

TokenPattern = dict[str, Any]
NEARBY_WORDS = 5

Lemma = Callable[[str], str]
"""From a dictionary form to the same with its compound boundaries marked."""


def check(pattern: str) -> None:
    """Raises ValueError, with what is wrong, if `pattern` is none."""
    tokens = pattern.split()
    if not any(any(c.isalnum() for c in token) for token in tokens):
        raise ValueError(f"the pattern {pattern!r} has no word in it")
    if "~" in (tokens[0], tokens[-1]):
        raise ValueError(f"the pattern {pattern!r} begins or ends with ~, which stands between words")
    parts = (part for token in tokens if token != "*" for part in token.split("/"))
    if any("*" in part.strip("*") or not part.strip("*") for part in parts):
        raise ValueError(f"the pattern {pattern!r} has a * inside a word, which may only begin or end one")


def words(pattern: str) -> Iterator[str]:
    """The dictionary forms that `pattern` names: what a lexicon must know."""
    for token in pattern.split():
        for alternative in token.split("/"):
            word = alternative.removeprefix("==")
            if word and not word.startswith("=") and "*" not in word and word not in ("~", ",", "-"):
                yield word


def key(pattern: str) -> str:
    """The pattern's first word (its alternatives with it), which decides whether a sentence is looked at."""
    first, *rest = pattern.split()
    return next(token for token in rest if token != "*") if first == "*" else first


def compile_pattern(pattern: str, lemma: Lemma, opening: bool = False) -> list[list[TokenPattern]]:
    """spaCy Matcher patterns for `pattern`: one, or one for each order where it says `~`.

    With `opening` a pattern of one word must open its compound (`teknologia` is then not found in `digi|teknologia`).
    """
    opening = opening and " " not in pattern
    parts: list[list[TokenPattern]] = [[]]
    for token in pattern.split():
        if token == "~":
            parts.append([])
        else:
            parts[-1].append(_token(token, lemma, opening))
    if len(parts) == 1:
        return parts
    gap: TokenPattern = {"OP": f"{{0,{NEARBY_WORDS}}}"}
    orders = [parts, parts[::-1]]
    return [_joined(order, gap) for order in orders]


def is_gap(token: TokenPattern) -> bool:
    """Whether a token pattern stands for the words between, of which it says nothing."""
    return set(token) == {"OP"}


def _joined(parts: list[list[TokenPattern]], gap: TokenPattern) -> list[TokenPattern]:
    joined = list(parts[0])
    for part in parts[1:]:
        joined += [gap, *part]
    return joined


def _token(token: str, lemma: Lemma, opening: bool) -> TokenPattern:
    if token == "*":
        return {}
    if token in (",", "-"):
        return {"ORTH": token}
    found = asked(token, lemma, opening)
    return {"TEXT" if found[0].own else "NORM": {"REGEX": "|".join(one.expression for one in found)}}


WAYS = {
    "is": "^{}$",
    "is begun by": "^{}",
    "begins": "(?:^|-){}",
    "ends": r"^[^\t]*{}\t",
    "inside": r"^[^\t]*{}",
    "lemma": r"\t{}$",
    "opens": r"\t{}(?:$|\|)",
    "part": r"[\t|]{}(?:$|\|)",
}
"""Ways in which a text may stand in a word, as regular expressions: the first two over the word as it is written, the
others over its key, which is `word in lower case` + TAB + `lemma with boundaries`."""


class Asked(NamedTuple):
    """What one alternative of a pattern asks of a word: that `text` stands in it in this `way`, one of WAYS."""

    way: str
    text: str

    @property
    def own(self) -> bool:
        """Whether it is asked of the word as it is written, and not of its key."""
        return self.way in ("is", "is begun by")

    @property
    def expression(self) -> str:
        """The regular expression that says the same."""
        rest = r"\w{4}" if self == ("begins", "e-") else ""  # "E-P:n" is somebody's initials
        return WAYS[self.way].format(re.escape(self.text)) + rest


def asked(token: str, lemma: Lemma, opening: bool = False) -> list[Asked]:
    """What each alternative of a word of a pattern asks for; with `opening`, a plain word must open its compound."""
    if token in (",", "-"):
        return [Asked("is", token)]
    alternatives = token.split("/")
    if alternatives[0].startswith("=") and not alternatives[0].startswith("=="):
        return [_exactly(a.removeprefix("=")) for a in alternatives]
    return [_flexibly(a, lemma, opening) for a in alternatives]


def _exactly(text: str) -> Asked:
    return Asked("is begun by", text[:-1]) if text.endswith("*") else Asked("is", text)


def _flexibly(alternative: str, lemma: Lemma, opening: bool) -> Asked:
    if alternative.startswith("*"):
        return Asked("inside" if alternative.endswith("*") else "ends", alternative.strip("*"))
    if alternative.endswith("*"):
        return Asked("begins", alternative[:-1])
    if alternative.startswith("=="):
        return Asked("lemma", lemma(alternative[2:]))
    return Asked("opens" if opening else "part", lemma(alternative))
