"""Hyphens at line ends: joined, kept, or left before a conjunction."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.extract.hyphens import join, join_lines, vocabulary


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
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, joined: str) -> None:
    assert join(before, after) == joined


def test_the_documents_own_words_decide() -> None:
    assert join("me-", "henki on", vocabulary(["Meillä on hyvä me-henki."])) == "me-henki on"
    assert join("maa-", "alue on", vocabulary(["Koko maaalue."])) == "maaalue on"
    assert join("Oulu-", "Koillismaa", frozenset()) == "Oulu-Koillismaa"


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
