"""The detector: a codebook and the trained classifier, applied to documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from spacy.tokens import Doc

from ..document import Document, Exclusion, Mention, Priority, Role, Sentence, Term
from .classifier import Chances, Classifier
from .codebook import Codebook
from .features import row
from .names import name_of
from .naming import Namer, Naming
from .patterns import Lemma
from .priorities import AGAINST, PrioritySet, priority_sets
from .reasons import explain
from .rules import Findings, judge
from .surroundings import Map, SectionKinds, Surroundings
from .technology import REASONS, SMART, Chapters
from .terms import Finder
from .verdict import decide
from .weighing import Scale

BY_RULE, BY_DEFAULT = 0.85, 0.7
"""How sure a role is without the classifier: a rule spoke for it, or none spoke and it is the commonest, a goal."""
LONGEST_HEADING = 6
DIGITAL_SHARE = 0.3


@dataclass(frozen=True)
class Candidate:
    """A sentence with terms that count, and all that the roles are decided by."""

    index: int
    sentence: Sentence
    doc: Doc
    terms: tuple[Term, ...]
    around: Surroundings
    findings: Findings

    def row(self) -> list[str]:
        """What the classifier sees of it."""
        return row(self.sentence, self.terms, self.around, self.findings)


@dataclass(frozen=True)
class Coding:
    """What one codebook finds in a document; sentences are known by their index.

    `mentions` and `excluded` are by sentence, `sets` the sets of main priorities, `namings` the places that name
    digitalisation as one, `doubts` the mentions that look as if they did, both the surest first.
    """

    mentions: Mapping[int, Mention]
    excluded: Mapping[int, Sequence[Exclusion]]
    sets: tuple[PrioritySet, ...]
    namings: tuple[Naming, ...]
    doubts: tuple[int, ...]

    def joined(self, other: Coding) -> Coding:
        """This coding with that of the document's sentences in another language."""
        return Coding(
            {**self.mentions, **other.mentions},
            {**self.excluded, **other.excluded},
            tuple(sorted({*self.sets, *other.sets}, key=lambda s: (-s.strength, s.blocks))),
            tuple(sorted([*self.namings, *other.namings], key=lambda n: (-n.strength, n.sentence))),
            (*self.doubts, *other.doubts),
        )


class Detector:
    """Finds what a codebook codes.

    `lemma` gives a word's dictionary form with its compound boundaries. Without a classifier (as while one is trained)
    the rules decide the roles alone.
    """

    def __init__(
        self, codebook: Codebook, lemma: Lemma, classifier: Classifier | None, scale: Scale | None = None
    ) -> None:
        self._classifier = classifier
        self._scale = scale
        self._language = codebook.language
        self._finder = Finder(codebook, lemma)
        self._kinds = SectionKinds(codebook)
        self._namer = Namer(codebook, self._finder, self._kinds)

    def matters(self, text: str) -> bool:
        """Whether a sentence with this text must be looked at: it has a word of a term or a false friend in it."""
        return self._finder.matters(text)

    def mentions(self, sentence: Sentence) -> bool:
        """Whether the sentence, given its tokens, is a mention."""
        return self._finder.mentions(sentence)

    def detect(self, document: Document, report_language: str = "fi", others: Sequence[Detector] = ()) -> Document:
        """`document` with mentions, exclusions, priorities and verdict; reasons are told in `report_language`.

        `others` code its sentences in other languages.
        """
        coding = self.coding(document)
        for other in others:
            coding = coding.joined(other.coding(document))
        doubts = () if coding.namings else coding.doubts
        mentions = [coding.mentions[index] for index in sorted(coding.mentions)]
        excluded = [exclusion for index in sorted(coding.excluded) for exclusion in coding.excluded[index]]
        reasons = explain(
            document, mentions, excluded, coding.sets, coding.namings,
            doubts=[coding.mentions[index] for index in doubts], language=report_language,
        )  # fmt: skip
        return replace(
            document,
            mentions=tuple(mentions),
            excluded=tuple(excluded),
            priorities=_priorities(document, coding.sets, coding.namings),
            verdict=decide(mentions, coding.namings, len(doubts), reasons, self._scale),
        )

    def coding(self, document: Document) -> Coding:
        """What the detector's codebook finds in the sentences of `document` that are in its language."""
        kinds = self._kinds.for_organisation(document.organisation)
        places = Map(document, kinds)
        candidates, excluded = self._candidates(document, places)
        sets = priority_sets(document, kinds)
        chapters = Chapters(document, sets, (c.sentence.block for c in candidates))
        promoted = self._named_by_technology(document, chapters, places)
        if promoted:
            for candidate in promoted:
                excluded.pop(candidate.index, None)
            candidates = sorted([*candidates, *promoted], key=lambda c: c.index)
        chances = self._chances(candidates)
        namings = self._namer.find(
            document, sets, {c.index: c.doc for c in candidates}, {c.index: c.around for c in candidates},
            {index: chance.naming for index, chance in chances.items()},
        )  # fmt: skip
        smart = {c.index for c in candidates if all(term.concept == SMART for term in c.terms)}
        namings = [
            n for n in namings if n.way != "set" or n.sentence not in smart or chapters.digital(n.name) is not False
        ]
        named = {naming.sentence: naming for naming in reversed(namings)}
        mentions = {c.index: _mention(c, named.get(c.index), chances.get(c.index)) for c in candidates}
        doubts = tuple(c.index for c in candidates if self._doubtful(c))
        return Coding(mentions, excluded, tuple(sets), tuple(namings), doubts)

    def candidates(self, document: Document) -> tuple[list[Candidate], dict[int, list[Exclusion]]]:
        """The sentences of `document` that are mentions, and by sentence the false friends of those that look like one.

        Only sentences in the codebook's language are looked at.
        """
        return self._candidates(document, Map(document, self._kinds.for_organisation(document.organisation)))

    def _candidates(self, document: Document, places: Map) -> tuple[list[Candidate], dict[int, list[Exclusion]]]:
        found, excluded = list[Candidate](), dict[int, list[Exclusion]]()
        for index, sentence in enumerate(document.sentences):
            if not sentence.tokens or sentence.language != self._language:
                continue
            doc = self._finder.doc(sentence)
            terms, friends = self._finder.find(sentence, doc)
            if friends:
                excluded[index] = [Exclusion(sentence.page, sentence.text, f.text, f.reason) for f in friends]
            if terms:
                around = places.around(sentence)
                findings = judge(sentence, doc, around, self._finder)
                found.append(Candidate(index, sentence, doc, tuple(terms), around, findings))
        return found, excluded

    def _named_by_technology(self, document: Document, chapters: Chapters, places: Map) -> list[Candidate]:
        """Names of main priorities that say only "technology" or "smart", but whose chapters are digital."""
        found = []
        for index, sentence in enumerate(document.sentences):
            ours = sentence.tokens and sentence.language == self._language
            if not ours or not chapters.is_named(sentence.text):
                continue
            doc = self._finder.doc(sentence)
            terms, friends = self._finder.find(sentence, doc)
            friends = [] if terms else [f for f in friends if f.reason in REASONS]
            if friends and chapters.digital(name_of(sentence.text)):
                likenesses = tuple(Term(f.text, f.text.casefold(), SMART, f.start, f.end) for f in friends)
                found.append(Candidate(index, sentence, doc, likenesses, places.around(sentence), Findings(())))
        return found

    def _chances(self, candidates: Sequence[Candidate]) -> Mapping[int, Chances]:
        """What the classifier holds of each candidate, by sentence; nothing without a classifier."""
        if self._classifier is None:
            return {}
        found = self._classifier.chances([c.row() for c in candidates])
        return dict(zip((c.index for c in candidates), found, strict=True))

    def _doubtful(self, candidate: Candidate) -> bool:
        """Whether a heading mostly made of terms may be a priority's name whose set was not recognised."""
        sentence = candidate.sentence
        share = sum(len(t.text) for t in candidate.terms) / max(len(name_of(sentence.text)), 1)
        against = any(kind in AGAINST for kind in candidate.around.kinds)
        short = len(name_of(sentence.text).split()) <= LONGEST_HEADING
        return sentence.kind == "heading" and short and share >= DIGITAL_SHARE and not against


