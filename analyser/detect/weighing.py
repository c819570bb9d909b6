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

WAYS = ("announced", "labelled", "repeated", "parallel", "caption", "told", "learnt", "vision")
"""How digitalisation may be named a main priority (`Naming.how`)."""
SIGNS = (*WAYS, "ways", "doubts", "mentioned")
"""What is weighed of a document, in this order. The number of mentions is not: in invented strategies, which lead
readers astray on purpose, few mentions are a worse sign than they are in real ones."""
REGULARISATION = 30.0
"""C of the regression."""
MOST_DOUBTS = 3
PREVALENCE: Mapping[Label, float] = {"none": 0.22, "mention": 0.68, "priority": 0.10}
"""How often each label is given in real strategies (codebook, "The gold coding"). Those that the scale learns from were
written to teach the rare ones too, so that each counts as much more or less as its label is more or less frequent."""


def signs(mentioned: bool, namings: Sequence[Naming], doubts: int) -> list[float]:
    """The values of SIGNS for a document.

    Of each way of naming how surely it names (0 where it does not), how many ways there are, `doubts` (headings that
    may be names of priorities), and whether there is a mention at all.
    """
    strengths = [max((n.strength for n in namings if n.how == way), default=0.0) for way in WAYS]
    ways = len({naming.way for naming in namings})
    return [*strengths, float(ways), float(min(doubts, MOST_DOUBTS)), float(mentioned)]


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
    weights = [PREVALENCE[label] * len(labels) / labels.count(label) for label in labels]
    return Scale(regression.fit(np.array(values), np.array(labels, dtype=object).astype(str), sample_weight=weights))
