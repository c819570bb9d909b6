"""What would change a difference."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analyser.maturity.sensitivity import Verdict, sensitivity


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
