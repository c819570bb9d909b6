"""Differences with sector, size and strategy length held equal."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from analyser.maturity.confounding import Case, adjusted


def cases(count: int = 80, effect: float = 0.0, seed: int = 3) -> list[Case]:
    """Organisations whose size raises both the score and the chance of being in the first group."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        size = float(np.exp(rng.normal(9, 1)))
        first = bool(rng.random() < 1 / (1 + math.exp(-1.5 * (math.log(size) - 9))))
        sector = "Kunta" if rng.random() < 0.5 else "Virasto"
        score = 20 + 4 * math.log(size) + 3 * (sector == "Virasto") + effect * first + rng.normal(0, 2)
        made.append(Case(score, first, sector, size, int(rng.integers(500, 9000))))
    return made


def test_the_coefficient_and_hc3_by_matrix_algebra() -> None:
    """White's estimator with residuals over 1 − leverage, as MacKinnon & White (1985) define HC3."""
    from scipy.stats import t

    sample = cases()
    design = np.array(
        [[1.0, c.first, c.sector != largest(sample), math.log(c.size or 1), math.log(c.words)] for c in sample]
    )
    y = np.array([c.score for c in sample])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    residuals = y - design @ beta
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    covariance = inverse @ (design.T * (residuals / (1 - leverage)) ** 2) @ design @ inverse
    half = t.ppf(0.975, len(y) - design.shape[1]) * math.sqrt(covariance[1, 1])
    found = adjusted(sample)["adjusted"]
    assert found["value"] == pytest.approx(beta[1], rel=1e-9)
    assert (found["low"], found["high"]) == (
        pytest.approx(beta[1] - half, rel=1e-9),
        pytest.approx(beta[1] + half, rel=1e-9),
    )


def largest(sample: list[Case]) -> str | None:
    return max(sorted({c.sector for c in sample}, key=str), key=lambda sector: sum(c.sector == sector for c in sample))


def test_what_size_alone_brings_about_disappears() -> None:
    found = adjusted(cases(300))
    assert found["raw"]["value"] > 3
    assert found["change"] == pytest.approx(found["adjusted"]["value"] - found["raw"]["value"])
    assert found["adjusted"]["low"] < 0 < found["adjusted"]["high"]
    size = next(entry for entry in found["balance"] if entry["covariate"] == "log size")
    assert size["standardised_difference"] > 0.5
    assert adjusted(cases(300, effect=5.0))["adjusted"]["value"] == pytest.approx(5, abs=1)


def test_permutations_stay_within_sectors() -> None:
    sample = [
        Case(score, first, "A" if score < 50 else "B", 1.0 + n, 1000 + n) for n, (score, first) in enumerate(SECTORS)
    ]
    low, high = [score for score, _ in SECTORS if score < 50], [score for score, _ in SECTORS if score > 50]
    centred = {score: score - sum(group) / len(group) for group in (low, high) for score in group}
    observed = sum(centred[score] for score, first in SECTORS if first)

    def chosen(scores: list[float], count: int) -> list[float]:
        from itertools import combinations

        return [sum(centred[score] for score in pick) for pick in combinations(scores, count)]

    sums = [a + b for a, b in product(chosen(low, 4), chosen(high, 3))]
    exact = np.mean([abs(total) >= abs(observed) - 1e-9 for total in sums])
    assert adjusted(sample)["stratified_permutation"]["p"] == pytest.approx(exact, abs=0.015)


SECTORS = [
    (10.0, True),
    (12.5, True),
    (17.0, True),
    (14.0, True),
    (11.0, False),
    (13.5, False),
    (9.0, False),
    (8.0, False),
]
SECTORS += [
    (70.0, True),
    (77.0, True),
    (74.5, True),
    (71.0, False),
    (69.0, False),
    (72.5, False),
    (73.5, False),
    (68.0, False),
]


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ([], "no_covariates"),
        ([Case(float(n), n % 2 == 0, None, None, 100 + n) for n in range(40)], "no_covariates"),
        ([Case(float(n), n < 3, "AB"[n % 2], 10.0 + n, 100 + n) for n in range(40)], "group_too_small"),
        ([Case(float(n), n % 2 == 0, "AB"[n % 2], None, 100) for n in range(40)], "inseparable"),
        ([Case(float(n), n % 2 == 0, "AB"[n % 3 == 0], 10.0 + n**2, 100 + n) for n in range(12)], "too_few_for_model"),
    ],
)
def test_what_cannot_be_adjusted_says_why(sample: list[Case], code: str) -> None:
    found = adjusted(sample)
    assert found["adjusted"] is None
    assert [said["code"] for said in found["messages"]] == [code]


def test_organisations_without_particulars_are_counted() -> None:
    sample = [*cases(60), Case(50.0, True), Case(51.0, False, "Kunta", None, 100)]
    found = adjusted(sample)
    assert found["left_out"] == 2
    assert sum(found["n"]) == 60


def test_a_sector_of_one_does_not_break_the_model() -> None:
    found = adjusted([*cases(60), Case(50.0, True, "Ministeriö", 400.0, 3000)])
    assert found["adjusted"]["low"] < found["adjusted"]["high"]


def test_equal_scores_are_no_trouble() -> None:
    found = adjusted([Case(50.0, c.first, c.sector, c.size, c.words) for c in cases(60)])
    assert found["adjusted"]["value"] == pytest.approx(0, abs=1e-9)
