"""Permutation test of two groups' means, and the interval of those differences that it does not reject.

The statistic is Welch's t, not the difference itself: the test is then exact where the groups differ in nothing, and in
large samples holds its level where they differ in spread (Janssen, Studentized permutation tests for non-i.i.d.
hypotheses, Statistics & Probability Letters 36, 1997; Chung & Romano, Exact and asymptotically robust permutation
tests, Annals of Statistics 41, 2013). With 6 scores of twice the spread of 36 others, a permutation test of the bare
difference rejects a true null in every fifth sample, this one in every seventeenth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from analyser.maturity.figures import CONFIDENCE, Figure, figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

LARGE = 2_000
"""With more scores than this, fewer permutations are enough, and many would take minutes."""
PERMUTATIONS = 9_999
PERMUTATIONS_OF_LARGE = 999

_CELLS_AT_ONCE = 4_000_000
_SEED = 20_261_123
_DOUBLINGS, _HALVINGS = 40, 50


def permutation_test(one: Values, two: Values) -> Figure:
    """Whether the groups' means differ, two-sided; exact where the permutations are few."""
    import numpy as np
    from scipy import stats

    n = [len(one), len(two)]
    permutations = _permutations(n)
    pooled = np.concatenate([one, two])
    test = stats.permutation_test(
        (one - pooled.mean(), two - pooled.mean()),
        _distance,
        vectorized=True,
        alternative="greater",
        n_resamples=permutations,
        batch=max(1, _CELLS_AT_ONCE // sum(n)),
        rng=np.random.default_rng(_SEED),
    )
    method = f"permutation test of Welch's t, two-sided, at most {permutations} permutations"
    return figure(n, method, "scipy", p=float(test.pvalue))


def _distance(one: Values, two: Values, axis: int = -1) -> Values:
    """Welch's t along an axis, without its sign; very large where scores vary only between the groups."""
    import numpy as np

    difference = one.mean(axis=axis) - two.mean(axis=axis)
    squared = one.var(axis=axis, ddof=1) / one.shape[axis] + two.var(axis=axis, ddof=1) / two.shape[axis]
    t: Values = np.abs(difference) / np.sqrt(np.maximum(squared, _least(difference)))
    return t


def interval(one: Values, two: Values, *, relative: bool) -> tuple[float, float, int]:
    """The differences of means (or ratios of means minus 1) that the permutation test does not reject at 5 %.

    Also returns how many permutations it rests on. A difference is tested by taking it off the first group, a ratio by
    multiplying the second by it. It covers the truth as often as it says in groups of any size and however skewed, as
    long as they differ in nothing else, and about so where they do. The groups must not both be constant, and for a
    ratio scores must be 0 or more with a second mean above 0; its upper end is infinite where the second mean is not
    surely above 0.
    """
    import numpy as np

    centre = 0.0 if relative else float(np.concatenate([one, two]).mean())
    drawn = _Permuted(one - centre, two - centre)
    spread = float(np.sqrt(one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two)))
    if not relative:
        value = float(one.mean() - two.mean())
        low, high = (_end(lambda by: drawn.p(shift=-by), value, step) for step in (-spread, spread))
        return low, high, drawn.count
    value, step = float(one.mean() / two.mean()), spread / float(two.mean())
    low, high = (_end(lambda by: drawn.p(scale=by), value, step, least=0.0) for step in (-step, step))
    return low - 1, high - 1, drawn.count


def _end(p: Callable[[float], float], value: float, step: float, least: float = -math.inf) -> float:
    """Where, going from the value found in ever longer steps, p falls below 5 %; never below `least`."""
    inside, outside = value, max(value + step, least)
    for _ in range(_DOUBLINGS):
        if p(outside) < 1 - CONFIDENCE:
            break
        if outside == least:
            return least
        inside, outside = outside, max(outside + 2 * (outside - inside), least)
    else:
        return math.copysign(math.inf, step)
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if p(middle) < 1 - CONFIDENCE:
            outside = middle
        else:
            inside = middle
    return inside


