"""The classifier's own vectors against those of the pipeline that it was trained as."""

from __future__ import annotations

import numpy as np

from analyser import extract, resources
from analyser.coder import coder
from analyser.detect.classifier import fitted, untrained
from analyser.detect.features import table
from analyser.document import Role


def test_vectors_are_those_of_the_trained_pipeline() -> None:
    finnish = coder("fi", None, trained=False)
    rows = []
    for path in sorted((resources.folder("corpora") / "text").glob("*.txt"))[:4]:
        rows += [c.row() for c in finnish.detector.candidates(finnish.annotated(extract.read(path)))[0]]
    roles: list[Role] = ["goal" if "verbless" in row[1] else "context" for row in rows]
    pipeline = untrained().fit(table(rows), np.array(roles))
    unseen = ["", "", "", "", ""]
    expected = pipeline.predict_proba(table([*rows, unseen]))
    found = fitted(rows, roles).probabilities([*rows, unseen])
    assert len(rows) > 20
    np.testing.assert_allclose([[chances["context"], chances["goal"]] for chances in found], expected, rtol=1e-9)
