"""Score sheets as people have them: which column is what, which rows are organisations, and what the numbers say.

Nothing is dropped in silence: `ScoreSheet` keeps, beside the rows used, what each column was taken for and every row
left out with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analyser.document import InputError
from analyser.maturity.tables import Cell, Grid, grids

Meaning = Literal[
    "organisation", "score", "sector", "size", "business_id", "municipality_number", "year", "dimension", "ignored"
]

# Column names in Finnish, Swedish and English; of several fitting columns the one named first here is taken.
_NAMES: Mapping[Meaning, tuple[str, ...]] = {
    "organisation": (
        *("organisaatio", "organisation", "organization", "organisaation nimi", "organisationens namn"),
        *("organisation name", "organization name", "organisationen", "kunta", "kaupunki", "kunnan nimi", "kommun"),
        *("kommunens namn", "municipality", "virasto", "nimi", "namn", "name"),
    ),
    "score": (
        *("pisteet", "score", "poäng", "pistemäärä", "kokonaispisteet", "kokonaispistemäärä", "pisteet yhteensä"),
        *("total score", "overall score", "points", "totalpoäng", "digikypsyys", "digital maturity", "maturity score"),
        *("maturity", "kypsyys", "digital mognad", "mognad", "kokonaistulos", "indeksi", "index"),
    ),
    "sector": ("toimiala", "sector", "sektori", "sektor", "bransch", "organisaatiotyyppi", "tyyppi", "type", "typ"),
    "size": (
        *("asukasluku", "size", "väkiluku", "asukkaita", "asukkaat", "population", "inhabitants", "invånarantal"),
        *("folkmängd", "invånare", "koko", "storlek", "henkilöstömäärä", "henkilöstö", "employees", "personal"),
    ),
    "business_id": ("y tunnus", "ytunnus", "business id", "businessid", "fo nummer", "företagsnummer"),
    "municipality_number": (
        *("kuntanumero", "kuntakoodi", "kuntanro", "kunnan numero", "municipality number", "municipality code"),
        *("kommunnummer", "kommunkod"),
    ),
    "year": ("vuosi", "year", "år"),
}
_RANKINGS = frozenset(
    ("sija", "sijoitus", "järjestys", "rank", "ranking", "placering", "nro", "nr", "no", "id", "rivi")
)
_MISSING = frozenset(
    (
        *("", "-", "–", "—", "−", ".", "..", "...", "?", "*", "n/a", "na", "n.a.", "#n/a", "nan", "null", "none"),
        *("puuttuu", "tieto puuttuu", "ei tietoa", "ei vastausta", "e.t.", "saknas", "uppgift saknas", "missing"),
        *("#ref!", "#viite!", "#value!", "#arvo!", "#div/0!", "#jako/0!", "#puuttuu!"),
    )
)
_SUMMARIES = re.compile(
    r"(keskiarvo|mediaani|yhteensä|summa|kaikki|koko maa|medelvärde|median|totalt|alla|average|mean|total|sum|all)"
    r"( \w+)?:?",
    re.IGNORECASE,
)
_HEADER_WITHIN = 60
"""A header stands within so many rows from the top of a sheet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as read: its name in the sheet, what it was taken for, and how many rows hold a value.

    `unread` counts the cells of a numeric column that hold something else, and so count as missing.
    """

    name: str
    meaning: Meaning
    values: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One organisation's row. `row` counts from 1 in the file; `score` and `dimensions` are None where missing.

    `dimensions` stand in the order of `ScoreSheet.dimensions`; `size` is as given (inhabitants, employees).
    """

    row: int
    organisation: str
    score: float | None
    sector: str = ""
    size: float | None = None
    business_id: str = ""
    municipality_number: str = ""
    dimensions: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was read but not used, and why (`no_score`, `no_name`, `summary`, `other_year`, `not_a_number`)."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What a score sheet says: rows of organisations, the names of the dimensions, and an echo of how it was read."""

    file: str
    rows: tuple[ScoreRow, ...]
    dimensions: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sheet: str = ""
    year: int | None = None


def read(path: Path, *, columns: Mapping[str, str] | None = None, year: int | None = None) -> ScoreSheet:
    """The score sheet in a CSV or XLSX file.

    `columns` says which column is what, where its name does not (`{"score": "Tulos 2025"}`, keys as in `Meaning`);
    `year` chooses among the years of a sheet that has them (the latest otherwise).

    Raises InputError, one sentence that names the file and the mend: no such columns, no usable row, or two rows for
    one organisation.
    """
    chosen = {plain(name): meaning for meaning, name in (columns or {}).items()}
    tried = grids(path)
    heads: list[tuple[int, Grid, int, dict[Meaning, int]]] = []
    for order, grid in enumerate(tried):
        for number, row in enumerate(grid.rows[:_HEADER_WITHIN]):
            found = _recognised(row, chosen)
            if {"organisation", "score"} <= found.keys() and not _continued(grid, number, found["organisation"]):
                heads.append((order, grid, number, found))
                break
    if not heads:
        raise InputError(_no_header(path, tried, chosen))
    _, grid, header, meanings = heads[0]
    for name, meaning in chosen.items():
        if meaning not in meanings or plain(grid.rows[header][meanings[meaning]]) != name:
            raise InputError(f"{path}: no column is called “{name}” ({meaning}); {_columns_found(grid.rows[header])}.")
    return _sheet(path, grid, header, meanings, year)


