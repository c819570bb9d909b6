"""Hyphens at line ends: joined, kept, or left before a conjunction."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import extract
from analyser.extract.hyphens import join, join_lines, restored, vocabulary, with_hyphens

Typeset = Callable[..., Path]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("uusi toimin-", "tatapa on", "uusi toimintatapa on"),
        ("sosiaali-", "ja terveyspalvelut", "sosiaali- ja terveyspalvelut"),
        ("social-", "och hälsovård", "social- och hälsovård"),
        ("Keski-", "Suomi kasvaa", "Keski-Suomi kasvaa"),
        ("vuosina 2021-", "2025 tehdään", "vuosina 2021-2025 tehdään"),
        ("linja-", "auto", "linja-auto"),
        ("e-", "palvelut", "e-palvelut"),
        ("EU-", "hanke", "EU-hanke"),
        ("KUNTASTRA-", "TEGIA 2030", "KUNTASTRATEGIA 2030"),
        ("vuosille 2021–", "2025", "vuosille 2021–2025"),
        ("palvelut –", "myös verkossa", "palvelut – myös verkossa"),
        ("Hinku-kun-", "nat", "Hinku-kunnat"),
        ("digi\xad", "taalinen", "digitaalinen"),
        ("arki", "sujuu", "arki sujuu"),
        ("digilaite tai -", "taito puuttuu", "digilaite tai -taito puuttuu"),
        ("palvelut ja \u2011", "kanavat", "palvelut ja \u2011kanavat"),
        ("palvelut -", "myös verkossa", "palvelut - myös verkossa"),
        ("vapaa-ai-", "kaa on", "vapaa-aikaa on"),
        ("tasa-", "arvo", "tasa-arvo"),
        ("palvelu-", "alueiden", "palvelualueiden"),
        ("toiminta-", "alueen", "toiminta-alueen"),
        ("kulttuuri-, tai-", "de- ja liikunta", "kulttuuri-, taide- ja liikunta"),
        ("SOSIAALI-", "JA TERVEYS", "SOSIAALI- JA TERVEYS"),
        ("Pohjois-Kar-", "jalan kunnat", "Pohjois-Karjalan kunnat"),
        ("pk-", "yritykset", "pk-yritykset"),
        ("2020-", "luvulla", "2020-luvulla"),
        ("väl-", "färdsområdet", "välfärdsområdet"),
        ("små-", "barnspedagogik", "småbarnspedagogik"),
        ("natur-", "eller kulturvård", "natur- eller kulturvård"),
        ("e-", "tjänster", "e-tjänster"),
        ("IT-", "stöd", "IT-stöd"),
        ("Öster-", "botten", "Österbotten"),
        ("bo-", "ende", "boende"),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, joined: str) -> None:
    assert join(before, after) == joined


def test_the_documents_own_words_decide() -> None:
    assert join("me-", "henki on", vocabulary(["Meillä on hyvä me-henki."])) == "me-henki on"
    assert join("maa-", "alue on", vocabulary(["Koko maaalue."])) == "maaalue on"
    assert join("Oulu-", "Koillismaa", frozenset()) == "Oulu-Koillismaa"


def test_other_compounds_with_the_same_first_part_decide() -> None:
    known = vocabulary(["Wifi-yhteydet ja TKI-toiminta."])
    assert join("wifi-", "verkkoa", known) == "wifi-verkkoa"
    assert join("TKI-", "HANKKEET", known) == "TKI-HANKKEET"
    assert join("kunta-", "strategia", vocabulary(["Kunta-alan palkat."])) == "kuntastrategia"
    assert join("wifi-", "verkkoa", vocabulary(["Wifi-yhteydet ja wifiverkot."])) == "wifiverkkoa"
    assert join("vapaa-", "ehtoiset", vocabulary(["VAPAA-AIKA"])) == "vapaaehtoiset"


@pytest.mark.parametrize(
    ("line", "elsewhere", "whole"),
    [
        ("Kehitämme ICTpalveluja.", "", "Kehitämme ICT-palveluja."),
        ("Edistämme tasaarvoa.", "Lisää tasa-arvoa.", "Edistämme tasa-arvoa."),
        ("PohjoisSavossa vuosina 20222025", "Pohjois-Savossa 2022-2025", "Pohjois-Savossa vuosina 2022-2025"),
        ("Edistämme tasaarvoa.", "", "Edistämme tasaarvoa."),
        ("GigaVaasa kasvaa.", "", "GigaVaasa kasvaa."),
        ("Kuntastrategia ohjaa.", "Kunta-strategia ohjaa.", "Kuntastrategia ohjaa."),
        ("MOOCit ja PDFiä", "", "MOOCit ja PDFiä"),
    ],
)
def test_hyphens_that_programs_left_out_come_back(line: str, elsewhere: str, whole: str) -> None:
    assert restored(line, with_hyphens(vocabulary([line, elsewhere]))) == whole


WORDS = st.text("aeiouklmnprstvåäö", min_size=2, max_size=9)


@given(st.lists(WORDS, min_size=2, max_size=6), st.data())
def test_a_broken_word_that_stands_whole_elsewhere_is_joined(words: list[str], data: st.DataObject) -> None:
    word = "".join(words)
    cut = data.draw(st.integers(1, len(word) - 1))
    assert join(f"uusi {word[:cut]}-", f"{word[cut:]} on", vocabulary([f"Koko {word} tässä."])) == f"uusi {word} on"


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["ja", "tai", "sekä", "och", "eller", "and"]))
def test_the_hyphen_before_a_conjunction_stays(words: list[str], conjunction: str) -> None:
    before, after = " ".join(words) + "-", f"{conjunction} terveyspalvelut"
    assert join(before, after) == f"{before} {after}"


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_lines_without_hyphens_are_joined_by_spaces(lines: list[str]) -> None:
    assert join_lines(lines)[0] == " ".join(lines)


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), min_size=1, max_size=8))
def test_spans_cover_the_text_in_order(lines: list[str]) -> None:
    text, spans = join_lines(lines)
    assert len(spans) == len(lines)
    assert spans[0][0] == 0 and spans[-1][1] == len(text)
    assert all(a <= b for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


SYLLABLES = st.lists(
    st.sampled_from(["ka", "mi", "su", "ne", "vo", "rä", "tö", "hyn", "jen", "los"]), min_size=2, max_size=7
)


@given(SYLLABLES, st.data())
def test_a_word_broken_between_syllables_is_whole(syllables: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(syllables) - 1))
    before, after = "".join(syllables[:cut]), "".join(syllables[cut:])
    assert join(f"tämä {before}-", f"{after} on") == f"tämä {before}{after} on"


@given(SYLLABLES, SYLLABLES, st.sampled_from([("{}-", "{}"), ("{}-", "JA {}"), ("{}, ", "{}")]))
def test_lower_case_words_come_apart_nowhere(first: list[str], second: list[str], ends: tuple[str, str]) -> None:
    text = join(ends[0].format("".join(first)), ends[1].format("".join(second)))
    assert restored(text, with_hyphens(vocabulary([text]))) == text


@given(st.integers(1990, 2035), st.integers(1990, 2035), st.sampled_from("-–"))
def test_spans_of_years_keep_their_hyphen(first: int, last: int, hyphen: str) -> None:
    assert join(f"vuosina {first}{hyphen}", f"{last} tehdään") == f"vuosina {first}{hyphen}{last} tehdään"


FINNISH = (
    "Hyvinvointialueen ja kaupungin yhdyspintapalveluja kehitetään: sosiaali- ja terveyspalvelut, varhaiskasvatus- ja "
    "kirjastopalvelut sekä vapaa-ajan toiminta-alueet löytyvät verkkopalveluista. Keski-Suomen ja Pohjois-Savon "
    "rajalla sijaitseva kunta hyödyntää liikenneyhteyksiään vuosina 2025-2027, ja linja-autoliikenteen kestävyyttä "
    "parannetaan ilmasto-ohjelman mukaisesti. Digitalisaatiolla helpotetaan pk-yritysten ja maa-alueiden omistajien "
    "asiointia."
)
SWEDISH = (
    "Social- och hälsovårdstjänsterna samt småbarnspedagogiken utvecklas tillsammans med välfärdsområdet. E-tjänster "
    "och IT-stöd underlättar vardagsärenden i Svenskfinland, och näringslivets verksamhetsförutsättningar tryggas "
    "genom planläggning under åren 2025-2027. Invånarnas delaktighetsmöjligheter förbättras genom medborgarråd."
)


@pytest.mark.parametrize("page", ["width: 7cm", "width: 6cm", "width: 11cm, columns: 2", "width: 15cm, columns: 3"])
@pytest.mark.parametrize(("language", "text"), [("fi", FINNISH), ("sv", SWEDISH)])
def test_pdfs_are_read_without_their_hyphenation(typeset: Typeset, page: str, language: str, text: str) -> None:
    """Over lines, columns and pages: what a typesetter broke comes out as it was written."""
    style = f'#set text(lang: "{language}", 11pt)\n#set par(justify: true)\n#set columns(gutter: 8mm)\n'
    path = typeset("tavut.pdf", f"{style}#set page({page}, height: 6cm, margin: 1cm)\n{text}")
    assert " ".join(b.text for b in extract.read(path).blocks) == text
