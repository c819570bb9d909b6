"""Reading a codebook: what counts, as data (codebook/fi.toml and its siblings, or an analyst's own file)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..document import InputError
from . import patterns


@dataclass(frozen=True)
class Entry:
    """A group of patterns that mean one thing: `name` is a term's concept or a false friend's reason."""

    name: str
    match: tuple[str, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """What counts in one language.

    `sections` maps a kind of section to the stems that its headings begin words with; `announcements` are the plurals
    that present a set of priorities, `counted` the words that do so after a number; `priority_nouns` call something one
    of them in running text; `visions` are what a vision's heading or sentence begins with, `aspirations` what its
    heading says in a strategy that calls nothing its vision; `others` are words by which a strategy speaks of somebody
    else. `verbs` are the words that tell what a sentence does (`doing`, `describing`, `past`) in a language of which no
    tagger tells it.
    """

    language: str
    version: str
    hash: str
    terms: tuple[Entry, ...]
    false_friends: tuple[Entry, ...]
    sections: Mapping[str, tuple[str, ...]]
    announcements: tuple[str, ...]
    counted: tuple[str, ...]
    priority_nouns: tuple[str, ...]
    ones: tuple[str, ...]
    copulas: tuple[str, ...]
    ours: tuple[str, ...]
    raising: tuple[str, ...]
    visions: tuple[str, ...]
    aspirations: tuple[str, ...]
    others: tuple[str, ...]
    numbers: tuple[str, ...]
    limits: tuple[str, ...]
    trends: tuple[str, ...]
    verbs: Mapping[str, tuple[str, ...]]
    compound_parts: tuple[str, ...] = ()

    def words(self) -> frozenset[str]:
        """Every dictionary form that a pattern names: what a lexicon for this codebook must know."""
        entries = (*self.terms, *self.false_friends)
        wordings = (*self.limits, *self.trends, *self.priority_nouns, *self.others, *self.raising)
        verbs = (text for texts in self.verbs.values() for text in texts)
        texts = (*(p for e in entries for p in (*e.match, *e.near)), *wordings, *verbs)
        return frozenset(word for text in texts for word in patterns.words(text)) | frozenset(self.compound_parts)


SECTIONS = ("environment", "priority", "vision", "nested", "values")
UNITS = "units"
"""A kind of section that a codebook may leave out: what a part of the organisation has for itself."""
VERBS = ("doing", "describing", "past")


def read(path: Path) -> Codebook:
    """The codebook in `path`. Raises InputError with what is wrong and where."""
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the path of a codebook file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not valid TOML in UTF-8 ({error}); mend that line.") from error
    try:
        return _codebook(data, hashlib.sha256(raw).hexdigest())
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: lacks or misspells {error}; compare it with the codebook that `analyser` comes with."
        ) from error
    except ValueError as error:
        raise InputError(f"{path}: {error}; the notation is told at the head of fi.toml.") from error


def _codebook(data: Mapping[str, Any], digest: str) -> Codebook:
    wording = data["priority_wording"]
    return Codebook(
        language=str(data["language"]),
        version=str(data["version"]),
        hash=digest,
        terms=tuple(_entry(e, "concept") for e in data["term"]),
        false_friends=tuple(_entry(e, "reason") for e in data.get("false_friend", [])),
        sections=_sections(data["sections"]),
        announcements=_texts(wording["announcements"], "announcements"),
        counted=_texts(wording["counted"], "counted"),
        priority_nouns=_texts(wording["nouns"], "nouns"),
        **{name: _texts(wording[name], name) for name in ("ones", "copulas", "ours", "raising", "visions", "others")},
        aspirations=_texts(wording.get("aspirations", []), "aspirations"),
        numbers=_texts(wording["numbers"], "numbers"),
        limits=_patterns(data["limits"]["match"], "limits"),
        trends=_patterns(data["trends"]["match"], "trends"),
        verbs={name: _patterns(data.get("verbs", {}).get(name, []), name) for name in VERBS},
        compound_parts=_texts(data.get("compounds", {}).get("parts", []), "parts"),
    )


def _sections(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {name: _texts(data[name], name) for name in SECTIONS}
    return {**found, UNITS: _texts(data[UNITS], UNITS)} if UNITS in data else found


def _entry(data: Mapping[str, Any], naming: str) -> Entry:
    return Entry(str(data[naming]), _patterns(data["match"], "match"), _patterns(data.get("near", []), "near"))


def _patterns(value: Any, name: str) -> tuple[str, ...]:
    """The patterns in the list `value`. Raises ValueError if one cannot be read."""
    found = _texts(value, name)
    for text in found:
        patterns.check(text)
    return found


def _texts(value: Any, name: str) -> tuple[str, ...]:
    """The texts in the list `value`. Raises ValueError if it is anything else than a list of texts."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ValueError(f'`{name}` is no list of words such as ["one", "two"]')
    return tuple(value)
