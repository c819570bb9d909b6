"""The codebook's notation, by what its patterns find in text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.detect import codebook_for
from analyser.detect.codebook import Entry
from analyser.detect.patterns import compile_pattern, key, words
from analyser.detect.terms import Finder
from analyser.document import Sentence, Token
from analyser.language import Lexicon

FORMS = {
    "palvelu": "palvelu",
    "palveluja": "palvelu",
    "avoin": "avoin",
    "avointa": "avoin",
    "data": "data",
    "dataa": "data",
    "älykäs": "älykäs",
    "älykkäitä": "älykäs",
    "kaksonen": "kaksonen",
    "digitaalinen": "digitaalinen",
    "digitaalisia": "digitaalinen",
}
LEXICON = Lexicon("käsin", FORMS)


def sentence(text: str) -> Sentence:
    tokens, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        tokens.append(Token(word, start, at, LEXICON.lemma(word)))
    return Sentence(text, 0, 0, len(text), 1, None, "paragraph", (), tuple(tokens))


def finder(*terms: str, friends: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> Finder:
    book = replace(
        codebook_for("fi"),
        terms=(Entry("services", terms, near),),
        false_friends=(Entry("name", friends),) if friends else (),
    )
    return Finder(book, LEXICON.lemma)


def found(text: str, *terms: str, friends: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> list[str]:
    one, own = finder(*terms, friends=friends, near=near), sentence(text)
    return [t.text for t in one.find(own, one.doc(own))[0]]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("palvelu", "Uusia Palveluja tulee", ["Palveluja"]),
        ("palvelu", "Oma verkkopalvelu tulee", ["verkkopalvelu"]),
        ("palvelu", "Oma palvelustrategia tulee", ["palvelustrategia"]),
        ("palvelu", "Oma palvelin tulee", []),
        ("digi*", "Oma Digihanke tulee", ["Digihanke"]),
        ("digi*", "Oma kunta-digi tulee", ["kunta-digi"]),
        ("digi*", "Oma prodigi tulee", []),
        ("*robot*", "Oma läkerobotin käyttö", ["läkerobotin"]),
        ("*robot", "Oma läkerobot ja läkerobotin", ["läkerobot"]),
        ("*robot", "Oma robotti", []),
        ("uusi *robot/*bot", "Uusi chatbot tulee", ["Uusi chatbot"]),
        ("=IoT", "Meillä IoT toimii", ["IoT"]),
        ("=IoT", "Meillä iot toimii", []),
        ("=IoT", "Meillä IoTin toimii", []),
        ("=IT-*", "Meillä IT-tuki toimii", ["IT-tuki"]),
        ("=IT-*", "Meillä it-tuki toimii", []),
        ("==data", "Kunnan dataa on", ["dataa"]),
        ("==data", "Kunnan massadataa on", []),
        ("avoin/älykäs data", "avointa dataa", ["avointa dataa"]),
        ("avoin/älykäs data", "älykkäitä dataa", ["älykkäitä dataa"]),
        ("avoin data", "avointa kunnan dataa", []),
        ("avoin ~ data", "avointa kunnan dataa", ["avointa kunnan dataa"]),
        ("avoin ~ data", "dataa on avointa", ["dataa on avointa"]),
        ("avoin ~ data", "avointa yksi kaksi kolme neljä viisi dataa", ["avointa yksi kaksi kolme neljä viisi dataa"]),
        ("avoin ~ data", "avointa yksi kaksi kolme neljä viisi kuusi dataa", []),
        ("avoin * data", "avointa kunnan dataa", ["avointa kunnan dataa"]),
        ("avoin * data", "avointa dataa", []),
        ("* =Oy", "Koe Oy toimii", ["Koe Oy"]),
    ],
)
def test_notation(pattern: str, text: str, expected: list[str]) -> None:
    assert found(text, pattern) == expected


def test_near_asks_for_a_word_anywhere_in_the_sentence() -> None:
    assert found("dataa tulee ja palveluja myös", "==data", near=("palvelu",)) == ["dataa"]
    assert found("dataa tulee", "==data", near=("palvelu",)) == []


def test_the_longer_of_two_wins_and_a_false_friend_of_equal_length() -> None:
    assert found("avointa dataa", "avoin data", friends=("==data",)) == ["avointa dataa"]
    assert found("avointa dataa", "==data", friends=("avoin data",)) == []
    assert found("avointa dataa", "==data", friends=("==data",)) == []


def test_a_false_friend_of_one_word_opens_its_compound() -> None:
    assert found("dataa ja massadataa", "massa*", friends=("data",)) == ["massadataa"]


def test_false_friends_stand_in_the_order_of_the_text() -> None:
    one, own = finder("palvelu", friends=("==data", "avoin")), sentence("avointa palvelua ja dataa ja avoin palvelu")
    terms, friends = one.find(own, one.doc(own))
    assert [f.text for f in friends] == ["avointa", "dataa", "avoin"]
    assert [t.start for t in terms] == sorted(t.start for t in terms)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("palvelu", ["palvelu"]),
        ("digi*", []),
        ("=IoT", []),
        ("==data ~ avoin/avata", ["data", "avoin", "avata"]),
        ("* =Oy", []),
        ("älykäs , * ja liikenne", ["älykäs", "ja", "liikenne"]),
    ],
)
def test_words_of_a_pattern(pattern: str, expected: list[str]) -> None:
    assert list(words(pattern)) == expected


def test_the_key_of_a_pattern_is_its_first_word() -> None:
    assert key("avoin/älykäs ~ data") == "avoin/älykäs"
    assert key("* =Oy") == "=Oy"


@settings(deadline=None)  # each example reads the codebook anew
@given(st.lists(st.sampled_from(list(FORMS)), min_size=1, max_size=5), st.booleans())
def test_what_is_found_fits_the_text_and_the_shortcut_lets_it_through(chosen: list[str], capitals: bool) -> None:
    text = " ".join(w.upper() if capitals else w for w in chosen)
    one, own = finder("palvelu", "avoin ~ data", "älykäs palvelu", "digi*", friends=("==data",)), sentence(text)
    terms, friends = one.find(own, one.doc(own))
    assert all(text[t.start : t.end] == t.text for t in terms)
    assert all(text[f.start : f.end] == f.text for f in friends)
    assert one.mentions(own) is bool(terms)
    assert one.matters(text) or not (terms or friends)


@given(st.sampled_from(sorted({p for e in codebook_for("fi").terms for p in e.match})))
def test_every_pattern_of_the_codebook_compiles(pattern: str) -> None:
    compiled = compile_pattern(pattern, LEXICON.lemma)
    assert len(compiled) in (1, 2)
    assert all(compiled)
