"""Sentences: where running text is cut, and that every sentence points to where it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.document import Block, BlockKind, Document, Piece
from analyser.language.sentences import split


def document(*blocks: Block) -> Document:
    return Document("koe.txt", "", blocks=blocks)


def paragraph(text: str) -> Block:
    return Block("paragraph", text, 1, None)


def sentences(text: str) -> list[str]:
    return [s.text for s in split(document(paragraph(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kunta kasvaa. Se on hyvä.", ["Kunta kasvaa.", "Se on hyvä."]),
        ("Kasvaako kunta? Kasvaa! Hyvä…", ["Kasvaako kunta?", "Kasvaa!", "Hyvä…"]),
        ("Hän sanoi: ”Kunta kasvaa.” Muut nyökkäsivät.", ["Hän sanoi: ”Kunta kasvaa.”", "Muut nyökkäsivät."]),
        ("Kunta kasvaa (ks. liite). Se riittää.", ["Kunta kasvaa (ks. liite).", "Se riittää."]),
        ("Tavoite toteutuu 31. joulukuuta mennessä.", ["Tavoite toteutuu 31. joulukuuta mennessä."]),
        ("Valmista vuoteen 2030. Kunta kasvaa.", ["Valmista vuoteen 2030.", "Kunta kasvaa."]),
        ("1. Elinvoima ja osaaminen", ["1. Elinvoima ja osaaminen"]),
        ("Kuluja on 3.5 miljoonaa euroa.", ["Kuluja on 3.5 miljoonaa euroa."]),
        ("Palvelut, esim. Kirjasto ja mm. Uimahalli.", ["Palvelut, esim. Kirjasto ja mm. Uimahalli."]),
        ("Kunnanjohtaja A. Virtanen avasi. Kiitos.", ["Kunnanjohtaja A. Virtanen avasi.", "Kiitos."]),
        ("Kunta kasvaa.Se on hyvä.", ["Kunta kasvaa.", "Se on hyvä."]),
        ("Osoite on kunta.fi ja se toimii.", ["Osoite on kunta.fi ja se toimii."]),
        ("Kommunen, t.ex. Skolan och bl.a. Biblioteket.", ["Kommunen, t.ex. Skolan och bl.a. Biblioteket."]),
        ("   Kunta kasvaa.   ", ["Kunta kasvaa."]),
        ("", []),
        (" \n\t ", []),
    ],
)  # fmt: skip
def test_running_text_is_cut_at_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_headings_are_sentences_of_their_own() -> None:
    found = split(document(Block("heading", "Arki. Sujuva ja hyvä.", 1, None, 1), paragraph("Kunta kasvaa.")))
    assert [(s.kind, s.text) for s in found] == [
        ("heading", "Arki. Sujuva ja hyvä."),
        ("paragraph", "Kunta kasvaa."),
    ]


def test_items_and_cells_are_sentences_and_furniture_is_left_out() -> None:
    kinds: tuple[BlockKind, ...] = ("item", "table_cell", "caption", "furniture")
    found = split(document(*(Block(kind, f"Sana {kind}", 1, None) for kind in kinds)))
    assert [s.kind for s in found] == ["item", "table_cell", "caption"]


def test_a_sentence_knows_the_headings_above_it() -> None:
    found = split(
        document(
            Block("heading", "Strategia", 1, None, 1),
            Block("heading", "Arki", 1, None, 2),
            paragraph("Kunta kasvaa."),
            Block("heading", "Talous", 2, None, 2),
            Block("item", "Tase kuntoon", 2, None, 1),
            Block("heading", "Liitteet", 3, None, 1),
            paragraph("Loppu."),
        )
    )
    assert [(s.text, s.section) for s in found] == [
        ("Strategia", ()),
        ("Arki", ("Strategia",)),
        ("Kunta kasvaa.", ("Strategia", "Arki")),
        ("Talous", ("Strategia",)),
        ("Tase kuntoon", ("Strategia", "Talous")),
        ("Liitteet", ()),
        ("Loppu.", ("Liitteet",)),
    ]


def test_a_sentence_knows_its_own_page_and_box() -> None:
    text = "Ensimmäinen lause. Toinen lause."
    pieces = (Piece(0, 18, 3, (10.0, 20.0, 90.0, 30.0)), Piece(19, len(text), 4, (10.0, 40.0, 80.0, 50.0)))
    first, second = split(document(Block("paragraph", text, 3, (10.0, 20.0, 90.0, 50.0), pieces=pieces)))
    assert (first.page, first.bbox) == (3, (10.0, 20.0, 90.0, 30.0))
    assert (second.page, second.bbox) == (4, (10.0, 40.0, 80.0, 50.0))


KINDS = st.sampled_from(["heading", "paragraph", "item", "table_cell", "caption"])
TEXTS = st.one_of(st.text(), st.text(alphabet=" .!?…\"”’)(1aAäÄ–-\u00ad\n"))


@given(st.lists(st.tuples(KINDS, TEXTS, st.integers(1, 4)), max_size=6))
def test_splitting_loses_nothing_and_points_into_the_text(blocks: list[tuple[BlockKind, str, int]]) -> None:
    whole = document(*(Block(kind, text, 1, None, level) for kind, text, level in blocks))
    found = split(whole)
    for sentence in found:
        assert whole.blocks[sentence.block].text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip()
    for index, block in enumerate(whole.blocks):
        kept = "".join(s.text for s in found if s.block == index)
        assert "".join(kept.split()) == "".join(block.text.split())
    places = [(s.block, s.start, s.end) for s in found]
    assert places == sorted(places)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))
