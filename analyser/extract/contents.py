"""Tables of contents: recognised by their page numbers and by their entries, which come again as headings.

An entry that heads something later is furniture: the heading itself stands where it belongs, and its copy would count
as a second mention, outside of its section. An entry that comes nowhere again (a chapter whose title is a picture)
stays in the body, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from analyser.document import Block

_PAGE = re.compile(r"[\s.…·_](\d{1,3})$")
_PAGE_FIRST = re.compile(r"(\d{1,3})\s+(?=[^\W\d_])")
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[ivx]+\.)\s+")

_LONGEST = 250
"""Characters of an entry."""

_FEWEST = 3
"""Entries of a table of contents."""


def set_aside(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the entries of tables of contents that come again later, and these tables' titles, as furniture.

    A table of contents is a run of blocks that end in page numbers which do not fall, most of which come again. Page
    numbers can also stand before the names, but then these must come again as far from one another as the numbers say.
    """
    marked = list(blocks)
    body = [i for i, b in enumerate(blocks) if b.kind != "furniture"]
    places = {place: k for k, place in enumerate(body)}
    for entry, run in [(e, run) for e in (_with_page, _after_page) for run in _runs(blocks, body, e)]:
        later: dict[str, int] = {}
        for i in body[places[run[-1]] + 1 :]:
            if len(blocks[i].text) < _LONGEST:
                later.setdefault(_plain(blocks[i].text), blocks[i].page)
        entries = {i: found for i in run if (found := entry(blocks[i].text))}
        again = [i for i in run if entries[i][0] in later]
        if len(again) < max(_FEWEST, 0.6 * len(run)):
            continue
        if entry is _after_page:
            pages = [page for _, page in entries.values()]
            shifts = {later[entries[i][0]] - entries[i][1] for i in again}
            if max(shifts) - min(shifts) > 1 or pages == list(range(1, len(pages) + 1)):
                continue
        before = places[run[0]] - 1
        if before >= 0 and again == run and blocks[body[before]].kind == "heading":
            again = [body[before], *again]
        for i in again:
            marked[i] = replace(marked[i], kind="furniture", level=None)
    return tuple(marked)


Entry = Callable[[str], "tuple[str, int] | None"]
"""From a block's text the name and the page number in it; None if it is no entry of a table of contents."""


def _runs(blocks: Sequence[Block], body: Sequence[int], entry_of: Entry) -> Iterator[list[int]]:
    """Blocks in a row that are entries, with page numbers each at least as high as the one before."""
    run: list[int] = []
    last = 0
    for i in body:
        entry = entry_of(blocks[i].text)
        page = entry[1] if entry else -1
        if run and page < last:
            if len(run) >= _FEWEST:
                yield run
            run = []
        if entry:
            run.append(i)
            last = page
    if len(run) >= _FEWEST:
        yield run


def _with_page(text: str) -> tuple[str, int] | None:
    """An entry that ends in its page number."""
    match = _PAGE.search(text[-5:]) if text[-1].isdigit() and len(text) < _LONGEST else None
    return _entry(text[: -len(match.group(1))], match.group(1)) if match else None


def _after_page(text: str) -> tuple[str, int] | None:
    """An entry that its page number stands before."""
    match = _PAGE_FIRST.match(text) if text[0].isdigit() and len(text) < _LONGEST else None
    return _entry(text[match.end() :], match.group(1)) if match else None


def _entry(name: str, page: str) -> tuple[str, int] | None:
    plain = _plain(name)
    return (plain, int(page)) if any(c.isalpha() for c in plain) else None


def _plain(text: str) -> str:
    """The words of a heading without its number, in lower case."""
    return " ".join(re.findall(r"[^\W_]+", _NUMBER.sub("", text.casefold())))
