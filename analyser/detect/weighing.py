"""How sure a verdict is: all that speaks for each label, weighed by a regression learnt from the coded strategies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from ..document import LABELS, InputError, Label
from . import storage
from .naming import Naming

SIGNS = ("naming", "ways", "mentioned")
"""What is weighed of a document, in this order. The number of mentions and headings that may be names of priorities are
not: in invented strategies, which lead readers astray on purpose, they say other things than in real ones."""
REGULARISATION = 10.0
"""C of the regression."""
PREVALENCE: Mapping[Label, float] = {"none": 0.22, "mention": 0.68, "priority": 0.10}
"""How often each label is given in real strategies (codebook, "The gold coding"). Those that the scale learns from were
written to teach the rare ones too, so that each counts as much more or less as its label is more or less frequent."""
TEMPER = 0.5
"""The power of that correction: the invented strategies are also harder, so that all of it would be too much."""


def signs(mentioned: bool, namings: Sequence[Naming]) -> list[float]:
    """The values of SIGNS for a document.

    How surely the surest naming names digitalisation a main priority (0 without any), in how many ways it is named, and
    whether there is a mention at all.
    """
    surest = max((naming.strength for naming in namings), default=0.0)
    return [surest, float(len({naming.way for naming in namings})), float(mentioned)]


class Scale:
    """Weighs the signs of a document: how probable each label is."""

    def __init__(self, regression: LogisticRegression | DummyClassifier) -> None:
        self._regression = regression

    def weigh(self, values: Sequence[float]) -> Mapping[Label, float]:
        """The probability of each label, by the values of SIGNS; they add up to 1."""
        (found,) = self._regression.predict_proba(np.array([values]))
        told = dict(zip(self._regression.classes_, map(float, found), strict=True))
        return {label: told.get(label, 0.0) for label in LABELS}

    def save(self, path: Path) -> None:
        """Write the scale to `path` in skops' format."""
        storage.save(self._regression, path)

    @classmethod
    def load(cls, path: Path) -> Scale:
        """The scale in `path`. Raises InputError if it is missing or none."""
        regression = storage.load(path)
        if not isinstance(regression, LogisticRegression | DummyClassifier):
            raise InputError(f"{path}: holds no scale for verdicts; run `analyser train`.")
        return cls(regression)


def fitted(values: Sequence[Sequence[float]], labels: Sequence[Label]) -> Scale:
    """A scale learnt from the values of SIGNS of coded documents and their labels.

    Where all have one label, it holds that label for certain. Raises ValueError without documents.
    """
    one = len(set(labels)) == 1
    regression = DummyClassifier() if one else LogisticRegression(C=REGULARISATION, max_iter=5000)
    weights = [(PREVALENCE[label] * len(labels) / labels.count(label)) ** TEMPER for label in labels]
    return Scale(regression.fit(np.array(values), np.array(labels, dtype=object).astype(str), sample_weight=weights))
