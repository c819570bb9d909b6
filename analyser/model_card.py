"""The model card (Mitchell et al. 2019): what the models learnt from, and how well they and each part of them do."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from analyser.correlation import CARD
from analyser.detect.verdict import SURE
from analyser.document import LABELS, ROLES, Role

if TYPE_CHECKING:
    from analyser.training import Example, Weighed

Confusion = Mapping[str, Mapping[str, int]]
"""How many times what a human coded as the first key was told as the second."""

RULES = "rules alone"
ALONE = "classifier alone, not shown the rules"
BOTH = "classifier with rules"
WITHOUT = {
    "text": "… without the sentence's words",
    "grammar": "… without the grammar of its verbs",
    "section": "… without the headings above",
    "lead": "… without the lines before",
    "signs": "… without kind of block, concepts, kind of section",
}
BINS = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


@dataclass(frozen=True)
class Agreement:
    """How well roles were told on `n` mentions: the share that is right, and Cohen's kappa (1960)."""

    n: int
    accuracy: float
    kappa: float


@dataclass(frozen=True)
class Naming:
    """How well the naming of a main priority was told in `n` sentences of running text, `true` of which do so."""

    n: int
    true: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Measured:
    """What training measured: agreement on roles by method, roles coded and told, namings, and verdicts.

    `weighed` are the coded strategies with the labels told; `probabilities` how sure the program was of those;
    `real` the same on real strategies.
    """

    agreements: dict[str, Agreement]
    roles: Confusion
    naming: Naming | None
    weighed: Sequence[Weighed] = ()
    probabilities: Sequence[float] = field(default=())
    real: Measured | None = None


def cross_validated(examples: Sequence[Example], folds: Sequence[tuple[list[int], list[int]]]) -> Measured:
    """How well each method tells the roles of held-out mentions."""
    told: dict[str, list[tuple[Role, Role]]] = {}
    named: list[tuple[bool, float]] = []
    for training, testing in folds:
        for method, pairs, chances in _tried([examples[i] for i in training], [examples[i] for i in testing]):
            told.setdefault(method, []).extend(pairs)
            named += chances
    return _measured(told, named)


def tested(training: Sequence[Example], testing: Sequence[Example]) -> Measured:
    """How well each method, having learnt from `training`, tells the roles of `testing`."""
    tried = list(_tried(training, testing))
    return _measured({method: pairs for method, pairs, _ in tried}, [c for *_, chances in tried for c in chances])


def _tried(
    training: Sequence[Example], testing: Sequence[Example]
) -> Iterator[tuple[str, list[tuple[Role, Role]], list[tuple[bool, float]]]]:
    """Each method with the pairs of coded and told roles; with the whole classifier, also what it held of namings.

    Roles are those of mentions that name no priority: what does is told by the structure of the document.
    """
    from scipy.sparse import csr_matrix

    from analyser.detect.classifier import Chances, Classifier, regression, vectorizers
    from analyser.detect.features import is_told, table

    plain = [i for i, e in enumerate(testing) if e.role != "priority"]
    coded = [testing[i].role for i in plain]
    by_rules = (testing[i].by_rules for i in plain)
    yield RULES, [(role, told or "goal") for role, told in zip(coded, by_rules, strict=True)], []
    features = vectorizers()
    known: Any = csr_matrix(features.fit_transform(table([e.row for e in training])))
    asked: Any = csr_matrix(features.transform(table([e.row for e in testing])))
    places = features.output_indices_
    roles = np.array([e.role for e in training], dtype=object).astype(str)
    for method, left_out in ((BOTH, None), (ALONE, "rules"), *((name, column) for column, name in WITHOUT.items())):
        kept = np.ones(known.shape[1], dtype=bool)
        if left_out:
            kept[places[left_out]] = False
        trained = regression("roles").fit(known[:, kept], roles)
        chances: list[tuple[bool, float]] = []
        if method == BOTH:
            running = [i for i, e in enumerate(training) if is_told(e.row)]
            named = np.array([training[i].role == "priority" for i in running])
            naming = regression("naming").fit(known[running], named) if 0 < named.sum() < len(named) else None
            whole = Classifier(features, trained, naming)
            told = [e for e in testing if is_told(e.row)]
            held = whole.chances([e.row for e in told])
            chances = [(e.role == "priority", c.naming) for e, c in zip(told, held, strict=True)]
        probabilities = trained.predict_proba(asked[plain][:, kept])
        shares = [Chances(dict(zip(trained.classes_, line, strict=True)), 0.0).plain for line in probabilities]
        yield method, [(role, max(p, key=p.__getitem__)) for role, p in zip(coded, shares, strict=True)], chances


