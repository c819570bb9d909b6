"""Training: from the coded corpus to the classifier of roles, the compiled lexicon and the model card."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from analyser import extract
from analyser.coder import Coder, coder
from analyser.correlation import CARD
from analyser.detect.classifier import Classifier
from analyser.detect.detector import Candidate
from analyser.document import LABELS, ROLES, Block, BlockKind, Document, InputError, Role
from analyser.evaluation import read_gold, same_sentence, words_of
from analyser.files import write_text

FOLDS = 5
Confusion = dict[str, dict[str, int]]
"""How many times what a human coded as the first key was told as the second."""


@dataclass(frozen=True)
class Example:
    """A coded mention as the classifier sees it; `group` is the strategy it comes from, which no fold tears apart."""

    row: list[str]
    role: Role
    group: str
    by_rules: Role | None


@dataclass(frozen=True)
class Agreement:
    """How well roles were told on `n` held-out mentions: the share that is right, and Cohen's kappa (1960)."""

    n: int
    accuracy: float
    kappa: float


@dataclass(frozen=True)
class Trained:
    """What training came to: where it wrote, how many examples of each role it had, and the agreement by method."""

    folder: Path
    examples: Counter[str]
    agreements: dict[str, Agreement]
    roles: Confusion
    """Roles of held-out mentions."""
    labels: Confusion
    """Labels of the coded strategies, in all languages, by the trained program."""


def train(corpus: Path, models: Path) -> Trained:
    """Train on the coded sentences and strategies in `corpus`; writes the classifier, lexicon and card into `models`.

    The figures come from grouped cross-validation: all mentions of a strategy are in one fold. Raises InputError if the
    corpus cannot be read.
    """
    from analyser.detect.classifier import fitted
    from analyser.detect.loading import CLASSIFIER
    from analyser.language.lexicon import FILE

    untrained = coder("fi", None, trained=False)
    examples = [*_from_sentences(corpus / "sentences", untrained), *_from_strategies(corpus, untrained)]
    if not examples:
        raise InputError(f"{corpus}: holds no coded mentions; give a folder with sentences/*.tsv and gold.jsonl.")
    try:
        agreements, roles = _cross_validated(examples)
        classifier = fitted([e.row for e in examples], [e.role for e in examples])
    except ValueError as error:
        raise InputError(f"{corpus}: its {len(examples)} mentions are too few to learn from; code more.") from error
    models.mkdir(parents=True, exist_ok=True)
    classifier.save(models / CLASSIFIER)
    if untrained.lexicon is not None:
        write_text(models / FILE, untrained.lexicon.to_json())
    trained = Trained(models, Counter(e.role for e in examples), agreements, roles, labels_told(corpus, classifier))
    write_text(models / "README.md", _card(trained, examples))
    write_text(models / CARD, figures_of(trained.roles, trained.labels))
    return trained


def labels_told(corpus: Path, classifier: Classifier) -> Confusion:
    """How often each label of the coded strategies in `corpus` was told as which, with this classifier."""
    from analyser import detect

    told: Confusion = {label: dict.fromkeys(LABELS, 0) for label in LABELS}
    coders: dict[str, Coder] = {}
    for coded in read_gold(corpus / "gold.jsonl") if (corpus / "gold.jsonl").exists() else ():
        if coded.language not in coders:
            plain = coder(coded.language, None, trained=False)
            lemma = plain.lexicon.lemma if plain.lexicon else str.casefold
            detector = detect.Detector(detect.codebook_for(coded.language, None), lemma, classifier)
            coders[coded.language] = replace(plain, detector=detector)
        verdict = coders[coded.language].coded(extract.read(corpus / "text" / coded.file)).verdict
        if verdict is not None:
            told[coded.label][verdict.label] += 1
    return told


def figures_of(roles: Confusion, labels: Confusion) -> str:
    """The model card for programs: how often what a human coded (outer key) was told as what (inner key)."""
    card = {
        "schema": 1,
        "roles": {"how": f"{FOLDS}-fold cross-validation, every strategy wholly inside one fold", "confusion": roles},
        "labels": {"how": "the coded strategies that it has learnt from, so it flatters", "confusion": labels},
    }
    return json.dumps(card, indent=1) + "\n"


