"""Shares of strategies: how many of how many, with Wilson's interval."""

from __future__ import annotations

from analyser.maturity.figures import CONFIDENCE, Figure, figure, finite


def share(count: int, of: int, *, reference: float | None = None) -> Figure:
    """`{"n", "of", "share", "low", "high", …}`: a share (0–1) with its 95 % Wilson score interval.

    `reference` is a share that a previous study found; the figure then also tells the difference from it (in
    percentage points / 100) and the p-value of an exact binomial test. Of nothing, every value is None.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    method = "Wilson score interval, 95 %"
    if not of:
        return figure(count, method, "statsmodels", of=of, share=None, low=None, high=None)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, of, alpha=1 - CONFIDENCE, method="wilson")
    found = figure(count, method, "statsmodels", of=of, share=count / of, low=low, high=high)
    if reference is not None:
        from scipy.stats import binomtest

        p = binomtest(count, of, reference).pvalue
        found["reference"] = figure(
            of,
            "exact binomial test, two-sided",
            "scipy",
            share=reference,
            difference=count / of - reference,
            p=finite(p),
        )
    return found
