"""Which strategy is whose: strategies matched with the rows of a score sheet.

A match is made on evidence that leaves one candidate on either side: a business ID or municipality number, the same
name, the name's genitive before its kind ("Akaan kaupunki" and "Akaa"), its abbreviation, its spelling without
diacritics, or another of the names that places.py knows it by ("Esbo stad" and "Espoo"). Names that merely look alike
are listed as doubtful, with candidates, and left unmatched; so are two strategies of one organisation and two rows for
one strategy. What the analyst has decided (mapping.py) goes before all of this.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analyser.document import Result
from analyser.maturity.mapping import Decisions
from analyser.maturity.scores import ScoreRow, ScoreSheet
from analyser.naming.names import Name, folded, genitives, kinds_agree, name_of
from analyser.naming.places import known_as, municipality_number

How = Literal[
    "mapping",
    "business_id",
    "municipality_number",
    "name",
    "inflected_name",
    "abbreviation",
    "spelling",
    "known_name",
]
_ALIKE = 80.0
"""rapidfuzz's ratio (0–100) from which two names are alike enough to be shown to a person as candidates."""


@dataclass(frozen=True, slots=True)
class Match:
    """A strategy and its row, and what evidence joined them."""

    result: Result
    row: ScoreRow
    how: How


@dataclass(frozen=True, slots=True)
class Doubt:
    """A strategy that may belong to one of these rows; `score` is how alike the names are (0–100)."""

    result: Result
    candidates: tuple[tuple[ScoreRow, float], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Strategies and rows that claim one another more than once; none of them is matched."""

    results: tuple[Result, ...]
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Every strategy and every row, matched or not: nothing is dropped."""

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...]
    conflicts: tuple[Conflict, ...]
    unmatched_results: tuple[Result, ...]
    unmatched_rows: tuple[ScoreRow, ...]


def match(results: Sequence[Result], sheet: ScoreSheet, decided: Decisions | None = None) -> Matching:
    """The results matched with the sheet's rows; each claim on the strongest evidence that a strategy has."""
    decided = decided or {}
    by_name = {row.organisation: row for row in sheet.rows}
    own = {file: by_name[name] for (file, name), same in decided.items() if same and name in by_name}
    apart = {(file, by_name[name].row) for (file, name), same in decided.items() if not same and name in by_name}
    confirmed = [Match(result, own[result.file], "mapping") for result in results if result.file in own]
    taken = {found.row.row for found in confirmed}
    left = tuple(row for row in sheet.rows if row.row not in taken)

    indexes = _indexes(left)
    claims: list[tuple[Result, list[ScoreRow], How]] = []
    silent: list[Result] = []
    for result in results:
        if result.file in own:
            continue
        for how, find in indexes.items():
            if rows := [row for row in find(result) if (result.file, row.row) not in apart]:
                claims.append((result, rows, how))
                break
        else:
            silent.append(result)

    claimed_by: dict[int, list[Result]] = defaultdict(list)
    for result, rows, _ in claims:
        for row in rows:
            claimed_by[row.row].append(result)
    matches = confirmed + [
        Match(result, rows[0], how)
        for result, rows, how in claims
        if len(rows) == 1 and len(claimed_by[rows[0].row]) == 1
    ]
    conflicts = _conflicts([(result, rows) for result, rows, _ in claims if not _settled(rows, claimed_by)])
    matched_rows = {found.row.row for found in matches}
    matched_files = {found.result.file for found in matches}
    free = [row for row in sheet.rows if row.row not in matched_rows]
    return Matching(
        matches=tuple(matches),
        doubts=tuple(_doubts(silent, [row for row in free if row.row not in claimed_by], apart)),
        conflicts=tuple(conflicts),
        unmatched_results=tuple(result for result in results if result.file not in matched_files),
        unmatched_rows=tuple(free),
    )


def same_organisation(results: Sequence[Result]) -> list[tuple[Result, ...]]:
    """Groups of two or more strategies that name the same organisation, in whatever form."""
    rows = tuple(ScoreRow(number, result.organisation, None) for number, result in enumerate(results))
    find = _by_name(rows)
    groups: dict[int, set[int]] = {number: {number} for number in range(len(results))}
    for number, result in enumerate(results):
        for look_up in find.values():
            for row in look_up(result):
                merged = groups[number] | groups[row.row]
                for member in merged:
                    groups[member] = merged
    unique = {tuple(sorted(group)) for group in groups.values() if len(group) > 1}
    return [tuple(results[number] for number in group) for group in sorted(unique)]


_Find = Callable[[Result], list[ScoreRow]]


def _indexes(rows: Sequence[ScoreRow]) -> Mapping[How, _Find]:
    """How to look a strategy's rows up, the strongest evidence first."""
    by_id: dict[str, list[ScoreRow]] = defaultdict(list)
    by_number: dict[str, list[ScoreRow]] = defaultdict(list)
    for row in rows:
        if row.business_id:
            by_id[row.business_id].append(row)
        if row.municipality_number:
            by_number[row.municipality_number].append(row)

    def of_id(result: Result) -> list[ScoreRow]:
        return [row for number in _ids(result) for row in by_id.get(number, [])]

    def of_number(result: Result) -> list[ScoreRow]:
        return [row for number in _numbers(result) for row in by_number.get(number, [])]

    return {"business_id": of_id, "municipality_number": of_number, **_by_name(rows)}  # first found, first believed


def _ids(result: Result) -> Iterable[str]:
    return dict.fromkeys(re.findall(r"(?<!\d)\d{7}-\d(?!\d)", f"{result.file} {result.organisation}"))


