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
    of them in running text; `others` are words by which a strategy speaks of somebody else.
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
    others: tuple[str, ...]
    numbers: tuple[str, ...]
    limits: tuple[str, ...]
    trends: tuple[str, ...]
    compound_parts: tuple[str, ...] = ()

    def words(self) -> frozenset[str]:
        """Every dictionary form that a pattern names: what a lexicon for this codebook must know."""
        entries = (*self.terms, *self.false_friends)
        wordings = (*self.limits, *self.trends, *self.priority_nouns, *self.others, *self.raising)
        texts = (*(p for e in entries for p in (*e.match, *e.near)), *wordings)
        return frozenset(word for text in texts for word in patterns.words(text)) | frozenset(self.compound_parts)


SECTIONS = ("environment", "priority", "vision", "nested", "values")


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


def _codebook(data: Mapping[str, Any], digest: str) -> Codebook:
    wording = data["priority_wording"]
    return Codebook(
        language=str(data["language"]),
        version=str(data["version"]),
        hash=digest,
        terms=tuple(_entry(e, "concept") for e in data["term"]),
        false_friends=tuple(_entry(e, "reason") for e in data.get("false_friend", [])),
        sections={name: tuple(data["sections"][name]) for name in SECTIONS},
        announcements=tuple(wording["announcements"]),
        counted=tuple(wording["counted"]),
        priority_nouns=tuple(wording["nouns"]),
        **{name: tuple(wording[name]) for name in ("ones", "copulas", "ours", "raising", "visions", "others")},
        numbers=tuple(wording["numbers"]),
        limits=tuple(data["limits"]["match"]),
        trends=tuple(data["trends"]["match"]),
        compound_parts=tuple(data.get("compounds", {}).get("parts", ())),
    )


def _entry(data: Mapping[str, Any], naming: str) -> Entry:
    return Entry(str(data[naming]), tuple(data["match"]), tuple(data.get("near", ())))
