"""Each statistic against an independent reference: another library, a published example, or counting it out."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from analyser.maturity.differences import compare, holm
from analyser.maturity.shares import share
from analyser.maturity.trend import jonckheere, kendall, trend

ONE = [61.2, 55.1, 70.4, 58.8, 63.9, 49.7, 66.0]
TWO = [52.3, 58.1, 47.7, 60.2, 55.5, 51.9, 44.8, 57.3, 53.3]
LONG = [*ONE, *(50 + n**2 / 4 for n in range(9))]
LONGER = [*TWO, *(46 + n**2 / 5 for n in range(10))]
EXACT = {"rel": 1e-9, "abs": 1e-12}


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_published(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)
    assert (round(found["low"], 4), round(found["high"], 4)) == (low, high)


def test_wilson_interval_by_its_formula() -> None:
    z, n, p = stats.norm.ppf(0.975), 42, 30 / 42
    centre, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    found = share(30, 42)
    assert found["low"] == pytest.approx((centre - half) / (1 + z**2 / n), **EXACT)
    assert found["high"] == pytest.approx((centre + half) / (1 + z**2 / n), **EXACT)
    assert (found["n"], found["of"], found["share"]) == (30, 42, 30 / 42)


def test_a_share_against_a_previous_study() -> None:
    found = share(15, 42, reference=0.36)["reference"]
    likelihoods = stats.binom.pmf(np.arange(43), 42, 0.36)
    assert found["p"] == pytest.approx(likelihoods[likelihoods <= likelihoods[15] * (1 + 1e-7)].sum(), **EXACT)
    assert found["difference"] == pytest.approx(15 / 42 - 0.36, **EXACT)


def test_a_share_of_nothing_is_none() -> None:
    found = share(0, 0)
    assert [found[key] for key in ("of", "share", "low", "high")] == [0, None, None, None]


def test_difference_and_welch_as_statsmodels_has_them() -> None:
    found, reference = compare(ONE, TWO), CompareMeans(DescrStatsW(ONE), DescrStatsW(TWO))
    t, p, df = reference.ttest_ind(usevar="unequal")
    assert found["difference"]["value"] == pytest.approx(np.mean(ONE) - np.mean(TWO), **EXACT)
    assert found["relative"]["value"] == pytest.approx(np.mean(ONE) / np.mean(TWO) - 1, **EXACT)
    assert found["median_difference"]["value"] == pytest.approx(np.median(ONE) - np.median(TWO), **EXACT)
    welch = found["tests"]["welch"]
    assert (welch["t"], welch["p"], welch["df"]) == (
        pytest.approx(t, **EXACT),
        pytest.approx(p, **EXACT),
        pytest.approx(df, **EXACT),
    )
    assert found["welch_p"] == welch["p"]


def test_hedges_g_by_its_formula() -> None:
    n, m = len(ONE), len(TWO)
    pooled = math.sqrt(((n - 1) * np.var(ONE, ddof=1) + (m - 1) * np.var(TWO, ddof=1)) / (n + m - 2))
    g = (np.mean(ONE) - np.mean(TWO)) / pooled * (1 - 3 / (4 * (n + m) - 9))
    variance = (n + m) / (n * m) + g**2 / (2 * (n + m - 3.94))
    found = compare(ONE, TWO)["hedges_g"]
    assert found["value"] == pytest.approx(g, **EXACT)
    assert found["low"] == pytest.approx(g - stats.norm.ppf(0.975) * math.sqrt(variance), **EXACT)
    assert found["high"] == pytest.approx(g + stats.norm.ppf(0.975) * math.sqrt(variance), **EXACT)


def test_cliffs_delta_counted_out() -> None:
    pairs = [(a > b) - (a < b) for a in ONE for b in TWO]
    assert compare(ONE, TWO)["cliffs_delta"]["value"] == pytest.approx(sum(pairs) / len(pairs), **EXACT)


def counted_out(one: list[float], two: list[float]) -> float:
    """The p-value of the permutation test of Welch's t, over every way to share the scores out."""
    pool, places = [*one, *two], range(len(one) + len(two))
    shared = [
        stats.ttest_ind([pool[i] for i in chosen], [pool[i] for i in places if i not in chosen], equal_var=False)
        for chosen in combinations(places, len(one))
    ]
    observed = abs(stats.ttest_ind(one, two, equal_var=False).statistic)
    return float(np.mean([abs(test.statistic) >= observed * (1 - 1e-9) for test in shared]))