def _numbers(result: Result) -> Iterable[str]:
    """The number of the municipality that the organisation's name is one of, or that the file's name begins with."""
    if named := municipality_number(result.organisation):
        return [named]
    leading = re.match(r"(\d{3})[_ -]", result.file.rsplit("/", 1)[-1])
    return [leading[1]] if leading else []


def _by_name(rows: Sequence[ScoreRow]) -> dict[How, _Find]:
    names = [(row, name_of(row.organisation)) for row in rows]
    exact: dict[str, list[tuple[ScoreRow, Name]]] = defaultdict(list)
    inflected: dict[str, list[tuple[ScoreRow, Name]]] = defaultdict(list)
    short: dict[str, list[tuple[ScoreRow, Name]]] = defaultdict(list)
    plain: dict[str, list[tuple[ScoreRow, Name]]] = defaultdict(list)
    known: dict[str, list[ScoreRow]] = defaultdict(list)
    for row, name in names:
        exact[name.base].append((row, name))
        for form in genitives(name.base):
            inflected[form].append((row, name))
        if key := known_as(row.organisation):
            known[key].append(row)
        if name.abbreviation:
            short[name.abbreviation].append((row, name))
        for form in (name.base, *genitives(name.base)):
            plain[folded(form)].append((row, name))

    def agreeing(result: Result, found: Iterable[tuple[ScoreRow, Name]]) -> list[ScoreRow]:
        name, key = name_of(result.organisation), known_as(result.organisation)
        rows = {row.row: row for row, other in found if kinds_agree(name, other)}
        return [row for row in rows.values() if not key or known_as(row.organisation) in ("", key)]

    def of_name(result: Result) -> list[ScoreRow]:
        return agreeing(result, exact.get(name_of(result.organisation).base, ()))

    def of_inflection(result: Result) -> list[ScoreRow]:
        name = name_of(result.organisation)
        forms = [found for form in genitives(name.base) for found in exact.get(form, ())]
        return agreeing(result, [*inflected.get(name.base, ()), *forms])

    def of_abbreviation(result: Result) -> list[ScoreRow]:
        name = name_of(result.organisation)
        found = list(short.get(name.base, ())) if not name.kind else []
        if name.abbreviation:
            found += [(row, other) for row, other in exact.get(name.abbreviation, ()) if not other.kind]
            found += short.get(name.abbreviation, ())
        return list({row.row: row for row, _ in found}.values())

    def of_spelling(result: Result) -> list[ScoreRow]:
        name = name_of(result.organisation)
        forms = {folded(form) for form in (name.base, *genitives(name.base))} - {""}
        base = folded(name.base)
        found = [
            *plain.get(base, ()),
            *(hit for form in forms for hit in plain.get(form, ()) if folded(hit[1].base) == form),
        ]
        return agreeing(result, found if base else ())

    def of_known_name(result: Result) -> list[ScoreRow]:
        return known.get(known_as(result.organisation), [])

    return {
        "name": of_name,
        "inflected_name": of_inflection,
        "abbreviation": of_abbreviation,
        "spelling": of_spelling,
        "known_name": of_known_name,
    }


def _settled(rows: Sequence[ScoreRow], claimed_by: Mapping[int, Sequence[Result]]) -> bool:
    return len(rows) == 1 and len(claimed_by[rows[0].row]) == 1


def _conflicts(claims: Sequence[tuple[Result, list[ScoreRow]]]) -> list[Conflict]:
    """The claims that are not one to one, those that share a row together."""
    found: list[tuple[dict[str, Result], dict[int, ScoreRow]]] = []
    for result, rows in claims:
        results, merged = {result.file: result}, {row.row: row for row in rows}
        apart = []
        for other in found:
            if merged.keys() & other[1].keys():
                results, merged = other[0] | results, other[1] | merged
            else:
                apart.append(other)
        found = [*apart, (results, merged)]
    return [
        Conflict(tuple(results.values()), tuple(merged[row] for row in sorted(merged))) for results, merged in found
    ]


def _doubts(results: Sequence[Result], rows: Sequence[ScoreRow], apart: Collection[tuple[str, int]]) -> Iterable[Doubt]:
    """The unmatched strategies whose names look like an unclaimed row's, at most three candidates each."""
    from rapidfuzz import fuzz, process

    bases = {row.row: _comparable(row.organisation) for row in rows}
    by_row = {row.row: row for row in rows}
    for result in results:
        alike = process.extract(
            _comparable(result.organisation), bases, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
        )
        whole = _same_base(result, rows)
        candidates = {row.row: 100.0 for row in whole} | {
            number: score for _, score, number in alike if number not in {row.row for row in whole}
        }
        candidates = {row: score for row, score in candidates.items() if (result.file, row) not in apart}
        if candidates:
            ranked = sorted(candidates.items(), key=lambda item: (-item[1], item[0]))[:3]
            yield Doubt(result, tuple((by_row[number], round(score, 1)) for number, score in ranked))


def _comparable(organisation: str) -> str:
    return folded(name_of(organisation).base)


def _same_base(result: Result, rows: Sequence[ScoreRow]) -> list[ScoreRow]:
    """Rows of the same name but another kind: 'Hopean kunta' and 'Hopean hyvinvointialue'."""
    name = name_of(result.organisation)
    forms = {name.base, *genitives(name.base)}
    return [row for row in rows if (base := name_of(row.organisation).base) in forms or name.base in genitives(base)]
