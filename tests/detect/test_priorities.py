"""Where a strategy names digitalisation as a main priority, each way with its opposite, and the traps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import Line, cell, coded, document, label

from analyser.coder import coder
from analyser.document import Priority

NAMES = ("Hyvinvoivat asukkaat", "Elinvoimainen yritystoiminta", "Digitaaliset palvelut", "Tasapainoinen talous")
PLAIN = ("Hyvinvoivat asukkaat", "Elinvoimainen yritystoiminta", "Sujuvat palvelut", "Tasapainoinen talous")
TEXT = "Tätä työtä tehdään yhdessä asukkaiden ja yhdistysten kanssa koko valtuustokauden ajan."


def listed(heading: str, names: tuple[str, ...]) -> list[Line]:
    return ["# Koekylän strategia", TEXT, f"## {heading}", *(f"- {name}" for name in names)]


def chapters(names: tuple[str, ...], level: str = "##") -> list[Line]:
    return [line for name in names for line in ("---", f"{level} {name}", TEXT)]


def digital(*lines: Line) -> list[Priority]:
    return [p for p in coded(*lines).priorities if p.digital]


@pytest.mark.parametrize(
    "heading",
    ["Painopisteet", "Strategiset painopisteet 2026–2030", "STRATEGISET TAVOITTEET", "Kärkihankkeet", "Muutosteemat",
     "Läpileikkaavat teemat", "Menestystekijät", "Strategiset päämäärät", "Strategian painopistealueet"],
)  # fmt: skip
def test_a_list_that_a_heading_announces(heading: str) -> None:
    assert label(*listed(heading, NAMES)) == "priority"
    assert label(*listed(heading, PLAIN)) == "none"
    (found,) = digital(*listed(heading, NAMES))
    assert found.name == "Digitaaliset palvelut"


def test_all_names_of_the_set_are_told() -> None:
    found = coded(*listed("Painopisteet", NAMES))
    assert tuple(p.name for p in found.priorities) == NAMES


@pytest.mark.parametrize(
    "lead",
    [
        "Strategiamme painopisteet ovat:",
        "Valtuusto valitsi neljä painopistettä:",
        "Kunnalla on 4 strategista tavoitetta:",
    ],
)
def test_a_list_that_a_lead_in_announces(lead: str) -> None:
    items = [f"- {name}" for name in NAMES]
    assert label("# Koekylän strategia", TEXT, lead, *items) == "priority"
    assert label("# Koekylän strategia", TEXT, "Kesän tapahtumia ovat:", *items) == "mention"


def test_headings_below_an_announcement() -> None:
    lines = [line for name in NAMES for line in (f"### {name}", TEXT)]
    assert label("# Strategia", "## Strategiset tavoitteet", *lines) == "priority"


def test_labelled_headings() -> None:
    def labelled(names: tuple[str, ...]) -> list[Line]:
        return [line for n, name in enumerate(names, 1) for line in (f"## Painopiste {n}: {name}", TEXT)]

    assert label("# Koekylän strategia", *labelled(NAMES)) == "priority"
    assert label("# Koekylän strategia", *labelled(PLAIN)) == "none"
    assert digital("# Koekylän strategia", *labelled(NAMES))[0].name == "Digitaaliset palvelut"


def test_names_that_come_back_as_chapters() -> None:
    front: list[Line] = ["# Koekylän strategia", TEXT, *(f"- {name}" for name in NAMES)]
    assert label(*front, *chapters(NAMES)) == "priority"
    assert label("# Koekylän strategia", TEXT, *chapters(("Taustaa", "Digitaaliset palvelut"))) == "mention"


def scorecard(names: tuple[str, ...], heading: str = "Strateginen päämäärä") -> list[Line]:
    rows = [(heading, "Toimenpide", "Mittari"), *((name, f"Toimi {n}", "Kysely") for n, name in enumerate(names))]
    return ["# Koekylän strategia", *(cell(text, c, r) for r, row in enumerate(rows) for c, text in enumerate(row))]


@pytest.mark.parametrize("heading", ["Menestystekijät", "Strategiset päämäärät", "Painopisteet"])
def test_the_column_of_a_scorecard(heading: str) -> None:
    assert label(*scorecard(NAMES, heading)) == "priority"
    assert label(*scorecard(PLAIN, heading)) == "none"
    assert {p.name for p in coded(*scorecard(NAMES, heading)).priorities} == set(NAMES)


@pytest.mark.parametrize("heading", ["Painopiste", "Mihin keskitymme"])
def test_only_the_first_column_of_priorities_in_a_table_names_them(heading: str) -> None:
    def table(first: str, second: str) -> list[Line]:
        rows = [("Hyvä arki", "Uusi koulu"), (first, second), ("Vakaa talous", "Terve tase")]
        cells = [cell(text, column, row) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts)]
        return ["# Koekylän strategia", TEXT, cell(heading, 0, 0), cell("Strategiset tavoitteet", 1, 0), *cells]

    assert label(*table("Digitaaliset palvelut", "Sujuva asiointi")) == "priority"
    assert label(*table("Sujuva asiointi", "Digitaaliset palvelut")) == "mention"


def test_a_heading_that_counts_the_names_below_it() -> None:
    def strategy(heading: str) -> list[Line]:
        lines = [line for name in NAMES for line in (f"### {name}", TEXT)]
        return ["# Koekylän strategia", TEXT, f"## {heading}", *lines, "## Talousarvio", TEXT]

    assert label(*strategy("Neljä kurssia")) == "priority"
    assert label(*strategy("Viisi kurssia")) == "mention", "not so many"
    assert label(*strategy("Neljä haastetta")) == "mention", "what surrounds us"
    assert label(*strategy("Neljä toimenpidettä")) == "mention", "what is nested"


def test_names_after_a_count_that_are_numbered_are_told_from_what_stands_under_them() -> None:
    promises = ["## Lupaus 1: Hyvä arki", "## Digitaaliset palvelut", TEXT, "## Lupaus 2: Vakaa talous", TEXT]
    lines = ["## Kaksi lupausta", *promises]
    assert label("# Koekylän strategia", TEXT, *lines) == "mention"


@pytest.mark.parametrize(
    "names",
    [
        ("Lämpimästi yhteisöllinen", "Rohkeasti digitaalinen", "Sitkeästi kestävä"),
        ("Elävä Koekylä", "Digitaalinen Koekylä", "Terve Koekylä"),
    ],
)
def test_chapters_whose_names_have_one_form(names: tuple[str, ...]) -> None:
    lines = [line for name in names for line in (f"## {name}", TEXT)]
    assert label("# Strategia", TEXT, *lines) == "priority"
    others = [line for name in ("Liikenne", "Talous", "Väki", "Metsät") for line in (f"## {name}", TEXT)]
    assert label("# Strategia", TEXT, *lines, *others) == "mention", "not the better part of the chapters"


def test_another_column_of_a_scorecard_names_none() -> None:
    rows = [("Päämäärä", "Toimenpiteet"), ("Hyvä arki", "Digitaaliset palvelut"), ("Vakaa talous", "Verot")]
    assert label("# Strategia", *(cell(t, c, r) for r, row in enumerate(rows) for c, t in enumerate(row))) == "mention"


@pytest.mark.parametrize(
    "text",
    [
        "Digitalisaatio on yksi painopisteistämme.",
        "Digitaaliset palvelut ovat yksi strategian kolmesta painopisteestä.",
        "Neljä painopistettämme ovat osaaminen, elinvoima, talous ja digitalisaatio.",
        "Nostamme digitalisaation strategian kärjeksi.",
        "Nostimme kolme asiaa ylitse muiden: koulun, rannan ja digitaaliset palvelut.",
        "Valtuusto valitsi kolmeksi painopisteeksi metsän, koulun ja digitaaliset palvelut.",
        "Valtuusto nimesi tekoälyn strategian toiseksi kulmakiveksi lähiluonnon rinnalle.",
    ],
)
def test_running_text_that_says_so(text: str) -> None:
    assert label("# Koekylän strategia", text) == "priority"
    assert digital("# Koekylän strategia", text)


@pytest.mark.parametrize(
    "text",
    [
        "Digitalisaatio tukee painopisteitämme.",
        "Valtion hallitusohjelmassa digitalisaatio on yksi painopisteistä.",
        "Digitalisaatio oli yksi painopisteistämme.",
        "Edellisessä strategiassa digitalisaatio on yksi painopisteistä.",
        "Yksi digipalvelu avataan keväällä.",
        "Digitalisaatiota emme nostaneet painopisteeksi.",
        "Digitalisaatio ei ole yksi painopisteistämme.",
        "Seutukunnan strategiassa digitalisaatio on yksi kärjistä.",
        "Toimialan kolme painopistettämme ovat lukutaito, läsnäolo ja digitaidot.",
    ],
)
def test_running_text_that_does_not(text: str) -> None:
    assert label("# Koekylän strategia", text) == "mention"


@pytest.mark.parametrize(
    "lines",
    [
        ["# Visio", "Koekylä on Suomen digitaalisin kunta vuonna 2035."],
        ["# Visio 2035", "- Lähellä luontoa", "- Digitaalinen edelläkävijä"],
        ["# Vuonna 2035", "- Lähellä luontoa", "- Vireä", "- Turvallinen", "- Oma", "- Digitaalinen edelläkävijä"],
        ["# Koekylän strategia", "Visiomme: digitaalinen ja vihreä Koekylä."],
        ["# Koekylän strategia", "Visiomme on olla digitaalinen edelläkävijä."],
        ["# Visio", "## Luonnostaan kaukana, digitaalisesti lähellä"],
        ["# Sellainen on Koekylä vuonna 2035", "- Lähellä luontoa", "- Digitaalinen edelläkävijä"],
    ],
)
def test_the_vision_itself(lines: list[Line]) -> None:
    assert label(*lines) == "priority"


def test_the_text_that_explains_the_vision_does_not_name_one() -> None:
    lines = ["# Visio", "Koekylä on hyvän arjen kunta.", *[TEXT] * 4, "Myös digipalveluja kehitetään vision hengessä."]
    assert label(*lines) == "mention"


DIGITAL_TEXT = (
    "Digipalvelut avataan kaikille asukkaille.",
    "Sähköinen asiointi laajenee lupiin ja hakemuksiin.",
    "Tekoälyä kokeillaan neuvonnassa.",
    "Asukkaiden digitaitoja vahvistetaan.",
)


@pytest.mark.parametrize("name", ["Rohkeasti teknologiaa hyödyntävä kunta", "Älykäs Koekylä"])
def test_a_priority_named_by_technology_counts_when_its_text_is_digital(name: str) -> None:
    def strategy(*text: str) -> list[Line]:
        own = [f"### {name}", *text]
        return ["# Strategia", "## Painopisteet", "### Hyvä arki", TEXT, *own, "### Vakaa talous", TEXT]

    assert label(*strategy(*DIGITAL_TEXT)) == "priority"
    assert label(*strategy(TEXT, TEXT)) == "none"
    assert label(*strategy(TEXT, TEXT, TEXT, DIGITAL_TEXT[0])) == "mention"


CARDS: dict[str, list[Line]] = {
    "labels above the names": [
        "# Strategia", "## Kolme kärkeä", "- Kärki 1", "- Hyvä arki", "- Kärki 2", "- Digitaaliset palvelut",
        "- Kärki 3", "- Vakaa talous",
    ],
    "numbers above the names": [
        "# Strategia", "## Painopisteet 2030", "### 1", "Hyvä arki", "### 2", "Digitaaliset palvelut", "### 3",
        "Vakaa talous",
    ],
    "a line under each name": [
        "# Strategia", "## Painopisteet", "### Hyvä arki", "- Koulu ja koti", "### Uusi ajattelu",
        "- Tiede ja digitalisaatio", "### Vakaa talous", "- Työ ja verot",
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", CARDS.values(), ids=CARDS.keys())
def test_cards(lines: list[Line]) -> None:
    assert label(*lines) == "priority"


def test_a_caption_that_names_one_is_told_and_shown() -> None:
    found = coded(*CARDS["a line under each name"])
    assert found.verdict is not None
    assert "Uusi ajattelu: Tiede ja digitalisaatio" in found.verdict.reasons[0]
    assert [(p.name, p.digital) for p in found.priorities] == [
        ("Hyvä arki", False), ("Uusi ajattelu", True), ("Vakaa talous", False),
    ]  # fmt: skip


def test_a_page_number_among_the_names_is_none() -> None:
    found = coded("# Strategia", "## Painopisteet", "- Hyvä arki", "- 2", "- Digitaaliset palvelut")
    assert [p.name for p in found.priorities] == ["Hyvä arki", "Digitaaliset palvelut"]


def test_several_lines_under_a_name_are_its_parts() -> None:
    under = ["### Hyvä arki", "- Koulu", "- Koti", "### Uusi ajattelu", "- Digitalisaatio", "- Tiede"]
    assert label("# Strategia", "## Painopisteet", *under) == "mention"


def test_a_smart_name_without_a_digital_text_names_none() -> None:
    own = ["### Älykäs kaupunki", TEXT, TEXT, TEXT, TEXT]
    lines = ["# Strategia", "## Painopisteet", "### Hyvä arki", TEXT, *own, "### Vakaa talous", TEXT]
    assert label(*lines) == "mention"
    assert label("# Strategia", "## Painopisteet", "- Hyvä arki", "- Älykäs kaupunki", "- Vakaa talous") == "priority"


def test_whose_priorities_are_told_depends_on_the_organisation() -> None:
    lines = ["# Strategia", "## Hyvinvointialueen painopisteet", "- Hoitoon ajoissa", "- Digitaaliset palvelut"]
    municipality = replace(document(*lines), organisation="Koekylän kunta")
    county = replace(document(*lines), organisation="Koemaan hyvinvointialue")
    labels = [coder("fi", None).coded(one).verdict for one in (municipality, county)]
    assert [verdict and verdict.label for verdict in labels] == ["mention", "priority"]


TRAPS: dict[str, list[Line]] = {
    "the priorities of one department": [
        "# Sivistyspalvelut", "## Toimialan painopisteet", "- Lukutaito", "- Digitaidot", "- Läsnäolo",
    ],
    "labelled priorities of the strategy before": [
        "# Edellinen strategia 2021–2025", "## Kärki 1: Elävä kylä", TEXT, "## Kärki 2: Digikunta", TEXT,
    ],
    "what was proposed and not chosen": [
        "# Mitä ehdotettiin mutta ei valittu", "## Painopisteet", "- Uimahalli", "- Digikunta", "- Satama",
    ],
    "a goal nested under a priority": [
        "# Strategia", "## Painopisteet", "### Hyvä arki", "#### Tavoitteet", "- Digitaaliset palvelut",
        "- Lähipalvelut", "### Vakaa talous", TEXT, "### Puhdas luonto", TEXT,
    ],
    "goals nested under labelled priorities": [
        "# Strategia", "## Painopiste 1: Hyvä arki", "### Digitaaliset palvelut", TEXT, "### Lähipalvelut", TEXT,
        "## Painopiste 2: Vakaa talous", "### Verotus", TEXT, "### Kiinteistöt", TEXT,
    ],
    "a list of the environment": ["# Toimintaympäristö", "## Muutosvoimat", "- Digitalisaatio", "- Kaupungistuminen"],
    "megatrends with a priority's heading inside": [
        "# Toimintaympäristön analyysi", "## Painopisteet", "- Digitalisaatio", "- Väestön ikääntyminen", "- Ilmasto",
    ],
    "SWOT": [
        "# SWOT-analyysi", "## Vahvuudet", "- Digitaaliset palvelut", "- Luonto", "## Mahdollisuudet",
        "- Digitalisaatio", "- Matkailu", "## Uhat", "- Kyberrikollisuus", "- Talous",
    ],
    "values": ["# Arvot", "- Rohkeus", "- Avoimuus", "- Digitaalisuus"],
    "the state's priorities": [
        "# Valtion hallitusohjelman painopisteet", "- Digitalisaatio", "- Turvallisuus", "- Työllisyys",
    ],
    "an earlier strategy's priorities": [
        "# Edellisen strategian painopisteet", "- Digitalisaatio", "- Elinvoima", "- Hyvinvointi",
    ],
    "the same announcement in every chapter": [
        "# Hyvä arki", "## Strategiset tavoitteet", "- Digitaaliset palvelut", "- Lähipalvelut",
        "# Vakaa talous", "## Strategiset tavoitteet", "- Verotus", "- Kiinteistöt",
        "# Puhdas luonto", "## Strategiset tavoitteet", "- Vesistöt", "- Metsät",
    ],
    "trends that come back as chapters": [
        "# Strategia", "## Virtaukset ympärillämme", "- Ikääntyminen", "- Digitalisaatio", "- Kaupungistuminen", "---",
        *chapters(("Ikääntyminen", "Digitalisaatio", "Kaupungistuminen")),
    ],
    "as many trends as the heading counts": [
        "# Strategia", "## Kolme virtausta", "- Ikääntyminen", "- Digitalisaatio", "- Kaupungistuminen",
    ],
    "parts of names on a map that come back as chapters": [
        "# Strategia", "## Arki", "- Koulutie", "- Digipalvelut", "- Liikunta", "## Elinkeinot", "- Kivi", "- Matkailu",
        "- Puu", "---", *chapters(("Arki", "Koulutie", "Digipalvelut", "Liikunta", "Elinkeinot", "Kivi", "Puu"), "#"),
    ],
    "values that come back as chapters": [
        "# Strategia", "## Tähän uskomme", "Arvomme kertovat, mikä meitä ohjaa.", "- Sisu", "- Digitaalisuus",
        "- Lempeys", "---", *chapters(("Sisu", "Digitaalisuus", "Lempeys"), "#"),
    ],
    "a vision of every chapter": [
        "# Arki", "## Vuonna 2035", "- Digitaaliset palvelut", "# Talous", "## Vuonna 2035", "- Terve tase",
        "# Luonto", "## Vuonna 2035", "- Puhdas järvi",
    ],
    "measures": ["# Strategia", "## Toimenpiteet", "- Digitaaliset palvelut", "- Lähipalvelut", "- Kirjasto"],
    "a heading of its own": ["# Strategia", "## Digitaaliset palvelut", TEXT],
    "many mentions": ["# Strategia", *[f"Kehitämme digipalveluja kylässä {n}." for n in range(40)]],
}  # fmt: skip


@pytest.mark.parametrize("lines", TRAPS.values(), ids=TRAPS.keys())
def test_a_trap_names_no_priority(lines: list[Line]) -> None:
    found = coded(*lines)
    assert found.verdict is not None
    assert found.verdict.label == "mention"
    assert not any(p.digital for p in found.priorities)


def test_a_set_that_is_told_again_with_the_same_names_is_one_set() -> None:
    lines = [*listed("Painopisteet", NAMES), "---", *listed("Painopisteet", NAMES)[2:]]
    assert label(*lines) == "priority"
    assert len(coded(*lines).priorities) == len(NAMES)


def test_a_numbering_that_goes_on_is_one_set() -> None:
    lines = [
        "# Strategia", "## Strategiset tavoitteet", "- 1. Hyvä arki", "- 2. Vakaa talous", "---",
        "## Strategiset tavoitteet", "- 3. Puhdas luonto", "- 4. Digitaaliset palvelut",
    ]  # fmt: skip
    assert label(*lines) == "priority"


def test_a_list_longer_than_a_set_of_main_priorities() -> None:
    many = ("Digitaaliset palvelut", *(f"Kylän {n} kehittäminen" for n in range(14)))
    assert label(*listed("Painopisteet", many)) == "mention"
