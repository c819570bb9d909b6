"""The verdict: label, standing, how sure, what a human should look at, and the reasons in three languages."""

from __future__ import annotations

import pytest
from drafts import Line, coded

from analyser.document import Verdict

TEXT = "Tätä työtä tehdään yhdessä asukkaiden kanssa."
PRIORITY: list[Line] = ["# Strategia", "## Painopisteet", "- Hyvä arki", "- Digitaaliset palvelut", "- Vakaa talous"]
GOAL: list[Line] = [
    "# Strategia", "## Painopisteet", "- Hyvä arki", "- Vakaa talous", "## Palvelut",
    "Kehitämme digipalveluja.", "Laajennamme sähköistä asiointia.",
]  # fmt: skip
CONTEXT: list[Line] = ["# Toimintaympäristö", "Digitalisaatio on muuttanut maailmaa.", "Tekoäly mullisti työelämän."]
NONE: list[Line] = ["# Strategia", "Metsä vihertää.", "Hankimme sähköautoja."]


def verdict(lines: list[Line], language: str = "fi") -> Verdict:
    found = coded(*lines, report_language=language).verdict
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("lines", "label", "standing"),
    [
        (PRIORITY, "priority", "priority"),
        (GOAL, "mention", "goal"),
        (CONTEXT, "mention", "context"),
        (["# Strategia", "Digitaalisuus ei ole itseisarvo."], "mention", "context"),
        (NONE, "none", "none"),
        ([], "none", "none"),
    ],
)
def test_label_and_standing(lines: list[Line], label: str, standing: str) -> None:
    found = verdict(lines)
    assert (found.label, found.standing) == (label, standing)


def test_a_plain_case_is_sure_and_needs_no_review() -> None:
    for lines in (PRIORITY, GOAL, NONE):
        found = verdict(lines)
        assert found.probability >= 0.8
        assert not found.needs_review


def test_two_ways_of_naming_are_surer_than_one() -> None:
    both = verdict([*PRIORITY, "## Palvelut", "Digitalisaatio on yksi painopisteistämme."])
    assert 1 > both.probability > verdict(PRIORITY).probability
    assert len(both.reasons) > len(verdict(PRIORITY).reasons)


def test_a_heading_that_may_be_a_priority_is_for_a_human_to_look_at() -> None:
    found = verdict(["# Strategia", "## Digitaaliset palvelut", TEXT, "Kehitämme digipalveluja."])
    assert found.label == "mention"
    assert found.needs_review
    assert any("Tarkista" in reason and "Digitaaliset palvelut" in reason for reason in found.reasons)


def test_a_naming_that_is_less_sure_makes_a_verdict_that_is() -> None:
    under = ["### Hyvä arki", "- Koti", "### Uusi ajattelu", "- Tiede ja digitalisaatio", "### Talous", "- Työ"]
    captioned = verdict(["# Strategia", "## Painopisteet", *under])
    assert captioned.label == "priority"
    assert 0.5 < captioned.probability < verdict(PRIORITY).probability


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Painopisteet"), ("sv", "huvudprioriteringar"), ("en", "main priorities")],
)
def test_the_reasons_of_a_priority(language: str, words: str) -> None:
    first, *rest = verdict(PRIORITY, language).reasons
    assert "Digitaaliset palvelut" in first
    assert "3" in first
    assert words in first
    assert rest


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("lines", [PRIORITY, GOAL, CONTEXT, NONE], ids=["priority", "goal", "context", "none"])
def test_reasons_are_whole_sentences_in_every_language(lines: list[Line], language: str) -> None:
    for reason in verdict(lines, language).reasons:
        assert reason[-1] in ".!?…"
        assert not set("{}") & set(reason)


def test_reasons_are_told_in_the_language_asked_for() -> None:
    told = {language: verdict(GOAL, language).reasons for language in ("fi", "sv", "en")}
    assert len(set(told.values())) == 3
    assert any("Hyvä arki; Vakaa talous" in reason for reason in told["en"])


def test_what_was_left_out_is_told() -> None:
    assert len(verdict(NONE).reasons) > len(verdict(["# Strategia", "Metsä vihertää."]).reasons)
