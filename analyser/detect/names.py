"""Names of priorities as a reader would say them, and the text under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..document import Block, Document

LONGEST_NAME = 14
"""Words; longer blocks are text and not names."""
FEWEST_LETTERS = 2
NUMBERING = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[a-hA-H][.)]|[IVX]{1,4}[.)])\s+|^[#\W]+")
PAGE_NUMBER = re.compile(r"[\s.…]+\d{1,3}$")
LABEL = re.compile(r"^(?P<label>[^\d:–—-]{3,30})\s*(?P<number>\d{1,2}|[IVX]{1,4})\s*[.:)–—-]\s*(?P<name>\S.*)$")

BARE_LABEL = re.compile(r"^(?P<label>[^\W\d][^\d:–—-]{2,30}?)\s*(?P<number>\d{1,2}|[IVX]{1,4})\s*[.:]?$")
"""A label without the name that it belongs to."""
NUMBER = re.compile(r"\W*(\d{1,2})\W*")
KEPT = 4096
"""Texts whose names are kept at hand: each set of names that is tried asks of the document's blocks again."""


@lru_cache(KEPT)
def name_of(text: str) -> str:
    """A priority's name as a reader would say it: numbering, bullets, hash signs and page numbers taken off."""
    label = LABEL.match(text)
    bare = label["name"] if label else text
    while (shorter := NUMBERING.sub("", bare, count=1)) != bare:
        bare = shorter
    return PAGE_NUMBER.sub("", bare).strip(" .:;,–—-»•")


@lru_cache(KEPT)
def same_name(text: str) -> str:
    """What two renderings of one name share: its letters in lower case."""
    return " ".join(re.findall(r"[^\W\d_]+", name_of(text).casefold()))


def is_numbered(text: str) -> bool:
    """Whether a name carries its number: "2. Elävä kylä", "Lupaus 2: Elävä kylä"."""
    return bool(LABEL.match(text) or re.match(r"\W*\d{1,2}[.):]?\s+\w", text))


def is_name(block: Block) -> bool:
    """Whether a block may be a name: short, of letters (a page's number is none), and no sentence."""
    name = name_of(block.text)
    fits = block.kind != "caption" and len(name.split()) <= LONGEST_NAME
    return fits and sum(map(str.isalpha, name)) >= FEWEST_LETTERS and not re.search(r"[.!?]\s+\w", name)


def is_bare(text: str) -> bool:
    """Whether a column's heading is the word for a priority alone: "Painopiste", and not "Painopiste 1: Arki"."""
    return len(text.split()) <= 2 and not re.search(r"\d", text)


def own_text(document: Document, name: str, others: Iterable[str]) -> list[int]:
    """The blocks under the headings called `name`, down to a heading called one of `others` or of a higher level."""
    stops = {same_name(other) for other in others} - {same_name(name)}
    found: list[int] = []
    level: int | None = None
    for index, block in enumerate(document.blocks):
        if block.kind == "heading" and same_name(block.text) == same_name(name):
            level = block.level or 1
        elif (
            block.kind == "heading"
            and level is not None
            and (same_name(block.text) in stops or (block.level or 1) < level)
        ):
            level = None
        if level is not None and block.kind != "furniture":
            found.append(index)
    return found