def _measured(told: dict[str, list[tuple[Role, Role]]], named: Sequence[tuple[bool, float]]) -> Measured:
    from analyser.detect.naming import LEARNT

    found = [(true, chance >= LEARNT) for true, chance in named]
    hits = sum(true and told for true, told in found)
    positives, trues = sum(told for _, told in found), sum(true for true, _ in found)
    naming = Naming(len(found), trues, hits / positives if positives else 0.0, hits / trues if trues else 0.0)
    counts = Counter(told[BOTH])
    plain = [role for role in ROLES if role != "priority"]
    roles: Confusion = {coded: {role: counts[coded, role] for role in plain} for coded in plain}
    return Measured({method: _agreement(pairs) for method, pairs in told.items()}, roles, naming)


def _agreement(pairs: Sequence[tuple[Role, Role]]) -> Agreement:
    from sklearn.metrics import cohen_kappa_score

    coded, told = zip(*pairs, strict=True)
    right = sum(a == b for a, b in pairs) / len(pairs)
    return Agreement(len(pairs), right, float(cohen_kappa_score(coded, told)))


def figures(measured: Measured) -> str:
    """The model card for programs: how often what a human coded (outer key) was told as what (inner key)."""
    counts = Counter((w.coded, w.told) for w in measured.weighed)
    labels = {coded: {told: counts[coded, told] for told in LABELS} for coded in LABELS}
    folds = f"{_folds()}-fold cross-validation, every strategy wholly inside one fold"
    card = {
        "schema": 1,
        "roles": {"how": folds, "confusion": measured.roles},
        "labels": {"how": f"{folds}; its rules were written with them in view", "confusion": labels},
    }
    return json.dumps(card, indent=1) + "\n"


def card(measured: Measured, examples: Sequence[Example]) -> str:
    """The model card for people."""
    import sklearn

    digest = hashlib.sha256("\n".join("\t".join([*e.row, e.role]) for e in examples).encode()).hexdigest()
    counts = "\n".join(f"| {role} | {n} |" for role, n in sorted(Counter(e.role for e in examples).items()))
    real = measured.real
    return f"""# Model card: the classifier of mentions and the scale for verdicts

Written by `analyser train`; do not edit. `mentions.skops` is the classifier, `verdicts.skops` the scale,
`lexicon-fi.json` the Finnish codebook's words in every inflected form.

**What they do.** Given a sentence that mentions digitalisation, the classifier says how probable each role is:
`priority`, `goal`, `context`, `limited`; and of a sentence of running text, whether it names digitalisation a main
priority. The rules of `detect/rules.py` are among its features. Main priorities are otherwise found by the structure of
the document (`detect/priorities.py`). The scale says how probable the verdict is, given every way in which the
document names digitalisation and what speaks against it.

**What they are not for.** Texts other than strategies of public organisations; judging people. The classifier knows
Finnish alone: in Swedish and English the rules decide the roles.

**How.** Character n-grams of the sentence (its digital terms masked) and of the headings above it, the grammar of its
verbs, and the rules that spoke, into two logistic regressions; the signs of `detect/weighing.py` into a third
(scikit-learn {sklearn.__version__}).

**What they learnt from.** {len(examples)} mentions in the invented strategies and sentences of `corpora/`, and the
labels of its {len(measured.weighed)} strategies, coded by `corpora/CODING.md` (SHA-256 of the examples:
`{digest[:16]}`). No real strategy was used.

| role | examples |
| --- | --- |
{counts}

`{CARD}` has the confusion matrices of roles and of the strategies' labels.

## Roles of mentions that name no priority
In the corpus by {_folds()}-fold cross-validation, every strategy wholly inside one fold{_of_real(real)}.

{_roles_table(measured, real)}
{_difference(real)}
## Running text that names a main priority
{_naming_table(measured, real)}
{_verdicts(real)}"""


