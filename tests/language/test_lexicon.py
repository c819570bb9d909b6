"""The lexicon: words found in every form, compounds cut at their boundaries, compiled once and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import resources
from analyser.detect import codebook_for
from analyser.language import Lexicon, lexicon_for
from analyser.language.lexicon import FILE, compile_lexicon, identity

WORDS = ("palvelu", "strategia", "sähköinen", "digitalisoida", "sähköistäminen", "tekoäly", "verkkopalvelu", "asiakas")
TABLE = {
    "palvelu": "palvelu",
    "palvelun": "palvelu",
    "palveluissa": "palvelu",
    "strategia": "strategia",
    "strategian": "strategia",
    "asiakas": "asiakas",
    "digipalvelu": "digi|palvelu",
}


@pytest.fixture(scope="module")
def compiled() -> Lexicon:
    return compile_lexicon(WORDS)


@pytest.fixture
def small() -> Lexicon:
    return Lexicon("käsin", TABLE)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("palvelu", "palvelu"),
        ("Palveluidemme", "palvelu"),
        ("PALVELUISSA", "palvelu"),
        ("palveluillakin", "palvelu"),
        ("sähköisemmillä", "sähköinen"),
        ("sähköisiä", "sähköinen"),
        ("digitalisoimme", "digitalisoida"),
        ("digitalisoidaan", "digitalisoida"),
        ("digitalisoitujen", "digitalisoida"),
        ("digitalisoisi", "digitalisoida"),
        ("sähköistämisestä", "sähköistäminen"),
        ("tekoälyyn", "teko|äly"),
        ("verkkopalveluun", "verkko|palvelu"),
        ("asiakkaan", "asiakas"),
    ],
)
def test_every_form_leads_to_its_dictionary_form(compiled: Lexicon, form: str, lemma: str) -> None:
    assert compiled.lemma(form) == lemma


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("asiakaspalvelustrategian", "asiakas|palvelu|strategia"),
        ("kuntastrategian", "kunta|strategia"),
        ("digipalvelustrategia", "digi|palvelu|strategia"),
        ("palvelulaatu", "palvelu|laatu"),
        ("Sote-palvelun", "sote|palvelu"),
        ("palvelu-", "palvelu"),
        ("digi\u00adpalve\u00adlu", "digi|palvelu"),
        ("metsä", "metsä"),
        ("Metsässä", "metsässä"),
    ],
)
def test_compounds_are_cut_into_the_words_that_are_known(small: Lexicon, word: str, lemma: str) -> None:
    assert small.lemma(word) == lemma


def test_it_comes_back_from_its_file_as_it_was(compiled: Lexicon) -> None:
    again = Lexicon.from_json(compiled.to_json())
    assert again == compiled
    assert again.to_json() == compiled.to_json()


def test_identity_is_of_the_words_whatever_their_order(compiled: Lexicon) -> None:
    assert compiled.source == identity(reversed(WORDS))
    assert identity(WORDS) != identity(WORDS[1:])


def test_one_that_fits_is_read_and_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyser.language.lexicon.compile_lexicon", lambda words: pytest.fail("compiled anew"))
    words = frozenset(TABLE)
    shipped, kept = tmp_path / "models", tmp_path / "cache"
    shipped.mkdir()
    (shipped / FILE).write_text(Lexicon(identity(words), TABLE).to_json(), encoding="utf-8")
    assert lexicon_for(words, shipped, kept).lemma("palvelun") == "palvelu"
    assert not kept.exists()


SPOILT = ["", "{", "[]", '{"source": "muu", "forms": []}', '{"source": "muu", "forms": {}}', None]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_one_that_does_not_fit_is_compiled_and_kept(tmp_path: Path, spoilt: str | None) -> None:
    words = frozenset({"palvelu"})
    shipped, kept = tmp_path / "models", tmp_path / "cache"
    shipped.mkdir()
    if spoilt is not None:
        (shipped / FILE).write_text(spoilt, encoding="utf-8")
    assert lexicon_for(words, shipped, kept).lemma("palveluissa") == "palvelu"
    (file,) = kept.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["source"] == identity(words)


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "tiedosto"
    blocked.write_text("", encoding="utf-8")
    assert lexicon_for(frozenset({"palvelu"}), tmp_path, blocked / "cache").lemma("palvelun") == "palvelu"


def test_the_shipped_lexicon_is_in_step_with_the_codebook() -> None:
    shipped = Lexicon.from_json((resources.folder("models") / FILE).read_text(encoding="utf-8"))
    assert shipped.source == identity(codebook_for("fi").words()), "the codebook's words changed: run `analyser train`"


@given(st.text())
def test_any_word_has_a_lemma(word: str) -> None:
    lexicon = Lexicon("käsin", TABLE)
    lemma = lexicon.lemma(word)
    assert lexicon.lemma(word) == lemma
    assert bool(lemma) == bool(word.replace("\u00ad", ""))


@given(st.sampled_from(["kunta", "sote", "xyz"]), st.sampled_from(["palvelun", "strategian", "palveluissa"]))
def test_a_compound_keeps_its_last_word_known(head: str, tail: str) -> None:
    assert Lexicon("käsin", TABLE).lemma(head + tail).endswith(f"|{TABLE[tail]}")
