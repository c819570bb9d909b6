"""How far a difference can be trusted, in words: what else might explain it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analyser.report.locale import Speech, message
from analyser.report.notices import LIMITS, notices

COVARIATES = {
    "sector": message("sector"),
    "log size": message("size"),
    "log words": message("length of the strategy"),
}
NOT_ADJUSTED = {
    "group_too_small": message(
        "The difference is not adjusted: with all particulars known the groups have only %(one)s and %(two)s scores."
    ),
    **{code: LIMITS[code] for code in ("no_covariates", "inseparable", "too_few_for_model")},
}
LARGER, AS_LARGE, HALF = 1.25, 0.8, 0.5
"""Adjusted difference beside the raw one: from how many times as large it is said to be larger, alike, or partly so."""
SIGNIFICANT = 0.05
UNBALANCED = 0.1
"""From how large a standardised difference on groups are said to differ in a covariate (Austin 2009)."""


def p_value(p: float | None, speech: Speech) -> str:
    """`p = 0,012`, or `p < 0,001`."""
    if p is not None and p < 0.001:
        return f"p < {speech.number(0.001, 3)}"
    return f"p = {speech.number(p, 3)}"


def robustness(cohort: Mapping[str, Any], key: str, speech: Speech) -> list[str]:
    """Sentences on the comparison `key` of the score: with sector and size held equal, and what would change it."""
    score = (cohort.get("measures") or {}).get("score") or {}
    adjusted, sensitivity = ((score.get(part) or {}).get(key) or {} for part in ("adjusted", "sensitivity"))
    return [*_dimensions(cohort, key, speech), *_adjusted(adjusted, speech), *_sensitivity(sensitivity, speech)]


def trend(cohort: Mapping[str, Any], speech: Speech) -> list[str]:
    """Sentences on whether scores rise with the standing; none where there are no scores."""
    found = ((cohort.get("measures") or {}).get("score") or {}).get("trend") or {}
    kendall, jonckheere = found.get("kendall_tau_b"), found.get("jonckheere")
    if not kendall or kendall.get("value") is None:
        limits = {code: LIMITS[code] for code in ("too_few_for_trend", "constant")}
        return notices(found.get("messages") or [], speech, limits)
    _ = speech.text
    low, high = kendall.get("low"), kendall.get("high")
    if low is not None and low > 0:
        said = _("On the whole, the higher the standing of digitalisation in the strategy, the higher the scores.")
    elif high is not None and high < 0:
        said = _("On the whole, the higher the standing of digitalisation in the strategy, the lower the scores.")
    else:
        said = _("Scores neither clearly rise nor clearly fall with the standing.")
    values = {
        "tau": speech.number(kendall["value"], 2, sign=True),
        "low": speech.number(low, 2, sign=True),
        "high": speech.number(high, 2, sign=True),
        "p": p_value((jonckheere or {}).get("p"), speech),
        "n": sum(found["n"]),
    }
    figures = _(
        "For %(n)s organisations Kendall's tau-b is %(tau)s (95%% interval from %(low)s to %(high)s); "
        "Jonckheere–Terpstra test, %(p)s."
    )
    return [said, figures % values]


def references(cohort: Mapping[str, Any], speech: Speech) -> list[str]:
    """A sentence for each share that is compared with a previous study's."""
    _ = speech.text
    leads = {
        "mention": _(
            "%(share)s mention digitalisation; in the earlier study %(reference)s did (exact binomial test, %(p)s)."
        ),
        "priority": _(
            "%(share)s name digitalisation a main priority; in the earlier study %(reference)s did (exact binomial "
            "test, %(p)s)."
        ),
    }
    said = []
    for key, lead in leads.items():
        share = (cohort.get("shares") or {}).get(key) or {}
        reference = share.get("reference")
        if not isinstance(reference, Mapping) or share.get("share") is None:
            continue
        values = {
            "share": speech.percent(share["share"]),
            "reference": speech.percent(reference["share"]),
            "p": p_value(reference["p"], speech),
        }
        chance = (
            _("So large a difference from it is hardly mere chance.")
            if (reference["p"] or 0) < SIGNIFICANT
            else _("The difference from it can also come about by chance.")
        )
        said.append(f"{lead % values} {chance}")
    return said


def _dimensions(cohort: Mapping[str, Any], key: str, speech: Speech) -> Iterator[str]:
    """In which dimensions the groups differ, once it is allowed for that so many are tested together."""
    dimensions = (cohort.get("sheet") or {}).get("dimensions") or []
    tested = {}
    for name in dimensions:
        measure = cohort["measures"].get("score (dimension)" if name == "score" else name) or {}
        p = ((measure.get("comparisons") or {}).get(key) or {}).get("permutation_p_holm")
        if p is not None:
            tested[name] = p
    differing = [name for name, p in tested.items() if p < SIGNIFICANT]
    _ = speech.text
    if differing:
        yield _(
            "The groups differ significantly in these of the %(count)s dimensions: %(names)s (permutation tests at "
            "5%%, Holm's correction)."
        ) % {"count": len(tested), "names": speech.enumeration(differing)}
    elif tested:
        yield _(
            "The groups differ significantly in none of the %(count)s dimensions (permutation tests at 5%%, Holm's "
            "correction)."
        ) % {"count": len(tested)}


