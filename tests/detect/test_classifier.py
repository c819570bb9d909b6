"""The classifier: its vectors against scikit-learn's own, and what it tells of running text."""

from __future__ import annotations

import numpy as np
from drafts import document

from analyser import extract, resources
from analyser.coder import coder
from analyser.detect import classifier_in
from analyser.detect.classifier import fitted, regression, vectorizers
from analyser.detect.features import is_told, table
from analyser.document import Role

SAYING = ["termi on yksi strategiamme kolmesta kulmakivestä", "finite", "strategia", "", "kind:paragraph", ""]


def test_vectors_are_those_of_scikit_learn() -> None:
    finnish = coder("fi", None, trained=False)
    rows = []
    for path in sorted((resources.folder("corpora") / "text").glob("*.txt"))[:4]:
        rows += [c.row() for c in finnish.detector.candidates(finnish.annotated(extract.read(path)))[0]]
    roles: list[Role] = ["goal" if "verbless" in row[1] else "context" for row in rows]
    features = vectorizers()
    trained = regression("roles").fit(features.fit_transform(table(rows)), np.array(roles))
    unseen = [""] * len(rows[0])
    expected = trained.predict_proba(features.transform(table([*rows, unseen])))
    found = [chances.roles for chances in fitted(rows, roles).chances([*rows, unseen])]
    assert len(rows) > 20
    np.testing.assert_allclose([[chances["context"], chances["goal"]] for chances in found], expected, rtol=1e-9)


def test_what_it_sees_is_in_the_same_order_every_time() -> None:
    """A heading of two kinds must not be told in the order that a set happens to have in this process."""
    finnish = coder("fi", None, trained=False)
    found = finnish.detector.candidates(
        finnish.annotated(document("# Arvot, visio ja tavoitteet", "Kehitämme digipalveluja."))
    )[0]
    kinds = [sign for sign in found[0].row()[4].split() if sign.startswith("section:") and sign.count(":") == 1]
    assert len(kinds) > 1
    assert kinds == sorted(kinds)


def test_only_running_text_tells_a_main_priority() -> None:
    heading = [*SAYING[:4], "kind:heading", ""]
    short = ["termi on kulmakivi", *SAYING[1:]]
    assert [is_told(row) for row in (SAYING, heading, short)] == [True, False, False]
    told = [c.naming for c in classifier_in(resources.folder("models")).chances([SAYING, heading, short])]
    assert told[0] > 0.7
    assert told[1:] == [0.0, 0.0]


def test_without_an_example_of_a_naming_none_is_told() -> None:
    rows = [
        [f"kehitämme termiä kylässä numero {n} joka vuosi", *SAYING[1:3], "lupaamme", "kind:paragraph", "rule:doing"]
        for n in range(8)
    ]
    roles: list[Role] = ["goal", "context"] * 4
    assert {c.naming for c in fitted([*rows], roles).chances(rows)} == {0.0}
