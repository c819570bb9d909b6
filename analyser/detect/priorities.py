"""What a document's main strategic priorities are: the sets of names that it presents as such.

A reader knows a priority by the set it stands in: a list under "Painopisteet", parallel headings under "Strategiset
tavoitteet", the column headed "Menestystekijä", a page of names that come back later as chapter headings. This module
finds those sets; whether digitalisation is in one of the names is asked afterwards (codebook document level, (a)).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document import Block, Document
from .surroundings import SectionKinds

LARGEST_SET = 12
"""The codebook: top level means a set of at most about twelve."""
LARGEST_MAP = 16
"""A page that maps the strategy shows its vision and its chapters beside the priorities."""
LONGEST_NAME = 14
"""Words; longer blocks are text and not names."""
NUMBERING = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[a-hA-H][.)]|[IVX]{1,4}[.)])\s+|^[#\W]+")
PAGE_NUMBER = re.compile(r"[\s.…]+\d{1,3}$")
LABEL = re.compile(r"^(?P<label>[^\d:–—-]{3,30})\s*(?P<number>\d{1,2}|[IVX]{1,4})\s*[.:)–—-]\s*(?P<name>\S.*)$")
OPENING = 3
"""Blocks at the top of a page that may name what the page is about."""
LATEST_MAP = 0.6
"""Share of the pages after which a list of names sums up and no longer announces."""
AGAINST = ("environment", "values", "nested")


@dataclass(frozen=True)
class PrioritySet:
    """Names that a document presents as its main priorities.

    `blocks` are the indices of the blocks that hold them, `how` the kind of evidence (`announced`, `labelled`,
    `repeated`), `by` the words that announce them, `strength` from 0 to 1 how surely such a set is one of priorities.
    """

    names: tuple[str, ...]
    blocks: tuple[int, ...]
    how: str
    by: str
    strength: float
    first: int = 0
    """The number of the first name where they are numbered, 0 where they are not."""


def name_of(text: str) -> str:
    """A priority's name as a reader would say it: numbering, bullets, hash signs and page numbers taken off."""
    label = LABEL.match(text)
    bare = label["name"] if label else text
    while (shorter := NUMBERING.sub("", bare, count=1)) != bare:
        bare = shorter
    return PAGE_NUMBER.sub("", bare).strip(" .:;,–—-»•")


def same_name(text: str) -> str:
    """What two renderings of one name share: its letters in lower case."""
    return " ".join(re.findall(r"[^\W\d_]+", name_of(text).casefold()))


def priority_sets(document: Document, kinds: SectionKinds) -> list[PrioritySet]:
    """Every set of names that `document` presents as main priorities, the surest first."""
    reader = _Reader(document, kinds)
    announced = _not_told_again(list(reader.announced()))
    found = [*announced, *reader.labelled(), *reader.repeated()]
    top = [s for s in found if not any(reader.nested(s, other) for other in found)]
    return sorted(top, key=lambda s: (-s.strength, s.blocks))


def _not_told_again(found: Sequence[PrioritySet]) -> list[PrioritySet]:
    """`found` without the sets that one and the same heading announces again and again with other names each time.

    "Strategiset tavoitteet" over a different list in every chapter tells the goals of that chapter. A numbering that
    goes on (1–5, then 6–11) tells one set in parts.
    """
    by: defaultdict[str, list[PrioritySet]] = defaultdict(list)
    for one in found:
        by[same_name(one.by)].append(one)
    return [one for one in found if not any(_others(one, other) for other in by[same_name(one.by)])]


def _others(one: PrioritySet, other: PrioritySet) -> bool:
    """Whether `other` has other names than `one`, and is not a part of the same numbering."""
    if one is other or (one.first and other.first):
        return False
    return {same_name(n) for n in one.names}.isdisjoint(same_name(n) for n in other.names)


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


