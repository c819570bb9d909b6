"""The reasons of a verdict, as a colleague would write them, in the report's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..document import Document, Exclusion, Mention
from .names import name_of
from .naming import Naming
from .priorities import PrioritySet

# One sentence a kind of reason and language; the names in braces are filled in below.
SENTENCES = {
    "fi": {
        "set": "”{name}” on yksi strategian {count} pääpainopisteestä, jotka {by} (s. {page}).",
        "announced": "se esittelee sanoilla ”{words}”",
        "labelled": "on numeroitu tyyliin ”{words} 1, 2 …”",
        "parallel": "ovat samanmuotoisia lukujen otsikoita",
        "repeated": "luetellaan yhdessä ja joista kukin on myös oman lukunsa otsikko",
        "text": "Teksti sanoo sen pääpainopisteeksi: ”{name}” (s. {page}).",
        "vision": "Visio itse nimeää digitalisaation: ”{name}” (s. {page}).",
        "no_priority": "Mikään löydetyistä pääpainopisteistä ei nimeä digitalisaatiota: {names} (s. {page}).",
        "no_set": "Pääpainopisteiden joukkoa ei tunnistettu, eikä mikään kohta nimeä digitalisaatiota "
        "pääpainopisteeksi.",
        "mentions": "Mainintoja on {count}: {roles}.",
        "first": "Ensimmäinen on sivulla {page}: ”{text}”.",
        "none": "Dokumentissa ei ole yhtään mainintaa digitalisaatiosta.",
        "excluded": "Lisäksi {count} kohtaa vain näyttää digitaaliselta; ne on lueteltu syineen erikseen.",
        "doubt": "Tarkista: ”{name}” (s. {page}) näyttää pääpainopisteen nimeltä, mutta sen asemaa ei voitu varmistaa.",
        "unsure": "Luokitin oli epävarma {count} maininnan roolista.",
        "priority": "pääpainopiste {n}", "goal": "tavoite tai toimi {n}",
        "context": "tausta {n}", "limited": "rajaus {n}",
    },
    "sv": {
        "set": "”{name}” är en av strategins {count} huvudprioriteringar, som {by} (s. {page}).",
        "announced": "den presenterar med orden ”{words}”",
        "labelled": "är numrerade som ”{words} 1, 2 …”",
        "parallel": "är rubriker av en och samma form",
        "repeated": "räknas upp tillsammans och var för sig är rubrik för ett eget kapitel",
        "text": "Texten säger att den är en huvudprioritering: ”{name}” (s. {page}).",
        "vision": "Visionen nämner själv digitaliseringen: ”{name}” (s. {page}).",
        "no_priority": "Ingen av de funna huvudprioriteringarna nämner digitalisering: {names} (s. {page}).",
        "no_set": "Ingen grupp av huvudprioriteringar kunde identifieras, och inget ställe namnger digitaliseringen "
        "som en.",
        "mentions": "Antal omnämnanden: {count} ({roles}).",
        "first": "Det första är på sidan {page}: ”{text}”.",
        "none": "Dokumentet innehåller inget omnämnande av digitalisering.",
        "excluded": "Dessutom ser {count} ställen bara digitala ut; de är listade för sig med skäl.",
        "doubt": "Kontrollera: ”{name}” (s. {page}) ser ut som namnet på en huvudprioritering, men dess ställning "
        "kunde inte bekräftas.",
        "unsure": "Klassificeraren var osäker på rollen för {count} omnämnanden.",
        "priority": "huvudprioritering {n}", "goal": "mål eller åtgärd {n}",
        "context": "bakgrund {n}", "limited": "begränsning {n}",
    },
    "en": {
        "set": "“{name}” is one of the strategy’s {count} main priorities, which {by} (p. {page}).",
        "announced": "it presents with the words “{words}”",
        "labelled": "are numbered “{words} 1, 2 …”",
        "parallel": "are chapters whose headings have one form",
        "repeated": "are listed together and each head a chapter of their own",
        "text": "Running text says that it is a main priority: “{name}” (p. {page}).",
        "vision": "The vision itself names digitalisation: “{name}” (p. {page}).",
        "no_priority": "None of the main priorities found names digitalisation: {names} (p. {page}).",
        "no_set": "No set of main priorities was recognised, and no place names digitalisation as one.",
        "mentions": "Mentions: {count} ({roles}).",
        "first": "The first is on page {page}: “{text}”.",
        "none": "The document does not mention digitalisation.",
        "excluded": "{count} more places only look digital; they are listed apart with the reason.",
        "doubt": "Check: “{name}” (p. {page}) looks like the name of a main priority, but its standing could not be "
        "shown.",
        "unsure": "The classifier was unsure of the role of {count} mentions.",
        "priority": "main priority {n}", "goal": "goal or measure {n}",
        "context": "context {n}", "limited": "limiting {n}",
    },
}  # fmt: skip

LONGEST_QUOTE = 160
UNSURE = 0.6


def explain(
    document: Document,
    mentions: Sequence[Mention],
    excluded: Sequence[Exclusion],
    sets: Sequence[PrioritySet],
    namings: Sequence[Naming],
    *,
    doubts: Sequence[Mention],
    language: str,
) -> tuple[str, ...]:
    """The reasons in the order of their weight: what makes the label, what it rests on, what speaks against it."""
    say = SENTENCES[language]
    reasons = [*_priority(document, sets, namings, say)]
    if mentions:
        roles = Counter(m.role for m in mentions)
        told = ", ".join(say[role].format(n=n) for role, n in roles.most_common())
        reasons.append(say["mentions"].format(count=len(mentions), roles=told))
        if not namings:
            reasons.append(say["first"].format(page=mentions[0].page, text=_quote(mentions[0].text)))
            reasons.append(_without(document, sets, say))
    else:
        reasons.append(say["none"])
    reasons += [say["doubt"].format(name=_quote(d.text), page=d.page) for d in doubts[:2]]
    unsure = sum(m.probability < UNSURE for m in mentions)
    if unsure:
        reasons.append(say["unsure"].format(count=unsure))
    if excluded:
        reasons.append(say["excluded"].format(count=len(excluded)))
    return tuple(reasons)


def _priority(
    document: Document, sets: Sequence[PrioritySet], namings: Sequence[Naming], say: dict[str, str]
) -> list[str]:
    """One reason for each way in which digitalisation is named, the surest place of it."""
    told: dict[str, str] = {}
    for naming in namings:
        page = document.sentences[naming.sentence].page
        one = next((s for s in sets if naming.way == "set" and s.member(naming.name) is not None), None)
        if naming.way in told or (naming.way == "set" and one is None):
            continue
        by = say[one.how].format(words=_quote(name_of(one.by))) if one else ""
        count = len(one.names) if one else 0
        told[naming.way] = say[naming.way].format(name=_quote(naming.name), count=count, by=by, page=page)
    return list(told.values())


def _without(document: Document, sets: Sequence[PrioritySet], say: dict[str, str]) -> str:
    told = next((s for s in sets if s.how != "repeated"), None)
    if told is None:
        return say["no_set"]
    names = "; ".join(_quote(name, 60) for name in told.names)
    return say["no_priority"].format(names=names, page=document.blocks[told.blocks[0]].page)


def _quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