def _widest(balance: Sequence[Mapping[str, Any]]) -> tuple[str, float] | None:
    """The covariate in which the groups differ most, and by how much; none where all are alike."""
    gaps = [
        (entry["covariate"].partition(":")[0], abs(entry["standardised_difference"]))
        for entry in balance
        if entry.get("standardised_difference") is not None
    ]
    widest = max(gaps, key=lambda gap: gap[1], default=("", 0.0))
    return widest if widest[1] >= UNBALANCED else None


def _adjusted(found: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    _, number = speech.text, speech.number
    adjusted, raw = found.get("adjusted"), found.get("raw")
    if not adjusted or adjusted.get("value") is None or not raw:
        yield from notices(found.get("messages") or [], speech, NOT_ADJUSTED)
        return
    kinds = dict.fromkeys("sector" if name.startswith("sector:") else name for name in found["covariates"])
    yield _(
        "With these held equal: %(covariates)s, the difference is %(points)s points (95%% interval from %(low)s to "
        "%(high)s); as it stands, among the same %(n)s organisations, %(raw)s."
    ) % {
        "covariates": speech.enumeration([_(COVARIATES.get(kind, kind)) for kind in kinds]),
        "points": speech.number(adjusted["value"], sign=True),
        "low": speech.number(adjusted["low"], sign=True),
        "high": speech.number(adjusted["high"], sign=True),
        "raw": speech.number(raw["value"], sign=True),
        "n": sum(found["n"]),
    }
    if gap := _widest(found.get("balance") or []):
        yield _("Of these the groups differ most in %(covariate)s: by %(gap)s standard deviations.") % {
            "covariate": _(COVARIATES.get(gap[0], gap[0])),
            "gap": number(gap[1], 2),
        }
    if raw["value"]:
        yield _(_change(adjusted["value"] / raw["value"]))
    if permutation := found.get("stratified_permutation"):
        yield _("A permutation test within sectors gives %(p)s.") % {"p": p_value(permutation["p"], speech)}


def _change(times: float) -> str:
    """What holding the rest equal did to a difference that became so many times as large."""
    if times < 0:
        return message("Once these are held equal, the difference turns round.")
    if times < HALF:
        return message("More than half of the difference goes with these, not with what the strategy says.")
    if times < AS_LARGE:
        return message("A part of the difference goes with these.")
    if times <= LARGER:
        return message("These change the difference little.")
    return message("Once these are held equal, the difference is larger.")


def _sensitivity(found: Mapping[str, Any], speech: Speech) -> Iterator[str]:
    _, number, percent = speech.text, speech.number, speech.percent
    without, turned = found.get("without_review"), found.get("review_flipped")
    if without and turned:
        yield _(
            "Without the verdicts that need review the difference is %(without)s points (%(one)s organisations against "
            "%(two)s), and with each of them turned round %(turned)s."
        ) % {
            "without": number(without["value"], sign=True),
            "turned": number(turned["value"], sign=True),
            "one": without["n"][0],
            "two": without["n"][1],
        }
    if (one := found.get("leave_one_out")) and one.get("least") is not None:
        values = {
            "least": number(one["least"], sign=True),
            "greatest": number(one["greatest"], sign=True),
            "names": speech.enumeration([entry["organisation"] for entry in one["most"][:3]]),
        }
        yield (
            _(
                "Leaving out a single organisation can turn the difference round: it then lies between %(least)s and "
                "%(greatest)s points. Moved most by: %(names)s."
            )
            if one["least"] * one["greatest"] < 0
            else _(
                "Whichever single organisation is left out, the difference stays between %(least)s and %(greatest)s "
                "points. Moved most by: %(names)s."
            )
        ) % values
    wrong = found.get("misclassification") or {}
    if (wrong.get("p") or 1) < SIGNIFICANT:
        if wrong.get("rate"):
            yield _("It would no longer be statistically significant if about %(rate)s of the verdicts were wrong.") % {
                "rate": percent(wrong["rate"])
            }
        else:
            yield _("It would be statistically significant even if 30%% of the verdicts were wrong.") % {}
        if wrong.get("known") is not None:
            yield _(
                "The program's error measured on its own coded strategies would make about %(known)s of them wrong; "
                "the difference is significant in %(share)s of cohorts simulated with that error."
            ) % {"known": percent(wrong["known"]), "share": percent(wrong["known_significant"])}
    if (detectable := found.get("detectable")) and detectable.get("value"):
        yield _(
            "So many organisations would show a difference of at least %(points)s points with 80%% power; a smaller "
            "one may well go unseen."
        ) % {"points": number(detectable["value"])}
