"""How much a difference hangs on doubtful verdicts, on single organisations and on the size of the sample."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.maturity.differences import SMALLEST_GROUP
from analyser.maturity.figures import Figure, figure, finite
from analyser.maturity.messages import message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Members = NDArray[np.bool_]

_SEED = 20_261_125
_ROUNDS = 400
_RATES = tuple(rate / 100 for rate in range(1, 31))
_POWER = 0.8
_ALPHA = 0.05
_MOST = 5
"""How many of the most influential organisations are named."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One organisation's score, whether it is in the first group, and whether its verdict is marked for review.

    `error` is the chance (0–1) that it is in the wrong group, where the error of verdicts has been measured.
    """

    organisation: str
    score: float
    first: bool
    needs_review: bool = False
    error: float | None = None


def error(confusion: Mapping[str, Mapping[str, int]], told: str, group: Collection[str]) -> float | None:
    """The chance that a document with the verdict `told` belongs to the other side of `group`; None if not measured.

    `confusion[coded][told]` counts documents by a human's coding and by the program's verdict. Half a document is added
    to each count (Jeffreys' prior), so that an error that was not seen among few is not held impossible.
    """
    if not confusion:
        return None
    counts = {coded: row.get(told, 0) + 0.5 for coded, row in confusion.items()}
    wrong = sum(count for coded, count in counts.items() if (coded in group) != (told in group))
    return wrong / sum(counts.values())


def sensitivity(verdicts: Sequence[Verdict]) -> Figure:
    """What would change the difference of mean scores between the first group and the rest.

    `{"without_review", "review_flipped", "leave_one_out", "misclassification", "detectable", "why", "messages"}`:
    the difference without the verdicts marked for review and with each of those turned round (None where there are
    none); its least and greatest value when one organisation is left out, and the organisations that move it most;
    what wrong verdicts would do to it (see `_misclassification`); and the smallest difference that this sample would
    have shown with 80 % power (a t-test at 5 %, two-sided).
    """
    import numpy as np

    scores = np.array([verdict.score for verdict in verdicts], dtype=float)
    first = np.array([verdict.first for verdict in verdicts], dtype=bool)
    review = np.array([verdict.needs_review for verdict in verdicts], dtype=bool)
    known = [verdict.error for verdict in verdicts if verdict.error is not None]
    errors = np.array(known, dtype=float) if len(known) == len(verdicts) else None
    n = [int(first.sum()), int((~first).sum())]
    found: Figure = dict.fromkeys(
        ("without_review", "review_flipped", "leave_one_out", "misclassification", "detectable")
    )
    if min(n) < SMALLEST_GROUP:
        reason = message("group_too_small", n=n, smallest=SMALLEST_GROUP)
        return {**found, "why": reason["text"], "messages": [reason]}
    if review.any():
        found["without_review"] = _difference(scores[~review], first[~review], "without the verdicts marked for review")
        found["review_flipped"] = _difference(
            scores, first ^ review, "with the verdicts marked for review turned round"
        )
    found["leave_one_out"] = _leave_one_out(scores, first, [verdict.organisation for verdict in verdicts])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # scores that do not vary have no t; figure() makes None of it
        found["misclassification"] = _misclassification(scores, first, errors)
        found["detectable"] = _detectable(scores, first)
    return {**found, "why": None, "messages": []}


def _difference(scores: Values, first: Members, method: str) -> Figure | None:
    from scipy.stats import ttest_ind

    n = [int(first.sum()), int((~first).sum())]
    if not all(n):
        return None
    value = float(scores[first].mean() - scores[~first].mean())
    p = None
    if min(n) >= SMALLEST_GROUP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # equal scores have no t; figure() makes None of it
            p = float(ttest_ind(scores[first], scores[~first], equal_var=False).pvalue)
    return figure(n, f"difference of means and Welch's test {method}", "scipy", value=value, p=p)


def _leave_one_out(scores: Values, first: Members, names: Sequence[str]) -> Figure:
    import numpy as np

    sizes = np.where(first, first.sum(), (~first).sum())
    sums = np.where(first, scores[first].sum(), scores[~first].sum())
    means = np.where(first, scores[first].mean(), scores[~first].mean())
    # Only the mean of the group that an organisation leaves moves, and with it the difference, up or down.
    moves = ((sums - scores) / (sizes - 1) - means) * np.where(first, 1, -1)
    whole = float(scores[first].mean() - scores[~first].mean())
    most = sorted(range(len(scores)), key=lambda place: (-abs(moves[place]), names[place]))[:_MOST]
    return {
        **figure(
            [int(first.sum()), int((~first).sum())],
            "difference of means, each organisation left out in turn",
            "numpy",
            value=whole,
            least=whole + float(moves.min()),
            greatest=whole + float(moves.max()),
        ),
        "most": [{"organisation": names[place], "without": whole + float(moves[place])} for place in most],
    }


def _misclassification(scores: Values, first: Members, errors: Values | None) -> Figure:
    """What verdicts turned round at random do to the difference, each as likely as its measured error makes it.

    `rate` is the smallest mean rate of wrong verdicts at which Welch's test is no longer significant in half of the
    simulated cohorts: None where it is not significant as it is, or at no rate up to 30 %. Where the error has been
    measured, `known` is its rate in this cohort, and of the cohorts simulated at that rate `known_difference` is the
    median difference and `known_significant` the share in which the test still is significant.

    Source: probabilistic bias analysis (Lash, Fox & Fink, Applying quantitative bias analysis, 2009, chapter 8).
    """
    import numpy as np
    from scipy.stats import ttest_ind

    rng = np.random.default_rng(_SEED)
    n = [int(first.sum()), int((~first).sum())]
    p = float(ttest_ind(scores[first], scores[~first], equal_var=False).pvalue)
    draws = rng.random((_ROUNDS, len(scores)))  # the same draws at each rate, so that more is only ever added
    known = float(errors.mean()) if errors is not None else None
    weights = errors / known if errors is not None and known else np.ones(len(scores))

    def cohorts(rate: float) -> Members:
        turned: Members = first ^ (draws < np.minimum(rate * weights, 0.5))
        return turned

    undone = None
    if p < _ALPHA:
        undone = next((rate for rate in _RATES if np.median(_welch_p(scores, cohorts(rate))) >= _ALPHA), None)
    how = "turned round at random" if errors is None else "turned round in proportion to the measured error"
    method = (
        f"Welch's test with verdicts {how}, {_ROUNDS} cohorts at each rate from 1 to 30 %; "
        "the rate at which the median p reaches 0.05"
    )
    found = figure(n, method, "scipy", p=p, rate=undone)
    if known is None:
        return found
    simulated = cohorts(known)
    found["known"] = known
    found["known_difference"] = finite(float(np.nanmedian(_differences(scores, simulated))))
    found["known_significant"] = float((_welch_p(scores, simulated) < _ALPHA).mean())
    return found


def _differences(scores: Values, groups: Members) -> Values:
    """The difference of means of each row of groups; not a number where a group is empty."""
    one = groups.astype(float)
    n1 = one.sum(axis=1)
    n2 = len(scores) - n1
    centred = scores - scores.mean()
    sums = one @ centred
    difference: Values = sums / n1 + sums / n2  # centred scores sum to zero, so the other group's sum is the opposite
    return difference


def _welch_p(scores: Values, groups: Members) -> Values:
    """Welch's p-value of each row of groups; 1 where a group has fewer than two members."""
    import numpy as np
    from scipy.stats import t

    one = groups.astype(float)
    two = 1 - one
    n1, n2 = one.sum(axis=1), two.sum(axis=1)
    centred = scores - scores.mean()
    m1, m2 = one @ centred / n1, two @ centred / n2
    v1 = (one @ centred**2 - n1 * m1**2) / (n1 - 1) / n1
    v2 = (two @ centred**2 - n2 * m2**2) / (n2 - 1) / n2
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    p: Values = 2 * t.sf(np.abs(m1 - m2) / np.sqrt(v1 + v2), df)
    return np.where(np.isfinite(p), p, 1.0)


def _detectable(scores: Values, first: Members) -> Figure:
    import numpy as np
    from statsmodels.stats.power import TTestIndPower

    one, two = scores[first], scores[~first]
    n, m = len(one), len(two)
    pooled = float(np.sqrt(((n - 1) * one.var(ddof=1) + (m - 1) * two.var(ddof=1)) / (n + m - 2)))
    effect = float(TTestIndPower().solve_power(nobs1=n, ratio=m / n, power=_POWER, alpha=_ALPHA))
    method = "smallest difference of means that a two-sided t-test at 5 % shows with 80 % power"
    return figure([n, m], method, "statsmodels", value=effect * pooled, standardised=effect)
