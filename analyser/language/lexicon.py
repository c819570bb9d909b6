"""The words that a codebook looks for, in every form they take in text.

Compiled once for a codebook (`compile_lexicon`, seconds and a gigabyte) into a table from inflected form to dictionary
form, and kept as a file beside the model; reading that file takes milliseconds. A word that is not in the table is cut
into the parts that are: `kuntapalvelustrategian` ends in a form of `strategia`, what is left in a form of `palvelu`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..files import write_text

FILE = "lexicon-fi.json"
CLITICS = ("kaan", "kään", "kin", "han", "hän", "ko", "kö", "pa", "pä")
# A shorter tail than this is part of too many other words (`ict` in `delictum`), a shorter head carries no meaning.
SHORTEST_TAIL = 4
SHORTEST_HEAD = 2
SHORTEST_OPENING = 6


@dataclass(frozen=True)
class Lexicon:
    """`forms` maps a form in lower case to its dictionary form with compound boundaries: `palveluissa` → `palvelu`.

    `source` identifies the words it was compiled from.
    """

    source: str
    forms: Mapping[str, str]
    _seen: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def lemma(self, word: str) -> str:
        """The dictionary form of `word`, compound boundaries marked, or the word in lower case if no part is known."""
        key = word.casefold().replace("\u00ad", "")
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._lemma(key)
        return found

    def _lemma(self, word: str) -> str:
        known = self._known(word)
        if known:
            return known
        if "-" in word.strip("-"):
            return "|".join(self.lemma(part) for part in word.split("-") if part)
        bare = word.strip("-")
        return self._cut(bare) or bare or word

    def _known(self, word: str) -> str | None:
        return self.forms.get(word) or self.forms.get(_bare(word))

    def _cut(self, word: str) -> str | None:
        """`word` as head and tail where the tail (or, failing that, the head) is a known word."""
        forms, bare = self.forms, _bare(word)
        for at in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
            tail = forms.get(word[at:]) or (forms.get(bare[at:]) if bare is not word else None)
            if tail:
                return f"{self._head(word[:at])}|{tail}"
        for at in range(len(word) - SHORTEST_TAIL, SHORTEST_OPENING - 1, -1):
            head = forms.get(word[:at])
            if head and head.replace("|", "") == word[:at]:
                return f"{head}|{word[at:]}"
        return None

    def _head(self, head: str) -> str:
        known = self.forms.get(head) or self.forms.get(head.removesuffix("s"))
        return known or self._cut(head) or head

    def to_json(self) -> str:
        """The lexicon as a file keeps it: forms grouped under their dictionary form."""
        grouped: dict[str, list[str]] = {}
        for form, lemma in sorted(self.forms.items()):
            grouped.setdefault(lemma, []).append(form)
        return json.dumps({"source": self.source, "forms": grouped}, ensure_ascii=False, indent=0, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Lexicon:
        """The lexicon that `to_json` wrote."""
        data = json.loads(text)
        return cls(data["source"], {form: lemma for lemma, forms in data["forms"].items() for form in forms})


def _bare(word: str) -> str:
    """`word` without its clitic; the word itself if it has none."""
    return word.removesuffix(next(filter(word.endswith, CLITICS))) if word.endswith(CLITICS) else word


def compile_lexicon(words: Iterable[str]) -> Lexicon:
    """A lexicon of all inflected forms of `words` (Finnish dictionary forms).

    Where two words share a form, the one that is the form itself wins (`some` over a form of `soma`), then the
    shorter.
    """
    from .inflection import compound, forms

    words = frozenset(words)
    table: dict[str, str] = {}
    for word in sorted({w.casefold() for w in words}, key=lambda w: (len(w), w), reverse=True):
        lemma = compound(word)
        for form in forms(word):
            if form == word or form not in table or table[form].replace("|", "") != form:
                table[form] = lemma
    return Lexicon(identity(words), table)


def identity(words: Iterable[str]) -> str:
    """What a lexicon of `words` is known by: a hash of them."""
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def lexicon_for(words: frozenset[str], models: Path, cache: Path) -> Lexicon:
    """The lexicon of `words`: the one shipped in the folder `models` if it fits, else one kept in `cache` or a new one.

    Compiling a new one takes a minute; it is then kept in `cache`.
    """
    kept = cache / f"lexicon-{identity(words)}.json"
    for path in (models / FILE, kept):
        try:
            lexicon = Lexicon.from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if lexicon.source == identity(words):
            return lexicon
    lexicon = compile_lexicon(words)
    with contextlib.suppress(OSError):  # a cache that cannot be written to costs only time
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_text(kept, lexicon.to_json())
    return lexicon