def _from_sentences(folder: Path, untrained: Coder) -> Iterator[Example]:
    """The coded single sentences: a table a role, with the kind of block and the headings that each stands under."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
                if line.get("role") == "none":
                    continue
                document = _single(path, number, line)
                for candidate in _candidates(document, untrained)[-1:]:
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


def _from_strategies(corpus: Path, untrained: Coder) -> Iterator[Example]:
    """The mentions of the coded strategies, as extraction and language find them in the texts."""
    for coded in read_gold(corpus / "gold.jsonl"):
        if coded.language != "fi":
            continue
        gold = [(words_of(m.text), m.role) for m in coded.mentions]
        for candidate in _candidates(extract.read(corpus / "text" / coded.file), untrained):
            words = words_of(candidate.sentence.text)
            role = next((role for others, role in gold if same_sentence(words, others)), None)
            if role:
                yield Example(candidate.row(), role, coded.file, candidate.findings.role)


def _candidates(document: Document, untrained: Coder) -> list[Candidate]:
    found, _ = untrained.detector.candidates(untrained.annotated(document))
    return found


def _cross_validated(examples: Sequence[Example]) -> tuple[dict[str, Agreement], Confusion]:
    """How well rules alone and the classifier (which sees the rules) agree with the coding, on held-out groups.

    And the roles that the classifier told for each coded one.
    """
    from sklearn.metrics import cohen_kappa_score
    from sklearn.model_selection import GroupKFold

    from analyser.detect.classifier import fitted

    held_out: list[tuple[Role, Role, Role]] = []
    groups = [e.group for e in examples]
    for training, testing in GroupKFold(min(FOLDS, len(set(groups)))).split(groups, groups=groups):
        classifier = fitted([examples[i].row for i in training], [examples[i].role for i in training])
        chances = classifier.probabilities([examples[i].row for i in testing])
        for i, chance in zip(testing, chances, strict=True):
            held_out.append((examples[i].role, examples[i].by_rules or "goal", max(chance, key=lambda r: chance[r])))
    found = {}
    for column, method in ((1, "rules alone"), (2, "classifier with rules")):
        pairs = [(line[0], line[column]) for line in held_out]
        truth, told = zip(*pairs, strict=True)
        accuracy = sum(a == b for a, b in pairs) / len(pairs)
        found[method] = Agreement(len(pairs), accuracy, float(cohen_kappa_score(truth, told)))
    counts = Counter((coded, told) for coded, _, told in held_out)
    return found, {coded: {told: counts[coded, told] for told in ROLES} for coded in ROLES}


def _card(trained: Trained, examples: Sequence[Example]) -> str:
    """The model card (Mitchell et al. 2019): what the model is for, what it learnt from, how well it does."""
    import sklearn

    from analyser.detect.classifier import untrained as pipeline

    digest = hashlib.sha256("\n".join("\t".join([*e.row, e.role]) for e in examples).encode()).hexdigest()
    counts = "\n".join(f"| {role} | {n} |" for role, n in sorted(trained.examples.items()))
    figures = "\n".join(f"| {m} | {a.n} | {a.accuracy:.3f} | {a.kappa:.3f} |" for m, a in trained.agreements.items())
    regression = pipeline().named_steps["roles"].get_params()
    return f"""# Model card: the classifier of roles

Written by `analyser train`; do not edit. `roles.skops` is the classifier, `lexicon-fi.json` the Finnish codebook's
words in every inflected form.

**What it does.** Given a sentence that mentions digitalisation, it says how probable each role is: `priority`, `goal`,
`context`, `limited`. The rules of `detect/rules.py` are among its features. Whether a document names digitalisation a
main priority is decided by the structure of the document, not by this model.

**What it is not for.** Texts other than strategies of public organisations; languages other than Finnish (in
Swedish and English the rules decide the roles alone); judging people.

**How.** Character n-grams of the sentence (its digital terms masked) and of the headings above it, the grammar of its
verbs, and the rules that spoke, into a logistic regression (C = {regression["C"]}; scikit-learn {sklearn.__version__}).

**What it learnt from.** {len(examples)} mentions in the invented strategies and sentences of `corpora/`, coded by
`corpora/CODING.md` (SHA-256 of the examples: `{digest[:16]}`). No real strategy was used.

| role | examples |
| --- | --- |
{counts}

`{CARD}` has the confusion matrices of roles and of the strategies' labels.

**How well it does.** {FOLDS}-fold cross-validation, every strategy wholly inside one fold:

| method | mentions | accuracy | kappa |
| --- | --- | --- | --- |
{figures}
"""
