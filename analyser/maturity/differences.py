"""How two groups' scores differ: effect sizes with intervals, and tests."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyser.maturity.bootstrap import SMALLEST_FOR_BOOTSTRAP, Statistic, constant, interval
from analyser.maturity.figures import CONFIDENCE, Figure, figure, finite
from analyser.maturity.messages import Message, message
from analyser.maturity.permutation import permutation_test

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

SMALLEST_GROUP = 5
"""A group with fewer scores is shown and not tested."""

MEANS = Statistic("difference of means")


def compare(first: Sequence[float], second: Sequence[float], *, missing: Message | None = None) -> Figure:
    """How the first group's scores differ from the second's.

    `{"n", "means", "medians", "sds", "difference", "relative", "median_difference", "hedges_g", "cliffs_delta",
    "welch_p", "permutation_p", "tests", "why", "messages"}`. `difference` is first minus second, in points; `relative`
    the ratio of the means minus 1 (0.06: 6 % better). What cannot be computed is None, and `why` says in English, and
    `messages` by their codes, for what reason. `missing` is the reason to give where there are no scores at all.
    Nothing is raised and nothing is NaN.
    """
    import numpy as np

    one, two = (np.asarray(values, dtype=float) for values in (first, second))
    n = [len(one), len(two)]
    found: Figure = {
        "n": n,
        "means": [finite(float(np.mean(group))) if len(group) else None for group in (one, two)],
        "medians": [finite(float(np.median(group))) if len(group) else None for group in (one, two)],
        "sds": [finite(float(np.std(group, ddof=1))) if len(group) > 1 else None for group in (one, two)],
        **dict.fromkeys(("difference", "relative", "median_difference", "hedges_g", "cliffs_delta")),
        **dict.fromkeys(("welch_p", "permutation_p")),
        "tests": {},
    }
    if missing and not any(n):
        return _because(found, missing)
    if min(n) < SMALLEST_GROUP:
        return _because(found, message("group_too_small", n=n, smallest=SMALLEST_GROUP))

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Nearly constant scores make scipy warn of lost precision; what is not a finite number becomes None below.
        warnings.simplefilter("ignore")
        return _tested(found, one, two)


def _tested(found: Figure, one: Values, two: Values) -> Figure:
    """The comparison of two groups that are large enough to test."""
    found["difference"] = interval(one, two, MEANS)
    found["median_difference"] = interval(one, two, Statistic("difference of medians", "median"))
    found["cliffs_delta"] = _cliffs_delta(one, two)
    found["tests"]["permutation"] = permutation_test(one, two)
    found["permutation_p"] = found["tests"]["permutation"]["p"]
    whys = []
    if min(one.min(), two.min()) < 0 or two.mean() <= 0:
        whys.append(message("relative_undefined"))
    else:
        found["relative"] = interval(one, two, Statistic("ratio of means minus 1", relative=True))
    if constant(one) and constant(two):
        whys.append(message("no_variation"))
    else:
        found["hedges_g"] = hedges_g(one, two)
        found["tests"]["welch"] = _welch(one, two)
        found["welch_p"] = found["tests"]["welch"]["p"]
    return _because(found, *whys)


def holm(comparisons: Sequence[Figure]) -> None:
    """Adds `welch_p_holm` and `permutation_p_holm` to comparisons made together (None where there is no p-value).

    Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).
    """
    from statsmodels.stats.multitest import multipletests

    for test in ("welch_p", "permutation_p"):
        tested = [found for found in comparisons if found[test] is not None]
        adjusted = multipletests([found[test] for found in tested], method="holm")[1] if tested else []
        for found in comparisons:
            found[f"{test}_holm"] = None
        for found, p in zip(tested, adjusted, strict=True):
            found[f"{test}_holm"] = float(p)


def _because(found: Figure, *reasons: Message) -> Figure:
    """The figure with the reasons for what it lacks, as one English sentence and as codes."""
    return {**found, "why": " ".join(reason["text"] for reason in reasons) or None, "messages": list(reasons)}


def hedges_g(one: Values, two: Values) -> Figure:
    """The standardised difference of means, corrected for small samples, with a normal interval.

    Source: Hedges, Distribution theory for Glass's estimator of effect size, J. Educational Statistics 6 (1981).
    """
    import numpy as np
    from scipy.stats import norm
    from statsmodels.stats.meta_analysis import effectsize_smd

    g, variance = effectsize_smd(one.mean(), one.std(ddof=1), len(one), two.mean(), two.std(ddof=1), len(two))
    margin = float(norm.ppf((1 + CONFIDENCE) / 2) * np.sqrt(variance))
    return figure(
        [len(one), len(two)],
        "Hedges' g, normal interval, 95 %",
        "statsmodels",
        value=float(g),
        low=float(g) - margin,
        high=float(g) + margin,
    )


def _cliffs_delta(one: Values, two: Values) -> Figure:
    """How much oftener a score of the first group is the higher one than the lower one: −1 to 1.

    Source: Cliff, Dominance statistics, Psychological Bulletin 114 (1993); from the Mann–Whitney U.
    """
    from scipy.stats import mannwhitneyu

    u = float(mannwhitneyu(one, two).statistic)
    return figure([len(one), len(two)], "Cliff's delta", "scipy", value=2 * u / (len(one) * len(two)) - 1)


def _welch(one: Values, two: Values) -> Figure:
    """Welch's t-test, two-sided (Welch, Biometrika 34, 1947)."""
    from scipy.stats import ttest_ind

    test = ttest_ind(one, two, equal_var=False)
    n = [len(one), len(two)]
    few = f"; with under {SMALLEST_FOR_BOOTSTRAP} skewed scores in a group it finds too much: see the permutation test"
    return figure(
        n,
        "Welch's t-test, two-sided" + (few if min(n) < SMALLEST_FOR_BOOTSTRAP else ""),
        "scipy",
        t=float(test.statistic),
        df=float(test.df),
        p=float(test.pvalue),
    )