def _sheet(path: Path, grid: Grid, header: int, meanings: dict[Meaning, int], year: int | None) -> ScoreSheet:
    body = [(number, row) for number, row in enumerate(grid.rows, 1) if number > header + 1 and any(map(_given, row))]
    names = _column_names(grid.rows[header], max((len(row) for _, row in body), default=0))
    marks = _Marks.of(cell for _, row in body for cell in row)
    number = {
        meaning: _numbers(column, body, marks, whole=meaning != "score")
        for meaning, column in meanings.items()
        if meaning in ("score", "size", "year")
    }

    year, years = _year(path, number.get("year"), year)
    rows: list[ScoreRow] = []
    left_out: list[LeftOut] = []
    taken = set(meanings.values())
    dimensions = {
        column: values
        for column, name in names.items()
        if column not in taken and plain(name) not in _RANKINGS and (values := _dimension(column, body, marks))
    }
    for place, (line, row) in enumerate(body):
        name = _text(row, meanings["organisation"])
        score = number["score"][place]
        measures = tuple(column[place] for column in dimensions.values())
        reason = _unusable(name, _text(row, meanings["score"]), score, measures)
        if not reason and years and years[place] != year:
            reason = "other_year"
        if reason:
            left_out.append(LeftOut(line, name or " ".join(str(cell) for cell in row if _given(cell)), reason))
            continue
        size = number["size"][place] if "size" in number else None
        rows.append(
            ScoreRow(
                row=line,
                organisation=name,
                score=score,
                sector=_text(row, meanings.get("sector")),
                size=size if size and size > 0 else None,
                business_id=_business_id(_text(row, meanings.get("business_id"))),
                municipality_number=_municipality_number(_text(row, meanings.get("municipality_number"))),
                dimensions=measures,
            )
        )
    if not rows:
        raise InputError(f"{path}: no row has both an organisation and a number as its score; fill them in.")
    _refuse_duplicates(path, rows)
    meaning_of: dict[int, Meaning] = {column: meaning for meaning, column in meanings.items()}
    meaning_of |= dict.fromkeys(dimensions, "dimension")
    numeric = {meanings[meaning]: values for meaning, values in number.items()} | dimensions
    columns = []
    for column, name in names.items():
        given = sum(column < len(row) and _given(row[column]) for _, row in body)
        values_read = sum(value is not None for value in numeric[column]) if column in numeric else given
        columns.append(Column(name, meaning_of.get(column, "ignored"), values_read, given - values_read))
    return ScoreSheet(
        file=path.name,
        rows=tuple(rows),
        dimensions=tuple(names[column] for column in dimensions),
        columns=tuple(columns),
        left_out=tuple(left_out),
        sheet=grid.name,
        year=year,
    )


def plain(name: object) -> str:
    """A column's name without case, punctuation and double spaces: 'Y_tunnus ' and 'y-tunnus' are one."""
    text = unicodedata.normalize("NFKC", str(name)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _recognised(row: Sequence[Cell], chosen: Mapping[str, str]) -> dict[Meaning, int]:
    """Which column of a header row holds what; the user's own choices first, then the best known name."""
    spelled = {column: plain(cell) for column, cell in reversed(list(enumerate(row))) if isinstance(cell, str)}
    where = {name: column for column, name in spelled.items()}
    found: dict[Meaning, int] = {}
    for meaning, names in _NAMES.items():
        own = [name for name, meant in chosen.items() if meant == meaning]
        for name in own or names:
            if name in where and where[name] not in found.values():
                found[meaning] = where[name]
                break
    return found


def _no_header(path: Path, tried: Sequence[Grid], chosen: Mapping[str, str]) -> str:
    """What is missing, said of the row that comes nearest to being a header."""
    best: dict[Meaning, int] = {}
    texts: list[str] = []
    for grid in tried:
        for row in grid.rows[:_HEADER_WITHIN]:
            found, named = _recognised(row, chosen), [" ".join(str(cell).split()) for cell in row if _given(cell)]
            if (len(found), len(named)) > (len(best), len(texts)):
                best, texts = found, named
    wanted = [meaning for meaning in ("organisation", "score") if meaning not in best]
    mend = {
        "organisation": "no column names the organisation (call it “organisaatio”, “organisation” or “organization”)",
        "score": "no column holds the score (call it “pisteet”, “poäng” or “score”)",
    }
    mend |= {meaning: f"no column is called “{name}” ({meaning})" for name, meaning in chosen.items()}
    return f"{path}: {' and '.join(mend[meaning] for meaning in wanted)}; {_columns_found(texts)}."


def _columns_found(header: Sequence[Cell]) -> str:
    names = [" ".join(str(cell).split()) for cell in header if _given(cell)]
    return f"the columns found are {', '.join(f'“{name[:40]}”' for name in names[:12]) or 'none'}"


def _continued(grid: Grid, number: int, organisation: int) -> bool:
    """Whether the next row repeats the organisation's heading, as cells merged downwards do: a header of two rows.

    The lower row names the columns then: what stands above them ("Pisteet") may be the title of several.
    """
    below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
    return organisation < len(below) and below[organisation] == grid.rows[number][organisation]


def _column_names(header: Sequence[Cell], width: int) -> dict[int, str]:
    """The named columns, left to right; a name that comes again is numbered."""
    names: dict[int, str] = {}
    for column, cell in enumerate(header[: max(width, len(header))]):
        if not _given(cell):
            continue
        name = " ".join(str(cell).split())
        again = sum(other == name or other.startswith(f"{name} (") for other in names.values())
        names[column] = f"{name} ({again + 1})" if again else name
    return names


def _given(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or cell.strip().casefold() not in _MISSING)


def _text(row: Sequence[Cell], column: int | None) -> str:
    if column is None or column >= len(row) or not _given(row[column]):
        return ""
    cell = row[column]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unicodedata.normalize("NFC", str(cell))
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in text).split())


