"""False friends: words that look digital and are not, each left out with its reason."""

from __future__ import annotations

import pytest
from drafts import coded, mention, reasons_for_leaving_out

from analyser.detect import codebook_for
from analyser.language import LANGUAGES

FAMILIES = {
    "name": [
        "Luvut antoi Digi- ja väestötietovirasto.", "Muuttoilmoitus tehdään Digi- ja väestötietovirastolle.",
        "Vaaliluettelon laatii DVV.", "Digipolis sijaitsee sataman kupeessa.", "Kokous pidettiin Digitaliassa.",
        "Hankkeen rahoittaa DigiFinland.", "IoT Campus avasi ovensa.", "Rakennuksen osti Digita.",
    ],
    "traffic": [
        "Hankimme sähköautoja.", "Sähköautojen latauspaikkoja lisätään.", "Sähköinen liikenne yleistyy.",
        "Liikenteen sähköistyminen etenee.", "Liikenne sähköistyy.", "Radan sähköistäminen alkaa liikenteen ehdoilla.",
    ],
    "electricity": [
        "Sähköverkko uusitaan.", "Sähkönjakelu varmistetaan.", "Teollisuuden sähköistäminen vähentää päästöjä.",
    ],
    "notice": [
        "Palautetta voi lähettää sähköpostilla.", "Raportti on julkaistu sähköisenä.",
        "Kuntalaiset vastasivat sähköisellä kyselyllä.", "Esite julkaistaan sähköisesti.",
    ],
    "smart": [
        "Maakunnan älykäs erikoistuminen nojaa metsään.", "Täällä asuu älykkäitä ihmisiä.",
        "Älykkään erikoistumisen kärjet on valittu.",
    ],
    "automatic": ["Oikeus ei synny automaattisesti.", "Avustus jatkuu automaattisesti."],
    "statutory": ["Tietoturvasta ja tietosuojasta huolehditaan lain mukaan.", "Tietosuoja kuuluu kaikille."],
    "connectivity": [
        "Valokuitu vedetään kyliin.", "Laajakaista ulottuu joka taloon.", "Tietoliikenneyhteydet paranevat.",
    ],
    "remote_work": ["Etätyö on mahdollista.", "Etätyöntekijöille on tilaa.", "Monipaikkaisuus yleistyy."],
    "technology": ["Teknologia kehittyy.", "Otamme käyttöön uutta teknologiaa."],
    "knowledge": ["Tiedolla johtaminen vahvistuu.", "Tietojohtaminen on osa arkea."],
    "channel": [
        "Tapahtumat kerrotaan verkkosivuilla.", "Sosiaalinen media tavoittaa nuoret.", "Viestintäkanavat uusitaan.",
    ],
    "network": [
        "Verkosto laajenee.", "Kouluverkko säilyy.", "Palveluverkkoa tiivistetään.", "Tieverkon kunto paranee.",
    ],
    "data": ["Datan perusteella väestö vanhenee.", "Tilastodata on vuodelta 2024."],
    "plant": ["Puistossa kukkii digitalis.", "Sormustinkukka on digitalis-suvun kasvi."],
}  # fmt: skip


@pytest.mark.parametrize(("reason", "text"), [(r, t) for r, texts in FAMILIES.items() for t in texts])
def test_a_false_friend_is_left_out_with_its_reason(reason: str, text: str) -> None:
    found = coded(text)
    assert found.mentions == ()
    assert reason in {e.reason for e in found.excluded}
    assert all(e.term in e.text and e.page == 1 for e in found.excluded)


@pytest.mark.parametrize(
    ("counts", "does_not"),
    [
        ("Sähköinen asiointi yleistyy.", "Sähköinen liikenne yleistyy."),
        ("Digi- ja tietohallinto uudistaa palvelut.", "Digi- ja väestötietoviraston palvelut ovat tuttuja."),
        ("Palvelujen sähköistyminen etenee.", "Liikenteen sähköistyminen etenee."),
        ("Lupaprosessit sähköistetään.", "Joukkoliikenteen bussit sähköistetään."),
        ("Sähköinen lupapalvelu avataan.", "Sähköinen bussi hankitaan."),
        ("Älykäs liikenne sujuu.", "Älykäs oppilas pärjää."),
        ("Älykkäät palvelut auttavat.", "Älykkäät ihmiset auttavat."),
        ("Verkkopalvelut uudistuvat.", "Verkostot uudistuvat."),
        ("Etäopetus vakiintuu.", "Etätyö vakiintuu."),
        ("Avoin data auttaa.", "Datan mukaan väestö vähenee."),
        ("Tekoälyteknologia kehittyy.", "Teknologia kehittyy."),
        ("Automaatio nopeuttaa palveluja.", "Oikeus palveluun syntyy automaattisesti."),
        ("Kyberturvallisuutta harjoitellaan.", "Tietoturvallisuudesta huolehditaan."),
        ("Digipalvelut laajenevat.", "Digipoliksen tilat laajenevat."),
        ("Tiedolla johtamista tuetaan analytiikalla.", "Tiedolla johtamista tuetaan koulutuksella."),
    ],
)
def test_minimal_pairs(counts: str, does_not: str) -> None:
    assert mention(counts) is not None
    assert mention(does_not) is None


@pytest.mark.parametrize(
    "text",
    [
        "Sähköautoille tulee latureita, ja latauksen maksaa mobiilisovelluksella.",
        "Digi- ja väestötietoviraston kanssa kehitetään digipalveluja.",
        "Etätyö ja digitalisaatio muuttavat työelämää.",
        "Tietosuoja ja kyberturvallisuus varmistetaan.",
    ],
)
def test_a_mention_beside_a_false_friend_counts(text: str) -> None:
    found = coded(text)
    assert len(found.mentions) == 1
    assert found.excluded


def test_every_reason_and_concept_has_its_words_in_the_report() -> None:
    from analyser.report.wording import CONCEPTS, REASONS

    books = [codebook_for(language) for language in LANGUAGES]
    assert {e.name for book in books for e in book.false_friends} <= REASONS.keys()
    assert {e.name for book in books for e in book.terms} <= CONCEPTS.keys()


def test_plain_words_are_not_even_excluded() -> None:
    assert reasons_for_leaving_out("Metsä on vihreä ja lapset leikkivät pihalla.") == set()