def _folds() -> int:
    from analyser.training import FOLDS

    return FOLDS


def _of_real(real: Measured | None) -> str:
    if real is None:
        return ""
    return f";\non {len(real.weighed)} real strategies of Finnish municipalities, which nothing was learnt from"


def _roles_table(measured: Measured, real: Measured | None) -> str:
    n = measured.agreements[BOTH].n
    head = f"| method | accuracy, corpus ({n}) | kappa |"
    rule = "| --- | --- | --- |"
    if real:
        head, rule = f"{head} accuracy, real ({real.agreements[BOTH].n}) | kappa |", f"{rule} --- | --- |"
    lines = [head, rule]
    for method, agreement in measured.agreements.items():
        line = f"| {method} | {agreement.accuracy:.3f} | {agreement.kappa:.3f} |"
        if real:
            line += f" {real.agreements[method].accuracy:.3f} | {real.agreements[method].kappa:.3f} |"
        lines.append(line)
    return "\n".join(lines)


def _difference(real: Measured | None) -> str:
    return "" if real is None else """
Corpus and real strategies differ in kappa since they differ in what they hold: the corpus was written to teach the rare
roles too, while five in six real mentions are goals, so that chance agreement is high and little is left to gain.
"""


def _naming_table(measured: Measured, real: Measured | None) -> str:
    lines = ["| texts | sentences | that name one | precision | recall |", "| --- | --- | --- | --- | --- |"]
    for texts, found in (("corpus", measured.naming), ("real", real.naming if real else None)):
        if found:
            told = f"{found.precision:.2f} | {found.recall:.2f}"
            lines.append(f"| {texts} | {found.n} | {found.true} | {told} |")
    return "\n".join(lines)


def _verdicts(real: Measured | None) -> str:
    if real is None:
        return ""
    right = np.array([w.coded == w.told for w in real.weighed])
    sure = np.array(real.probabilities)
    rows = []
    for low, high in BINS:
        inside = (sure >= low) & (sure < high)
        if inside.any():
            shown = f"{low:.2f}–{min(high, 1.0):.2f}"
            rows.append(f"| {shown} | {inside.sum()} | {sure[inside].mean():.2f} | {right[inside].mean():.2f} |")
    kept = (sure >= SURE) & np.array([w.doubts == 0 for w in real.weighed])
    lines = "\n".join(rows)
    return f"""
## How far a verdict's probability can be trusted
On the real strategies; the expected calibration error (Naeini et al. 2015) over these bins is
{calibration_error(sure, right):.3f}. A verdict under {SURE}, or with a heading that may be a priority's name, is marked
for review: {_share(~kept)} of them. Of the rest {right[kept].mean():.3f} are right, of all {right.mean():.3f}.

| probability | verdicts | mean probability | right |
| --- | --- | --- | --- |
{lines}
"""


def calibration_error(sure: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    """The expected calibration error: |mean probability − share right| of each of BINS, weighted by its size."""
    bins = [kept for low, high in BINS if (kept := (sure >= low) & (sure < high)).any()]
    return float(sum(kept.mean() * abs(sure[kept].mean() - right[kept].mean()) for kept in bins))


def _share(chosen: np.ndarray[Any, Any]) -> str:
    return f"{chosen.sum()} of {len(chosen)} ({100 * chosen.mean():.0f} %)"
