"""The second coding: it fits the texts, and agrees with the first as well as the README says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from analyser import evaluation

CORPORA = Path(__file__).parents[2] / "corpora"
README = (CORPORA / "README.md").read_text(encoding="utf-8")
SECTION = README.split("## Two codings\n")[1].split("\n## ")[0]
ROUNDING = 0.005


def coded(name: str) -> dict[str, dict[str, Any]]:
    lines = (CORPORA / name).read_text(encoding="utf-8").splitlines()
    return {record["file"]: record for record in map(json.loads, lines)}


def extents(record: dict[str, Any]) -> set[tuple[int, int]]:
    return {(mention["start"], mention["end"]) for mention in record["mentions"]}


def test_every_mention_of_the_second_coding_stands_in_its_text() -> None:
    for name, record in coded("second-coding.jsonl").items():
        text = (CORPORA / "text" / name).read_text(encoding="utf-8")
        for mention in record["mentions"]:
            assert " ".join(text[mention["start"] : mention["end"]].split()) == mention["text"], name


def test_the_codings_agree_at_least_as_well_as_the_readme_says() -> None:
    second = evaluation.read_gold(CORPORA / "second-coding.jsonl")
    files = {result.file for result in second}
    first = [result for result in evaluation.read_gold(CORPORA / "gold.jsonl") if result.file in files]
    agreement = evaluation.compare(second, first)
    claimed = dict(re.findall(r"^\| (.+?) \| ([01]\.\d\d) \|$", SECTION, re.M))
    assert claimed.keys() == {"label kappa", "mention sentence F1", "role kappa"}
    for name, value in claimed.items():
        assert agreement[name] >= float(value) - ROUNDING, name


def test_the_readme_counts_what_was_coded_twice() -> None:
    first, second = coded("gold.jsonl"), coded("second-coding.jsonl")
    same = sum(len(extents(record) & extents(first[name])) for name, record in second.items())
    mentions = sum(len(record["mentions"]) for record in second.values())
    assert SECTION.startswith(f"{len(second)} strategies")
    assert f"{same} of {mentions} mentions" in SECTION
