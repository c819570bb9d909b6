"""Which of the three languages a text is in."""

from __future__ import annotations

import pytest

from analyser.document import Block, BlockKind, Document
from analyser.language import LANGUAGES, language_of, languages_of
from analyser.language.identify import identify

TEXTS = {
    "fi": "Kunta on hyvä paikka asua ja tehdä työtä, ja me olemme siitä ylpeitä. Palvelut ovat lähellä kaikkia.",
    "sv": "Kommunen är en bra plats att bo på och vi är stolta över det. Tjänsterna är till för alla.",
    "en": "The municipality is a good place to live and work, and we are proud of it. Services are for all of us.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_told_by_its_function_words(language: str) -> None:
    assert identify(TEXTS[language]) == language
    assert identify(TEXTS[language].upper()) == language


@pytest.mark.parametrize("text", ["", "2030", "Strategia", "och", "the of", "!!! ??? \x00"])
def test_too_little_text_is_taken_for_the_default(text: str) -> None:
    assert identify(text) == "fi"
    assert identify(text, default="sv") == "sv"


def test_a_summary_in_another_language_does_not_turn_the_document() -> None:
    assert identify(f"{TEXTS['fi']} {TEXTS['fi']} {TEXTS['fi']} {TEXTS['sv']}") == "fi"


def test_a_chapter_in_another_language_is_told_block_by_block() -> None:
    """Short blocks are in it where they stand inside of it; a foreign motto takes no Finnish list with it."""
    lines: list[tuple[BlockKind, str, str]] = [
        ("paragraph", TEXTS["fi"], "fi"),
        ("paragraph", TEXTS["en"], "en"),
        ("item", "Digipalvelut kaikille", "fi"),
        ("paragraph", TEXTS["fi"], "fi"),
        ("heading", "Sammandrag", "sv"),
        ("paragraph", TEXTS["sv"], "sv"),
        ("item", "Digitala tjänster", "sv"),
        ("paragraph", TEXTS["sv"], "sv"),
        ("item", "Digitalt och tryggt", "sv"),
        ("heading", "Seuranta", "fi"),
        ("paragraph", TEXTS["fi"], "fi"),
    ]
    blocks = tuple(Block(kind, text, 1, None) for kind, text, _ in lines)
    assert languages_of(Document("koe.txt", "", blocks=blocks), "fi") == tuple(told for *_, told in lines)


def test_furniture_has_no_say() -> None:
    blocks = [Block("furniture", TEXTS["en"], 1, None)] * 5 + [Block("paragraph", TEXTS["fi"], 1, None)]
    assert language_of(Document("koe.txt", "", blocks=tuple(blocks))) == "fi"


def test_a_document_without_text_has_the_default_language() -> None:
    assert language_of(Document("tyhja.txt", "")) == "fi"
    assert language_of(Document("tyhja.txt", ""), default="en") == "en"
