"""Swedish and English strategies: mentions, false friends, priorities and traps as in Finnish."""

from __future__ import annotations

import pytest
from drafts import Line, coded, document, label, mention

from analyser import evaluation, extract, resources, results
from analyser.coder import coder, coders_for
from analyser.language import language_of

SWEDISH = {
    True: ["Digitaliseringen fortsätter.", "Vi utvecklar e-tjänster.", "Elektroniska tjänster byggs ut.",
           "Artificiell intelligens prövas.", "Distansundervisning ordnas.", "Öppna data publiceras.",
           "Cybersäkerheten stärks.", "VI UTVECKLAR DIGITALA TJÄNSTER.", "Invånarnas digitalkunskaper stärks."],
    False: ["Skogen är grön.", "Kommunen köper elbilar.", "Skicka e-post till kansliet.", "Bredband byggs ut.",
            "Distansarbete är möjligt.", "Vi följer dataskyddet.", "Teknologin utvecklas.", "Nätverket växer.",
            "Regionens smarta specialisering bygger på skog.", "Rätten uppstår inte automatiskt."],
}  # fmt: skip
ENGLISH = {
    True: ["Digitalisation continues.", "We develop e-services.", "Electronic services will grow.",
           "Artificial intelligence is being tried.", "Distance learning is offered.", "Open data is published.",
           "Cyber security is strengthened.", "WE DEVELOP DIGITAL SERVICES.", "Our IT systems are renewed."],
    False: ["The forest is green.", "The town buys electric cars.", "Send an e-mail to the office.",
            "Broadband reaches every home.", "Remote work is possible.", "Data protection is a duty.",
            "Technology develops.", "The network grows.", "Smart specialisation builds on forests.",
            "The right does not arise automatically.", "It is a good town."],
}  # fmt: skip
BOOKS = {"sv": SWEDISH, "en": ENGLISH}
CASES = [(lang, text, counts) for lang, book in BOOKS.items() for counts, texts in book.items() for text in texts]


@pytest.mark.parametrize(("language", "text", "counts"), CASES)
def test_mentions_and_false_friends(language: str, text: str, counts: bool) -> None:
    assert (mention(text, language=language) is not None) == counts


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("sv", "Kommunen köper elbilar.", "traffic"),
        ("sv", "Skicka e-post till kansliet.", "notice"),
        ("sv", "Bredband byggs ut.", "connectivity"),
        ("en", "The town buys electric cars.", "traffic"),
        ("en", "Send an e-mail to the office.", "notice"),
        ("en", "Remote work is possible.", "remote_work"),
    ],
)
def test_false_friends_have_their_reason(language: str, text: str, reason: str) -> None:
    assert [e.reason for e in coded(text, language=language).excluded] == [reason]


STRATEGIES: dict[str, tuple[str, list[Line], str]] = {
    "announced, Swedish": (
        "sv", ["# Strategi", "## Prioriteringar", "- Välmående", "- Digitala tjänster", "- Ekonomi"], "priority"),
    "told, Swedish": ("sv", ["# Strategi", "Digitalisering är en av våra prioriteringar."], "priority"),
    "vision, Swedish": ("sv", ["# Vision", "Vi är Nordens mest digitala kommun."], "priority"),
    "environment, Swedish": ("sv", ["# Omvärldsanalys", "## Trender", "- Digitalisering", "- Klimat"], "mention"),
    "nested, Swedish": ("sv", ["# Strategi", "## Åtgärder", "- Digitala tjänster", "- Skolor"], "mention"),
    "none, Swedish": ("sv", ["# Strategi", "## Prioriteringar", "- Välmående", "- Ekonomi"], "none"),
    "announced, English": (
        "en", ["# Strategy", "## Strategic priorities", "- Wellbeing", "- Digital services", "- Finance"], "priority"),
    "told, English": ("en", ["# Strategy", "Digitalisation is one of our priorities."], "priority"),
    "vision, English": ("en", ["# Vision", "We are the most digital town of the north."], "priority"),
    "environment, English": ("en", ["# Operating environment", "## Megatrends", "- Digitalisation"], "mention"),
    "nested, English": ("en", ["# Strategy", "## Measures", "- Digital services", "- Schools"], "mention"),
    "none, English": ("en", ["# Strategy", "## Priorities", "- Wellbeing", "- Finance"], "none"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "lines", "expected"), STRATEGIES.values(), ids=STRATEGIES.keys())
