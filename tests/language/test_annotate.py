"""Sentences with tokens: only those that may matter, and tokens that fit the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.coder import Coder, coder, coders_for
from analyser.document import Block, Document


def document(*texts: str) -> Document:
    return Document("koe.txt", "", blocks=tuple(Block("paragraph", text, 1, None) for text in texts))


def finnish() -> Coder:
    return coder("fi", None)


def test_only_sentences_with_a_word_of_the_codebook_have_tokens() -> None:
    found = finnish().annotated(document("Metsä vihertää. Digipalvelut kasvavat. Sähköautot yleistyvät."))
    assert [bool(s.tokens) for s in found.sentences] == [False, True, True]
    assert found.language == "fi"


def test_tokens_have_lemma_and_grammar() -> None:
    found = finnish().annotated(document("Kehitämme digipalveluita."))
    verb, noun, stop = found.sentences[0].tokens
    assert (verb.text, verb.pos) == ("Kehitämme", "VERB")
    assert "Person=1" in verb.morph
    assert (noun.text, noun.lemma, noun.start, noun.end) == ("digipalveluita", "digi|palvelu", 10, 24)
    assert stop.pos == "PUNCT"


def test_the_document_given_is_left_as_it_was() -> None:
    before = document("Digipalvelut kasvavat.")
    finnish().annotated(before)
    assert before.sentences == ()
    assert before.language == ""


def test_a_chosen_language_beats_the_one_of_the_text() -> None:
    text = document("Kommunen är bra och vi är stolta över det. Vi utvecklar digitala tjänster för alla.")
    assert [c.language for c in coders_for(text)] == ["sv"]
    assert [c.language for c in coders_for(text, "fi")] == ["fi"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["fi", "sv", "en"]), st.lists(st.text(), max_size=3))
def test_tokens_fit_any_text(language: str, texts: list[str]) -> None:
    found = coder(language, None).annotated(document(*(f"{text} digi {text}" for text in texts)))
    for sentence in found.sentences:
        assert found.blocks[sentence.block].text[sentence.start : sentence.end] == sentence.text
        assert all(sentence.text[t.start : t.end] == t.text for t in sentence.tokens)
        kept = "".join(t.text for t in sentence.tokens)
        assert not sentence.tokens or "".join(kept.split()) == "".join(sentence.text.split())
