"""Score sheets as people have them: which column is what, which rows are organisations, and what the numbers say.

Nothing is dropped in silence: `ScoreSheet` keeps, beside the rows used, what each column was taken for and every row
left out with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from analyser.document import InputError
from analyser.maturity.cells import (
    Marks,
    business_id,
    given,
    municipality_number,
    plain,
    text_of,
    without_note,
    year_of,
)
from analyser.maturity.tables import Cell, Grid, grids
from analyser.naming.places import known_as

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
_SCORES = frozenset(_NAMES["score"])
_RANKINGS = frozenset(
    ("sija", "sijoitus", "järjestys", "rank", "ranking", "placering", "nro", "nr", "no", "id", "rivi")
)
_SUMMARIES = re.compile(
    r"(keskiarvo|mediaani|yhteensä|summa|kaikki|koko maa|medelvärde|median|totalt|alla|average|mean|total|sum|all)"
    r"( \w+)?( ?\(.*\))?:?",
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
    """A row that was read but not used, and why.

    One of `no_score`, `no_name`, `note`, `summary`, `other_year`, `no_year`, `not_a_number` and `too_many_values`.
    """

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
    other_sheets: tuple[str, ...] = ()
    """Sheets of the workbook that hold scores as well and were not used."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A header row: the grid it is in, its place there, which column is what, and the scores of years by their year."""

    grid: Grid
    place: int
    meanings: dict[Meaning, int]
    yearly: dict[int, int]
    """Columns that are the score of a year by their name ("Pisteet 2025")."""

    @property
    def year(self) -> int | None:
        """The year that the sheet's name tells."""
        return year_of(self.grid.name)


def read(path: Path, *, columns: Mapping[str, str] | None = None, year: int | None = None) -> ScoreSheet:
    """The score sheet in a CSV, XLSX or ODS file.

    `columns` says which column is what, where its name does not (`{"score": "Tulos 2025"}`, keys as in `Meaning`);
    `year` chooses among the years that a column, the scores' names or the sheets' names tell (the latest otherwise).

    Raises InputError, one sentence that names the file and the mend: no such columns, no usable row, or two rows for
    one organisation.
    """
    chosen = {plain(name): meaning for meaning, name in (columns or {}).items()}
    if columns and len(chosen) < len(columns):
        raise InputError(f"{path}: one column cannot be two things; name a column of its own for each.")
    tried = grids(path)
    heads = [head for grid in tried if (head := _head(grid, chosen))]
    if not heads:
        raise InputError(_no_header(path, tried, chosen))
    head = _of_year(heads, year)
    header = head.grid.rows[head.place]
    for name, meaning in chosen.items():
        if meaning not in head.meanings or plain(header[head.meanings[meaning]]) != name:
            raise InputError(f"{path}: no column is called “{name}” ({meaning}); {_columns_found(header)}.")
    others = tuple(other.grid.name for other in heads if other.grid.name != head.grid.name)
    return replace(_sheet(path, head, year), other_sheets=others)


def _head(grid: Grid, chosen: Mapping[str, str]) -> _Head | None:
    """The first row that names both the organisation and a score."""
    for place, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        found, yearly = _recognised(row, chosen), _yearly(row)
        named = "organisation" in found and ("score" in found or yearly)
        if named and not _continued(grid, place, found["organisation"]):
            return _Head(grid, place, found, yearly)
    return None


def _of_year(heads: Sequence[_Head], year: int | None) -> _Head:
    """The sheet whose name tells the year asked for, or the latest year; the first one where no name tells a year."""
    dated = {head.year: head for head in reversed(heads) if head.year is not None}
    if year in dated:
        return dated[year]
    return dated[max(dated)] if len(dated) > 1 and year is None else heads[0]


