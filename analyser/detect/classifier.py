"""The classifier of roles: what a mention does, learnt from the coded corpus.

Character n-grams of the sentence and of the headings above it, the grammar of its verbs, and the rules that spoke, into
a logistic regression: its weights can be read, its probabilities are calibrated. Stored with skops, which can hold no
code. The terms themselves are masked, so that it learns what is said of digitalisation and not which word for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from ..document import InputError, Role
from .features import COLUMNS, table
from .vectors import Vectors

SIGN = r"\S+"


def untrained() -> Pipeline:
    """The classifier before training: takes `features.table`, gives one of document.ROLES."""
    text = {"analyzer": "char_wb", "lowercase": True, "sublinear_tf": True}
    columns = [
        ("text", TfidfVectorizer(**text, ngram_range=(2, 5), min_df=3)),
        ("grammar", CountVectorizer(token_pattern=SIGN, binary=True, lowercase=False, min_df=2)),
        ("section", TfidfVectorizer(**text, ngram_range=(3, 5), min_df=2)),
        ("lead", TfidfVectorizer(**text, ngram_range=(3, 5), min_df=2)),
        ("signs", CountVectorizer(token_pattern=SIGN, binary=True, lowercase=False)),
    ]
    weights = {"text": 2.5, "grammar": 0.4, "section": 0.8, "lead": 0.4, "signs": 0.7}
    union = ColumnTransformer(
        [(name, vectorizer, COLUMNS.index(name)) for name, vectorizer in columns], transformer_weights=weights
    )
    return Pipeline([("features", union), ("roles", LogisticRegression(C=3.0, max_iter=2000))])


class Classifier:
    """A trained classifier: how probable each role is for a mention."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._vectors = Vectors(pipeline[0])
        self.roles: tuple[Role, ...] = tuple(pipeline.classes_)

    def probabilities(self, rows: Sequence[list[str]]) -> list[dict[Role, float]]:
        """For each of `features.row`'s rows the probability of each role; they add up to 1."""
        if not rows:
            return []
        found: NDArray[np.float64] = self._pipeline[-1].predict_proba(self._vectors.of(rows))
        return [dict(zip(self.roles, map(float, line), strict=True)) for line in found]

    def save(self, path: Path) -> None:
        """Write the classifier to `path` in skops' format."""
        from skops.io import dump

        dump(self._pipeline, path, compression=ZIP_DEFLATED, compresslevel=9)

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """The classifier in `path`. Raises InputError if it is missing or holds types that scikit-learn has not."""
        from skops.io import get_untrusted_types, load

        try:
            untrusted = get_untrusted_types(file=path)
            foreign = [t for t in untrusted if not t.startswith(("sklearn.", "scipy.", "numpy."))]
            if foreign:
                raise InputError(f"{path}: holds types that a classifier does not need ({', '.join(foreign)}).")
            return cls(load(path, trusted=untrusted))
        except (OSError, BadZipFile, KeyError, ValueError) as error:
            raise InputError(f"{path}: the classifier cannot be read ({error}); run `analyser train`.") from error


def fitted(rows: Sequence[list[str]], roles: Sequence[Role], **parameters: Any) -> Classifier:
    """A classifier trained on `rows` and their `roles`; `parameters` are set on the pipeline (`roles__C=1.0`)."""
    pipeline = untrained().set_params(**parameters)
    pipeline.fit(table(rows), np.array(roles, dtype=object).astype(str))
    return Classifier(pipeline)
