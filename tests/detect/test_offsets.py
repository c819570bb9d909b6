"""Whatever the text: nothing crashes, and every claim points to where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import coded
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser import extract, resources
from analyser.coder import coder
from analyser.document import ROLES, Block, Document

WORDS = st.sampled_from(
    ["digi", "Digitalisaatio", "sähköinen", "asiointi", "-", "ja", "Painopisteet", "visio:", "1.", "Painopiste 2:",
     "on", "yksi", "painopisteistämme", "IT", "\u00ad", "e-palvelut", "IoT", "\n", ".", "!", "ei", "älykäs", "📱", "ﬁ"]
)  # fmt: skip
LINES = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map(" ".join)
KINDS = st.sampled_from(["heading", "paragraph", "item", "table_cell", "caption", "furniture"])
BOXES = st.one_of(st.none(), st.tuples(*[st.floats(0, 600)] * 4))
BLOCKS = st.builds(Block, KINDS, LINES, st.integers(1, 5), BOXES, st.one_of(st.none(), st.integers(1, 6)))


def holds(document: Document) -> None:
    for sentence in document.sentences:
        assert document.blocks[sentence.block].text[sentence.start : sentence.end] == sentence.text
    texts = {s.text for s in document.sentences}
    for mention in document.mentions:
        assert mention.text in texts
        assert mention.terms
        assert all(mention.text[t.start : t.end] == t.text for t in mention.terms)
        assert mention.role in ROLES
        assert 0 <= mention.probability <= 1
        assert mention.rule
    for excluded in document.excluded:
        assert excluded.text in texts
        assert excluded.term in excluded.text
        assert excluded.reason
    verdict = document.verdict
    assert verdict is not None
    assert verdict.reasons
    assert all(verdict.reasons)
    assert 0 <= verdict.probability <= 1
    assert (verdict.label == "none") == (not document.mentions)
    assert (verdict.label == "priority") == any(m.role == "priority" for m in document.mentions)
    assert (verdict.label == "priority") == any(p.digital for p in document.priorities)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["fi", "sv", "en"]), st.lists(BLOCKS, max_size=8))
def test_any_document_is_coded_and_every_claim_points_to_its_place(language: str, blocks: list[Block]) -> None:
    blocks = sorted(blocks, key=lambda b: b.page)
    holds(coder(language, None).coded(Document("koe.txt", "", blocks=tuple(blocks)), "en"))


@pytest.mark.parametrize(
    "path", sorted((resources.folder("corpora") / "text").glob("*.txt"))[::6], ids=lambda path: path.stem
)
def test_the_corpus_too(path: Path) -> None:
    holds(coder("fi", None).coded(extract.read(path)))


def test_a_mention_knows_its_page_and_box() -> None:
    block = Block("paragraph", "Metsä vihertää. Digipalvelut kasvavat.", 3, (10.0, 20.0, 30.0, 40.0))
    (found,) = coded(block).mentions
    assert (found.page, found.bbox) == (3, (10.0, 20.0, 30.0, 40.0))


def test_a_document_without_blocks_is_coded() -> None:
    found = coder("fi", None).coded(Document("tyhja.txt", ""))
    holds(found)
    assert found.verdict is not None
    assert found.verdict.label == "none"
