"""What a document's main strategic priorities are: the sets of names that it presents as such.

A reader knows a priority by the set it stands in: a list under "Painopisteet", parallel headings under "Strategiset
tavoitteet", the column headed "Menestystekijä", a page of names that come back later as chapter headings. This module
finds those sets; whether digitalisation is in one of the names is asked afterwards (codebook document level, (a)).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Block, Document
from . import parallels
from .names import BARE_LABEL, LABEL, LONGEST_NAME, NUMBER, is_bare, is_name, is_numbered, name_of, same_name
from .surroundings import SectionKinds

LARGEST_SET = 12
"""The codebook: top level means a set of at most about twelve."""
LARGEST_MAP = 16
"""A page that maps the strategy shows its vision and its chapters beside the priorities."""
SHORTEST_NAME = 3
"""Letters; what is shorter is a page's number or a bullet that went astray."""
LONGEST_LEAD = 25
"""Words of a paragraph that leads in to a list; a longer one speaks of more than the list."""
LONGEST_COUNT = 6
"""Words of a heading that counts what it heads; longer ones count in passing."""
OPENING = 3
"""Blocks at the top of a page that may name what the page is about."""
CARD = 3
"""Blocks of text on a card, at most, before the number that heads the next."""
LATEST_MAP = 0.6
"""Share of the pages after which a list of names sums up and no longer announces."""
AGAINST = ("environment", "values", "nested", "units")


@dataclass(frozen=True)
class PrioritySet:
    """Names that a document presents as its main priorities.

    `blocks` are the indices of the blocks that hold them, `how` the kind of evidence (`announced`, `labelled`,
    `repeated`, `parallel`), `by` the words that announce them, `strength` from 0 to 1 how surely such a set is one of
    priorities.
    """

    names: tuple[str, ...]
    blocks: tuple[int, ...]
    how: str
    by: str
    strength: float
    first: int = 0
    """The number of the first name where they are numbered, 0 where they are not."""

    def member(self, name: str) -> int | None:
        """Which of the names `name` is, or is with its caption ("Uusi ajattelu: Tiede ja digitalisaatio")."""
        return next((i for i, own in enumerate(self.names) if name == own or name.startswith(f"{own}: ")), None)


def priority_sets(document: Document, kinds: SectionKinds) -> list[PrioritySet]:
    """Every set of names that `document` presents as main priorities, the surest first."""
    reader = _Reader(document, kinds)
    announced = _not_told_again(list(reader.announced()))
    found = [*announced, *reader.labelled(), *reader.repeated(), *reader.parallel()]
    found = [one for one in found if len({same_name(name) for name in one.names}) > 1]
    top = [s for s in found if not any(reader.nested(s, other) for other in found)]
    return sorted(top, key=lambda s: (-s.strength, s.blocks))