def _sheet(path: Path, head: _Head, year: int | None) -> ScoreSheet:
    grid, header, meanings = head.grid, head.place, dict(head.meanings)
    year = None if year == head.year and "year" not in meanings else year
    told = None if "year" in meanings else head.year
    if "score" not in meanings:
        if year is not None and year not in head.yearly:
            raise InputError(_no_such_year(path, year, head.yearly))
        told = max(head.yearly) if year is None else year
        meanings["score"], year = head.yearly[told], None
    body = [(number, row) for number, row in enumerate(grid.rows, 1) if number > header + 1 and any(map(given, row))]
    names = _column_names(grid.rows[header], max((len(row) for _, row in body), default=0))
    marks = Marks.of(cell for _, row in body for cell in row)
    number = {
        meaning: _numbers(column, body, marks, whole=meaning != "score")
        for meaning, column in meanings.items()
        if meaning in ("score", "size")
    }
    too_long = _too_long(path, grid, header, body)
    column = meanings.get("year")
    years = None if column is None else [year_of(row[column]) if column < len(row) else None for _, row in body]
    year, years = _year(path, years, year)
    rows: list[ScoreRow] = []
    left_out: list[LeftOut] = []
    taken = {*meanings.values(), *head.yearly.values()}
    dimensions = {
        column: values
        for column, name in names.items()
        if column not in taken and plain(name) not in _RANKINGS and (values := _dimension(column, body, marks))
    }
    for place, (line, row) in enumerate(body):
        name = without_note(text_of(row, meanings["organisation"])).strip()
        score = number["score"][place]
        measures = tuple(column[place] for column in dimensions.values())
        reason = _unusable(name, text_of(row, meanings["score"]), score, measures)
        if not reason and years and years[place] != year:
            reason = "other_year" if years[place] else "no_year"
        if not reason and line in too_long:
            reason = "too_many_values"
        if reason:
            left_out.append(LeftOut(line, name or " ".join(str(cell) for cell in row if given(cell)), reason))
            continue
        size = number["size"][place] if "size" in number else None
        rows.append(
            ScoreRow(
                row=line,
                organisation=name,
                score=score,
                sector=text_of(row, meanings.get("sector")),
                size=size if size and size > 0 else None,
                business_id=business_id(text_of(row, meanings.get("business_id"))),
                municipality_number=municipality_number(text_of(row, meanings.get("municipality_number"))),
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
        filled = sum(column < len(row) and given(row[column]) for _, row in body)
        values_read = sum(value is not None for value in numeric[column]) if column in numeric else filled
        columns.append(Column(name, meaning_of.get(column, "ignored"), values_read, filled - values_read))
    return ScoreSheet(
        file=path.name,
        rows=tuple(rows),
        dimensions=tuple(names[column] for column in dimensions),
        columns=tuple(columns),
        left_out=tuple(left_out),
        sheet=grid.name,
        year=told if year is None else year,
    )


def _recognised(row: Sequence[Cell], chosen: Mapping[str, str]) -> dict[Meaning, int]:
    """Which column of a header row holds what; the user's own choices first, then the best known name."""
    cells = [(column, cell) for column, cell in reversed(list(enumerate(row))) if isinstance(cell, str)]
    where = {name: column for column, cell in cells for name in _spelled(cell)}
    where |= {plain(cell): column for column, cell in cells}
    found: dict[Meaning, int] = {}
    for meaning, names in _NAMES.items():
        own = [name for name, meant in chosen.items() if meant == meaning]
        for name in own or names:
            if name in where and where[name] not in found.values():
                found[meaning] = where[name]
                break
    return found


def _yearly(row: Sequence[Cell]) -> dict[int, int]:
    """The columns that are the score of a year by their name, by the year: "Pisteet 2025", "2025 pisteet"."""
    found: dict[int, int] = {}
    for column, cell in enumerate(row):
        if isinstance(cell, str) and (year := year_of(cell)) and _spelled(cell.replace(str(year), "")) & _SCORES:
            found.setdefault(year, column)
    return found


def _spelled(cell: str) -> set[str]:
    """The names that a header may stand for: as it is, and without what it says in parentheses."""
    return {plain(cell), plain(re.sub(r"\([^()]*\)", " ", cell))}


def _no_header(path: Path, tried: Sequence[Grid], chosen: Mapping[str, str]) -> str:
    """What is missing, said of the row that comes nearest to being a header."""
    best: dict[Meaning, int] = {}
    texts: list[str] = []
    for grid in tried:
        for row in grid.rows[:_HEADER_WITHIN]:
            found, named = _recognised(row, chosen), [" ".join(str(cell).split()) for cell in row if given(cell)]
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
    names = [" ".join(str(cell).split()) for cell in header if given(cell)]
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
        if not given(cell):
            continue
        name = " ".join(str(cell).split())
        again = sum(other == name or other.startswith(f"{name} (") for other in names.values())
        names[column] = f"{name} ({again + 1})" if again else name
    return names


def _numbers(
    column: int, body: Sequence[tuple[int, Sequence[Cell]]], marks: Marks, *, whole: bool = False
) -> list[float | None]:
    return [
        marks.number(row[column], whole=whole) if column < len(row) and given(row[column]) else None for _, row in body
    ]


def _dimension(column: int, body: Sequence[tuple[int, Sequence[Cell]]], marks: Marks) -> list[float | None]:
    """The numbers of a further column if it holds numbers (a stray word among them is a missing value); else none."""
    values = _numbers(column, body, marks)
    filled = sum(column < len(row) and given(row[column]) for _, row in body)
    numbers = sum(value is not None for value in values)
    return values if numbers and numbers >= 0.8 * filled else []


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


def _too_long(path: Path, grid: Grid, header: int, body: Sequence[tuple[int, Sequence[Cell]]]) -> set[int]:
    """The rows of a CSV file with more values than there are columns: notes, if they are few.

    If they are many, commas part columns and decimals alike, and 48,5 would be read as 48: raises InputError.
    """
    width = len(grid.rows[header])
    found = [] if grid.name else [line for line, row in body if any(map(given, row[width:]))]
    if len(found) * 2 > len(body):
        raise InputError(
            f"{path}: row {found[0]} has more values than there are columns; put numbers with a decimal comma in "
            "quotes, or save the table with ; between its columns."
        )
    return set(found)


def _no_such_year(path: Path, year: int, known: Iterable[int]) -> str:
    return f"{path}: no row is of the year {year}; the years are {', '.join(map(str, sorted(known)))}."


def _year(path: Path, years: list[int | None] | None, year: int | None) -> tuple[int | None, list[int | None]]:
    """The year to use, and each row's year (empty where the sheet has no years)."""
    known = {value for value in years or () if value is not None}
    if not years or not known:
        if year is not None:
            raise InputError(f"{path}: no column tells the year; name one “vuosi”, “år” or “year”, or ask for no year.")
        return None, []
    if year is not None and year not in known:
        raise InputError(_no_such_year(path, year, known))
    return year if year is not None else max(known), years


def _refuse_duplicates(path: Path, rows: Sequence[ScoreRow]) -> None:
    pairs: dict[tuple[int, int], str] = {}
    keys: tuple[Callable[[ScoreRow], str], ...] = (
        lambda row: row.business_id,
        lambda row: row.municipality_number,
        lambda row: plain(row.organisation),
        lambda row: known_as(row.organisation) if "(" not in row.organisation else "",  # 'Espoo', 'Esbo stad'
    )
    for key in keys:
        first: dict[str, ScoreRow] = {}
        for row in rows:
            value = key(row)
            earlier = first.setdefault(value, row) if value else row
            if earlier is not row:
                pairs.setdefault((earlier.row, row.row), row.organisation)
    if pairs:
        said = "; ".join(f"rows {one} and {other} (“{name}”)" for (one, other), name in sorted(pairs.items())[:5])
        more = f"; and {len(pairs) - 5} more pairs" if len(pairs) > 5 else ""
        raise InputError(f"{path}: two rows for one organisation: {said}{more}; keep one of each.")