@pytest.mark.parametrize(("one", "two"), [(ONE[:5], TWO[:5]), (ONE[:5], TWO[:7]), (TWO[:6], ONE[:5])])
def test_permutation_test_counted_out(one: list[float], two: list[float]) -> None:
    assert compare(one, two)["permutation_p"] == pytest.approx(counted_out(one, two), **EXACT)


@pytest.mark.parametrize(("one", "two"), [(ONE[:5], TWO[:5]), (ONE[:5], TWO[:7]), (TWO[:6], ONE[:5])])
def test_a_small_groups_interval_holds_what_the_permutation_test_does_not_reject(
    one: list[float], two: list[float]
) -> None:
    found = compare(one, two)
    for end, outward in (("low", -1e-6), ("high", 1e-6)):
        difference, ratio = found["difference"][end], 1 + found["relative"][end]
        assert counted_out([value - difference + outward for value in one], two) >= 0.05
        assert counted_out([value - difference - outward for value in one], two) < 0.05
        assert counted_out(one, [value * (ratio - outward) for value in two]) >= 0.05
        assert counted_out(one, [value * (ratio + outward) for value in two]) < 0.05


def test_a_ratio_to_scores_that_may_as_well_be_nought_has_no_upper_end() -> None:
    found = compare([5.0, 9.0, 7.0, 6.0, 8.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0])["relative"]
    assert (found["low"], found["high"]) == (pytest.approx(found["low"]), None)
    nothing = compare([0.0] * 5, [3.0, 4.0, 2.0, 5.0, 3.0, 4.0])["relative"]
    assert -1 == nothing["value"] == nothing["low"] <= nothing["high"] < 0


def test_bca_interval_as_computed_step_by_step() -> None:
    """Efron & Tibshirani, An introduction to the bootstrap (1993), chapter 14, with other random numbers.

    The ends are at a t's quantiles instead of a normal's, widened by what a bootstrap's spread falls short.
    """
    rng, one, two = np.random.default_rng(1), np.array(LONG), np.array(LONGER)
    drawn = rng.choice(one, (200_000, len(one))).mean(axis=1) / rng.choice(two, (200_000, len(two))).mean(axis=1) - 1
    value = one.mean() / two.mean() - 1
    bias = stats.norm.ppf(np.mean(drawn < value))
    left_out = [
        [np.mean(np.delete(one, i)) / two.mean() - 1 for i in range(len(one))],
        [one.mean() / np.mean(np.delete(two, i)) - 1 for i in range(len(two))],
    ]
    influence = [(len(jack) - 1) * (np.mean(jack) - np.array(jack)) for jack in left_out]
    top = sum((u**3).sum() / len(u) ** 3 for u in influence)
    acceleration = top / (6 * sum((u**2).sum() / len(u) ** 2 for u in influence) ** 1.5)
    ends = []
    spreads = [one.var() / (len(one) - 1), two.var() / (len(two) - 1)]
    short = math.sqrt(sum(spreads) / (one.var() / len(one) + two.var() / len(two)))
    end = stats.t.ppf(0.975, compare(LONG, LONGER)["tests"]["welch"]["df"]) * short
    for z in (-end, end):
        ends.append(np.quantile(drawn, stats.norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))))
    found = compare(LONG, LONGER)["relative"]
    assert "BCa" in found["method"]
    assert (found["low"], found["high"]) == (pytest.approx(ends[0], abs=0.006), pytest.approx(ends[1], abs=0.006))


def test_holm_by_its_definition() -> None:
    comparisons = [{"welch_p": p, "permutation_p": None} for p in (0.01, 0.04, None, 0.03)]
    holm(comparisons)
    adjusted = [found["welch_p_holm"] for found in comparisons]
    assert adjusted == [pytest.approx(0.03, **EXACT), pytest.approx(0.06, **EXACT), None, pytest.approx(0.06, **EXACT)]
    assert {found["permutation_p_holm"] for found in comparisons} == {None}


def test_jonckheere_as_published() -> None:
    """Hollander, Wolfe & Chicken (2014), example 6.2, from Hundal (1969): J = 79."""
    none, rough, accurate = [40, 35, 38, 43, 44, 41], [38, 40, 47, 44, 40, 42], [48, 40, 45, 43, 46, 44]
    found = jonckheere([none, rough, accurate])
    assert found["statistic"] == 79
    assert found["p"] / 2 == pytest.approx(0.021, abs=0.001)


