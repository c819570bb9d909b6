"""What every figure in cohort.json carries beside its value: how many it rests on, the method and the library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

CONFIDENCE = 0.95
"""The confidence level of every interval."""

Figure = dict[str, Any]


def figure(n: int | Sequence[int], method: str, library: str, **values: float | int | None) -> Figure:
    """A figure with its provenance. A value that is not a finite number becomes None, so that no output holds a NaN."""
    return {
        **{name: finite(value) for name, value in values.items()},
        "n": n if isinstance(n, int) else list(n),
        "method": method,
        "library": library,
        "version": _version(library),
    }


def finite(value: float | int | None) -> float | int | None:
    """The value as a plain Python number; None for a NaN, an infinity or nothing."""
    if value is None or not math.isfinite(value):
        return None
    return value if isinstance(value, int) else float(value)


@cache
def _version(library: str) -> str:
    return version(library)