@dataclass(frozen=True, slots=True)
class _Marks:
    """Which mark is the sheet's decimal mark, where the sheet shows it: 48,5 or 48.5."""

    decimal: str | None

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> _Marks:
        """A mark before other than three digits, or after a leading zero, can only be decimal; the commoner wins."""
        seen = {",": 0, ".": 0}
        for cell in cells:
            if isinstance(cell, str) and (match := re.fullmatch(r"[-−]?[\d\s]*\d([.,])(\d+)\s*%?", cell)):
                seen[match[1]] += len(match[2]) != 3 or cell.lstrip("-−").startswith("0")
        if not any(seen.values()):
            return cls(None)
        return cls(max(seen, key=lambda mark: seen[mark]))

    def number(self, cell: Cell, *, whole: bool = False) -> float | None:
        """The number in a cell; None if there is none. `whole` says that it counts things, so 39.466 is 39,466."""
        if not isinstance(cell, str):
            return _sensible(cell)
        text = re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", cell)).replace("−", "-").removesuffix("%")
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


def _numbers(
    column: int, body: Sequence[tuple[int, Sequence[Cell]]], marks: _Marks, *, whole: bool = False
) -> list[float | None]:
    return [
        marks.number(row[column], whole=whole) if column < len(row) and _given(row[column]) else None for _, row in body
    ]


def _dimension(column: int, body: Sequence[tuple[int, Sequence[Cell]]], marks: _Marks) -> list[float | None]:
    """The numbers of a further column if it holds numbers (a stray word among them is a missing value); else none."""
    values = _numbers(column, body, marks)
    given = sum(column < len(row) and _given(row[column]) for _, row in body)
    numbers = sum(value is not None for value in values)
    return values if numbers and numbers >= 0.8 * given else []


def _unusable(name: str, score_text: str, score: float | None, dimensions: Sequence[float | None]) -> str:
    """Why a row cannot be used; empty if it can."""
    measured = score is not None or any(value is not None for value in dimensions)
    if not name:
        return "no_name" if measured else "note"
    if _SUMMARIES.fullmatch(name):
        return "summary"
    if score is None and score_text:
        return "not_a_number"
    return "" if measured else "no_score"


def _year(path: Path, years: list[float | None] | None, year: int | None) -> tuple[int | None, list[float | None]]:
    """The year to use, and each row's year (empty where the sheet has no years)."""
    known = {int(value) for value in years or () if value is not None}
    if not years or not known:
        if year is not None:
            raise InputError(f"{path}: no column tells the year; name one “vuosi”, “år” or “year”, or ask for no year.")
        return None, []
    if year is not None and year not in known:
        raise InputError(f"{path}: no row is of the year {year}; the years are {', '.join(map(str, sorted(known)))}.")
    return year if year is not None else max(known), years


def _business_id(text: str) -> str:
    match = re.fullmatch(r"(?:FI)?\s*(\d{6,7})-?(\d)", text, re.IGNORECASE)
    return f"{match[1]:0>7}-{match[2]}" if match else ""


def _municipality_number(text: str) -> str:
    return f"{int(text):03d}" if re.fullmatch(r"[0-9]{1,3}", text) else ""


def _refuse_duplicates(path: Path, rows: Sequence[ScoreRow]) -> None:
    pairs: dict[tuple[int, int], str] = {}
    for key in ("business_id", "municipality_number", "organisation"):
        first: dict[str, ScoreRow] = {}
        for row in rows:
            value = getattr(row, key) if key != "organisation" else plain(row.organisation)
            earlier = first.setdefault(value, row) if value else row
            if earlier is not row:
                pairs.setdefault((earlier.row, row.row), row.organisation)
    if pairs:
        said = "; ".join(f"rows {one} and {other} (“{name}”)" for (one, other), name in sorted(pairs.items())[:5])
        more = f"; and {len(pairs) - 5} more pairs" if len(pairs) > 5 else ""
        raise InputError(f"{path}: two rows for one organisation: {said}{more}; keep one of each.")
