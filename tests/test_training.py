"""What training tells of the model, for programs to read."""

from __future__ import annotations

import json
from pathlib import Path

from analyser import detect, resources, training
from analyser.document import LABELS, ROLES


def test_the_bundled_card_counts_what_was_told_for_what_was_coded() -> None:
    card = json.loads((resources.folder("models") / training.CARD).read_text("utf-8"))
    for kind, names in (("roles", ROLES), ("labels", LABELS)):
        confusion = card[kind]["confusion"]
        assert set(confusion) == set(names)
        assert all(set(row) == set(names) and all(count >= 0 for count in row.values()) for row in confusion.values())
        right = sum(confusion[name][name] for name in names)
        assert right > 0.5 * sum(sum(row.values()) for row in confusion.values())


def test_labels_are_counted_by_coding_and_verdict(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    texts = {
        "a": "KUNNAN STRATEGIA\n\nKunta parantaa digipalveluja.\n",
        "b": "STRATEGIA\n\nKunta hoitaa tiet.\n",
    }
    for name, text in texts.items():
        (tmp_path / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
    coded = [
        {"file": f"{name}.txt", "organisation": "X", "language": "fi", "label": "mention", "standing": "goal",
         "borderline": False, "reason": "", "mentions": []}
        for name in texts
    ]  # fmt: skip
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(line) + "\n" for line in coded))
    told = training.labels_told(tmp_path, detect.classifier_in(resources.folder("models")))
    assert told["mention"] == {"none": 1, "mention": 1, "priority": 0}
    assert not any(told["none"].values()) and not any(told["priority"].values())