def _mention(candidate: Candidate, naming: Naming | None, chances: Chances | None) -> Mention:
    sentence = candidate.sentence
    role, probability, rule = _role(candidate.findings, naming, chances)
    return Mention(
        sentence.page, sentence.section, sentence.text, candidate.terms, role, probability, rule, sentence.bbox,
        sentence.language,
    )  # fmt: skip


def _role(
    findings: Findings, naming: Naming | None, chances: Chances | None
) -> tuple[Role, float, str]:
    """The role of a mention, its probability, and what the rules and the classifier each said."""
    spoken = "; ".join(f"{name} → {role}" for name, role in findings.spoken) or "none spoke"
    if chances is None:
        by_rule = next((r for _, r in findings.spoken if r != "priority"), None)
        role: Role = by_rule or "goal"
        told = f"rules: {spoken}"
        probability = BY_RULE if by_rule else BY_DEFAULT
    else:
        plain = chances.plain
        role = max(plain, key=lambda r: plain[r])
        probability = plain[role]
        best = max(chances.roles, key=lambda r: chances.roles[r])
        told = f"rules: {spoken}; classifier: {best} {chances.roles[best]:.2f}"
    if naming is not None:
        return "priority", naming.strength, f"priority by {naming.way}; {told}"
    return role, round(probability, 4), told


def _priorities(
    document: Document, sets: Sequence[PrioritySet], namings: Sequence[Naming]
) -> tuple[Priority, ...]:
    """The surest set of main priorities, and every other place that names digitalisation as one.

    A set known only by names that come back is shown where it matters, not otherwise: it may hold more than priorities.
    """
    digital = {(n.name, document.sentences[n.sentence].block) for n in namings}
    for one, naming in product(sets, namings):
        place = one.member(naming.name)
        if place is not None and naming.name != one.names[place]:  # its caption names it
            digital.add((one.names[place], one.blocks[place]))
    found: list[Priority] = []
    chosen = [s for s in sets if any((name, block) in digital for name, block in zip(s.names, s.blocks, strict=True))]
    told = [s for s in sets if s.how != "repeated"]
    for one in (chosen or told)[:1]:
        evidence = f"{one.how}: {one.by}" if one.by else one.how
        for name, block in zip(one.names, one.blocks, strict=True):
            found.append(Priority(name, document.blocks[block].page, evidence, (name, block) in digital))
    names = {p.name.casefold() for p in found}
    for naming in namings:
        if naming.way != "set" and naming.name.casefold() not in names:
            found.append(Priority(naming.name, document.sentences[naming.sentence].page, naming.way, True))
            names.add(naming.name.casefold())
    return tuple(found)