class _Permuted:
    """Permutations of the scores over the groups, kept so that many differences can be tested on the same ones."""

    def __init__(self, one: Values, two: Values) -> None:
        import numpy as np

        self._size, self._all = min(len(one), len(two)), len(one) + len(two)
        self._exact = math.comb(self._all, self._size) <= PERMUTATIONS
        values, first = np.concatenate([one, two]), np.arange(self._all) < len(one)
        everyone, smaller = np.arange(self._all)[None], first if len(one) == self._size else ~first
        self._whole = _sums(values[everyone], first[everyone])
        self._found = _sums(values[smaller][None], first[smaller][None])
        drawn = [_sums(values[places], first[places]) for places in self._draws()]
        self._drawn = np.concatenate(drawn, axis=-1)
        self.count = int(self._drawn.shape[-1])

    def p(self, *, shift: float = 0.0, scale: float = 1.0) -> float:
        """The p-value of equal means once `shift` is added to the first group and the second multiplied by `scale`."""
        found = float(self._t(self._found, shift, scale)[0])
        as_far = int((self._t(self._drawn, shift, scale) >= found * (1 - 1e-9)).sum())
        added = 0 if self._exact else 1
        return (as_far + added) / (self.count + added)

    def _draws(self) -> Iterator[NDArray[np.int64]]:
        """The places of the scores that make up the smaller group, a permutation a row."""
        import numpy as np

        if self._exact:
            yield np.array(list(combinations(range(self._all), self._size)))
            return
        rng = np.random.default_rng(_SEED)
        permutations = _permutations([self._size, self._all - self._size])
        batch = max(1, _CELLS_AT_ONCE // self._all)
        for start in range(0, permutations, batch):
            places = np.tile(np.arange(self._all), (min(batch, permutations - start), 1))
            yield rng.permuted(places, axis=1)[:, : self._size]

    def _t(self, sums: Values, shift: float, scale: float) -> Values:
        """Welch's t, without its sign, of groups of the smaller one's size with these sums, against the rest."""
        import numpy as np

        total, squares = _moved(sums, shift, scale)
        all_total, all_squares = _moved(self._whole, shift, scale)
        others = self._all - self._size
        difference = total / self._size - (all_total - total) / others
        squared = _squared_error(total, squares, self._size)
        squared += _squared_error(all_total - total, all_squares - squares, others)
        t: Values = np.abs(difference) / np.sqrt(np.maximum(squared, _least(difference)))
        return t


def _sums(values: Values, first: NDArray[np.bool_]) -> Values:
    """Of each row of scores: sum, sum of squares and count, of those from the first group and of those from the second.

    The rows are the last axis: 2 groups × 3 sums × rows.
    """
    import numpy as np

    chosen = [np.where(members, values, 0.0) for members in (first, ~first)]
    return np.stack(
        [
            np.stack([scores.sum(axis=1), (scores**2).sum(axis=1), members.sum(axis=1)])
            for scores, members in zip(chosen, (first, ~first), strict=True)
        ]
    )


def _moved(sums: Values, shift: float, scale: float) -> tuple[Values, Values]:
    """Sums and sums of squares once `shift` is added to the first group and the second is multiplied by `scale`."""
    one, two = sums
    total = one[0] + shift * one[2] + scale * two[0]
    return total, one[1] + 2 * shift * one[0] + shift**2 * one[2] + scale**2 * two[1]


def _squared_error(total: Values, squares: Values, n: int) -> Values:
    """The squared standard error of the mean of n scores, from their sum and sum of squares."""
    import numpy as np

    squared: Values = np.maximum(squares - total**2 / n, 0.0) / (n - 1) / n
    return squared


def _least(difference: Values | float) -> Values:
    """The least squared standard error that a difference is divided by, so that none is divided by zero."""
    import numpy as np

    least: Values = np.maximum(np.square(np.asarray(difference) * 1e-9), 1e-180)
    return least


def _permutations(n: list[int]) -> int:
    return PERMUTATIONS if sum(n) <= LARGE else PERMUTATIONS_OF_LARGE
