"""How often the intervals cover the truth and the tests reject a true null, in simulated cohorts.

    python benchmarks/maturity_coverage.py [ROUNDS [ORGANISATIONS]]

Scores are skewed (a shifted gamma distribution, skewness 1.4), groups unequal; in the confounded cohorts size raises
both the score and the chance of a priority. Prints a line for each sample: coverage of the intervals of the difference,
the relative difference and Hedges' g; rejections of a true null by Welch's and the permutation test, and by the latter
where the first group's scores spread one and a half times as much; and the mean raw and adjusted difference where size
alone makes one (the truth is 0), with the coverage of the adjusted one's interval.

Resamples and permutations are 999 instead of the program's 9,999: ten times as quick, at the same level on average.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np
from scipy.stats import ttest_ind

from analyser.maturity import bootstrap, permutation
from analyser.maturity.bootstrap import Statistic, interval
from analyser.maturity.confounding import Case, adjusted
from analyser.maturity.differences import hedges_g
from analyser.maturity.permutation import permutation_test

SHAPE, SCALE, BASE, GAP = 2.0, 6.0, 40.0, 3.0
MEAN, WIDER = BASE + SHAPE * SCALE, 1.5
SAMPLES = ((42, 15), (42, 6), (150, 54), (150, 22), (300, 108), (300, 30))
DIFFERENCE, RELATIVE = Statistic("difference"), Statistic("relative", relative=True)


def skewed(rng: np.random.Generator, count: int) -> np.ndarray:
    return BASE + rng.gamma(SHAPE, SCALE, count)


def confounded(rng: np.random.Generator, count: int, members: int) -> list[Case]:
    log_size = rng.normal(9, 1, count)
    middle = 9 + np.sqrt(1 + 1.7**2) * np.log((count - members) / members) / 1.7  # so that about `members` are first
    first = rng.random(count) < 1 / (1 + np.exp(-(log_size - middle)))
    scores = 20 + 4 * log_size + rng.gamma(SHAPE, 2, count)
    lengths = rng.integers(500, 9000, count)
    return [
        Case(float(score), bool(member), None, float(np.exp(size)), int(words))
        for score, member, size, words in zip(scores, first, log_size, lengths, strict=True)
    ]


def simulate(rng: np.random.Generator, count: int, members: int, rounds: int) -> str:
    truths = {"difference": GAP, "relative": (MEAN + GAP) / MEAN - 1, "hedges_g": GAP / (SHAPE**0.5 * SCALE)}
    covered: Counter[str] = Counter()
    rejected = Counter({"Welch": 0, "permutation": 0, "permutation, wider spread,": 0})
    models = []
    for _ in range(rounds):
        one, two = skewed(rng, members), skewed(rng, count - members)
        higher = one + GAP
        found = {
            "difference": interval(higher, two, DIFFERENCE),
            "relative": interval(higher, two, RELATIVE),
            "hedges_g": hedges_g(higher, two),
        }
        covered.update(name for name, truth in truths.items() if found[name]["low"] <= truth <= found[name]["high"])
        wider = MEAN + WIDER * (one - MEAN)
        nulls = {
            "Welch": ttest_ind(one, two, equal_var=False).pvalue,
            "permutation": permutation_test(one, two)["p"],
            "permutation, wider spread,": permutation_test(wider, two)["p"],
        }
        rejected.update(name for name, p in nulls.items() if p < 0.05)
        if (model := adjusted(confounded(rng, count, members)))["adjusted"]:
            models.append((model["raw"]["value"], *(model["adjusted"][key] for key in ("value", "low", "high"))))
    raw, held, low, high = np.array(models).T
    figures = [f"{name} covers {covered[name] / rounds:.3f}" for name in truths]
    figures += [f"{name} rejects {times / rounds:.3f}" for name, times in rejected.items()]
    figures.append(f"confounded: raw {raw.mean():.2f}, adjusted {held.mean():.2f}")
    return f"n {count} ({members}): {', '.join(figures)}, covers {((low <= 0) & (high >= 0)).mean():.3f}"


if __name__ == "__main__":
    bootstrap.RESAMPLES = permutation.PERMUTATIONS = 999
    asked = [int(argument) for argument in sys.argv[1:]]
    for place, sample in enumerate(SAMPLES):
        if sample[0] in asked[1:] or not asked[1:]:
            print(simulate(np.random.default_rng([1, place]), *sample, asked[0] if asked else 2000), flush=True)
