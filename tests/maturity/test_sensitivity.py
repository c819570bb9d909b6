"""What would change a difference."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analyser.maturity.sensitivity import Verdict, error, sensitivity


def verdicts(gap: float = 6.0, count: int = 40) -> list[Verdict]:
    rng = np.random.default_rng(5)
    return [
        Verdict(f"P{n}", 50 + gap * (n % 2 == 0) + float(rng.normal(0, 5)), n % 2 == 0, n % 10 == 0)
        for n in range(count)
    ]


def difference(chosen: list[Verdict]) -> float:
    means = [np.mean([one.score for one in chosen if one.first == first]) for first in (True, False)]
    return float(means[0] - means[1])


def test_verdicts_marked_for_review_left_out_and_turned_round() -> None:
    sample = verdicts()
    found = sensitivity(sample)
    assert found["without_review"]["value"] == pytest.approx(
        difference([one for one in sample if not one.needs_review]), rel=1e-9
    )
    turned = [Verdict(one.organisation, one.score, one.first ^ one.needs_review) for one in sample]
    assert found["review_flipped"]["value"] == pytest.approx(difference(turned), rel=1e-9)
    assert sensitivity([Verdict(one.organisation, one.score, one.first) for one in sample])["without_review"] is None


def test_leaving_each_out_in_turn() -> None:
    sample = verdicts()
    without = {one.organisation: difference([other for other in sample if other is not one]) for one in sample}
    found = sensitivity(sample)["leave_one_out"]
    assert (found["least"], found["greatest"]) == (
        pytest.approx(min(without.values()), rel=1e-9),
        pytest.approx(max(without.values()), rel=1e-9),
    )
    whole = difference(sample)
    assert found["most"][0]["organisation"] == max(without, key=lambda name: abs(without[name] - whole))
    assert found["most"][0]["without"] == pytest.approx(without[found["most"][0]["organisation"]], rel=1e-9)


def test_a_strong_difference_stands_more_wrong_verdicts_than_a_weak_one() -> None:
    strong, weak, none = (sensitivity(verdicts(gap))["misclassification"] for gap in (12.0, 6.0, 0.0))
    assert weak["rate"] is not None
    assert strong["rate"] is None or strong["rate"] > weak["rate"]
    assert none["rate"] is None
    assert none["p"] > 0.05


def test_the_undoing_rate_undoes_it_as_scipy_counts() -> None:
    sample = verdicts()
    rate = sensitivity(sample)["misclassification"]["rate"]
    rng = np.random.default_rng(0)
    scores, first = np.array([one.score for one in sample]), np.array([one.first for one in sample])

    def median_p(wrong: float) -> float:
        ps = []
        for _ in range(400):
            groups = first ^ (rng.random(len(scores)) < wrong)
            ps.append(stats.ttest_ind(scores[groups], scores[~groups], equal_var=False).pvalue)
        return float(np.median(ps))

    assert median_p(rate + 0.04) > 0.05 > median_p(max(0.0, rate - 0.04))


def test_the_detectable_difference_has_the_power_it_promises() -> None:
    found = sensitivity(verdicts())["detectable"]
    shift = found["standardised"] * np.sqrt(20 * 20 / 40)
    critical = stats.t.ppf(0.975, 38)
    power = stats.nct.sf(critical, 38, shift) + stats.nct.cdf(-critical, 38, shift)
    assert power == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("score", [50.0, 0.0])
def test_equal_scores_are_no_trouble(score: float) -> None:
    found = sensitivity([Verdict(one.organisation, score, one.first, one.needs_review) for one in verdicts()])
    assert found["leave_one_out"]["least"] == pytest.approx(0)
    assert found["misclassification"]["rate"] is None
    assert found["detectable"]["value"] == 0


def test_a_small_group_says_why() -> None:
    assert "5 in each are needed" in sensitivity(verdicts(count=6))["why"]


CONFUSION = {
    "none": {"none": 18, "mention": 2, "priority": 0},
    "mention": {"none": 1, "mention": 25, "priority": 4},
    "priority": {"none": 0, "mention": 3, "priority": 17},
}


def test_the_chance_that_a_verdict_is_wrong_comes_from_the_counts() -> None:
    assert error(CONFUSION, "priority", {"priority"}) == pytest.approx((0.5 + 4.5) / (0.5 + 4.5 + 17.5))
    assert error(CONFUSION, "mention", {"mention", "priority"}) == pytest.approx(2.5 / (2.5 + 25.5 + 3.5))
    assert error({}, "priority", {"priority"}) is None


def test_the_measured_error_is_simulated_and_says_what_it_would_leave() -> None:
    known = [replace(one, error=0.1 if one.first else 0.02) for one in verdicts(12.0)]
    found = sensitivity(known)["misclassification"]
    assert found["known"] == pytest.approx(0.06)
    # 2 in 20 of the first group and 0.4 in 20 of the other are really the other's: each mean moves towards the other.
    assert 0 < found["known_difference"] < difference(known)
    assert found["known_significant"] > 0.9
    rng = np.random.default_rng(2)
    scores, first = np.array([one.score for one in known]), np.array([one.first for one in known])
    differences = []
    for _ in range(2000):
        turned = first ^ (rng.random(len(first)) < np.array([one.error for one in known]))
        differences.append(scores[turned].mean() - scores[~turned].mean())
    assert found["known_difference"] == pytest.approx(float(np.median(differences)), abs=0.3)


def test_an_error_equal_for_all_gives_the_rate_found_without_one() -> None:
    even = sensitivity([replace(one, error=0.05) for one in verdicts()])["misclassification"]
    assert even["rate"] == sensitivity(verdicts())["misclassification"]["rate"]
    assert "measured error" in even["method"]


def test_errors_known_to_be_nought_are_no_trouble() -> None:
    found = sensitivity([replace(one, error=0.0) for one in verdicts()])["misclassification"]
    assert found["known"] == 0
    assert found["known_difference"] == pytest.approx(difference(verdicts()))
