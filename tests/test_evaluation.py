"""Agreement with a human coding: small cases by hand, and the same figures as the shared scorer where it is present."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analyser import evaluation, results
from analyser.document import LABELS, ROLES, STANDINGS, InputError, Mention, Result


def coding(
    file: str, label: str = "none", standing: str = "none", *mentions: tuple[str, str], doubt: bool = False
) -> Result:
    return replace(
        results.failed(file, "", ""),
        status="ok",
        label=label,
        standing=standing,
        needs_review=doubt,
        mentions=tuple(Mention(1, (), text, (), role, 1.0, "", None) for text, role in mentions),
    )


GOLD = [
    coding("a.txt", "priority", "priority", ("Digitalisaatio on kärkemme.", "priority")),
    coding(
        "b.txt", "mention", "goal", ("Lisäämme digipalveluja joka vuosi.", "goal"), ("Digi muuttaa työtä.", "context")
    ),
    coding("c.txt", "none", "none"),
    coding("d.txt", "mention", "context", ("Tekoäly yleistyy nopeasti.", "context"), doubt=True),
]


def test_the_same_coding_agrees_wholly() -> None:
    comparison = evaluation.compare(GOLD, GOLD)
    assert {figure.value for figure in comparison.figures} == {1.0}
    assert comparison.disagreements == ()


def test_each_disagreement_counts_once_and_is_listed() -> None:
    found = [
        coding("x/a.pdf", "mention", "goal", ("Digitalisaatio on kärkemme.", "goal")),
        coding("b.pdf", "mention", "goal", ("Lisäämme digipalveluja", "goal"), ("Jotain aivan muuta.", "goal")),
        coding("c.pdf"),
    ]
    comparison = evaluation.compare(found, GOLD)
    assert comparison["label accuracy"] == 0.5
    assert comparison["mentioned recall, all"] == pytest.approx(2 / 3)
    assert comparison["mentioned recall, without borderline"] == 1.0
    assert comparison["priority F1, all"] == 0.0
    assert comparison["standing accuracy"] == 0.5
    assert comparison["mention sentence precision"] == pytest.approx(2 / 3)
    assert comparison["mention sentence recall"] == pytest.approx(2 / 4)
    assert comparison["role accuracy"] == 0.5
    assert [line.split(":")[0] for line in comparison.disagreements] == ["a", "a", "b", "b", "d", "d", "d"]


def test_intervals_hold_the_value() -> None:
    for figure in evaluation.compare(GOLD[:3], GOLD).figures:
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high, figure


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no coded document"),
        ("{}\n", "line 1 is not a coded document"),
        ("nonsense\n", "line 1 is not a coded document"),
        (
            '{"file": "a", "label": "much", "standing": "none", "borderline": false, "reason": "", "mentions": []}',
            "label 'much' or standing 'none' is unknown",
        ),
    ],
)
def test_a_bad_coding_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        evaluation.read_gold(path)


def test_figures_are_those_of_the_shared_scorer(shared: Path, tmp_path: Path) -> None:
    """A coding disturbed at random gives every figure a value of its own."""
    gold = shared / "strategies" / "gold.jsonl"
    rnd = random.Random(1)
    disturbed = []
    for coded in evaluation.read_gold(gold):
        mentions = [
            replace(
                m,
                page=1,
                role=rnd.choice(ROLES) if rnd.random() < 0.3 else m.role,
                text=m.text[: rnd.choice([40, 400])],
            )
            for m in coded.mentions
            if rnd.random() < 0.9
        ]
        if rnd.random() < 0.2:
            mentions.append(Mention(1, (), "Täysin toinen virke.", (), "goal", 1.0, "", None))
        changed = replace(coded, mentions=tuple(mentions), needs_review=False)
        if rnd.random() < 0.2:
            changed = replace(changed, label=rnd.choice(LABELS), standing=rnd.choice(STANDINGS))
        if rnd.random() < 0.97:
            disturbed.append(replace(changed, status=rnd.choice(["ok"] * 20 + ["failed"])))
    path = tmp_path / "results.jsonl"
    results.write(path, disturbed)
    printed = subprocess.run(
        [sys.executable, str(shared / "score.py"), str(path), str(gold)], capture_output=True, text=True, check=True
    ).stdout
    theirs = {line[:42].strip(): float(line[42:]) for line in printed.splitlines() if line.strip()}
    ours = evaluation.of_files(path, gold)
    figures = {figure.name: figure.value for figure in ours.figures}
    assert figures == pytest.approx({name: theirs[name] for name in figures}, abs=0.0006)
    assert ours.documents == theirs["documents"]
    assert json.loads(json.dumps(ours.as_dict()))["documents"] == 147
    weighted = next(figure for figure in ours.figures if figure.name == "label kappa, weighted")
    assert weighted.low == pytest.approx(theirs["label kappa, weighted, 95 % from"], abs=0.03)
    assert weighted.high == pytest.approx(theirs["label kappa, weighted, 95 % to"], abs=0.03)
