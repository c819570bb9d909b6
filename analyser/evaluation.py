"""How well a program's results agree with a human coding of the same documents.

Both are read into the same type, `Result`: a human's mentions have the rule `human`, and `needs_review` marks a
document where a careful coder could defend either of two labels. Every figure is computed from tables of counts with
one layer a document, so that its interval comes from resampling documents (Efron & Tibshirani 1993, percentile).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser import resources, results
from analyser.document import LABELS, ROLES, STANDINGS, InputError, Mention, Result, Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

MARKS: dict[str, Role] = {"P": "priority", "G": "goal", "C": "context", "C-": "limited"}
ROUNDS = 1000
"""Resamples behind each interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of agreement, and its 95 % interval (None where it is exact)."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures, and a line for each thing that program and human coded differently."""

    documents: int
    figures: tuple[Figure, ...]
    disagreements: tuple[str, ...] = field(default=(), repr=False)
    unit: str = "documents"

    def __getitem__(self, name: str) -> float:
        """The value of the figure called `name`."""
        return next(figure.value for figure in self.figures if figure.name == name)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the number of documents (or other units), and value, low and high of each figure."""
        figures = {f.name: {"value": f.value, "low": f.low, "high": f.high} for f in self.figures}
        return {self.unit: self.documents, "figures": figures}


def read_gold(path: Path) -> list[Result]:
    """The human coding in a gold.jsonl: file, label, standing, borderline, reason, and mentions with text and role.

    Raises InputError, naming the line, if the file cannot be read or a line is not such a coding.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a human coding ({error}); it should be UTF-8.") from error
    coded = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            coded.append(_coded(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: line {number} is not a coded document ({error}); see CODEBOOK.md.") from error
    if not coded:
        raise InputError(f"{path}: holds no coded document; give a gold.jsonl with one document a line.")
    return coded


def of_files(path: Path, gold: Path) -> Comparison:
    """Compare a results.jsonl with a gold.jsonl. Raises InputError if either cannot be read."""
    return compare(results.ResultFile(path), read_gold(gold))


def of_corpus() -> Comparison:
    """Analyse the bundled corpus and compare with its coding. Raises InputError if the corpus is not there."""
    from analyser import inputs
    from analyser.analysis import Options
    from analyser.dispatch import analyse_all, crew_for

    corpus = resources.folder("corpora")
    gold = read_gold(corpus / "gold.jsonl")
    with crew_for(Options()) as crew:
        finished = analyse_all(inputs.find([corpus / "text"]), Options(), crew)
        return compare((f.result for f in finished), gold)


def compare(found: Iterable[Result], gold: Sequence[Result]) -> Comparison:
    """Compare results with a human coding; documents are matched by file name without folder and suffix.

    A document that `found` lacks, or that failed, counts as one without a mention. Two sentences are the same if
    they share at least 60 % of the shorter one's words. A human's mention that several found ones match is coded in
    its role if any of them is.
    """
    import numpy as np

    by_stem = {Path(result.file).stem: result for result in found}
    rows, disagreements = [], []
    for coded in sorted(gold, key=lambda result: result.file):
        row, differences = _row(coded, by_stem.get(Path(coded.file).stem))
        rows.append(row)
        disagreements += differences
    layers = {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}
    rng = np.random.default_rng(0)
    resamples = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=ROUNDS).astype(float)
    figures = tuple(_figure(name, layers[layer], measure, resamples) for name, layer, measure in MEASURES)
    return Comparison(len(rows), figures, tuple(disagreements))


def _coded(record: Mapping[str, Any]) -> Result:
    mentions = tuple(
        Mention(0, (), str(m["text"]), (), MARKS[m["role"]], 1.0, "human", None) for m in record["mentions"]
    )
    if record["label"] not in LABELS or record["standing"] not in STANDINGS:
        raise ValueError(f"label {record['label']!r} or standing {record['standing']!r} is unknown")
    return replace(
        results.failed(str(record["file"]), "", ""),
        status="ok",
        error=None,
        language=str(record.get("language", "")),
        label=record["label"],
        standing=record["standing"],
        probability=1.0,
        needs_review=bool(record["borderline"]),
        reasons=(str(record["reason"]),),
        mentions=mentions,
    )


def _row(coded: Result, found: Result | None) -> tuple[dict[str, Any], list[str]]:
    """One document's layer of each table of counts, and what was coded differently."""
    name = Path(coded.file).stem
    differences = []
    if found is None or found.status == "failed":
        differences.append(f"{name}: no result")
        found = results.failed(coded.file, "", "")
    if found.label != coded.label:
        doubt = " (borderline)" if coded.needs_review else ""
        differences.append(f"{name}: is {coded.label}{doubt}, found {found.label}: {' '.join(coded.reasons)}")
    labels = _pairs([(coded.label, found.label)], LABELS)
    true, roles = [words_of(m.text) for m in coded.mentions], [list[Role]() for _ in coded.mentions]
    correct = 0
    for mention in found.mentions:
        words = words_of(mention.text)
        matched = [i for i, others in enumerate(true) if same_sentence(words, others)]
        correct += bool(matched)
        for i in matched:
            roles[i].append(mention.role)
        if not matched:
            differences.append(f"{name}: not a mention: {mention.text}")
    pairs = []
    for mention, given in zip(coded.mentions, roles, strict=True):
        if not given:
            differences.append(f"{name}: missed ({mention.role}): {mention.text}")
            continue
        pairs.append((mention.role, mention.role if mention.role in given else given[0]))
        if mention.role not in given:
            differences.append(f"{name}: is {mention.role}, found {given[0]}: {mention.text}")
    return {
        "labels": labels,
        "clear labels": [[0] * len(LABELS)] * len(LABELS) if coded.needs_review else labels,
        "standings": _pairs([(coded.standing, found.standing)], STANDINGS),
        "sentences": [correct, len(found.mentions), len(pairs), len(true)],
        "roles": _pairs(pairs, ROLES),
    }, differences


def _pairs(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> list[list[int]]:
    """The confusion matrix of pairs of a human's class (rows) and the program's (columns)."""
    counts = Counter(pairs)
    return [[counts[human, program] for program in classes] for human in classes]


def words_of(text: str) -> Counter[str]:
    """The words of a sentence, with how often it has each; what `same_sentence` compares."""
    joined = re.sub(r"(\w)[-\u00ad]\s+(?=[a-zåäö])", r"\1", text).replace("\u00ad", "")
    return Counter(re.findall(r"\w+", joined.casefold()))


def same_sentence(a: Counter[str], b: Counter[str]) -> bool:
    """Whether two sentences, given by their words, are one: they share at least 60 % of the shorter one's words."""
    shorter = min(a.total(), b.total())
    return shorter > 0 and (a & b).total() >= 0.6 * shorter


def _figure(name: str, layers: Counts, measure: Callable[[Counts], float], resamples: Counts) -> Figure:
    """A measure of all documents' counts together, and its interval over resampled documents."""
    import numpy as np

    sums = (resamples @ layers.reshape(len(layers), -1)).reshape(-1, *layers.shape[1:])
    low, high = np.nanpercentile([measure(table) for table in sums], [2.5, 97.5])
    return Figure(name, float(measure(layers.sum(axis=0))), float(low), float(high))


def _accuracy(table: Counts) -> float:
    return float(table.trace() / table.sum()) if table.sum() else 0.0


def _kappa(weights: str | None = None) -> Callable[[Counts], float]:
    """Cohen's kappa (Cohen 1960), with linear weights if `weights` is `linear` (Cohen 1968); 1 if all are one class."""

    def measure(table: Counts) -> float:
        from statsmodels.stats.inter_rater import cohens_kappa

        if len(table.nonzero()[0]) == 1 and table.trace():
            return 1.0
        return float(cohens_kappa(table, wt=weights, return_results=False)) if table.sum() else float("nan")

    return measure


def _rates(positive: slice) -> tuple[Callable[[Counts], float], ...]:
    """Precision, recall and F1 of the classes in `positive` against the others."""

    def counts(table: Counts) -> tuple[float, float, float]:
        return table[positive, positive].sum(), table[:, positive].sum(), table[positive, :].sum()

    def precision(table: Counts) -> float:
        return _share(*counts(table)[:2])

    def recall(table: Counts) -> float:
        return _share(*counts(table)[::2])

    return precision, recall, lambda table: _f1(precision(table), recall(table))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _share(2 * precision * recall, precision + recall)


def _measures() -> Iterable[tuple[str, str, Callable[[Counts], float]]]:
    yield "label accuracy", "labels", _accuracy
    yield "label kappa", "labels", _kappa()
    yield "label kappa, weighted", "labels", _kappa("linear")
    for what, positive in (("mentioned", slice(1, 3)), ("priority", slice(2, 3))):
        for scope, layer in (("all", "labels"), ("without borderline", "clear labels")):
            for rate, measure in zip(("precision", "recall", "F1"), _rates(positive), strict=True):
                yield f"{what} {rate}, {scope}", layer, measure
    yield "standing accuracy", "standings", _accuracy
    yield "mention sentence precision", "sentences", lambda s: _share(s[0], s[1])
    yield "mention sentence recall", "sentences", lambda s: _share(s[2], s[3])
    yield "mention sentence F1", "sentences", lambda s: _f1(_share(s[0], s[1]), _share(s[2], s[3]))
    yield "role accuracy", "roles", _accuracy
    yield "role kappa", "roles", _kappa()


MEASURES = tuple(_measures())
"""Each figure's name, the table of counts that it is computed from, and how."""
