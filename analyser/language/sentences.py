"""Blocks into sentences.

Running text is cut at sentence ends; a heading, a list item without inner sentence ends and a table cell are sentences
of their own. Finnish writes ordinals and dates with a full stop ("1. luokka", "31. joulukuuta"), so a stop after a
number ends a sentence only before a capital letter that does not look like the number's own heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Block, Document, Sentence

_SHORTENED = """
    mm esim ym yms jne ks vrt ts tms ml eli nk ns ko em so n noin v vv s ss kpl milj mrd tuh prof dos kl klo nro puh
    os ent toim synt aik eaa jaa a.o t.ex bl.a d.v.s o.s.v s.k ca kl nr tel e.g i.e etc vs no dr mr ms st kv tk mt
"""
ABBREVIATIONS = frozenset(_SHORTENED.split())
END = re.compile(r"[.!?…]+[\"”»’)\]]*(?=\s+\S)|[.!?…]+(?=[A-ZÅÄÖ][a-zåäö])")
OPENING = re.compile(r"\s*[\"”»“’(\[–—-]*\s*")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, white space around it left out."""
    start = 0
    for match in END.finditer(text):
        if _ends(text, start, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop at `match` ends a sentence, given the word before it and the character after it."""
    opening = OPENING.match(text, match.end())
    following = text[opening.end() if opening else match.end() :][:1]
    if not following or following.islower():
        return False
    if match.group()[0] != ".":
        return True
    before = text[start : match.start()].rsplit(None, 1)
    word = before[-1].lstrip("(\"”") if before else ""
    if word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper()):
        return False
    if word.replace(".", "").isdigit():
        # "1. Tavoite" opens a numbered line, "vuoteen 2030. Kunta" closes a sentence: a year does, a short number not
        return len(word) >= 4 and not following.isdigit()
    return True


def split(document: Document, languages: Sequence[str] = ()) -> tuple[Sentence, ...]:
    """The sentences of the document's body in reading order, each with its page, box and the headings above it.

    For a table's cell the last of them is its column's heading. `languages` are those of the blocks, where known.
    """
    found: list[Sentence] = []
    path: list[tuple[int, str]] = []
    for index, block in enumerate(document.blocks):
        if block.kind == "furniture":
            continue
        if block.kind == "heading":
            level = block.level or 1
            path = [(depth, heading) for depth, heading in path if depth < level]
        section = (*(heading for _, heading in path), *filter(None, [block.column]))
        language = languages[index] if languages else ""
        found.extend(_sentence(block, index, span, section, language) for span in _spans_of(block))
        if block.kind == "heading":
            path.append((block.level or 1, block.text))
    return tuple(found)


def _spans_of(block: Block) -> Iterator[tuple[int, int]]:
    return iter([(0, len(block.text))]) if block.kind == "heading" and block.text.strip() else spans(block.text)


def _sentence(block: Block, index: int, span: tuple[int, int], section: tuple[str, ...], language: str) -> Sentence:
    start, end = span
    page, bbox = block.where(start, end)
    text = block.text[start:end]
    return Sentence(text, index, start, end, page, bbox, block.kind, section, language=language)
