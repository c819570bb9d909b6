"""What cohort.json's messages say to a reader: each code of the statistics in the report's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analyser.report.locale import Speech, message

# Codes that the report tells in another way (lists of its own, the note below the comparisons) are not here.
NOTICES = {
    "identical_copies": message("%(file)s is an identical copy of %(original)s, which is counted in its place."),
    "two_strategies": message(
        "%(files)s seem to be strategies of one organisation (%(organisation)s), and each is counted in the shares. "
        "Leave only one of them in the run."
    ),
    "conflict": message(
        "%(files)s and the score rows %(rows)s cannot be matched one to one, so none of them is compared. Keep one "
        "strategy and one row for each organisation."
    ),
    "doubtful": message(
        "%(file)s (%(organisation)s) may belong to %(candidates)s, so it is left out of the comparisons. Decide in "
        "mapping.csv, or write the organisation's name the same way in both."
    ),
    "rows_left_out": message("%(count)s rows of the score sheet were not used: %(rows)s."),
}
LIMITS = {
    "no_sheet": message("No score sheet was given, so verdicts are not compared with scores."),
    "no_match": message("No strategy could be matched with a row of the score sheet, so nothing is compared."),
    "group_too_small": message(
        "The difference is not tested: the groups have %(one)s and %(two)s scores, and each needs at least "
        "%(smallest)s."
    ),
    "no_variation": message("Scores do not vary within the groups, so the difference has no interval and no test."),
    "too_few_for_trend": message(
        "Whether scores rise with the standing is not tested: it needs at least %(smallest)s scores in at least two of "
        "the standings."
    ),
    "constant": message("All scores are equal, so there is no trend to estimate."),
    "no_covariates": message(
        "The difference is not adjusted: the score sheet gives neither sectors nor sizes that differ."
    ),
    "inseparable": message(
        "The difference is not adjusted: sector, size and length tell nothing apart that the groups do not."
    ),
    "too_few_for_model": message(
        "The difference is not adjusted: %(n)s organisations with all particulars are too few, %(needed)s are needed."
    ),
    "relative_undefined": message("There is no relative difference: it needs scores of 0 or more and a mean above 0."),
}


def notices(messages: Sequence[Mapping[str, Any]], speech: Speech, known: Mapping[str, str] = NOTICES) -> list[str]:
    """The messages whose code is in `known`, as sentences; one with a parameter missing falls back on its English."""
    said = []
    for told in messages:
        if told.get("code") in known:
            values = {name: _words(value) for name, value in (told.get("params") or {}).items()}
            if isinstance(n := (told.get("params") or {}).get("n"), list) and len(n) == 2:
                values |= {"one": str(n[0]), "two": str(n[1])}
            try:
                said.append(speech.text(known[told["code"]]) % values)
            except KeyError:
                said.append(str(told.get("text", "")))
    return said


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
