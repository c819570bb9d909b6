"""Only sentences with a word of the codebook are looked at: the corpus read in full gives the same."""

from __future__ import annotations

from dataclasses import replace

from analyser import extract, resources
from analyser.coder import coder
from analyser.language.tagging import tokens


def test_no_sentence_is_lost_by_looking_only_where_a_word_of_the_codebook_stands() -> None:
    """Every sentence of the coded texts is given its tokens, and whatever is then found was promised by its text."""
    finnish = coder("fi", None)
    lost = []
    for path in sorted((resources.folder("corpora") / "text").glob("*.txt")):
        annotated = finnish.annotated(extract.read(path))
        told = tokens([s.text for s in annotated.sentences], "fi", finnish.lexicon, grammar=False)
        every = [replace(s, tokens=t) for s, t in zip(annotated.sentences, told, strict=True)]
        candidates, excluded = finnish.detector.candidates(replace(annotated, sentences=tuple(every)))
        matters, mentions = finnish.detector.matters, finnish.detector.mentions
        lost += [c.sentence.text for c in candidates if not (matters(c.sentence.text) and mentions(c.sentence))]
        lost += [e.text for found in excluded.values() for e in found if not matters(e.text)]
        kept = {s.text for s in annotated.sentences if s.tokens}
        lost += [c.sentence.text for c in candidates if c.sentence.text not in kept]
    assert lost == []