def test_labels(language: str, lines: list[Line], expected: str) -> None:
    assert label(*lines, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("sv", "Digitalisering är inte ett självändamål."), ("en", "Digitalisation is not an end in itself.")],
)
def test_limiting_words_are_seen(language: str, text: str) -> None:
    found = mention(text, language=language)
    assert found is not None
    assert "limiting wording" in found.rule


ROLES: dict[str, list[tuple[str, Line, str]]] = {
    "sv": [
        ("Invånaren kan boka tid på nätet.", "", "goal"),
        ("Elektroniskt deltagande i sammanträden möjliggörs.", "", "goal"),
        ("Antalet användare av e-tjänster", "## Mätare", "goal"),
        ("Ibruktagande av ett nytt intranät", "## Åtgärder", "goal"),
        ("Vi är föregångare inom användningen av artificiell intelligens.", "", "goal"),
        ("Vi ska svara på digitaliseringens utmaningar.", "", "goal"),
        ("Digitaliseringen påverkar allt fler arbetsuppgifter.", "", "context"),
        ("Robotisering", "## Megatrender", "context"),
        ("Digitalisering, klimatförändring och en åldrande befolkning präglar decenniet.", "", "context"),
        ("Då infördes elektronisk fakturering.", "", "context"),
        ("Bristande digitala färdigheter bland äldre", "## Svagheter", "context"),
        ("Digitalisering betyder att arbetssätten förnyas med hjälp av teknik.", "## Begrepp", "context"),
        ("Regeringens spetsprojekt är digitala tjänster.", "", "context"),
        ("Alla invånare har inte möjlighet att uträtta ärenden digitalt.", "", "limited"),
        ("De digitala tjänsterna ersätter inte mötet mellan människor.", "", "limited"),
        ("Vi betjänar också dem som inte använder e-tjänster.", "", "limited"),
    ],
    "en": [
        ("Residents can book appointments online at any hour.", "", "goal"),
        ("Digital accessibility is improved.", "", "goal"),
        ("Number of users of e-services", "## Indicators", "goal"),
        ("Robotic process automation is expanded in payroll.", "", "goal"),
        ("Digitalisation shapes the labour market of the coming decade.", "", "context"),
        ("Automation", "## Megatrends", "context"),
        ("Low digital competence among staff", "## Weaknesses", "context"),
        ("By digitalisation we mean new ways of working.", "## Definitions", "context"),
        ("Farm subsidies were moved to an electronic application system.", "", "context"),
        ("Not all services can be digitalised.", "", "limited"),
        ("Digital services do not replace human contact.", "", "limited"),
        ("We also serve those who do not use digital services.", "", "limited"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "above", "role"), [(k, *case) for k, v in ROLES.items() for case in v])
def test_roles(language: str, text: str, above: Line, role: str) -> None:
    found = mention(text, *([above] if above else []), language=language)
    assert found is not None
    assert found.role == role
    assert "classifier" not in found.rule, "it learnt from Finnish alone"


@pytest.mark.parametrize(
    ("language", "counts", "does_not"),
    [
        ("sv", "Läkemedelsrobotar prövas.", "Rabatter prövas."),
        ("sv", "Patientdatasystemet förnyas.", "Vattensystemet förnyas."),
        ("sv", "Blanketterna skickas elektroniskt.", "Enkäten publicerades elektroniskt."),
        ("sv", "Smart belysning installeras.", "Smarta elever belönas."),
        ("sv", "Fakturorna automatiseras.", "Stödet fortsätter automatiskt."),
        ("sv", "Möten hålls på distans.", "Personalen får distansarbeta."),
        ("sv", "Digitala växter ritas.", "Vid muren växer digitalis."),
        ("sv", "Drönare mäter skogen.", "Spannmålen mäts."),
        ("en", "We develop e-services.", "Write an e-mail."),
        ("en", "Patients use telehealth.", "Patients use telephones."),
        ("en", "Courses are held online.", "The report was published online."),
        ("en", "Data-driven planning begins.", "According to data from 2024 the town grows."),
        ("en", "Smart lighting saves energy.", "Smart children live here."),
        ("en", "Nurses consult remotely.", "Nurses work remotely."),
    ],
)
def test_minimal_pairs(language: str, counts: str, does_not: str) -> None:
    assert mention(counts, language=language) is not None
    assert mention(does_not, language=language) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("sv", "Digitaliseringen är ett av våra tre fokusområden.", "priority"),
        ("sv", "Våra strategiska mål är välfärd, skog och digitala tjänster.", "priority"),
        ("sv", "I den förra strategin var digitaliseringen en av fyra tyngdpunkter.", "mention"),
        ("sv", "Regeringens tre prioriteringar är digitalisering, tåg och energi.", "mention"),
        ("sv", "Enligt tyngdpunkten är det viktigt att skolan är digital.", "mention"),
        ("en", "Digital services are one of our five strategic goals.", "priority"),
        ("en", "The Government makes the digital transition one of its priorities.", "mention"),
        ("en", "Digitalisation was one of the priorities of the previous strategy.", "mention"),
    ],
)
def test_priorities_told_in_running_text_are_the_organisations_own(language: str, text: str, expected: str) -> None:
    assert label("# Strategi", text, language=language) == expected


