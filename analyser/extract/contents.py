"""Tables of contents: recognised by their page numbers and by their entries, which come again as headings.

An entry that heads something later is furniture: the heading itself stands where it belongs, and its copy would count
as a second mention, outside of its section. An entry that comes nowhere again (a chapter whose title is a picture)
stays in the body, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyser.document import Block

_PAGE = re.compile(r"[\s.…·_](\d{1,3})$")
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[ivx]+\.)\s+")

_LONGEST = 250
"""Characters of an entry."""

_FEWEST = 3
"""Entries of a table of contents."""


def set_aside(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the entries of tables of contents that come again later, and these tables' titles, as furniture.

    A table of contents is a run of blocks that end in page numbers which do not fall, most of which come again.
    """
    marked = list(blocks)
    body = [i for i, b in enumerate(blocks) if b.kind != "furniture"]
    places = {place: k for k, place in enumerate(body)}
    for run in _runs(blocks, body):
        later = {_plain(blocks[i].text) for i in body[places[run[-1]] + 1 :] if len(blocks[i].text) < _LONGEST}
        again = [i for i in run if _name(blocks[i].text) in later]
        if len(again) < max(_FEWEST, 0.6 * len(run)):
            continue
        before = places[run[0]] - 1
        if before >= 0 and again == run and blocks[body[before]].kind == "heading":
            again = [body[before], *again]
        for i in again:
            marked[i] = replace(marked[i], kind="furniture", level=None)
    return tuple(marked)


def _runs(blocks: Sequence[Block], body: Sequence[int]) -> Iterator[list[int]]:
    """Blocks in a row that end in page numbers, each at least as high as the one before."""
    run: list[int] = []
    last = 0
    for i in body:
        text = blocks[i].text
        entry = _PAGE.search(text[-5:]) if text[-1].isdigit() and _name(text) else None
        page = int(entry.group(1)) if entry else -1
        if run and page < last:
            if len(run) >= _FEWEST:
                yield run
            run = []
        if entry:
            run.append(i)
            last = page
    if len(run) >= _FEWEST:
        yield run


def _name(text: str) -> str:
    """The words of an entry before its page number, comparable; "" if it is none."""
    page = _PAGE.search(text[-5:]) if len(text) < _LONGEST else None
    name = _plain(text[: -len(page.group(1))]) if page else ""
    return name if any(c.isalpha() for c in name) else ""


def _plain(text: str) -> str:
    """The words of a heading without its number, in lower case."""
    return " ".join(re.findall(r"[^\W_]+", _NUMBER.sub("", text.casefold())))
