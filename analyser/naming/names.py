"""Organisations' names, so written that the forms of one name can be told from two names.

A name is taken apart into its kind ("kaupunki", "hyvinvointialue"), what is left (its base, in small letters) and the
abbreviation in parentheses. Finnish puts the base in the genitive before its kind ("Akaan kaupunki"), so a base is
compared with the genitives that Finnish grammar allows of the other one: stem vowels and consonant gradation
(Hakulinen et al., Iso suomen kielioppi, 2004, §§ 41–65), made generously, since a form is only ever looked up.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Each form of a kind, with the kind it is. The municipal kinds are one: a municipality may call itself either.
_KINDS = {
    "municipality": "kaupunki kaupungin kunta kunnan stad stads kommun kommuns city town municipality",
    "county": "hyvinvointialue hyvinvointialueen hva välfärdsområde välfärdsområdes välfärdsområdet",
    "region": "maakuntaliitto maakuntaliiton liitto liiton maakunta maakunnan förbund förbunds landskapsförbund",
    "joint authority": "kuntayhtymä kuntayhtymän samkommun samkommuns",
    "parish": "seurakunta seurakunnan seurakuntayhtymä seurakuntayhtymän församling församlings",
}
_KIND_OF = {form: kind for kind, forms in _KINDS.items() for form in forms.split()}
_ENGLISH = re.compile(
    r"^(?:the )?(?P<kind>city of|town of|municipality of|(?:wellbeing services )?county of|staden) (?P<before>.+)"
    r"|^(?P<after>.+) (?P<county>wellbeing services county)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?")
_WEAK = (  # strong grade and weak grade, the longer cluster first
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm")),
    *(("lke", "lje"), ("rke", "rje"), ("hke", "hje"), ("ht", "hd"), ("p", "v"), ("t", "d")),
    *(("k", ""), ("k", "v"), ("k", "j")),
)  # fmt: skip
# Adjectives that a compound name inflects too: 'Uusihopea' gives 'Uudenhopean'.
_INFLECTED_STARTS = {"uusi": "uuden", "iso": "ison", "vähä": "vähän", "vanha": "vanhan", "pitkä": "pitkän"}
_VOWELS = "aeiouyäöå"


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its base in small letters, its kind (empty if it says none) and its abbreviation."""

    base: str
    kind: str
    abbreviation: str = ""


@lru_cache(maxsize=65_536)
def name_of(text: str) -> Name:
    """The parts of an organisation's name as people write it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    brackets = re.findall(r"\(([^()]*)\)", plain)
    words = re.sub(r"[^\w\s:’'-]+", " ", re.sub(r"\([^()]*\)", " ", plain)).split()
    while len(words) > 1 and _YEAR.fullmatch(words[-1]):
        words.pop()
    spelled = " ".join(words)
    kind = ""
    if english := _ENGLISH.match(spelled):
        kind = "county" if "county" in (english["kind"] or english["county"]) else "municipality"
        words = (english["before"] or english["after"]).split()
    elif len(words) > 1 and words[-1] in _KIND_OF:
        kind = _KIND_OF[words.pop()]
    base = " ".join(words) or spelled or plain.strip()
    return Name(base, kind, brackets[-1].strip() if brackets else "")


def kinds_agree(one: Name, other: Name) -> bool:
    """Whether two names can be one organisation's: a bare name may be a municipality, but not a county or a parish."""
    return (one.kind or "municipality") == (other.kind or "municipality")


@lru_cache(maxsize=65_536)
def genitives(base: str) -> frozenset[str]:
    """Every form that could be the genitive of a base: 'turku' gives 'turun', 'koski tl' gives 'kosken tl'.

    Of several words the first or the last is inflected, or all of them ('uusi hopea' gives 'uuden hopean').
    """
    words = base.split()
    if len(words) < 2:
        return _word_genitives(base)
    forms = {" ".join([form, *words[1:]]) for form in _word_genitives(words[0])}
    forms |= {" ".join([*words[:-1], form]) for form in _word_genitives(words[-1])}
    if len(words) == 2:
        forms |= {f"{one} {two}" for one in _word_genitives(words[0]) for two in _word_genitives(words[1])}
    return frozenset(forms)


@lru_cache(maxsize=1_048_576)
def folded(base: str) -> str:
    """A base without diacritics and hyphens, as in file names that avoid them: 'hämeen-linna' gives 'hameenlinna'."""
    decomposed = unicodedata.normalize("NFD", base)
    return re.sub(r"[^a-z0-9]+", "", "".join(char for char in decomposed if not unicodedata.combining(char)))


def _word_genitives(word: str) -> frozenset[str]:
    if adjective := next(
        (start for start in _INFLECTED_STARTS if word.startswith(start) and len(word) > len(start) + 2), ""
    ):
        rest = word.removeprefix(adjective)
        return _last_part_genitives(word) | {_INFLECTED_STARTS[adjective] + form for form in _last_part_genitives(rest)}
    return _last_part_genitives(word)


def _last_part_genitives(word: str) -> frozenset[str]:
    stems: set[str] = set()
    if word.endswith(tuple(_VOWELS)):
        stems |= _graded(word)
        if word.endswith("i"):
            stems |= _graded(word[:-1] + "e")
        if word.endswith("si"):
            stems |= {word[:-2] + "de"}
        if word.endswith("e"):
            stems |= {word + "e", *(strong + "e" for strong in _strengthened(word))}
    elif word.endswith("nen"):
        stems |= {word[:-3] + "se", word[:-3] + "ste"}
        stems |= {word[:-3] + "iste"} if not word.endswith("inen") else set()
    elif word.endswith("s"):
        stems |= {word[:-1] + "kse", word[:-1] + "de", word[:-1] + word[-2:-1], word + "i"}
        stems |= {strong + strong[-1:] for strong in _strengthened(word[:-1])}
    elif word.endswith("t"):  # a plural name: 'Hopeasaaret' gives 'Hopeasaarten', 'Hopeasaarien'
        stems |= {word + "i", word[:-2] + "ie", word[:-2] + "te"}
        stems |= {
            strong[:-1] + ending for strong in _strengthened(word[:-1]) for ending in ("oje", "öje", "ie", "ai", "äi")
        }
    else:
        stems |= {word + "i", word + "e"}
        stems |= {strong[:-1] + "me" for strong in _strengthened(word)} | {word[:-1] + "me"}
    return frozenset(stem + "n" for stem in stems)


def _graded(stem: str) -> set[str]:
    """The stem itself and with its last consonants in the weak grade: 'turku' gives 'turku', 'turu' …"""
    forms = {stem}
    tail = re.search(rf"[{_VOWELS}]+$", stem)
    if not tail:
        return forms
    for strong, weak in _WEAK:
        vowel = strong[-1] if strong[-1] in _VOWELS else ""
        cluster = strong.removesuffix(vowel)
        head = stem[: tail.start()]
        if head.endswith(cluster) and tail[0].startswith(vowel):
            forms.add(head.removesuffix(cluster) + weak.removesuffix(vowel) + tail[0])
    return forms


def _strengthened(stem: str) -> set[str]:
    """The stem with its last consonants in the strong grade: 'kanga' gives 'kanka' (Kangas, Kankaan)."""
    forms = {stem}
    tail = re.search(rf"[{_VOWELS}]+[nl]?$", stem)
    if not tail:
        return forms
    head = stem[: tail.start()]
    for strong, weak in _WEAK:
        if weak and strong[-1] not in _VOWELS and head.endswith(weak):
            forms.add(head.removesuffix(weak) + strong + tail[0])
    return forms
