"""The classifier of mentions, learnt from the coded corpus: what one does, and whether it tells a main priority.

Character n-grams of the sentence and of the headings above it, the grammar of its verbs, and the rules that spoke, into
two logistic regressions: their weights can be read, their probabilities are calibrated. One tells a mention's role; the
other, of a sentence of running text, whether it names digitalisation a main priority. Stored with skops, which can hold
no code. The terms themselves are masked, so that it learns what is said of digitalisation and not which word for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from ..document import InputError, Role
from . import storage
from .features import COLUMNS, is_told, table
from .vectors import Vectors

SIGN = r"\S+"
STRENGTH = {"roles": 1.0, "naming": 1.0}
"""C of the regressions, the inverse of their regularisation (chosen by cross-validation on the corpus)."""


PREVALENCE: Mapping[Role, float] = {"goal": 1.6, "context": 0.8, "limited": 0.4}
"""How much more or less often a role occurs in strategies than among the sentences that the classifier learns from
(written to teach the rare ones too): the correction of a classifier's prior (Saerens et al. 2002), tempered, since real
strategies differ. In real ones five in six mentions are goals, and one in a hundred limits."""


@dataclass(frozen=True)
class Chances:
    """How probable each role is (they add up to 1), and that the sentence tells a main priority."""

    roles: Mapping[Role, float]
    naming: float

    @property
    def plain(self) -> dict[Role, float]:
        """How probable each role is in a strategy if the mention names no priority; they add up to 1."""
        weights = {role: self.roles.get(role, 0.0) * often for role, often in PREVALENCE.items()}
        total = sum(weights.values()) or 1.0
        return {role: weight / total for role, weight in weights.items()}


def vectorizers() -> ColumnTransformer:
    """What makes vectors of `features.table`, before training."""
    text = {"analyzer": "char_wb", "lowercase": True, "sublinear_tf": True}
    signs = {"token_pattern": SIGN, "binary": True, "lowercase": False}
    columns = [
        ("text", TfidfVectorizer(**text, ngram_range=(2, 5), min_df=3)),
        ("grammar", CountVectorizer(**signs, min_df=2)),
        ("section", TfidfVectorizer(**text, ngram_range=(3, 5), min_df=2)),
        ("lead", TfidfVectorizer(**text, ngram_range=(3, 5), min_df=2)),
        ("signs", CountVectorizer(**signs)),
        ("rules", CountVectorizer(**signs)),
    ]
    weights = {"text": 2.5, "grammar": 0.4, "section": 0.8, "lead": 0.4, "signs": 0.7, "rules": 0.7}
    return ColumnTransformer(
        [(name, vectorizer, COLUMNS.index(name)) for name, vectorizer in columns], transformer_weights=weights
    )


def regression(head: str) -> LogisticRegression:
    """The regression of `roles` or `naming`, before training."""
    return LogisticRegression(C=STRENGTH[head], max_iter=2000)


class Classifier:
    """A trained classifier: `features` makes vectors, `roles` and `naming` (None where none was learnt) judge them."""

    def __init__(
        self, features: ColumnTransformer, roles: LogisticRegression, naming: LogisticRegression | None
    ) -> None:
        self._parts = {"features": features, "roles": roles, "naming": naming}
        self._vectors = Vectors(features)
        self.roles: tuple[Role, ...] = tuple(roles.classes_)

    def chances(self, rows: Sequence[list[str]]) -> list[Chances]:
        """The chances of each of `features.row`'s rows."""
        if not rows:
            return []
        vectors = self._vectors.of(rows)
        naming = self._parts["naming"]
        roles = self._parts["roles"].predict_proba(vectors)
        named = naming.predict_proba(vectors)[:, 1] if naming is not None else np.zeros(len(rows))
        return [
            Chances(dict(zip(self.roles, map(float, line), strict=True)), float(chance) if is_told(row) else 0.0)
            for row, line, chance in zip(rows, roles, named, strict=True)
        ]

    def save(self, path: Path) -> None:
        """Write the classifier to `path` in skops' format."""
        storage.save(self._parts, path)

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """The classifier in `path`. Raises InputError if it is missing, none, or holds what none needs."""
        parts = storage.load(path)
        if not isinstance(parts, dict) or parts.keys() != {"features", "roles", "naming"}:
            raise InputError(f"{path}: holds no classifier of mentions; run `analyser train`.")
        return cls(**parts)


def fitted(rows: Sequence[list[str]], roles: Sequence[Role]) -> Classifier:
    """A classifier trained on `rows` and their `roles`."""
    features = vectorizers()
    vectors: Any = csr_matrix(features.fit_transform(table(rows)))
    told = [i for i, row in enumerate(rows) if is_told(row)]
    named = np.array([roles[i] == "priority" for i in told])
    naming = regression("naming").fit(vectors[told], named) if 0 < named.sum() < len(told) else None
    return Classifier(features, regression("roles").fit(vectors, np.array(roles, dtype=object).astype(str)), naming)
