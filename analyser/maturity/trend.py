"""Whether scores rise with the standing: none < context < goal < priority."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analyser.maturity.differences import SMALLEST_GROUP
from analyser.maturity.figures import CONFIDENCE, Figure, figure
from analyser.maturity.messages import Message, message


def trend(groups: Sequence[Sequence[float]], *, missing: Message | None = None) -> Figure:
    """Kendall's tau-b between a group's place and its scores, and the Jonckheere–Terpstra test.

    `groups` are in their order. `{"n", "kendall_tau_b", "jonckheere", "why", "messages"}`; where fewer than two groups
    have 5 scores, or all scores are equal, the figures are None and `why` says so (`missing`, where there are none).
    """
    n = [len(group) for group in groups]
    found: Figure = {"n": n, "kendall_tau_b": None, "jonckheere": None, "why": None, "messages": []}
    scores = [score for group in groups for score in group]
    reason = None
    if missing and not scores:
        reason = missing
    elif sum(size >= SMALLEST_GROUP for size in n) < 2:
        reason = message("too_few_for_trend", smallest=SMALLEST_GROUP)
    elif min(scores) == max(scores):
        reason = message("constant")
    if reason:
        return {**found, "why": reason["text"], "messages": [reason]}
    return {**found, "kendall_tau_b": kendall(groups), "jonckheere": jonckheere(groups)}


def kendall(groups: Sequence[Sequence[float]]) -> Figure:
    """Kendall's tau-b with its p-value and a 95 % interval by Fisher's transformation.

    Source of the interval: Bonett & Wright, Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations, Psychometrika 65 (2000), variance 0.437 / (n − 4).
    """
    from scipy.stats import kendalltau, norm

    places = [place for place, group in enumerate(groups) for _ in group]
    scores = [score for group in groups for score in group]
    test = kendalltau(places, scores)
    tau, n = float(test.statistic), len(scores)
    low = high = None
    if abs(tau) < 1 and n > 4:
        margin = float(norm.ppf((1 + CONFIDENCE) / 2)) * math.sqrt(0.437 / (n - 4))
        low, high = math.tanh(math.atanh(tau) - margin), math.tanh(math.atanh(tau) + margin)
    method = "Kendall's tau-b; Bonett–Wright interval, 95 %"
    return figure(n, method, "scipy", value=tau, low=low, high=high, p=float(test.pvalue))


def jonckheere(groups: Sequence[Sequence[float]]) -> Figure:
    """The Jonckheere–Terpstra test of ordered groups, two-sided, normal approximation corrected for ties.

    Source: Hollander, Wolfe & Chicken, Nonparametric statistical methods, 3rd ed. (2014), section 6.2.
    """
    import numpy as np
    from scipy.stats import mannwhitneyu, norm

    filled = [np.asarray(group, dtype=float) for group in groups if len(group)]
    statistic = sum(
        float(mannwhitneyu(later, earlier).statistic) for i, earlier in enumerate(filled) for later in filled[i + 1 :]
    )
    sizes = np.array([len(group) for group in filled], dtype=float)
    ties = np.unique(np.concatenate(filled), return_counts=True)[1].astype(float)
    n = float(sizes.sum())
    expected = (n**2 - np.sum(sizes**2)) / 4

    def third(counts: np.ndarray) -> float:
        return float(np.sum(counts * (counts - 1) * (counts - 2)))

    def second(counts: np.ndarray) -> float:
        return float(np.sum(counts * (counts - 1)))

    def spread(counts: np.ndarray) -> float:
        return float(np.sum(counts * (counts - 1) * (2 * counts + 5)))

    variance = (n * (n - 1) * (2 * n + 5) - spread(sizes) - spread(ties)) / 72
    variance += third(sizes) * third(ties) / (36 * n * (n - 1) * (n - 2)) if n > 2 else 0.0
    variance += second(sizes) * second(ties) / (8 * n * (n - 1))
    z = (statistic - expected) / math.sqrt(variance) if variance > 0 else math.nan
    return figure(
        [len(group) for group in groups],
        "Jonckheere–Terpstra test, two-sided, normal approximation with ties",
        "scipy",
        statistic=statistic,
        z=z,
        p=float(2 * norm.sf(abs(z))),
    )
