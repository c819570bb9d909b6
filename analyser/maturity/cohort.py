"""All of a cohort's statistics: what cohort.json holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from analyser.document import LABELS, STANDINGS, Label, Result, Standing
from analyser.maturity.confounding import Case, adjusted
from analyser.maturity.differences import SMALLEST_GROUP, compare, holm
from analyser.maturity.figures import CONFIDENCE, Figure, figure
from analyser.maturity.mapping import Decisions
from analyser.maturity.matching import Matching, match, same_organisation
from analyser.maturity.messages import Message, message
from analyser.maturity.scores import ScoreSheet
from analyser.maturity.sensitivity import Verdict, error, sensitivity
from analyser.maturity.shares import share
from analyser.maturity.trend import trend

Row = dict[str, Any]
"""One organisation as cohort.json lists it; see `_organisation`."""

_COMPARISONS: Mapping[str, tuple[tuple[Label, ...], tuple[Label, ...]]] = {
    "priority_vs_rest": (("priority",), ("none", "mention")),
    "mentioned_vs_none": (("mention", "priority"), ("none",)),
}
_PAIRS: Mapping[str, tuple[Standing, Standing]] = {
    f"{higher}_vs_{lower}": (higher, lower) for lower, higher in combinations(STANDINGS, 2)
}


def cohort(
    results: Sequence[Result],
    sheet: ScoreSheet | None = None,
    *,
    reference: Mapping[str, float] | None = None,
    decided: Decisions | None = None,
    confusion: Mapping[str, Mapping[str, int]] | None = None,
) -> dict[str, Any]:
    """Everything that cohort.json holds: plain dicts, lists, text, numbers and None, the same for the same input.

    Failed documents and identical copies are counted in no share; `documents` says how many there were. Every figure
    carries its n, method, library and version; one that cannot be computed is None and its `why` says why. `messages`
    hold what a reader must be told (failures, doubtful and missing matches), as codes that report/ translates.
    `reference` gives shares of a previous study to compare with, `{"mention": 0.69, "priority": 0.36}`; `decided` the
    matches that the analyst has confirmed or denied; and `confusion[coded][told]` how many documents with a human's
    label got which verdict, for the sensitivity.

    The keys: documents, shares, shares_by_sector, sheet, matching, unmatched, comparisons (of the score), measures (the
    score first, then each dimension: groups, comparisons, trend; the score has also pairs, adjusted, sensitivity),
    organisations, messages.
    """
    results = sorted(results, key=lambda result: result.file)
    read = [result for result in results if result.status != "failed"]
    counted, copies = _without_copies(read)
    matching = match(counted, sheet, decided) if sheet else None
    rows = _organisations(counted, matching, sheet)
    measures = _measures(rows, sheet, confusion or {})
    return {
        "schema": 1,
        "confidence": CONFIDENCE,
        "documents": {
            "given": len(results),
            "failed": len(results) - len(read),
            "copies": len(copies),
            "counted": len(counted),
        },
        "shares": _shares(rows, reference or {}),
        "shares_by_sector": _by_sector(rows, reference or {}),
        "sheet": _echo(sheet),
        "matching": _matched(matching),
        "unmatched": {
            "strategies": [result.file for result in matching.unmatched_results] if matching else [],
            "scores": [row.organisation for row in matching.unmatched_rows] if matching else [],
        },
        "comparisons": measures["score"]["comparisons"],
        "measures": measures,
        "organisations": rows,
        "messages": _messages(results, counted, copies, matching, sheet),
    }


def _without_copies(results: Sequence[Result]) -> tuple[list[Result], list[tuple[Result, Result]]]:
    """The results without identical files, and each copy with the one that stands for it."""
    first: dict[str, Result] = {}
    copies = []
    for result in results:
        original = first.setdefault(result.sha256 or result.file, result)
        if original is not result:
            copies.append((result, original))
    return list(first.values()), copies


def _organisations(counted: Sequence[Result], matching: Matching | None, sheet: ScoreSheet | None) -> list[Row]:
    """Each counted strategy with its verdict and, where it is matched, its scores: what tables and charts draw on."""
    found = {match.result.file: match for match in matching.matches} if matching else {}
    rows = []
    for result in counted:
        matched = found.get(result.file)
        names = sheet.dimensions if sheet else ()
        rows.append(
            {
                "file": result.file,
                "organisation": result.organisation,
                "named_by": result.named_by or None,
                "label": result.label,
                "standing": result.standing,
                "probability": result.probability,
                "needs_review": result.needs_review,
                "words": result.words,
                "score": matched.row.score if matched else None,
                "sector": (matched.row.sector or None) if matched else None,
                "size": matched.row.size if matched else None,
                "dimensions": dict(zip(names, matched.row.dimensions, strict=True)) if matched else {},
                "matched": {"row": matched.row.row, "name": matched.row.organisation, "how": matched.how}
                if matched
                else None,
            }
        )
    return rows


def _shares(rows: Sequence[Row], reference: Mapping[str, float]) -> dict[str, Figure]:
    labels = [row["label"] for row in rows]
    mentioned = sum(label != "none" for label in labels)
    return {
        "mention": share(mentioned, len(labels), reference=reference.get("mention")),
        "priority": share(labels.count("priority"), len(labels), reference=reference.get("priority")),
    }


def _by_sector(rows: Sequence[Row], reference: Mapping[str, float]) -> dict[str, dict[str, Figure]]:
    sectors = sorted({row["sector"] for row in rows if row["sector"]})
    return {sector: _shares([row for row in rows if row["sector"] == sector], reference) for sector in sectors}


def _measures(
    rows: Sequence[Row], sheet: ScoreSheet | None, confusion: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, Any]]:
    """The score and each dimension: groups, comparisons, pairs of standings (the score alone) and trend."""
    missing = message("no_match" if sheet else "no_sheet")
    measures = {"score": _measure(rows, [row["score"] for row in rows], missing, pairs=True)}
    dimensions = {
        name: _measure(rows, [row["dimensions"].get(name) for row in rows], missing, pairs=False)
        for name in (sheet.dimensions if sheet else ())
    }
    for name in _COMPARISONS:
        holm([measured["comparisons"][name] for measured in dimensions.values()])
    holm(list(measures["score"]["pairs"].values()))
    scored = [row for row in rows if row["score"] is not None]
    measures["score"]["adjusted"] = {
        name: adjusted(
            [Case(row["score"], row["label"] in one, row["sector"], row["size"], row["words"]) for row in scored]
        )
        for name, (one, _) in _COMPARISONS.items()
    }
    measures["score"]["sensitivity"] = {
        name: sensitivity(
            [
                Verdict(
                    row["organisation"],
                    row["score"],
                    row["label"] in one,
                    row["needs_review"],
                    error(confusion, row["label"], one),
                )
                for row in scored
            ]
        )
        for name, (one, _) in _COMPARISONS.items()
    }
    # A dimension may itself be called "score": the score keeps the name.
    return measures | {name if name != "score" else "score (dimension)": found for name, found in dimensions.items()}


def _measure(rows: Sequence[Row], values: Sequence[float | None], missing: Message, *, pairs: bool) -> dict[str, Any]:
    def of(key: str, members: Iterable[str]) -> list[float]:
        wanted = set(members)
        return [value for row, value in zip(rows, values, strict=True) if value is not None and row[key] in wanted]

    found = {
        "n": sum(value is not None for value in values),
        "groups": {
            "label": {label: _summary(of("label", [label])) for label in LABELS},
            "standing": {standing: _summary(of("standing", [standing])) for standing in STANDINGS},
        },
        "comparisons": {
            name: compare(of("label", one), of("label", two), missing=missing)
            for name, (one, two) in _COMPARISONS.items()
        },
        "trend": trend([of("standing", [standing]) for standing in STANDINGS], missing=missing),
    }
    if pairs:
        found["pairs"] = {
            name: compare(of("standing", [one]), of("standing", [two]), missing=missing)
            for name, (one, two) in _PAIRS.items()
        }
    return found


def _summary(values: Sequence[float]) -> Figure:
    """A group's mean with Student's 95 % interval (from 5 values on), median, standard deviation and range."""
    import numpy as np
    from scipy.stats import t

    n = len(values)
    method = "mean; Student's t interval, 95 %"
    if not n:
        return figure(0, method, "scipy", mean=None, low=None, high=None, median=None, sd=None, min=None, max=None)
    mean, sd = float(np.mean(values)), float(np.std(values, ddof=1)) if n > 1 else None
    low = high = None
    if sd and n >= SMALLEST_GROUP:
        margin = float(t.ppf((1 + CONFIDENCE) / 2, n - 1)) * sd / n**0.5
        low, high = mean - margin, mean + margin
    return figure(
        n,
        method,
        "scipy",
        mean=mean,
        low=low,
        high=high,
        median=float(np.median(values)),
        sd=sd,
        min=min(values),
        max=max(values),
    )


def _echo(sheet: ScoreSheet | None) -> dict[str, Any] | None:
    """How the score sheet was read."""
    if sheet is None:
        return None
    return {
        "file": sheet.file,
        "sheet": sheet.sheet or None,
        "year": sheet.year,
        "other_sheets": list(sheet.other_sheets),
        "rows": len(sheet.rows),
        "columns": [
            {"name": column.name, "meaning": column.meaning, "values": column.values, "unread": column.unread}
            for column in sheet.columns
        ],
        "dimensions": list(sheet.dimensions),
        "left_out": [{"row": out.row, "text": out.text, "reason": out.reason} for out in sheet.left_out],
    }


def _matched(matching: Matching | None) -> dict[str, Any] | None:
    if matching is None:
        return None
    return {
        "matched": len(matching.matches),
        "doubtful": [
            {
                "file": doubt.result.file,
                "organisation": doubt.result.organisation,
                "candidates": [
                    {"row": row.row, "name": row.organisation, "likeness": likeness}
                    for row, likeness in doubt.candidates
                ],
            }
            for doubt in matching.doubts
        ],
        "conflicts": [
            {
                "files": [result.file for result in conflict.results],
                "rows": [{"row": row.row, "name": row.organisation} for row in conflict.rows],
            }
            for conflict in matching.conflicts
        ],
    }


def _messages(
    results: Sequence[Result],
    counted: Sequence[Result],
    copies: Sequence[tuple[Result, Result]],
    matching: Matching | None,
    sheet: ScoreSheet | None,
) -> list[Message]:
    said: list[Message] = []
    if failed := [result.file for result in results if result.status == "failed"]:
        said.append(message("documents_failed", count=len(failed), of=len(results), files=failed))
    said += [message("identical_copies", file=copy.file, original=original.file) for copy, original in copies]
    said += [
        message("two_strategies", files=[result.file for result in group], organisation=group[0].organisation)
        for group in same_organisation(counted)
    ]
    if sheet is None or matching is None:
        return [*said, message("no_sheet")]
    if sheet.left_out:
        lines = [f"{out.row} ({out.text[:60]})" for out in sheet.left_out]
        said.append(message("rows_left_out", count=len(lines), rows=lines))
    said += [
        message(
            "conflict",
            files=[result.file for result in conflict.results],
            rows=[f"{row.row} ({row.organisation})" for row in conflict.rows],
        )
        for conflict in matching.conflicts
    ]
    said += [
        message(
            "doubtful",
            file=doubt.result.file,
            organisation=doubt.result.organisation,
            candidates=[row.organisation for row, _ in doubt.candidates],
        )
        for doubt in matching.doubts
    ]
    if missing := [result.file for result in matching.unmatched_results]:
        said.append(message("unmatched_strategies", count=len(missing), of=len(counted), files=missing))
    if spare := [row.organisation for row in matching.unmatched_rows]:
        said.append(message("unmatched_scores", count=len(spare), of=len(sheet.rows), names=spare))
    said.append(message("not_causal") if matching.matches else message("no_match"))
    return said
