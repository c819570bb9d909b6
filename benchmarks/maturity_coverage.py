"""How often the intervals cover the truth and the tests reject a true null, in simulated cohorts.

    python benchmarks/maturity_coverage.py [ROUNDS]

Scores are skewed (a shifted gamma distribution), groups unequal; in the confounded cohorts size raises both the score
and the chance of a priority. Prints a line for each sample size: coverage of the intervals of the difference, the
relative difference and Hedges' g; rejections of a true null by Welch's and the permutation test; and the mean raw and
adjusted difference where size alone makes one (the truth is 0).
"""

from __future__ import annotations

import sys

import numpy as np

from analyser.maturity.confounding import Case, adjusted
from analyser.maturity.differences import compare

SHAPE, SCALE, BASE, GAP = 2.0, 6.0, 40.0, 3.0
SAMPLES = ((42, 15), (42, 6), (150, 22), (300, 30))


def skewed(rng: np.random.Generator, count: int) -> np.ndarray:
    return BASE + rng.gamma(SHAPE, SCALE, count)


def confounded(rng: np.random.Generator, count: int) -> list[Case]:
    log_size = rng.normal(9, 1, count)
    first = rng.random(count) < 1 / (1 + np.exp(-(log_size - 9.8)))
    scores = 20 + 4 * log_size + rng.gamma(SHAPE, 2, count)
    lengths = rng.integers(500, 9000, count)
    return [
        Case(float(score), bool(member), None, float(np.exp(size)), int(words))
        for score, member, size, words in zip(scores, first, log_size, lengths, strict=True)
    ]


def main(rounds: int) -> None:
    rng = np.random.default_rng(1)
    mean = BASE + SHAPE * SCALE
    truths = {"difference": GAP, "relative": (mean + GAP) / mean - 1, "hedges_g": GAP / (SHAPE**0.5 * SCALE)}
    for count, members in SAMPLES:
        covered, rejected = dict.fromkeys(truths, 0), {"welch_p": 0, "permutation_p": 0}
        raw, held = [], []
        for _ in range(rounds):
            one, two = skewed(rng, members), skewed(rng, count - members)
            found = compare((one + GAP).tolist(), two.tolist())
            for name, truth in truths.items():
                covered[name] += found[name]["low"] <= truth <= found[name]["high"]
            null = compare(one.tolist(), two.tolist())
            for name in rejected:
                rejected[name] += null[name] < 0.05
            model = adjusted(confounded(rng, count))
            if model["adjusted"]:
                raw.append(model["raw"]["value"])
                held.append(model["adjusted"]["value"])
        figures = [f"{name} covers {count_ / rounds:.3f}" for name, count_ in covered.items()]
        figures += [f"{name} rejects {count_ / rounds:.3f}" for name, count_ in rejected.items()]
        print(
            f"n {count} ({members}): {', '.join(figures)}; raw {np.mean(raw):.2f}, adjusted {np.mean(held):.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
