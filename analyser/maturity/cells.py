"""What a cell of a score sheet says: a text, a number, a year, an identifier, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyser.maturity.tables import Cell

_MISSING = frozenset(
    (
        *("", "-", "–", "—", "−", ".", "..", "...", "?", "*", "n/a", "na", "n.a.", "#n/a", "nan", "null", "none"),
        *("puuttuu", "tieto puuttuu", "ei tietoa", "ei vastausta", "e.t.", "saknas", "uppgift saknas", "missing"),
        *("#ref!", "#viite!", "#value!", "#arvo!", "#div/0!", "#jako/0!", "#puuttuu!"),
    )
)


_NOTE_MARKS = re.compile(r"[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=\s|$)|(?<![^\w%])\s\d\)\s*$")
"""Marks that send the reader to a footnote: '48,5*', 'Akaa ²', 'Espoo 1)'."""
_UNIT = re.compile(r"\s*(?:%|p\.?|pist\w*|poäng|points?|pts\.?)\s*$", re.IGNORECASE)
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def plain(name: object) -> str:
    """A column's name without case, punctuation and double spaces: 'Y_tunnus ' and 'y-tunnus' are one."""
    whole = re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zåäö])", "", without_note(str(name)))
    text = unicodedata.normalize("NFKC", whole).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def without_note(text: str) -> str:
    """A cell's text without the mark of a footnote."""
    return _NOTE_MARKS.sub("", text)


def given(cell: Cell) -> bool:
    """Whether a cell holds something, and not just a sign that nothing is known."""
    return cell is not None and (not isinstance(cell, str) or cell.strip().casefold() not in _MISSING)


def text_of(row: Sequence[Cell], column: int | None) -> str:
    """The text in a row's column, in one line; empty if there is none."""
    if column is None or column >= len(row) or not given(row[column]):
        return ""
    cell = row[column]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unicodedata.normalize("NFC", str(cell))
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in text).split())


@dataclass(frozen=True, slots=True)
class Marks:
    """Which mark is the sheet's decimal mark, where the sheet shows it: 48,5 or 48.5."""

    decimal: str | None

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Marks:
        """A mark before other than three digits, or after a leading zero, can only be decimal; the commoner wins."""
        seen = {",": 0, ".": 0}
        for cell in cells:
            written = _UNIT.sub("", without_note(cell).strip()) if isinstance(cell, str) else ""
            if isinstance(cell, str) and (match := re.fullmatch(r"[-−]?[\d\s]*\d([.,])(\d+)", written)):
                seen[match[1]] += len(match[2]) != 3 or cell.lstrip("-−").startswith("0")
        if not any(seen.values()):
            return cls(None)
        return cls(max(seen, key=lambda mark: seen[mark]))

    def number(self, cell: Cell, *, whole: bool = False) -> float | None:
        """The number in a cell; None if there is none. `whole` says that it counts things, so 39.466 is 39,466."""
        if not isinstance(cell, str):
            return _sensible(cell)
        text = unicodedata.normalize("NFKC", _UNIT.sub("", without_note(cell).strip())).replace("−", "-")
        text = re.sub(r"[\s'’]", "", text)
        if not re.fullmatch(r"[+-]?\d[\d.,]*(e[+-]?\d{1,3})?", text, re.IGNORECASE):
            return None
        commas, dots = text.count(","), text.count(".")
        if commas and dots:
            decimal = max(",.", key=text.rfind)
        else:
            mark = "," if commas else "."
            grouped = bool(re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+", text))
            thousands = grouped and (
                commas + dots > 1 or (self.decimal not in (None, mark)) or (self.decimal is None and whole)
            )
            decimal = "" if thousands else mark
        for mark in ",.":
            if mark != decimal:
                text = text.replace(mark, "")
        if decimal:
            if text.count(decimal) > 1:
                return None
            text = text.replace(decimal, ".")
        return _sensible(float(text))


def _sensible(value: float | None) -> float | None:
    """The value unless it is so large that it cannot measure an organisation (nor be squared and summed safely)."""
    return value if value is not None and abs(value) <= 1e12 else None


def year_of(cell: Cell) -> int | None:
    """The year in a cell: a number, or the only year in a text or a date ("31.12.2025", "2025-12-31", "v. 2025")."""
    years = set(_A_YEAR.findall(str(int(cell)) if isinstance(cell, float) else cell or ""))
    return int(years.pop()) if len(years) == 1 else None


def business_id(text: str) -> str:
    """A business ID as it is written officially, '1234567-8'; empty if the text is none."""
    match = re.fullmatch(r"(?:FI)?\s*(\d{6,7})-?(\d)", text, re.IGNORECASE)
    return f"{match[1]:0>7}-{match[2]}" if match else ""


def municipality_number(text: str) -> str:
    """A municipality's number in three digits; empty if the text is none."""
    return f"{int(text):03d}" if re.fullmatch(r"[0-9]{1,3}", text) else ""