class _Reader:
    def __init__(self, document: Document, kinds: SectionKinds) -> None:
        # A running header counts where it announces: some strategies tell on every page which set they are in.
        self.blocks = [
            (i, b) for i, b in enumerate(document.blocks) if b.kind != "furniture" or kinds.announces(b.text)
        ]
        self.places = {index: place for place, (index, _) in enumerate(self.blocks)}
        self.kinds = kinds
        self.paths = self._paths()
        self.last_page = max((b.page for _, b in self.blocks), default=1)
        self.chapters = self._chapters()

    def _paths(self) -> list[tuple[Block, ...]]:
        paths, path = [], list[Block]()
        for _, block in self.blocks:
            if block.kind == "heading":
                path = [b for b in path if (b.level or 1) < (block.level or 1)]
            paths.append(tuple(path))
            if block.kind == "heading":
                path.append(block)
        return paths

    def _chapters(self) -> defaultdict[str, list[int]]:
        """The places where a name heads text of its own: a heading with text below, or a line that opens a page."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        since_page = 0
        for place, (_, block) in enumerate(self.blocks):
            since_page = 0 if place and self.blocks[place - 1][1].page != block.page else since_page + 1
            following = self.blocks[place + 1][1] if place + 1 < len(self.blocks) else None
            deeper = following is not None and (
                following.kind != "heading" or (following.level or 1) > (block.level or 1)
            )
            if _is_name(block) and ((block.kind == "heading" and deeper) or (since_page < OPENING and place > OPENING)):
                places[same_name(block.text)].append(place)
        return places

    def _against(self, place: int) -> bool:
        """Whether the headings above a block say that what stands there are no priorities."""
        return any(kind in AGAINST for heading in self.paths[place] for kind in self.kinds.of(heading.text))

    # ---------------------------------------------------------------------------------------------- announced sets

    def announced(self) -> Iterator[PrioritySet]:
        """Sets told by a heading or lead-in that names priorities in the plural ("Painopisteemme ovat:")."""
        for place, (_, block) in enumerate(self.blocks):
            if not self._announces(block) or self._against(place) or "environment" in self.kinds.of(block.text):
                continue
            for members in self._members(place):
                if 2 <= len(members) <= LARGEST_SET:
                    strength = 0.9 if block.kind == "heading" else 0.85
                    yield self._set(members, "announced", block.text, strength)
                    break

    def _announces(self, block: Block) -> bool:
        if block.kind == "heading" or len(block.text) <= 60:
            return self.kinds.announces(block.text) and len(block.text.split()) <= 10
        last = re.split(r"(?<=[.!?])\s+", block.text)[-1]
        return last.endswith(":") and self.kinds.announces(last)

    def _members(self, place: int) -> Iterator[list[int]]:
        """What may be the announced set, likeliest first: a list, the headings below, the names alongside."""
        yield self._numbered_after(place)
        yield self._list_after(place)
        yield self._headings_below(place)
        yield self._names_after(place)
        yield self._cells_below(place)

    def _numbered_after(self, place: int) -> list[int]:
        """Places of blocks numbered in sequence, with a block or two of text after each, as in "1. Name / its text"."""
        members: list[int] = []
        number = None
        for i in range(place + 1, len(self.blocks)):
            block = self.blocks[i][1]
            match = re.match(r"\W*(\d{1,2})[.):]\s+\w", block.text)
            if match and _is_name(block) and (number is None or int(match[1]) == number + 1):
                number = int(match[1])
                members.append(i)
            elif i > (members[-1] if members else place) + 3 or (match and block.kind == "heading"):
                break
        return members

    def _list_after(self, place: int) -> list[int]:
        """Places of the list that begins within two blocks after `place`: its outermost items."""
        rest = range(place + 1, min(place + 3, len(self.blocks)))
        start = next((i for i in rest if self.blocks[i][1].kind == "item"), None)
        if start is None or any(self.blocks[i][1].kind == "heading" for i in range(place + 1, start)):
            return []
        depth = self.blocks[start][1].level or 1
        members = []
        for i in range(start, len(self.blocks)):
            block = self.blocks[i][1]
            if block.kind == "item" and (block.level or 1) == depth and _is_name(block):
                members.append(i)
            elif (
                block.kind == "heading"
                or (block.kind == "item" and (block.level or 1) <= depth)
                or (block.kind == "paragraph" and len(block.text) > 4 and i > members[-1] + 1)
            ):
                break
        return members

    def _headings_below(self, place: int) -> list[int]:
        """Places of the headings one level below the heading at `place`, up to the next heading of its own level."""
        top = self.blocks[place][1]
        if top.kind != "heading":
            return []
        below = []
        for i in range(place + 1, len(self.blocks)):
            block = self.blocks[i][1]
            if block.kind == "heading" and (block.level or 1) <= (top.level or 1):
                break
            if block.kind == "heading":
                below.append(i)
        if not below:
            return []
        level = min(self.blocks[i][1].level or 1 for i in below)
        return [i for i in below if (self.blocks[i][1].level or 1) == level and _is_name(self.blocks[i][1])]

    def _names_after(self, place: int) -> list[int]:
        """Places of the short headings and lines that follow at once, as on a page that is a map of the strategy."""
        members = []
        for i in range(place + 1, min(place + 2 * LARGEST_SET, len(self.blocks))):
            block = self.blocks[i][1]
            if block.page != self.blocks[place][1].page or len(block.text.split()) > LONGEST_NAME:
                break
            if self.kinds.of(block.text):
                break
            if _is_name(block) and (block.kind == "heading" or block.text[:1].isupper()):
                members.append(i)
        return members

    def _cells_below(self, place: int) -> list[int]:
        """Places of the table cells in the column under a cell that announces, left edges aligned, each name once."""
        top = self.blocks[place][1]
        if top.bbox is None or top.kind != "table_cell":
            return []
        members: dict[str, int] = {}
        for i in range(place + 1, len(self.blocks)):
            block = self.blocks[i][1]
            if block.kind != "table_cell":
                break
            if block.bbox and abs(block.bbox[0] - top.bbox[0]) < 6 and _is_name(block):
                members.setdefault(same_name(block.text), i)
        return list(members.values())

    # ---------------------------------------------------------------------------------------------- labelled headings

    def labelled(self) -> Iterator[PrioritySet]:
        """Headings that carry the word and a number: "Painopiste 2: Osaava Hopeajärvi"."""
        series: dict[str, dict[str, int]] = {}
        for place, (_, block) in enumerate(self.blocks):
            label = LABEL.match(block.text) if block.kind in ("heading", "item", "table_cell") else None
            if label and "priority" in self.kinds.of(label["label"]) and not self._against(place):
                series.setdefault(label["label"].casefold().strip(), {}).setdefault(label["number"], place)
        for label_text, members in series.items():
            if 2 <= len(members) <= LARGEST_SET:
                yield self._set(list(members.values()), "labelled", label_text, 0.9)

    # ------------------------------------------------------------------------------------------------- repeated names

    def repeated(self) -> Iterator[PrioritySet]:
        """Names told together that come back one by one as headings: a map of the strategy and its chapters."""
        for group in (*self._runs(), *self._siblings()):
            if self.blocks[group[0]][1].page > max(self.last_page * LATEST_MAP, 1):
                continue
            names = {same_name(self.blocks[i][1].text): i for i in reversed(group)}
            members = {name: place for name, place in names.items() if self._comes_back(name, place, names, group)}
            if 3 <= len(members) <= LARGEST_MAP:
                yield self._set(sorted(members.values()), "repeated", "", 0.75)

    def _comes_back(self, name: str, place: int, names: Mapping[str, int], group: Sequence[int]) -> bool:
        if self._against(place) or self.kinds.of(self.blocks[place][1].text):
            return False
        elsewhere = (p for p in self.chapters[name] if not group[0] <= p <= group[-1])
        return any(self._alone(p, name, names) for p in elsewhere)

    def _alone(self, place: int, name: str, names: Mapping[str, int]) -> bool:
        """Whether no other name follows at once on its level: `name` heads a chapter there, and not another list."""
        block = self.blocks[place][1]
        alike = [b for _, b in self.blocks[place + 1 : place + 2] if (b.kind, b.level) == (block.kind, block.level)]
        return all(same_name(b.text) not in names.keys() - {name} for b in alike)

    def _runs(self) -> Iterator[list[int]]:
        """Stretches of names on one page with nothing longer between them."""
        run: list[int] = []
        for place, (_, block) in enumerate(self.blocks):
            if len(block.text) <= 4:
                continue
            if _is_name(block) and (not run or block.page == self.blocks[run[-1]][1].page):
                run.append(place)
                continue
            if len(run) >= 3:
                yield run
            run = [place] if _is_name(block) else []
        if len(run) >= 3:
            yield run

    def _siblings(self) -> Iterator[list[int]]:
        """Headings one level below one and the same heading."""
        for place, (_, block) in enumerate(self.blocks):
            below = self._headings_below(place) if block.kind == "heading" else []
            if 3 <= len(below) <= LARGEST_SET:
                yield below

    def nested(self, inner: PrioritySet, outer: PrioritySet) -> bool:
        """Whether the names of `inner` stand under a heading that is one of the names of `outer`."""
        if inner is outer:
            return False
        names = {same_name(name) for name in outer.names}
        place = self.places[inner.blocks[0]]
        own = {same_name(name) for name in inner.names}
        return any(same_name(heading.text) in names - own for heading in self.paths[place])

    def _set(self, places: Sequence[int], how: str, by: str, strength: float) -> PrioritySet:
        chosen = [self.blocks[i] for i in places]
        number = re.match(r"\W*(\d{1,2})[.):]", chosen[0][1].text)
        names, blocks = tuple(name_of(b.text) for _, b in chosen), tuple(i for i, _ in chosen)
        return PrioritySet(names, blocks, how, by, strength, int(number[1]) if number else 0)


def _is_name(block: Block) -> bool:
    """Whether a block may be a name: short, and no sentence."""
    name = name_of(block.text)
    return block.kind != "caption" and 1 <= len(name.split()) <= LONGEST_NAME and not re.search(r"[.!?]\s+\w", name)
