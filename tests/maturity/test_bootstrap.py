"""Intervals of large groups, whose jackknife and medians are computed by formula."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from analyser.document import STANDINGS
from analyser.maturity import cohort
from analyser.maturity.bootstrap import LARGE, Statistic, interval
from analyser.maturity.scores import ScoreRow
from tests.maturity.cases import result, sheet


def groups(first: int, second: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    return 40 + rng.gamma(2, 6, first), 38 + rng.gamma(2, 6, second)


@pytest.mark.parametrize("sizes", [(800, 1202), (801, 1203)], ids=["even", "odd"])
@pytest.mark.parametrize(
    "statistic",
    [Statistic("difference"), Statistic("ratio", relative=True), Statistic("medians", "median")],
    ids=lambda statistic: statistic.what,
)
def test_intervals_of_large_groups_are_scipys_within_monte_carlo_error(
    sizes: tuple[int, int], statistic: Statistic
) -> None:
    one, two = groups(*sizes)
    assert len(one) + len(two) > LARGE
    found = interval(one, two, statistic)
    scipys = stats.bootstrap(
        (one, two), statistic, n_resamples=1999, batch=500, vectorized=True, rng=np.random.default_rng(1)
    ).confidence_interval
    width = scipys.high - scipys.low
    assert found["value"] == pytest.approx(float(statistic(one, two)), rel=1e-12)
    assert found["low"] == pytest.approx(scipys.low, abs=0.08 * width)
    assert found["high"] == pytest.approx(scipys.high, abs=0.08 * width)


@pytest.mark.parametrize("sizes", [(1500, 1500), (1501, 1501)], ids=["even", "odd"])
@pytest.mark.parametrize("draw", [lambda n: np.repeat(5.0, n), lambda n: np.arange(n) % 2.0], ids=["equal", "ties"])
def test_ties_in_large_groups_are_no_trouble(sizes: tuple[int, int], draw: Callable[[int], np.ndarray]) -> None:
    one, two = draw(sizes[0]), np.arange(float(sizes[1]))
    for statistic in (Statistic("difference"), Statistic("medians", "median")):
        found = interval(one, two, statistic)
        assert found["low"] <= found["value"] <= found["high"]


def test_thousands_of_organisations_take_seconds() -> None:
    rng, count = np.random.default_rng(1), 3_000
    scores = rng.normal(50, 10, (count, 2))
    results = [result(f"Paikka {n}", STANDINGS[n % 4], sha256=str(n), words=300 + n) for n in range(count)]
    rows = [
        ScoreRow(n + 2, f"Paikka {n}", float(a), "Kunta" if n % 3 else "Virasto", 1000.0 + n, dimensions=(float(b),))
        for n, (a, b) in enumerate(scores)
    ]
    started = time.process_time()
    found = cohort(results, sheet(*rows, dimensions=("palvelut",)))
    assert time.process_time() - started < 15  # the bar itself is measured by benchmarks/maturity_speed.py
    assert found["measures"]["palvelut"]["comparisons"]["priority_vs_rest"]["difference"]["low"] is not None
