"""The scale for verdicts: what it sees of a document, and what it learns."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from analyser.detect import scale_in
from analyser.detect.naming import Naming
from analyser.detect.weighing import SIGNS, Scale, fitted, signs
from analyser.document import LABELS, InputError

SET = Naming(0, "set", "Digikunta", "Painopisteet", 0.9)
VISION = Naming(1, "vision", "Digitaalinen edelläkävijä", "", 0.75)


def test_it_sees_how_surely_and_in_how_many_ways_a_priority_is_named() -> None:
    assert dict(zip(SIGNS, signs(True, [VISION, SET]), strict=True)) == {"naming": 0.9, "ways": 2, "mentioned": 1}
    assert signs(False, []) == [0, 0, 0]


def test_it_learns_what_speaks_for_a_label(tmp_path: Path) -> None:
    examples = [signs(True, [SET]), signs(True, []), signs(False, [])] * 8
    scale = fitted(examples, ["priority", "mention", "none"] * 8)
    scale.save(tmp_path / "verdicts.skops")
    for kept in (scale, scale_in(tmp_path)):
        for example, label in zip(examples[:3], ("priority", "mention", "none"), strict=True):
            chances = kept.weigh(example)
            assert set(chances) == set(LABELS)
            assert sum(chances.values()) == pytest.approx(1)
            assert max(chances, key=lambda each: chances[each]) == label


def test_of_documents_with_one_label_it_learns_that_label() -> None:
    assert fitted([signs(True, [])] * 3, ["mention"] * 3).weigh(signs(False, []))["mention"] == 1.0


def test_what_is_no_scale_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"verdicts\.skops.*analyser train"):
        scale_in(tmp_path)
    from analyser.detect import storage

    storage.save([1, 2], tmp_path / "verdicts.skops")
    with pytest.raises(InputError, match="no scale"):
        scale_in(tmp_path)
    storage.save(partial(print, "harm"), tmp_path / "verdicts.skops")
    with pytest.raises(InputError, match=r"verdicts\.skops: holds types that a classifier does not need .*partial"):
        Scale.load(tmp_path / "verdicts.skops")
