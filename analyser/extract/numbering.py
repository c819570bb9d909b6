"""The numbers that a word processor gives to list items and headings, which are counted and not written in the file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%(\d)")


class Numbering:
    """Counts the paragraphs of each list as they come (ECMA-376 part 1, 17.9)."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        """By list and level: the number's format, its text (`%1.%2.`), and where it starts."""
        self._list_of: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"), 0)))
                kind, text, start = (_value(level, name) for name in ("w:numFmt", "w:lvlText", "w:start"))
                self._levels[key] = (kind or "decimal", text, int(start) if start.isdigit() else 1)
        for number in root.iter(qn("w:num")):
            self._list_of[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId")

    def next(self, number: str, level: int) -> str:
        """The number (`2.`, `1.3`) of the next paragraph of the list; empty if its paragraphs have bullets."""
        listed = self._list_of.get(number, "")
        kind, text, start = self._levels.get((listed, level), ("bullet", "", 1))
        counts = self._counts[listed]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if kind in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda m: self._shown(listed, int(m.group(1)) - 1, counts), text).strip()

    def _shown(self, listed: str, level: int, counts: dict[int, int]) -> str:
        kind, _, start = self._levels.get((listed, level), ("decimal", "", 1))
        count = counts.get(level, start)
        if "Letter" in kind:
            letters = chr(ord("a") + (count - 1) % 26)
        elif "Roman" in kind:
            letters = _roman(count)
        else:
            return str(count)
        return letters.upper() if kind.startswith("upper") else letters


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while count >= value:
            text, count = text + letters, count - value
    return text
