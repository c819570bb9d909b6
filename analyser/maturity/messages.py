"""What there is to say about a cohort, as codes with parameters: report/ says it in the reader's language.

Each message also has its English sentence, so that cohort.json can be read by itself.
"""

from __future__ import annotations

from typing import Any, TypedDict


class Message(TypedDict):
    """A code, the parameters that its sentence needs, and the sentence in English."""

    code: str
    params: dict[str, Any]
    text: str


_TEXTS = {
    "documents_failed": "{count} of {of} documents could not be read and are not counted in the shares: {files}.",
    "identical_copies": "{file} is an identical copy of {original}, which is counted in its place.",
    "two_strategies": (
        "{files} all seem to be strategies of one organisation ({organisation}); each is counted in the shares. "
        "Leave only one of them in the run."
    ),
    "conflict": (
        "{files} and the score rows {rows} cannot be matched one to one, so none of them is compared; "
        "keep one strategy and one row for each organisation."
    ),
    "doubtful": (
        "{file} ({organisation}) may belong to {candidates}; it is left out of the comparisons. "
        "Write the organisation's name the same way in both."
    ),
    "unmatched_strategies": "{count} of {of} strategies have no row in the score sheet: {files}.",
    "unmatched_scores": "{count} of {of} rows of the score sheet have no strategy: {names}.",
    "rows_left_out": "Rows of the score sheet that were not used ({count}): {rows}.",
    "no_sheet": "No score sheet was given, so verdicts are not compared with scores.",
    "no_match": "No strategy could be matched with a row of the score sheet, so nothing is compared.",
    "group_too_small": "Not tested: the groups have {n[0]} and {n[1]} scores, and {smallest} in each are needed.",
    "no_variation": "Scores do not vary within the groups, so there is no standardised difference, interval or t-test.",
    "relative_undefined": "No relative difference: it needs scores of 0 or more and a comparison mean above 0.",
    "too_few_for_trend": "No trend: it needs at least {smallest} scores in at least two of the standings.",
    "constant": "All scores are equal, so there is no trend to estimate.",
    "no_covariates": "Not adjusted: the score sheet gives neither sectors nor sizes that differ.",
    "inseparable": "Not adjusted: sector, size and length tell nothing apart that the groups themselves do not.",
    "too_few_for_model": (
        "Not adjusted: {n} organisations with all particulars are too few for the model, which needs {needed}."
    ),
    "not_causal": (
        "A difference between the groups does not show which is cause and which is effect; "
        "digitalisation is not a goal in itself."
    ),
}


def message(code: str, /, **params: Any) -> Message:
    """The message of a code; lists in its parameters are written with commas in the English sentence."""
    said = {
        name: ", ".join(map(str, value)) if isinstance(value, list) and name != "n" else value
        for name, value in params.items()
    }
    return Message(code=code, params=params, text=_TEXTS[code].format(**said))
