"""How far a scanned page lies askew: the slope along which its rows of ink are most sharply parted.

Postl's projection profile (1986): along the right slope, rows of pixels are full of ink or empty; along any other,
lines of text blur into one another.
"""

from __future__ import annotations

import numpy as np

from analyser.extract.chars import Array

_STEEPEST = 0.09
"""The steepest slope that is looked for: some five degrees."""

_COARSE, _FINE = 0.004, 0.0008
"""Steps between the slopes that are tried."""

_WIDTH = 1000
"""Pixels to which the page is reduced."""

_FEWEST = 300
"""Pixels at the upper edges of ink; a page with fewer has no lines to tell by."""

_SHARPER = 1.06
"""The rows must be parted more sharply than those of the page as it lies by this factor."""


def slope_of(ink: Array) -> float:
    """The slope of the page's lines (positive if they fall to the right) from its ink; 0.0 if it lies straight."""
    step = max(1, ink.shape[1] // _WIDTH)
    small = ink[::step, ::step]
    # The upper edges of ink: letters count as much as the dark of a picture.
    rows, columns = np.nonzero(small[1:] & ~small[:-1])
    if len(rows) < _FEWEST:
        return 0.0
    columns = columns - small.shape[1] / 2
    size = small.shape[0] + small.shape[1]

    def sharpness(slope: float) -> float:
        places = np.round(rows - slope * columns).astype(int) + small.shape[1] // 2
        counts = np.bincount(np.clip(places, 0, size), minlength=size).astype(float)
        return float(np.square(np.diff(counts)).sum())

    best = max(np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE).tolist(), key=sharpness)
    best = max(np.arange(best - _COARSE, best + _COARSE, _FINE).tolist(), key=sharpness)
    straight = abs(best) < 2 * _FINE or sharpness(best) < _SHARPER * sharpness(0.0)
    return 0.0 if straight else float(best)