def test_jonckheere_variance_counted_out_with_ties() -> None:
    pool, sizes = [3.0, 3.0, 5.0, 1.0, 5.0, 5.0, 8.0], (2, 2, 3)

    def split(values: tuple[float, ...]) -> list[list[float]]:
        return [list(values[:2]), list(values[2:4]), list(values[4:])]

    statistics = [jonckheere(split(order))["statistic"] for order in sorted(set(permutations(pool)))]
    weights = np.ones(len(statistics))  # distinct orders of a multiset are equally likely
    mean = np.average(statistics, weights=weights)
    sd = math.sqrt(np.average((np.array(statistics) - mean) ** 2, weights=weights))
    found = jonckheere(split(tuple(pool)))
    assert found["z"] == pytest.approx((found["statistic"] - mean) / sd, **EXACT)
    assert sum(sizes) == len(pool)


def test_kendall_counted_out() -> None:
    groups = [[1.0, 4.0, 2.0], [3.0, 4.0], [5.0, 2.0, 6.0]]
    cases = [(place, score) for place, group in enumerate(groups) for score in group]
    signs = [((a[0] > b[0]) - (a[0] < b[0]), (a[1] > b[1]) - (a[1] < b[1])) for a, b in combinations(cases, 2)]
    tau = sum(x * y for x, y in signs) / math.sqrt(sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs))
    found = kendall(groups)
    assert found["value"] == pytest.approx(tau, **EXACT)
    half = stats.norm.ppf(0.975) * math.sqrt(0.437 / (len(cases) - 4))
    assert math.atanh(found["high"]) - math.atanh(found["value"]) == pytest.approx(half, **EXACT)


@pytest.mark.parametrize("groups", [([1.0] * 4, ONE), ([], TWO), ([], []), ([3.0], [])])
def test_a_group_under_five_is_shown_and_not_tested(groups: tuple[list[float], list[float]]) -> None:
    found = compare(*groups)
    assert found["n"] == [len(group) for group in groups]
    assert found["means"] == [pytest.approx(np.mean(group)) if group else None for group in groups]
    assert [found[key] for key in ("difference", "relative", "hedges_g", "welch_p", "permutation_p")] == [None] * 5
    assert "5 in each are needed" in found["why"]
    assert found["messages"][0]["code"] == "group_too_small"


def test_equal_scores_have_a_difference_and_no_standardised_one() -> None:
    found = compare([7.0] * 6, [7.0] * 5)
    assert (found["difference"]["value"], found["difference"]["low"], found["permutation_p"]) == (0.0, None, 1.0)
    assert (found["hedges_g"], found["welch_p"]) == (None, None)
    assert "do not vary" in found["why"]


def test_scores_below_zero_have_no_relative_difference() -> None:
    found = compare([-1.0, 2.0, 3.0, 4.0, 5.0], TWO)
    assert found["relative"] is None
    assert "relative" in found["why"]


def everything_in(found: object) -> list[object]:
    if isinstance(found, dict):
        return [leaf for value in found.values() for leaf in everything_in(value)]
    if isinstance(found, list):
        return [leaf for value in found for leaf in everything_in(value)]
    return [found]


_values = st.one_of(st.floats(-1e6, 1e6), st.floats(0, 100), st.sampled_from([0.0, 50.0, 50.000000000000007]))
_scores = st.lists(_values, min_size=5, max_size=9) | st.lists(st.sampled_from([0.1, 50.0]), max_size=7)


@settings(max_examples=40, deadline=None)
@given(_scores, _scores)
def test_whatever_the_scores_no_nan_no_warning_and_always_the_same(one: list[float], two: list[float]) -> None:
    found = [compare(one, two), trend([one, two])]
    assert all(math.isfinite(leaf) for leaf in everything_in(found) if isinstance(leaf, float))
    assert found == [compare(one, two), trend([one, two])]


@pytest.mark.parametrize("groups", [[[5.0] * 5, [5.0] * 6], [[1.0, 2.0], [3.0]], [[], []]])
def test_no_trend_where_there_is_none_to_estimate(groups: list[list[float]]) -> None:
    found = trend(groups)
    assert (found["kendall_tau_b"], found["jonckheere"]) == (None, None)
    assert found["why"]
