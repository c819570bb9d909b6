"""Training: from the coded corpus to the classifier of mentions, the scale for verdicts and the compiled lexicon."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from analyser import extract
from analyser.coder import Coder, coder
from analyser.correlation import CARD
from analyser.detect.classifier import Classifier
from analyser.detect.detector import Candidate
from analyser.detect.verdict import label_of
from analyser.document import Block, BlockKind, Document, InputError, Label, Result, Role
from analyser.evaluation import read_gold, same_sentence, words_of
from analyser.files import write_text

if TYPE_CHECKING:
    from analyser.detect.weighing import Scale
    from analyser.model_card import Measured

FOLDS = 5


@dataclass(frozen=True)
class Example:
    """A coded mention as the classifier sees it; `group` is the strategy it comes from, which no fold tears apart."""

    row: list[str]
    role: Role
    group: str
    by_rules: Role | None


@dataclass(frozen=True)
class Weighed:
    """A coded strategy as the scale sees it: its name, its label, the label told, its signs, and how many doubts."""

    file: str
    coded: Label
    told: Label
    signs: list[float]
    doubts: int


def train(corpus: Path, models: Path, real: Path | None = None) -> Measured:
    """Train on the coded sentences and strategies in `corpus`; writes models, lexicon and card into `models`.

    The figures in the card come from grouped cross-validation: all mentions of a strategy are in one fold; and, where
    the folder `real` is given (`gold.jsonl` and `text/`), from the real strategies coded there, which nothing learns
    from. Raises InputError if a corpus cannot be read.
    """
    from analyser import model_card
    from analyser.detect import weighing
    from analyser.detect.classifier import fitted
    from analyser.detect.loading import CLASSIFIER, SCALE
    from analyser.language.lexicon import FILE

    untrained = coder("fi", None, trained=False)
    gold = read_gold(corpus / "gold.jsonl") if (corpus / "gold.jsonl").exists() else []
    annotated = {coded.file: _annotated(corpus, coded) for coded in gold}
    examples = [*_from_sentences(corpus / "sentences", untrained), *_from_strategies(gold, annotated, untrained)]
    if not examples:
        raise InputError(f"{corpus}: holds no coded mentions; give a folder with sentences/*.tsv and gold.jsonl.")
    try:
        folds = list(_folds(examples))
        measured = model_card.cross_validated(examples, folds)
        weighed = list(_weighed(gold, annotated, examples, folds))
        classifier = fitted([e.row for e in examples], [e.role for e in examples])
        scale = weighing.fitted([w.signs for w in weighed], [w.coded for w in weighed])
    except ValueError as error:
        raise InputError(f"{corpus}: its {len(examples)} mentions are too few to learn from; code more.") from error
    models.mkdir(parents=True, exist_ok=True)
    classifier.save(models / CLASSIFIER)
    scale.save(models / SCALE)
    if untrained.lexicon is not None:
        write_text(models / FILE, untrained.lexicon.to_json())
    measured = replace(measured, weighed=weighed, real=_on_real(real, examples, classifier, scale) if real else None)
    write_text(models / "README.md", model_card.card(measured, examples))
    write_text(models / CARD, model_card.figures(measured))
    return measured


def _annotated(corpus: Path, coded: Result) -> Document:
    return coder(coded.language, None, trained=False).annotated(extract.read(corpus / "text" / coded.file))


def _from_sentences(folder: Path, untrained: Coder) -> Iterator[Example]:
    """The coded single sentences: a table a role, with the kind of block and the headings that each stands under."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
                if line.get("role") == "none":
                    continue
                document = untrained.annotated(_single(path, number, line))
                for candidate in untrained.detector.candidates(document)[0][-1:]:
                    role, by_rules = line["role"], candidate.findings.role
                    yield Example(candidate.row(), role, f"{path.stem}:{number}", by_rules)  # type: ignore[arg-type]