def test_a_scorecard_is_no_strength_and_a_hotel_no_threat() -> None:
    for heading in ("## Strategiskt styrkort", "## Hotell och turism"):
        found = mention("Digital bokning tas i bruk", heading, language="sv")
        assert found is not None
        assert found.role == "goal"
    for heading in ("## Styrkor", "## Hot"):
        found = mention("Digital kompetens", heading, language="sv")
        assert found is not None
        assert found.role == "context"


def test_a_finnish_summary_in_a_swedish_strategy_is_read_with_it() -> None:
    lines: list[Line] = [
        "# Kvarnåsen", "Kommunen är en plats där det är gott att bo och arbeta för alla som vill det.",
        "Vi utvecklar våra tjänster och håller skolorna nära.", "## Tiivistelmä",
        "Kunta on pieni ja sitkeä.", "Asukas saa päätöksensä digitaalisesti.",
    ]  # fmt: skip
    assert language_of(document(*lines)) == "sv"
    found = coded(*lines, language="sv")
    assert [m.text for m in found.mentions] == ["Asukas saa päätöksensä digitaalisesti."]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_coded_strategies_are_coded_alike(language: str) -> None:
    corpus = resources.folder("corpora")
    gold = [g for g in evaluation.read_gold(corpus / "gold.jsonl") if g.language == language]
    documents = [extract.read(corpus / "text" / g.file, file=g.file) for g in gold]
    assert {language_of(d) for d in documents} == {language}
    compared = evaluation.compare((results.of(coder(language, None).coded(d)) for d in documents), gold)
    # ten of the 24 were written to lead a reader astray, and some of them still do
    assert compared["label accuracy"] > 0.85
    assert compared["mention sentence F1"] > 0.93
    assert compared["role kappa"] > 0.7


def test_a_chapter_in_another_language_is_read_by_its_own_codebook() -> None:
    """A Finnish strategy with a Swedish summary: both are coded, and the summary's priorities count."""
    text = document(
        "# Strategia",
        "Kunta on hyvä paikka asua ja tehdä työtä, ja kehitämme digipalveluita yhdessä kaikkien kanssa.",
        "# Sammandrag på svenska",
        "Kommunen är en bra plats att bo på och vi är stolta över det. Artificiell intelligens prövas i tjänsterna.",
        "## Prioriteringar",
        "- Välmående för alla som bor och arbetar i kommunen",
        "- Elektroniska tjänster för alla och på två språk",
        "# Seuranta",
        "Strategia on voimassa ja se päivitetään joka vuosi, ja myös tekoäly on mukana.",
        "Tavoitteet ovat sekä valtuuston että koko henkilöstön omat, ja niiden toteutuminen arvioidaan kahdesti "
        "vuodessa niin, että kaikki ovat mukana ja voivat olla ylpeitä siitä, mitä olemme tehneet.",
    )
    coder, *others = coders_for(text)
    found = coder.coded(text, "en", others)
    assert found.language == "fi"
    assert [m.language for m in found.mentions] == ["fi", "sv", "sv", "fi"]
    assert found.verdict is not None
    assert found.verdict.label == "priority"
    assert [p.name for p in found.priorities if p.digital] == ["Elektroniska tjänster för alla och på två språk"]
