"""Intervals of the difference between two groups.

They are bias-corrected and accelerated bootstrap intervals (Efron, Better bootstrap confidence intervals, JASA 82,
1987), widened for small samples as Hesterberg has it (What teachers should know about the bootstrap, American
Statistician 69, 2015): with 15 scores against 27 skewed ones, the plain interval covers the truth in 92 % of samples,
the widened one in 94 %. Of a group of fewer than 15 no bootstrap knows the skew (6 against 36: 92 %), so there the
interval of means is that of the permutation test. The seed is fixed, so that the same scores always give the same
figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analyser.maturity import permutation
from analyser.maturity.figures import CONFIDENCE, Figure, figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

LARGE = 2_000
"""With more scores than this, fewer resamples are enough, and the general method would take minutes."""
SMALLEST_FOR_BOOTSTRAP = 15
"""With fewer scores in a group the bootstrap's intervals of means fall short of what they promise."""
RESAMPLES = 9_999
RESAMPLES_OF_LARGE = 999
CELLS_AT_ONCE = 4_000_000
"""How many resampled values are held in memory at once."""

_SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is said of two groups: the difference of their centres, or (`relative`) their ratio minus 1."""

    what: str
    centre: Literal["mean", "median"] = "mean"
    relative: bool = False

    def __call__(self, one: Values, two: Values, axis: int = -1) -> Values:
        """The statistic along an axis."""
        import numpy as np

        centre = np.mean if self.centre == "mean" else np.median
        return self.of_centres(centre(one, axis=axis), centre(two, axis=axis))

    def of_centres(self, one: Values | float, two: Values | float) -> Values:
        """The statistic from the groups' means or medians."""
        found: Values = one / two - 1 if self.relative else one - two  # type: ignore[assignment]
        return found


def constant(values: Values) -> bool:
    """Whether the values differ by no more than the rounding of their sums (which no test survives)."""
    import numpy as np

    return float(np.ptp(values)) <= 1e-9 * max(float(np.abs(values).max()), 1e-90)


def interval(one: Values, two: Values, statistic: Statistic) -> Figure:
    """A statistic of two samples with its 95 % interval: BCa, or percentile where that is undefined, or permutation."""
    n = [len(one), len(two)]
    value = float(statistic(one, two))
    if constant(one) and constant(two):
        how = f"{statistic.what}; no interval, as scores do not vary within the groups"
        return figure(n, how, "numpy", value=value, low=None, high=None)
    if statistic.centre == "mean" and min(n) < SMALLEST_FOR_BOOTSTRAP:
        low, high, count = permutation.interval(one, two, relative=statistic.relative)
        how = f"{statistic.what}; interval of what the permutation test does not reject, 95 %, {count} permutations"
        return figure(n, how, "numpy", value=value, low=low, high=high)
    large = sum(n) > LARGE
    low, high, method = (_of_large if large else _of_small)(one, two, statistic, _widened(one, two))
    resamples = RESAMPLES_OF_LARGE if large else RESAMPLES
    how = f"{statistic.what}; {method} bootstrap interval, 95 %, widened for small samples, {resamples} resamples"
    return figure(n, how, "numpy" if large else "scipy", value=value, low=low, high=high)


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


def _of_small(one: Values, two: Values, statistic: Statistic, level: float) -> tuple[float, float, str]:
    import numpy as np
    from scipy.stats import bootstrap

    for method in ("BCa", "percentile"):
        found = bootstrap(
            (one, two),
            statistic,
            n_resamples=RESAMPLES,
            batch=max(1, CELLS_AT_ONCE // (len(one) + len(two))),
            vectorized=True,
            confidence_level=level,
            method=method,
            rng=np.random.default_rng(_SEED),
        ).confidence_interval
        if np.isfinite(found.low) and np.isfinite(found.high):
            break
    return float(found.low), float(found.high), method


def _of_large(one: Values, two: Values, statistic: Statistic, level: float) -> tuple[float, float, str]:
    """The same BCa interval, its jackknife and its resampled medians by formula: in time linear in the scores."""
    import numpy as np
    from scipy.special import ndtr, ndtri

    rng = np.random.default_rng(_SEED)
    centre = np.mean if statistic.centre == "mean" else np.median
    whole = float(centre(one)), float(centre(two))
    drawn = statistic.of_centres(_resampled(one, statistic.centre, rng), _resampled(two, statistic.centre, rng))
    value = float(statistic.of_centres(*whole))
    left_out = (
        statistic.of_centres(_left_out(one, statistic.centre), whole[1]),
        statistic.of_centres(whole[0], _left_out(two, statistic.centre)),
    )
    moved = [(each.mean() - each) * (len(each) - 1) / len(each) for each in left_out]
    skew, spread = sum((each**3).sum() for each in moved), sum((each**2).sum() for each in moved)
    acceleration = skew / (6 * spread**1.5) if spread > 0 else 0.0
    below = ((drawn < value).mean() + (drawn <= value).mean()) / 2
    ends = np.array([(1 - level) / 2, (1 + level) / 2])
    method = "percentile"
    if 0 < below < 1:
        shift = ndtri(below) + ndtri(ends)
        ends, method = ndtr(ndtri(below) + shift / (1 - acceleration * shift)), "BCa"
    low, high = np.quantile(drawn, ends)
    return float(low), float(high), method


def _resampled(values: Values, centre: str, rng: np.random.Generator) -> Values:
    """The centres of resamples with replacement, as many as `RESAMPLES_OF_LARGE`."""
    import numpy as np

    n = len(values)
    if centre == "median":
        # The places of a resample's middle values are order statistics of uniform numbers: beta, and so drawn at once.
        upper = rng.beta(n // 2 + 1, n - n // 2, RESAMPLES_OF_LARGE)
        lower = upper if n % 2 else upper * rng.beta(n // 2, 1, RESAMPLES_OF_LARGE)
        ordered = np.sort(values)
        middle: Values = (ordered[(lower * n).astype(int)] + ordered[(upper * n).astype(int)]) / 2
        return middle
    batch = max(1, CELLS_AT_ONCE // n)
    means = [
        values[rng.integers(0, n, (min(batch, RESAMPLES_OF_LARGE - start), n), dtype=np.int32)].mean(axis=1)
        for start in range(0, RESAMPLES_OF_LARGE, batch)
    ]
    return np.concatenate(means)


def _left_out(values: Values, centre: str) -> Values:
    """The centre of the values without each of them in turn (in the order of the sorted values)."""
    import numpy as np

    n = len(values)
    if centre == "mean":
        means: Values = (values.sum() - values) / (n - 1)
        return means
    ordered, place, middle = np.sort(values), np.arange(n), n // 2
    medians: Values
    if n % 2 == 0:
        medians = np.where(place < middle, ordered[middle], ordered[middle - 1])
        return medians
    below, at, above = ordered[middle - 1 : middle + 2]
    medians = np.select([place < middle, place > middle], [(at + above) / 2, (below + at) / 2], (below + above) / 2)
    return medians
