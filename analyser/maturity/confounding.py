"""Whether a difference is the organisations' size, sector or strategy length rather than what they wrote.

Larger organisations have both more digital services and longer strategies, so a difference of scores is shown again
with these held equal.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.maturity.bootstrap import LARGE, RESAMPLES, RESAMPLES_OF_LARGE
from analyser.maturity.differences import SMALLEST_GROUP
from analyser.maturity.figures import CONFIDENCE, Figure, figure
from analyser.maturity.messages import Message, message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

_SEED = 20_261_124
_CELLS_AT_ONCE = 2_000_000
_SMALLEST_SECTOR = 5
_SPARE = 10
"""So many more organisations than coefficients a model needs."""


@dataclass(frozen=True, slots=True)
class Case:
    """One organisation: its score, whether it is in the first group, and what might explain the score instead."""

    score: float
    first: bool
    sector: str | None = None
    size: float | None = None
    words: int = 0


def adjusted(cases: Sequence[Case]) -> Figure:
    """The difference of mean scores with sector, size and strategy length held equal.

    `{"n", "left_out", "covariates", "raw", "adjusted", "change", "balance", "stratified_permutation", "why",
    "messages"}`:
    `adjusted` is the coefficient of being in the first group (points) in a linear model of the score on it, the
    sector, the logarithm of the size and the logarithm of the strategy's length in words, with HC3 standard errors
    (MacKinnon & White, Journal of Econometrics 29, 1985) and a 95 % t interval; `raw` is the difference among the same
    organisations, and `change` the adjusted one less the raw; `left_out` had no sector or size. `balance` tells each
    covariate's means in the two groups and their standardised difference (Austin, Statistics in Medicine 28, 2009).
    What cannot be computed is None, and why.
    """
    complete, left_out, used = _complete(cases)
    n = [sum(case.first for case in complete), sum(not case.first for case in complete)]
    found: Figure = {
        "n": n,
        "left_out": left_out,
        "covariates": [],
        "raw": None,
        "adjusted": None,
        "change": None,
        "balance": [],
        "stratified_permutation": None,
    }
    if not used:
        return _because(found, message("no_covariates"))
    if min(n) < SMALLEST_GROUP:
        return _because(found, message("group_too_small", n=n, smallest=SMALLEST_GROUP))

    scores, groups, covariates = _arrays(complete, used)
    found["balance"] = _balance(groups, covariates)
    kept = _independent(groups, covariates)
    found["covariates"] = list(kept)
    found["raw"] = figure(
        n, "difference of means", "numpy", value=float(scores[groups].mean() - scores[~groups].mean())
    )
    if not kept:
        return _because(found, message("inseparable"))
    if len(scores) < len(kept) + 2 + _SPARE:
        return _because(found, message("too_few_for_model", n=len(scores), needed=len(kept) + 2 + _SPARE))
    found["adjusted"] = _model(scores, groups, kept, n)
    if "sector" in used:
        found["stratified_permutation"] = _stratified(scores, groups, [case.sector for case in complete], n)
    if found["adjusted"] is None or found["adjusted"]["value"] is None:
        return _because(found, message("inseparable"))
    found["change"] = found["adjusted"]["value"] - found["raw"]["value"]
    return _because(found)


def _because(found: Figure, *reasons: Message) -> Figure:
    return {**found, "why": " ".join(reason["text"] for reason in reasons) or None, "messages": list(reasons)}


def _complete(cases: Sequence[Case]) -> tuple[list[Case], int, list[str]]:
    """The cases with all covariates that the sheet gives, how many lack one, and which covariates those are."""
    used = []
    if len({case.sector for case in cases if case.sector}) > 1:
        used.append("sector")
    if len({case.size for case in cases if case.size}) > 1:
        used.append("size")
    if not used:
        return list(cases), 0, []
    if len({case.words for case in cases}) > 1:
        used.append("words")
    complete = [
        case
        for case in cases
        if ("sector" not in used or case.sector) and ("size" not in used or case.size) and case.words > 0
    ]
    if "sector" in used:
        # An organisation alone in what is left would have its own coefficient, so it would tell nothing.
        counts = Counter(case.sector for case in complete)
        base = max(counts.values(), default=0)
        tiny = [case for case in complete if counts[case.sector] < min(_SMALLEST_SECTOR, base)]
        complete = [case for case in complete if len(tiny) != 1 or case is not tiny[0]]
    return complete, len(cases) - len(complete), used


def _arrays(cases: Sequence[Case], used: Sequence[str]) -> tuple[Values, NDArray[np.bool_], dict[str, Values]]:
    """Scores, group membership, and the covariates by name; a sector is a column of its own but for the largest."""
    import numpy as np

    columns: dict[str, Values] = {}
    if "sector" in used:
        counts = Counter(case.sector for case in cases)
        large = [sector for sector, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))]
        for sector in large[1:]:
            # Tiny sectors are one level together, lest a single organisation decide its own sector's level.
            name = f"sector: {sector}" if counts[sector] >= _SMALLEST_SECTOR else "sector: other"
            member = np.array([float(case.sector == sector) for case in cases])
            columns[name] = columns.get(name, np.zeros(len(cases))) + member
    if "size" in used:
        columns["log size"] = np.array([math.log(case.size or 1.0) for case in cases])
    if "words" in used:
        columns["log words"] = np.array([math.log(case.words) for case in cases])
    return np.array([case.score for case in cases]), np.array([case.first for case in cases]), columns


def _balance(groups: NDArray[np.bool_], covariates: Mapping[str, Values]) -> list[Figure]:
    found = []
    for name, values in covariates.items():
        one, two = values[groups], values[~groups]
        pooled = math.sqrt((float(one.var(ddof=1)) + float(two.var(ddof=1))) / 2)
        gap = float(one.mean() - two.mean())
        standardised = gap / pooled if pooled > 1e-12 else None
        entry = figure([len(one), len(two)], "standardised difference", "numpy", standardised_difference=standardised)
        found.append({"covariate": name, "means": [float(one.mean()), float(two.mean())], **entry})
    return found


def _independent(groups: NDArray[np.bool_], covariates: Mapping[str, Values]) -> dict[str, Values]:
    """The covariates that add something to the group and to one another (a constant or a copy adds nothing)."""
    import numpy as np

    kept: dict[str, Values] = {}
    columns = [np.ones(len(groups)), groups.astype(float)]
    for name, values in covariates.items():
        spread = float(values.std())
        if spread <= 1e-12:
            continue
        scaled = (values - values.mean()) / spread
        if np.linalg.matrix_rank(np.column_stack([*columns, scaled]), tol=1e-6) == len(columns) + 1:
            columns.append(scaled)
            kept[name] = scaled
    return kept


def _model(scores: Values, groups: NDArray[np.bool_], covariates: Mapping[str, Values], n: list[int]) -> Figure | None:
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    design = np.column_stack([np.ones(len(scores)), groups.astype(float), *covariates.values()])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a perfect fit has no standard error; figure() makes None of it
        fit = OLS(scores, design).fit(cov_type="HC3", use_t=True)
        low, high = fit.conf_int(alpha=1 - CONFIDENCE)[1]
        value, p = float(fit.params[1]), float(fit.pvalues[1])
    return figure(
        n,
        "linear model adjusting for " + ", ".join(covariates) + "; HC3 standard errors, 95 % t interval",
        "statsmodels",
        value=value,
        low=float(low),
        high=float(high),
        p=p,
    )


def _stratified(
    scores: Values, groups: NDArray[np.bool_], sectors: Sequence[str | None], n: list[int]
) -> Figure | None:
    """Permutation test of the difference of means, exchanging organisations within their sectors alone."""
    import numpy as np

    stratum = np.unique(np.array([str(sector) for sector in sectors]), return_inverse=True)[1]
    both = [bool(groups[stratum == s].any() and (~groups[stratum == s]).any()) for s in range(stratum.max() + 1)]
    if not any(both):
        return None
    order = np.argsort(stratum, kind="stable")
    stratum, groups = stratum[order], groups[order]
    centred = scores[order] - (np.bincount(stratum, scores[order]) / np.bincount(stratum))[stratum]
    weights = np.where(groups, 1 / groups.sum(), -1 / (~groups).sum())
    observed = abs(float(weights @ centred))
    rng = np.random.default_rng(_SEED)
    permutations = RESAMPLES if len(scores) <= LARGE else RESAMPLES_OF_LARGE
    as_far, batch = 0, max(1, _CELLS_AT_ONCE // len(scores))
    for start in range(0, permutations, batch):
        # Sorting random numbers between a stratum's number and the next shuffles each stratum within its own places.
        keys = stratum + rng.random((min(batch, permutations - start), len(scores)))
        shuffled = centred[np.argsort(keys, axis=1)]
        as_far += int((np.abs(shuffled @ weights) >= observed - 1e-12 * max(1.0, observed)).sum())
    method = f"permutation test within sectors, two-sided, {permutations} permutations"
    return figure(n, method, "numpy", p=(as_far + 1) / (permutations + 1))