def captions(document: Document, one: PrioritySet) -> dict[int, str]:
    """The names of an announced set by the blocks that caption them: on one page, one short line under each, or none.

    Where a name has more than a line under it, these are its parts and no caption.
    """
    blocks, names = document.blocks, one.blocks
    if one.how != "announced" or len({blocks[b].page for b in names}) > 1 or list(names) != sorted(names):
        return {}
    page = blocks[names[0]].page
    body = [i for i, b in enumerate(blocks) if b.page == page and b.kind != "furniture" and i > names[0]]
    under = [[i for i in body if name < i < following] for name, following in pairwise([*names, len(blocks)])]
    if any(len(lines) > 1 for lines in under):
        return {}
    found = {lines[0]: name for lines, name in zip(under, one.names, strict=True) if lines}
    return {i: n for i, n in found.items() if is_name(blocks[i]) and blocks[i].kind in ("item", "paragraph")}


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
            if is_name(block) and ((block.kind == "heading" and deeper) or (since_page < OPENING and place > OPENING)):
                places[same_name(block.text)].append(place)
        return places

    def _against(self, place: int) -> bool:
        """Whether the headings above a block say that what stands there are no priorities.

        A line in capitals is a heading of its own wherever extraction put it, so that what its neighbour's heading says
        of values or measures is not said of it.
        """
        block = self.blocks[place][1]
        against = AGAINST[:1] if block.kind != "heading" and block.text.isupper() else AGAINST
        return any(self._speaks_against(heading.text, against) for heading in self.paths[place])

    def _speaks_against(self, heading: str, against: Sequence[str]) -> bool:
        """Whether a heading says that what it heads are no priorities; one that announces them may say "goals" too."""
        kinds = self.kinds.of(heading) & set(against)
        return bool(kinds - {"nested"} if self.kinds.announces(heading) else kinds)

    # ---------------------------------------------------------------------------------------------- announced sets

    def announced(self) -> Iterator[PrioritySet]:
        """Sets told by a heading or lead-in that names priorities in the plural ("Painopisteemme ovat:").

        One that says how many they are has exactly so many names below it; then it need not even say what they are
        ("Kolme kurssia").
        """
        for place, (_, block) in enumerate(self.blocks):
            announces = self._announces(place)
            counted = self._as_many_as_told(place)
            if not (announces or counted) or self._against(place):
                continue
            if self.kinds.of(block.text) & {"environment", "units"}:
                continue
            if counted and (announces or not self._of_something_else(place, counted)):
                yield self._set(counted, "announced", block.text, 0.9 if announces else 0.7)
                continue
            for members in self._members(place) if announces else ():
                if 2 <= len(members) <= LARGEST_SET:
                    strength = 0.9 if block.kind == "heading" else 0.85
                    yield self._set(members, "announced", block.text, strength)
                    break

    def _announces(self, place: int) -> bool:
        block = self.blocks[place][1]
        if block.kind == "table_cell":
            return self._heads_names(place)
        if block.kind == "heading" or len(block.text) <= 60:
            return self.kinds.announces(block.text) and len(block.text.split()) <= 10
        last = re.split(r"(?<=[.!?])\s+", block.text)[-1]
        return last.endswith(":") and self.kinds.announces(last)

    def _heads_names(self, place: int) -> bool:
        """Whether a table cell heads a column of priorities: the first such column of its table, the rest is nested."""
        row = [b.text for b in self._row_before(place)]
        return not any(map(self._column_of_names, row)) and self._column_of_names(self.blocks[place][1].text)

    def _column_of_names(self, text: str) -> bool:
        kinds = self.kinds.of(text)
        return self.kinds.announces(text) or ("priority" in kinds and not kinds & set(AGAINST) and is_bare(text))

    def _row_before(self, place: int) -> Iterator[Block]:
        """The cells to the left of a table cell, in its row."""
        cell = self.blocks[place][1]
        for _, block in reversed(self.blocks[:place]):
            if block.kind != "table_cell" or not (block.bbox and cell.bbox) or block.bbox[0] >= cell.bbox[0]:
                break
            if block.bbox[1] < cell.bbox[3] and cell.bbox[1] < block.bbox[3]:
                yield block

    def _as_many_as_told(self, place: int) -> list[int]:
        """Places of the names below a heading or line that says how many they are; empty if there are not so many."""
        block = self.blocks[place][1]
        number = self.kinds.count(block.text) if len(block.text.split()) <= LONGEST_COUNT else 0
        if not number or block.kind == "table_cell" or block.text.endswith("."):
            return []
        found = (self._list_after(place), self._headings_below(place), self._headings_after(place)[:number])
        return next((members for members in found if len(members) == number), [])

    def _of_something_else(self, place: int, members: Sequence[int]) -> bool:
        """Whether a heading that counts names counts no priorities: values, measures, what changes in the world."""
        block = self.blocks[place][1]
        about = self.kinds.of(block.text) & set(AGAINST)
        return block.kind == "item" or bool(about) or self.kinds.of_trends(self.blocks[i][1].text for i in members)

    def _headings_after(self, place: int) -> list[int]:
        """Places of the headings of one level that begin within two blocks after `place`, each with text of its own."""
        following = range(place + 1, min(place + 3, len(self.blocks)))
        start = next((i for i in following if self.blocks[i][1].kind == "heading"), None)
        if start is None:
            return []
        level = self.blocks[start][1].level
        members = []
        for i in range(start, len(self.blocks)):
            block = self.blocks[i][1]
            if block.kind == "heading" and ((block.level or 1) < (level or 1) or self.kinds.of(block.text)):
                break
            if block.kind == "heading" and block.level == level and is_name(block):
                members.append(i)
        numbered = [i for i in members if is_numbered(self.blocks[i][1].text)]
        return numbered if members[:1] == numbered[:1] else members

    def _members(self, place: int) -> Iterator[list[int]]:
        """What may be the announced set, likeliest first: a column, a list, the headings below, the names alongside."""
        yield self._cells_below(place)
        yield self._cards_after(place)
        yield self._numbered_after(place)
        yield self._list_after(place)
        yield self._headings_below(place)
        yield self._names_after(place)

    def _cards_after(self, place: int) -> list[int]:
        """Places of the names on cards that a number alone heads: "1", "Hyvä arki", "2", "Elävä kylä"."""
        members: list[int] = []
        for i in range(place + 1, len(self.blocks) - 1):
            block, following = self.blocks[i][1], self.blocks[i + 1][1]
            number = NUMBER.fullmatch(block.text)
            if number and int(number[1]) == len(members) + 1:
                if not is_name(following):
                    break
                members.append(i + 1)
            elif i > (members[-1] if members else place) + CARD:
                break
        return members

    def _numbered_after(self, place: int) -> list[int]:
        """Places of blocks numbered in sequence, with a block or two of text after each, as in "1. Name / its text"."""
        members: list[int] = []
        number = None
        for i in range(place + 1, len(self.blocks)):
            block = self.blocks[i][1]
            match = re.match(r"\W*(\d{1,2})[.):]\s+\w", block.text)
            if match and is_name(block) and (number is None or int(match[1]) == number + 1):
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
            if block.kind == "item" and (block.level or 1) == depth and is_name(block):
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
        return [i for i in below if (self.blocks[i][1].level or 1) == level and is_name(self.blocks[i][1])]

    def _names_after(self, place: int) -> list[int]:
        """Places of the short headings and lines that follow at once, as on a page that is a map of the strategy."""
        members = []
        for i in range(place + 1, min(place + 2 * LARGEST_SET, len(self.blocks))):
            block = self.blocks[i][1]
            if block.page != self.blocks[place][1].page or len(block.text.split()) > LONGEST_NAME:
                break
            if self.kinds.of(block.text):
                break
            if is_name(block) and (block.kind == "heading" or block.text[:1].isupper()):
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
            if block.bbox and abs(block.bbox[0] - top.bbox[0]) < 6 and is_name(block):
                members.setdefault(same_name(block.text), i)
        return list(members.values())

    # ---------------------------------------------------------------------------------------------- labelled headings

    def labelled(self) -> Iterator[PrioritySet]:
        """Headings that carry the word and a number: "Painopiste 2: Osaava Hopeajärvi"."""
        series: dict[str, dict[str, int]] = {}
        for place, (_, block) in enumerate(self.blocks):
            label = LABEL.match(block.text) if block.kind in ("heading", "item", "table_cell") else None
            named = place
            if label is None and (label := BARE_LABEL.fullmatch(block.text)):
                named = place + 1 if self._names_card(place + 1) else -1
            if label and named >= 0 and "priority" in self.kinds.of(label["label"]) and not self._against(place):
                series.setdefault(label["label"].casefold().strip(), {}).setdefault(label["number"], named)
        for label_text, members in series.items():
            if 2 <= len(members) <= LARGEST_SET:
                yield self._set(list(members.values()), "labelled", label_text, 0.9)

    def _names_card(self, place: int) -> bool:
        """Whether the block at `place` may be the name on a card whose label stands alone above it ("Kärki 1")."""
        if place >= len(self.blocks):
            return False
        block = self.blocks[place][1]
        return is_name(block) and not BARE_LABEL.fullmatch(block.text) and not self.kinds.of(block.text)

    # ------------------------------------------------------------------------------------------------- repeated names

    def repeated(self) -> Iterator[PrioritySet]:
        """Names told together that come back one by one as headings: a map of the strategy and its chapters."""
        for group in (*self._runs(), *self._siblings()):
            if self.blocks[group[0]][1].page > max(self.last_page * LATEST_MAP, 1):
                continue
            names = {same_name(self.blocks[i][1].text): i for i in reversed(group)}
            if self.kinds.of_trends(names):
                continue
            back = {name: place for name, place in names.items() if self._comes_back(name, place, names, group)}
            members = self._outermost(back, group)
            if 3 <= len(members) <= LARGEST_MAP:
                yield self._set(sorted(members.values()), "repeated", "", 0.75)

    def _of_values(self, place: int) -> bool:
        """Whether the text that leads in to an item says that it is a value ("Arvomme kertovat, mihin uskomme.")."""
        if self.blocks[place][1].kind != "item":
            return False
        lead = next((b for _, b in reversed(self.blocks[:place]) if b.kind != "item"), None)
        return lead is not None and len(lead.text.split()) <= LONGEST_LEAD and "values" in self.kinds.of(lead.text)

    def _outermost(self, members: Mapping[str, int], group: Sequence[int]) -> Mapping[str, int]:
        """`members` without the lists under names that head them: a map may show each name's parts too.

        Only where every name that is a heading has its list; a page whose headings stand side by side tells no order.
        """
        heads = [i for i in group if self.blocks[i][1].kind == "heading" and self._elsewhere(i)]
        items = [i for i in group if self.blocks[i][1].kind == "item" and heads and i > heads[0]]
        heads = [i for i in heads if items and i < items[-1]]
        if len(heads) < 2 or not all(i + 1 in items for i in heads):
            return members
        return {name: place for name, place in members.items() if place not in items}

    def _elsewhere(self, place: int) -> bool:
        """Whether the name at `place` heads a chapter in another place."""
        return any(p != place for p in self.chapters[same_name(self.blocks[place][1].text)])

    def _comes_back(self, name: str, place: int, names: Mapping[str, int], group: Sequence[int]) -> bool:
        if self._against(place) or self._of_values(place) or self.kinds.of(self.blocks[place][1].text):
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
            if sum(map(str.isalpha, block.text)) < SHORTEST_NAME:
                continue
            if is_name(block) and (not run or block.page == self.blocks[run[-1]][1].page):
                run.append(place)
                continue
            if len(run) >= 3:
                yield run
            run = [place] if is_name(block) else []
        if len(run) >= 3:
            yield run

    def _siblings(self) -> Iterator[list[int]]:
        """Headings one level below one and the same heading."""
        for place, (_, block) in enumerate(self.blocks):
            below = self._headings_below(place) if block.kind == "heading" else []
            if 3 <= len(below) <= LARGEST_SET:
                yield below

    # ------------------------------------------------------------------------------------------------ parallel chapters

    def parallel(self) -> Iterator[PrioritySet]:
        """Neighbouring chapters whose names have one form, where they are the better part of the document's."""
        levels = {b.level for _, b in self.blocks if b.kind == "heading"}
        for level in levels:
            chapters = [
                i for i, (_, b) in enumerate(self.blocks)
                if b.kind == "heading" and b.level == level and not self.kinds.of(b.text) and not self._against(i)
            ]  # fmt: skip
            own = [i for i in chapters if self._has_text(i)]
            for run in parallels.runs([name_of(self.blocks[i][1].text) for i in own]):
                if len(run) <= LARGEST_SET and len(run) * 2 >= len(chapters):
                    yield self._set([own[i] for i in run], "parallel", "", 0.7)

    def _has_text(self, place: int) -> bool:
        """Whether a heading has text or lower headings under it before the next of its own level."""
        block = self.blocks[place][1]
        return place + 1 < len(self.blocks) and (
            self.blocks[place + 1][1].kind != "heading"
            or (self.blocks[place + 1][1].level or 1) > (block.level or 1)
        )

    # ----------------------------------------------------------------------------------------------------------- sets

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
