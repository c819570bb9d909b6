"""Running headers, footers and page numbers: what stands at a page's edge and comes again, or counts the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from analyser.extract.lines import Line, is_note

_ZONE = 0.12
"""Headers and footers stand within this part of the page's height from its upper or lower edge."""

_LONGEST = 100
"""Characters of a header or footer that comes once."""

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[–—\- ]*([ivxlc]+)[–—\- ]*$", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def mark_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float) -> None:
    """Sets `furniture` on the chunks of running headers, footers and page numbers (`pages`: each page's chunks)."""
    repeated: dict[tuple[str, bool], list[tuple[int, Line, float]]] = defaultdict(list)
    for index, (chunks, height) in enumerate(zip(pages, heights, strict=True)):
        for line in chunks:
            edge = min(line.base, height - line.base)
            if edge < _ZONE * height and line.size < 1.2 * body and not line.cells:
                key = _DIGITS.sub("#", _counted(line.text).casefold())
                repeated[key, line.base < height / 2].append((index, line, edge))
    # What stands elsewhere on a page in the same type is a heading that opens some pages, not these pages' header.
    inside = {
        (line.text.casefold(), round(2 * line.size), line.bold)
        for chunks, height in zip(pages, heights, strict=True)
        for line in chunks
        if line.bold and _ZONE * height < line.base < (1 - _ZONE) * height
    }
    for (_, _), places in repeated.items():
        places[:] = [p for p in places if (p[1].text.casefold(), round(2 * p[1].size), p[1].bold) not in inside]
    recurring = {id(line) for (key, _), places in repeated.items() for line in _recurring(places, "#" in key)}
    for chunks in pages:
        from_top = sorted(chunks, key=lambda c: c.base)
        for inwards in (from_top, from_top[::-1]):
            edge = inwards[0].base if inwards else 0.0
            for line in inwards:
                outermost = abs(line.base - edge) < 0.5 * body
                # Text of the body that recurs (a slide built up step by step) is no header: those stand alone or small.
                if id(line) not in recurring or not (outermost or line.size < 0.95 * body):
                    break
                line.furniture = True
    for line in [*_headers(pages, heights, body), *_chapter_names(pages, heights, body)]:
        line.furniture = True
    for index, (chunks, height) in enumerate(zip(pages, heights, strict=True)):
        for line in _alone(chunks, height, body, index + 1):
            line.furniture = True


def _headers(pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float) -> list[Line]:
    """The lines that stand over the text of most pages, in one place, in one type and well apart, whatever they say."""
    places: dict[tuple[int, int, bool], list[Line]] = defaultdict(list)
    shut: set[tuple[int, int, bool]] = set()
    full = [[c for c in chunks if not c.furniture] for chunks in pages]
    for chunks, height in zip(full, heights, strict=True):
        first = min(chunks, key=lambda c: c.base, default=None)
        if first is None or first.base > _ZONE * height or first.size > 1.02 * body or first.bold or first.cells:
            continue
        key = (round(first.base), round(2 * first.size), first.bold)
        next_base = min((c.base for c in chunks if c.base > first.base + 0.5 * body), default=None)
        if next_base is None or next_base - first.base < 2.2 * body or len(first.text) > _LONGEST:
            shut.add(key)
        places[key].append(first)
    enough = max(3, 0.6 * sum(len(chunks) > 1 for chunks in full))
    return [line for key, lines in places.items() if key not in shut and len(lines) >= enough for line in lines]


def _chapter_names(pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float) -> list[Line]:
    """The outermost lines of at least two pages, at one height, in plain type, that say what headings elsewhere say."""
    names = {line.text.casefold() for chunks in pages for line in chunks if line.stands_out(body)}
    places: dict[tuple[int, bool], list[tuple[int, Line]]] = defaultdict(list)
    for index, (chunks, height) in enumerate(zip(pages, heights, strict=True)):
        text = sorted((c for c in chunks if not c.furniture), key=lambda c: c.base)
        for line in {id(c): c for c in (*text[:1], *text[-1:])}.values():
            edge = min(line.base, height - line.base)
            plain = not line.bold and line.size < 1.02 * body and not line.cells
            if plain and edge < _ZONE * height and line.text.casefold() in names:
                places[round(line.base / 4), line.base < height / 2].append((index, line))
    return [line for found in places.values() if len({index for index, _ in found}) > 1 for _, line in found]


def _recurring(places: list[tuple[int, Line, float]], numbered: bool) -> list[Line]:
    """The lines among `places` (page index, line, distance from the edge) that recur at one height on other pages."""
    if not numbered:
        return [a[1] for a in places if any(b[0] != a[0] and abs(a[2] - b[2]) < 4 for b in places)]
    # A number that counts the pages keeps its distance from the page's index; one that stays the same is a year.
    numbers = [[int(n) for n in _DIGITS.findall(_counted(line.text))[:4]] for _, line, _ in places]
    return [
        a[1]
        for a, na in zip(places, numbers, strict=True)
        if any(
            b[0] != a[0]
            and abs(a[2] - b[2]) < 4
            and all(n in (m, m + a[0] - b[0]) for n, m in zip(na, nb, strict=True))
            for b, nb in zip(places, numbers, strict=True)
        )
    ]


def _counted(text: str) -> str:
    """The text, or its value where it is nothing but a Roman number, as the first pages of a report have."""
    match = _ROMAN.match(text)
    if not match:
        return text
    values = [_VALUES[letter] for letter in match.group(1).casefold()]
    return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))


def _alone(chunks: Sequence[Line], height: float, body: float, number: int) -> list[Line]:
    """The outermost lines of a page that stand well apart in small type, or apart and hold the page's number."""
    found: list[Line] = []
    rest = sorted((c for c in chunks if not c.furniture), key=lambda c: c.base)
    for outermost, inwards in ((rest[-1:], rest[-2::-1]), (rest[:1], rest[1:])):
        if not outermost:
            continue
        edge = outermost[0]
        level = [c for c in [edge, *inwards] if abs(c.base - edge.base) < 0.5 * body]
        others = [c for c in inwards if c not in level]
        if min(edge.base, height - edge.base) > _ZONE * height:
            continue
        apart = min((abs(c.base - edge.base) for c in others), default=height)
        for line in level:
            counts = str(number) in _DIGITS.findall(line.text) and len(line.text) < 60
            bare = line.text.strip("–- ").isdigit() and line.size <= 1.05 * body and not line.bold
            bare = bare and not any(0 < c.x0 - line.x1 < 4 * body and c.size >= line.size for c in level)
            small = line.size < 0.9 * body and len(line.text) < _LONGEST and not is_note(line, body)
            if others and ((counts and (small or bare) and apart > 1.8 * body) or (small and apart > 3 * body)):
                found.append(line)
    return found
