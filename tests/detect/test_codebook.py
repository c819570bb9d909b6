"""Reading a codebook: the bundled ones, an analyst's own, and malformed ones told in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyser.coder import coder
from analyser.detect import codebook_for
from analyser.detect.codebook import read
from analyser.document import Block, Document, InputError
from analyser.language import LANGUAGES

BUNDLED = Path(codebook_for.__code__.co_filename).parent.parent / "codebook"


def english() -> str:
    return (BUNDLED / "en.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_codebook(language: str) -> None:
    book = codebook_for(language)
    assert book.language == language
    assert book.terms
    assert book.false_friends
    assert len(book.hash) == 64
    assert book == codebook_for(language)


def test_words_are_dictionary_forms_without_notation() -> None:
    words = codebook_for("fi").words()
    assert "sähköinen" in words
    assert "palvelu" in words
    assert not [w for w in words if set(w) & set("=*~/,")]


MALFORMED = {
    "empty": "",
    "no TOML": "language = ",
    "no language": "version = '1'",
    "term without match": "[[term]]\nconcept = 'services'",
    "term is no table": "term = 3",
    "sections missing": "language = 'fi'\nversion = '1'\nterm = []\n[priority_wording]",
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_file_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "oma.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read(path)
    message = str(told.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")


SPOILT = {
    "misspelt name": ("language", "languag"),
    "misspelt section": ("values", "valuees"),
    "misspelt table": (r"\[limits\]", "[limit]"),
    "no list": ("ones = .*", "ones = 'one'"),
    "no words": ("ones = .*", "ones = ['', 3]"),
}
MATCHES = ["7", '"cyber*"', "[7]", '[""]', '["~ cyber*"]', '["cyber* ~"]', '["* ~ *"]']


@pytest.mark.parametrize(("part", "spoilt"), SPOILT.values(), ids=SPOILT.keys())
def test_a_misspelt_part_is_told_in_one_sentence(tmp_path: Path, part: str, spoilt: str) -> None:
    path = tmp_path / "oma.toml"
    text, count = re.subn(rf"(?m)^{part}", spoilt, english(), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("match", MATCHES)
def test_a_term_that_cannot_be_read_is_told_in_one_sentence(tmp_path: Path, match: str) -> None:
    path = tmp_path / "oma.toml"
    path.write_text(f'{english()}\n[[term]]\nconcept = "services"\nmatch = {match}\n', encoding="utf-8")
    with pytest.raises(InputError) as told:
        read(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_utf8_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "oma.toml"
    with pytest.raises(InputError, match=r"oma\.toml"):
        read(path)
    path.write_bytes("language = 'ä'".encode("latin-1"))
    with pytest.raises(InputError, match=r"oma\.toml"):
        read(path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)


def test_an_analysts_own_codebook_changes_what_counts(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(english() + '\n[[term]]\nconcept = "services"\nmatch = ["library*"]\n', encoding="utf-8")
    book = Document("a.txt", "", blocks=(Block("paragraph", "We will open libraries and a new library.", 1, None),))
    assert coder("en", None).coded(book).mentions == ()
    (found,) = coder("en", path).coded(book).mentions
    assert found.terms[0].text == "library"
    assert read(path).hash != codebook_for("en").hash


def test_an_own_codebook_of_another_language_leaves_this_one_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(english(), encoding="utf-8")
    assert codebook_for("sv", path) == codebook_for("sv")
    assert codebook_for("en", path).terms == codebook_for("en").terms
