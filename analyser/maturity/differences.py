"""How two groups' scores differ: effect sizes with intervals, and tests.

Intervals of the difference of means, the relative difference and the difference of medians are bias-corrected and
accelerated bootstrap intervals (Efron, Better bootstrap confidence intervals, JASA 82, 1987), widened for small samples
as Hesterberg has it (What teachers should know about the bootstrap, American Statistician 69, 2015): with 15 scores
against 27 skewed ones, the plain interval covers the truth in 92 % of samples, the widened one in 95 %. The seed is
fixed, so that the same scores always give the same figures.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from analyser.maturity.figures import CONFIDENCE, Figure, figure, finite
from analyser.maturity.messages import Message, message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

SMALLEST_GROUP = 5
"""A group with fewer scores is shown and not tested."""

_SEED = 20_261_123
_RESAMPLES = 9_999
_RESAMPLES_OF_LARGE = 1_999
_LARGE = 2_000
_CELLS_AT_ONCE = 4_000_000
"""How many resampled values are held in memory at once."""


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
    found["difference"] = _interval(one, two, _mean_difference, "difference of means")
    found["median_difference"] = _interval(one, two, _median_difference, "difference of medians")
    found["cliffs_delta"] = _cliffs_delta(one, two)
    found["tests"]["permutation"] = _permutation(one, two)
    found["permutation_p"] = found["tests"]["permutation"]["p"]
    whys = []
    if min(one.min(), two.min()) < 0 or two.mean() <= 0:
        whys.append(message("relative_undefined"))
    else:
        found["relative"] = _interval(one, two, _relative_difference, "ratio of means minus 1")
    if _constant(one) and _constant(two):
        whys.append(message("no_variation"))
    else:
        found["hedges_g"] = _hedges_g(one, two)
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


def _constant(values: Values) -> bool:
    """Whether the values differ by no more than the rounding of their sums (which no test survives)."""
    import numpy as np

    return float(np.ptp(values)) <= 1e-9 * max(float(np.abs(values).max()), 1e-90)


def _because(found: Figure, *reasons: Message) -> Figure:
    """The figure with the reasons for what it lacks, as one English sentence and as codes."""
    return {**found, "why": " ".join(reason["text"] for reason in reasons) or None, "messages": list(reasons)}


def _mean_difference(one: Values, two: Values, axis: int = -1) -> Values:
    difference: Values = one.mean(axis=axis) - two.mean(axis=axis)
    return difference


def _median_difference(one: Values, two: Values, axis: int = -1) -> Values:
    import numpy as np

    difference: Values = np.median(one, axis=axis) - np.median(two, axis=axis)
    return difference


def _relative_difference(one: Values, two: Values, axis: int = -1) -> Values:
    ratio: Values = one.mean(axis=axis) / two.mean(axis=axis) - 1
    return ratio


def _interval(one: Values, two: Values, statistic: Callable[..., Any], what: str) -> Figure:
    """A statistic of two samples with its 95 % BCa interval; the percentile interval where BCa is undefined."""
    import numpy as np
    from scipy.stats import bootstrap

    n = [len(one), len(two)]
    value = float(statistic(one, two))
    if _constant(one) and _constant(two):
        return figure(
            n,
            f"{what}; no interval, as scores do not vary within the groups",
            "numpy",
            value=value,
            low=None,
            high=None,
        )
    resamples = _RESAMPLES if sum(n) <= _LARGE else _RESAMPLES_OF_LARGE
    level = _widened(one, two)
    for method in ("BCa", "percentile"):
        interval = bootstrap(
            (one, two),
            statistic,
            n_resamples=resamples,
            batch=max(1, _CELLS_AT_ONCE // sum(n)),
            vectorized=True,
            confidence_level=level,
            method=method,
            rng=np.random.default_rng(_SEED),
        ).confidence_interval
        if np.isfinite(interval.low) and np.isfinite(interval.high):
            break
    how = f"{what}; {method} bootstrap interval, 95 %, widened for small samples, {resamples} resamples"
    return figure(n, how, "scipy", value=value, low=float(interval.low), high=float(interval.high))


def _widened(one: Values, two: Values) -> float:
    """The nominal level at which a bootstrap interval is as wide as a t interval is beside a normal one.

    The bootstrap's spread lacks the factor n / (n − 1), and its quantiles are a normal's, not a t's; the degrees of
    freedom are Welch and Satterthwaite's.
    """
    import numpy as np
    from scipy.stats import norm, t

    squares = [(group.var(ddof=1) / len(group), len(group)) for group in (one, two)]
    whole = sum(square for square, _ in squares)
    df = whole**2 / sum(square**2 / (n - 1) for square, n in squares)
    short = np.sqrt(whole / sum(square * (n - 1) / n for square, n in squares))
    return float(1 - 2 * norm.sf(t.ppf((1 + CONFIDENCE) / 2, df) * short))


def _hedges_g(one: Values, two: Values) -> Figure:
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
    return figure(
        [len(one), len(two)],
        "Welch's t-test, two-sided",
        "scipy",
        t=float(test.statistic),
        df=float(test.df),
        p=float(test.pvalue),
    )


def _permutation(one: Values, two: Values) -> Figure:
    """Permutation test of the difference of means, two-sided; exact where the permutations are few."""
    import numpy as np
    from scipy.stats import permutation_test

    n = [len(one), len(two)]
    resamples = _RESAMPLES if sum(n) <= _LARGE else _RESAMPLES_OF_LARGE
    test = permutation_test(
        (one, two),
        _mean_difference,
        vectorized=True,
        n_resamples=resamples,
        batch=max(1, _CELLS_AT_ONCE // sum(n)),
        rng=np.random.default_rng(_SEED),
    )
    return figure(
        n,
        f"permutation test of the difference of means, two-sided, at most {resamples} permutations",
        "scipy",
        p=float(test.pvalue),
    )
