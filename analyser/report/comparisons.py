"""The differences between groups in words: who was compared, how large the difference is, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyser.report.locale import Speech
from analyser.report.notices import LIMITS, notices
from analyser.report.robustness import p_value, robustness

# Of the study that the charts compare with where no other is given (cohort_charts.py): those that name digitalisation a
# main priority, against the rest.
REFERENCE_DIFFERENCE = 0.06


@dataclass(frozen=True)
class Headline:
    """The difference of those that name digitalisation a main priority from the others, as a figure beside the shares:
    the figure, what it says, and its interval.
    """

    figure: str
    text: str
    interval: str


@dataclass(frozen=True)
class Comparison:
    """One comparison: its heading, what was found, and how far it can be trusted (a sentence each)."""

    title: str
    sentences: tuple[str, ...]
    robustness: tuple[str, ...] = ()


def comparisons(cohort: Mapping[str, Any], speech: Speech) -> list[Comparison]:
    """The comparisons of cohort.json that have anything to say, in words."""
    _ = speech.text
    found = cohort.get("comparisons") or {}
    given = any(row.get("reference") for row in (cohort.get("shares") or {}).values())
    titles = {
        "priority_vs_rest": _("Main priority against the others"),
        "mentioned_vs_none": _("Mentioned against not mentioned"),
    }
    leads = {
        "priority_vs_rest": _(
            "Organisations that name digitalisation a main priority (%(n1)s) scored on average %(mean1)s, the others "
            "(%(n2)s) %(mean2)s."
        ),
        "mentioned_vs_none": _(
            "Organisations that mention digitalisation (%(n1)s) scored on average %(mean1)s, those that do not "
            "(%(n2)s) %(mean2)s."
        ),
    }
    return [
        Comparison(
            titles[key],
            tuple(_sentences(found[key], leads[key], speech, study=key == "priority_vs_rest" and not given)),
            tuple(robustness(cohort, key, speech)) if found[key].get("difference") else (),
        )
        for key in titles
        if found.get(key)
    ]


def headline(cohort: Mapping[str, Any], speech: Speech) -> Headline | None:
    """The main comparison in short; None where there was nothing to test."""
    _, number = speech.text, speech.number
    found = ((cohort.get("comparisons") or {}).get("priority_vs_rest") or {}).get("difference") or {}
    if found.get("value") is None or found.get("low") is None or found.get("high") is None:
        return None
    return Headline(
        number(found["value"], sign=True),
        _("points in maturity where it is a main priority, against the others"),
        _("95%% interval from %(low)s to %(high)s")
        % {"low": number(found["low"], sign=True), "high": number(found["high"], sign=True)},
    )


def _sentences(comparison: Mapping[str, Any], lead: str, speech: Speech, *, study: bool) -> list[str]:
    """What was found; `study` adds the reference study's difference."""
    _, number, percent = speech.text, speech.number, speech.percent
    (n1, n2), (mean1, mean2) = comparison["n"], comparison["means"]
    difference, relative = comparison.get("difference"), comparison.get("relative")
    if not n1 or not n2 or mean1 is None or mean2 is None:
        return [_("One of the groups is empty, so there is nothing to compare.")]
    said = [lead % {"n1": n1, "n2": n2, "mean1": number(mean1), "mean2": number(mean2)}]
    if not isinstance(difference, Mapping) or difference.get("value") is None:
        limits = notices(comparison.get("messages") or [], speech, LIMITS)
        return [*said, *(limits or [_("The groups are too small for a test of the difference.")])]
    values = {
        "points": number(difference["value"], sign=True),
        "low": number(difference.get("low"), sign=True),
        "high": number(difference.get("high"), sign=True),
    }
    said.append(_("The difference is %(points)s points; its 95%% interval runs from %(low)s to %(high)s.") % values)
    relative_ends = [(relative or {}).get(end) for end in ("value", "low", "high")]
    if None not in relative_ends:
        ends = [percent(end, 1, sign=True) for end in relative_ends]
        said.append(
            _("In proportion to the others' mean it is %(relative)s (95%% interval from %(low)s to %(high)s).")
            % dict(zip(("relative", "low", "high"), ends, strict=True))
        )
    chance = {"p": p_value(comparison.get("permutation_p"), speech)}
    low, high = difference.get("low"), difference.get("high")
    if low is not None and high is not None:
        said.append(
            (
                _(
                    "The interval holds zero, so a difference this large can also come about by chance "
                    "(permutation test, %(p)s)."
                )
                if low <= 0 <= high
                else _(
                    "The interval does not hold zero: chance alone seldom makes so large a difference (permutation "
                    "test, %(p)s). Other explanations, and how firm the result is, are told below."
                )
            )
            % chance
        )
    if study:
        said.append(
            _("In a study of some 40 Finnish public organisations the difference was %(share)s.")
            % {"share": percent(REFERENCE_DIFFERENCE, sign=True)}
        )
    return said