def _single(path: Path, number: int, line: dict[str, str]) -> Document:
    """A document of one sentence under its headings."""
    if line.get("role") not in get_args(Role) or line.get("kind") not in get_args(BlockKind) or not line.get("text"):
        raise InputError(f"{path}: line {number} has no known role and kind, or no text; see corpora/CODING.md.")
    headings = [h for h in (line["section"] or "").split(" > ") if h]
    blocks = [Block("heading", heading, 1, None, level) for level, heading in enumerate(headings, start=1)]
    kind: BlockKind = line["kind"]  # type: ignore[assignment]
    level = len(headings) + 1 if kind == "heading" else 1 if kind == "item" else None
    return Document(path.name, "", blocks=(*blocks, Block(kind, line["text"], 1, None, level)))


def _from_strategies(gold: Sequence[Result], annotated: Mapping[str, Document], untrained: Coder) -> Iterator[Example]:
    """The mentions of the coded Finnish strategies, as extraction and language find them in the texts."""
    for coded in gold:
        if coded.language == "fi":
            for candidate, role in coded_candidates(coded, annotated[coded.file], untrained):
                yield Example(candidate.row(), role, coded.file, candidate.findings.role)


def coded_candidates(coded: Result, annotated: Document, untrained: Coder) -> Iterator[tuple[Candidate, Role]]:
    """The candidates of a coded strategy that its coder holds for mentions too, each with the role it is coded in."""
    roles = [(words_of(m.text), m.role) for m in coded.mentions]
    for candidate in untrained.detector.candidates(annotated)[0]:
        words = words_of(candidate.sentence.text)
        role = next((role for others, role in roles if same_sentence(words, others)), None)
        if role:
            yield candidate, role


def _folds(examples: Sequence[Example]) -> Iterator[tuple[list[int], list[int]]]:
    """The examples to learn from and those to test on, for each fold; all of a group are in the same."""
    from sklearn.model_selection import GroupKFold

    groups = [e.group for e in examples]
    for training, testing in GroupKFold(min(FOLDS, len(set(groups)))).split(examples, groups=groups):
        yield training.tolist(), testing.tolist()


def _weighed(
    gold: Sequence[Result],
    annotated: Mapping[str, Document],
    examples: Sequence[Example],
    folds: Sequence[tuple[list[int], list[int]]],
) -> Iterator[Weighed]:
    """Every coded strategy as the scale will see strategies: by a classifier that has not learnt from it."""
    from analyser.detect.classifier import fitted

    held_out = [{examples[i].group for i in testing} for _, testing in folds]
    classifiers: dict[int, Classifier] = {}
    for coded in gold:
        fold = next((n for n, groups in enumerate(held_out) if coded.file in groups), 0)
        if fold not in classifiers:
            training = folds[fold][0]
            classifiers[fold] = fitted([examples[i].row for i in training], [examples[i].role for i in training])
        yield weighed(coded, annotated[coded.file], classifiers[fold])


def weighed(coded: Result, annotated: Document, classifier: Classifier) -> Weighed:
    """A coded strategy as the scale sees it, with the roles of Finnish mentions told by `classifier`."""
    from analyser import detect
    from analyser.detect.weighing import signs

    plain = coder(coded.language, None, trained=False)
    lemma = plain.lexicon.lemma if plain.lexicon else str.casefold
    own = classifier if coded.language == "fi" else None
    coding = detect.Detector(detect.codebook_for(coded.language, None), lemma, own).coding(annotated)
    told = label_of(coding.mentions, coding.namings)
    seen = signs(bool(coding.mentions), coding.namings)
    return Weighed(coded.file, coded.label, told, seen, 0 if coding.namings else len(coding.doubts))


def _on_real(folder: Path, examples: Sequence[Example], classifier: Classifier, scale: Scale) -> Measured:
    """What the models come to on real strategies coded by hand, in the folder's `gold.jsonl` and `text/`."""
    from analyser import model_card

    gold = read_gold(folder / "gold.jsonl")
    annotated = {coded.file: _annotated(folder, coded) for coded in gold}
    real = list(_from_strategies(gold, annotated, coder("fi", None, trained=False)))
    measured = model_card.tested(examples, real)
    told = [weighed(coded, annotated[coded.file], classifier) for coded in gold]
    return replace(measured, weighed=told, probabilities=[scale.weigh(w.signs)[w.told] for w in told])
