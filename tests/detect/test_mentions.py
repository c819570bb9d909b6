"""Every family of mentions in the codebook: what counts and the nearest thing that does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from drafts import coded, mention

FAMILIES = {
    "digitalisation": (
        ["Digitalisaatio muuttaa arkea.", "Kunta etenee digitalisoinnissa.", "Digitaalisuudesta on hyötyä.",
         "Palvelut ovat digitaalisia.", "Asukkaiden digitaidot paranevat.", "Teemme digiloikan.",
         "Digipalveluita kehitetään.", "Rakennamme digitaalisia yhteyksiä."],
        ["Digestiivi maistuu kahvilassa.", "Kunta muuttaa arkea.", "Palvelut ovat asukkaita lähellä."],
    ),
    "services": (
        ["Sähköinen asiointi laajenee.", "Lisäämme sähköisiä palveluja.", "Sähköisten kanavien käyttö kasvaa.",
         "Otamme käyttöön sähköiset työvälineet.", "Sähköistämme lupapalvelut.", "Verkkopalvelut uudistetaan.",
         "Verkkoasiointia helpotetaan.", "Tarjoamme e-palveluita.", "Etäpalvelut tuodaan kyliin.",
         "Lupaprosessien sähköistäminen jatkuu."],
        ["Asiointi laajenee.", "Lisäämme palveluja.", "Kaikki kanavat käytössä.", "Työvälineet huolletaan keväällä."],
    ),
    "mobile": (
        ["Mobiilipalveluja lisätään.", "Julkaisemme asukkaille mobiilisovelluksen.", "Liput ostetaan sovelluksella."],
        ["Liikkuva kirjasto kiertää kylissä.", "Liput ostetaan kassalta."],
    ),
    "learning": (
        ["Etäopetus vakiinnutetaan.", "Perustamme etälukion.", "Etälukiossa opiskellaan iltaisin.",
         "Otamme käyttöön uuden oppimisalustan."],
        ["Opetus on laadukasta.", "Lukiossa opiskellaan iltaisin.", "Oppilaan etu on tärkein."],
    ),
    "participation": (
        ["Asukkaille avataan oma portaali.", "Uusi palautejärjestelmä otetaan käyttöön.",
         "Avaamme osallistumisalustan."],
        ["Asukkaille avataan uusi ovi.", "Palautetta kerätään kyläilloissa.", "Alusta on tehty puusta."],
    ),
    "ai": (
        ["Tekoälyä kokeillaan.", "Robotiikka auttaa hoitajia.", "Ohjelmistorobotiikalla nopeutetaan laskutusta.",
         "Kielimalleja käytetään kirjauksissa."],
        ["Järkeä kokeillaan.", "Hoitajat auttavat toisiaan."],
    ),
    "automation": (
        ["Palveluprosesseja automatisoidaan.", "Automaatio on alueen kasvava toimiala.",
         "Kaupungissa toimii automaatioteollisuutta."],
        ["Oikeus tukeen ei synny automaattisesti.", "Prosesseja kehitetään."],
    ),
    "ict": (
        ["Tietojärjestelmät uudistetaan.", "Tietotekniikka tukee palveluja.", "ICT-osaamista vahvistetaan.",
         "Potilastietojärjestelmä vaihdetaan."],
        ["Järjestelmällisesti eteenpäin.", "Tekniikan osasto muuttaa.", "Jätevesijärjestelmät uudistetaan."],
    ),
    "data": (
        ["Avoin data tuodaan kaikkien käyttöön.", "Hyödynnämme dataa ja analytiikkaa palveluissa.",
         "Avaamme kaupungin dataa yrityksille.", "Data-analytiikka tukee päätöksiä."],
        ["Datan mukaan väestö vähenee.", "Tilastodata on vuodelta 2024.", "Avoin keskustelu on tärkeää."],
    ),
    "smart": (
        ["Rakennamme digitaalisen kaksosen.", "Esineiden internet tulee kiinteistöihin.", "Olemme älykaupunki.",
         "Smart city -hanke alkaa.", "Älyratkaisuja kokeillaan.", "Älykäs liikenne sujuu.",
         "Älykkäitä palveluita kehitetään."],
        ["Alueen älykäs erikoistuminen perustuu metsään.", "Meillä asuu älykkäitä ihmisiä.", "Kaupunki kasvaa."],
    ),
    "security": (
        ["Kyberturvallisuus on osa varautumista.", "Varaudumme kyberuhkiin."],
        ["Turvallisuus on osa varautumista.", "Varaudumme uhkiin."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("concept", "text"), [(c, t) for c, (yes, _) in FAMILIES.items() for t in yes])
def test_a_sentence_of_the_family_is_a_mention(concept: str, text: str) -> None:
    found = mention(text)
    assert found is not None
    assert concept in {term.concept for term in found.terms} | {"digitalisation"}


@pytest.mark.parametrize("text", [t for _, no in FAMILIES.values() for t in no])
def test_its_neighbour_is_none(text: str) -> None:
    assert mention(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Digitalisaation", "digitalisaatiolla", "digitalisaatioonkin", "DIGITALISAATIO", "Digitalisaatiota!",
        "Sähköisessä asioinnissa", "SÄHKÖISET PALVELUT", "sähköisillekin palveluille", "Verkkopalveluistamme",
        "Tekoälystäkö", "TEKOÄLY", "tekoälyttömästi ja tekoälyllä", "Robotiikkaa", "Etäopetuksessakin",
        "tietojärjestelmiemme", "Kyberturvallisuudestamme", "älyratkaisuihin", "sähköistettäisiin palveluja",
    ],
)  # fmt: skip
def test_words_are_found_in_every_form_and_case(text: str) -> None:
    assert mention(text) is not None


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Kuntadigitalisaatio etenee.", "kunta|digitalisaatio"),
        ("Uusi digipalvelustrategia valmistuu.", "digi|palvelu|strategia"),
        ("Terveystekoälyä kokeillaan.", "terveys|teko|äly"),
        ("Tekoälystrategia valmistuu.", "teko|äly|strategia"),
        ("Kehitämme palvelurobotiikkaa.", "robotiikka"),
        ("Robotiikkahanke alkaa.", "robotiikka|hanke"),
        ("Avaamme sote-verkkopalvelun.", "sote|verkko|palvelu"),
        ("Kunta-digipalveluja uudistetaan.", "digi|palvelu"),
        ("Lean/digi-malli uudistuu.", "digi"),
        ("Verkkopalvelukokonaisuus uudistuu.", "verkko|palvelu"),
    ],
)
def test_words_are_found_in_compounds_on_both_sides(text: str, lemma: str) -> None:
    found = mention(text)
    assert found is not None
    assert lemma in found.terms[0].lemma


@pytest.mark.parametrize(
    "text",
    [
        "Digi- ja innovaatiopalvelut yhdistyvät.",
        "Kehitämme verkko- ja lähipalveluja.",
        "Kehitämme lähi- ja verkkopalveluja.",
        "Vahvistamme media- ja digitaitoja.",
        "Tarjoamme etä- ja lähiopetusta.",
        "Sähköiset ja etäpalvelut tuodaan kyliin.",
        "Tekoäly- ja robotiikkaosaaminen kasvaa.",
        "Tieto- ja viestintäteknologian käyttö lisääntyy.",
    ],
)
def test_words_are_found_where_coordination_leaves_a_part_out(text: str) -> None:
    assert mention(text) is not None


def test_headings_items_and_cells_are_mentions_like_sentences() -> None:
    found = coded("# Digitaalinen kunta", "- Sähköinen asiointi", "| Tekoälyn käyttö", "Puisto on kaunis.")
    assert [m.text for m in found.mentions] == ["Digitaalinen kunta", "Sähköinen asiointi", "Tekoälyn käyttö"]
    assert found.mentions[1].section == ("Digitaalinen kunta",)


def test_furniture_is_no_mention() -> None:
    from analyser.document import Block

    found = coded(Block("furniture", "Digistrategia 2030", 1, None), "Puisto on kaunis.")
    assert found.mentions == ()


def test_overlapping_words_make_one_term() -> None:
    found = mention("Kehitämme digitaalista kaksosta ja sähköistä asiointia.")
    assert found is not None
    assert found.terms[0].text == "digitaalista kaksosta"
    assert all(a.end <= b.start for a, b in pairwise(found.terms))
