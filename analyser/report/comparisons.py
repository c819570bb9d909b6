"""The differences between groups in words: who was compared, how large the difference is, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyser.report.locale import Speech
from analyser.report.notices import LIMITS, notices
from analyser.report.robustness import p_value, robustness

REFERENCE_DIFFERENCE = 0.06  # of the reference study: those that name digitalisation a main priority, against the rest


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
            tuple(_sentences(found[key], leads[key], key, speech)),
            tuple(robustness(cohort, key, speech)) if found[key].get("difference") else (),
        )
        for key in titles
        if found.get(key)
    ]


def _sentences(comparison: Mapping[str, Any], lead: str, key: str, speech: Speech) -> list[str]:
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
    if key == "priority_vs_rest":
        said.append(
            _("In the reference study the difference was %(share)s.")
            % {"share": percent(REFERENCE_DIFFERENCE, sign=True)}
        )
    return said
