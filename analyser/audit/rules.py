"""Reading the rules of the audit (codebook/fi.audit.toml and its siblings): patterns over text, as regular expressions.

The notation is told at the head of the file. A goal's sentence comes as plain text, so the patterns look at words by
their beginnings and endings and need no lexicon.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..document import InputError

CODEBOOKS = Path(__file__).parent.parent / "codebook"
QUALITIES = ("measurable", "dated", "owned", "service_level")
ELEMENTS = ("vision", "measures", "indicators")

WORD = r"\w\-"  # what a word is made of
BEFORE, AFTER = rf"(?<![{WORD}])", rf"(?![{WORD}])"
BORDER = r"[,;:/|()–—]"
BETWEEN = rf"[\s,;:|()/–—]+(?:[{WORD}.%]+[\s,;:|()/–—]+){{0,5}}?"
YEAR = r"(?<![\w.,/-])(?:19[89]\d|20[0-5]\d)(?:[–-](?:20)?\d\d)?(?![\w-])"
DATE = r"(?<!\w)(?:\d{1,2}\.\d{1,2}\.20\d\d|(?:1[0-2]|0?[1-9])[./]20\d\d|q[1-4](?:[ /]20\d\d)?)(?!\d)"
DIGITS = (
    r"(?<![\w.,/])[+−±-]?(?!(?:19[89]|20[0-5])\d(?!\d))\d{1,3}(?:(?:[ \u00a0]\d{3})+|\d*)(?:[.,]\d+)?(?![\w/]|-\w|\.\d)"
)
NUMBER = r"\d{1,2}(?:(?:\.\d{1,2})*\.(?!\d)|(?:\.\d{1,2})+(?=\s))"
NUMBERING = re.compile(rf"^\s*{NUMBER}\s*")
"""The number of a chapter before its name."""
VERB = rf"{BEFORE}[{WORD}]*(?:aa|ää|ee|ii|oo|öö|uu|yy|oi|öi|vat|vät){AFTER}"
PUNCTUATION = frozenset(".,:;()/–-%=€")


def lower(text: str) -> str:
    """The text in lower case with every letter in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):  # as nearly always: no letter becomes fewer, and few become more
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@dataclass(frozen=True)
class Rule:
    """What shows one quality: in the text of a goal, once what is an exception is set aside, or in a heading above."""

    match: re.Pattern[str]
    exceptions: re.Pattern[str]
    sections: re.Pattern[str]

    def find(self, text: str) -> tuple[int, int] | None:
        """Where the text first shows the quality."""
        masked = self.exceptions.sub(lambda found: re.sub(r"[\w%]", "\ufffc", found[0]), lower(text))
        found = self.match.search(masked)
        return found.span() if found else None


@dataclass(frozen=True)
class Rules:
    """The rules of one language: `qualities` by name, the words of doing and of promoting, headings of `elements`,
    numbers in words.
    """

    language: str
    qualities: Mapping[str, Rule]
    action: Rule
    promotion: Rule
    elements: Mapping[str, re.Pattern[str]]
    numbers: frozenset[str]


@lru_cache
def rules_for(language: str, own: Path | None = None) -> Rules | None:
    """The rules for `language`, an analyst's `own` file before the bundled one; None where there are none.

    Raises InputError if a file cannot be read as rules.
    """
    for path in filter(None, (own, CODEBOOKS / f"{language}.audit.toml")):
        if path.exists() and (rules := read(path)).language == language:
            return rules
    return None


def read(path: Path) -> Rules:
    """The rules in `path`. Raises InputError with what is wrong and where."""
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give the path of a file of audit rules."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not valid TOML in UTF-8 ({error}); mend that line.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: lacks or misspells {error}; compare it with the bundled fi.audit.toml.") from error


def _rules(data: Mapping[str, Any]) -> Rules:
    numbers = tuple(data["numbers"]["words"])
    form = data["form"]

    def one(match: Sequence[str], exceptions: Sequence[str] = (), sections: Sequence[str] = ()) -> Rule:
        return Rule(*(_any(patterns, numbers) for patterns in (match, exceptions, sections)))

    return Rules(
        str(data["language"]),
        {
            name: one(data[name]["match"], data[name].get("except", ()), data[name].get("sections", ()))
            for name in QUALITIES
        },
        one(form["action"], form.get("except", ())),
        one(form["promotion"], form.get("promotion_except", ())),
        {name: _any(data["elements"][name], numbers) for name in ELEMENTS},
        frozenset(numbers),
    )


def _any(patterns: Iterable[str], numbers: Sequence[str]) -> re.Pattern[str]:
    alternatives = [one for p in patterns for one in _orders(p.lower(), numbers)]
    # Most begin at the beginning of a word: told once, the search passes over all other places at once.
    at_words = [one.removeprefix(BEFORE) for one in alternatives if one.startswith(BEFORE)]
    others = [one for one in alternatives if not one.startswith(BEFORE)]
    return re.compile("|".join([*([f"{BEFORE}(?:{'|'.join(at_words)})"] if at_words else []), *others]) or r"(?!)")


def _orders(pattern: str, numbers: Sequence[str]) -> Iterator[str]:
    """The pattern as a regular expression, or as one for each order that its parts may have."""
    ordered = " > " in pattern
    parts = [_sequence(part.split(), numbers) for part in pattern.split(" > " if ordered else " ~ ")]
    orders = [parts] if ordered or len(parts) == 1 else [parts, parts[::-1]]
    return (BETWEEN.join(order) for order in orders)


def _sequence(tokens: Sequence[str], numbers: Sequence[str]) -> str:
    joined = ""
    for before, token in zip(["", *tokens], tokens, strict=False):
        loose = {before, token} & (PUNCTUATION | {"^", "$", "|"})
        joined += ("" if not before else r"\s*" if loose else r"\s+") + _token(token, numbers)
    return joined


def _token(token: str, numbers: Sequence[str]) -> str:
    special = {
        "^": r"^\s*", "$": r"\s*[.;]?\s*$", "|": rf"(?:(?<={BORDER})\s*|^\s*|\s*(?={BORDER})|\s+[-–]\s+|\s*[.;]?$)",
        "#": rf"(?:{DIGITS}|{BEFORE}(?:{'|'.join(numbers)}){AFTER})", "#year": YEAR, "#date": DATE, "#verb": VERB,
        "#numbering": NUMBER,
        "*": rf"{BEFORE}[{WORD}]+{AFTER}",
    }  # fmt: skip
    if token in special:
        return special[token]
    if token in PUNCTUATION:
        return re.escape(token)
    words = [_word(word) for word in token.split("/")]
    return f"{BEFORE}(?:{'|'.join(words)})"


def _word(word: str) -> str:
    before = rf"[{WORD}]*" if word.startswith("*") else ""
    after = rf"[{WORD}]*" if word.endswith("*") else AFTER
    return before + re.escape(word.strip("*")).replace("\\#", DIGITS) + after
