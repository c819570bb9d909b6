"""How long the task at hand may still take, for work that can stop halfway: pages of a long scan, one after another.

Whoever sets a limit says so here when a task begins (workers.py); outside of workers there is none.
"""

from __future__ import annotations

import math
import time

RESERVE = 0.3
"""The share of the limit that is kept for what comes after."""


class _Limit:
    """Of this process's task: when work that can stop halfway must have stopped, by the monotonic clock."""

    ends = math.inf


def begin(seconds: float) -> None:
    """A task begins that may take so many seconds."""
    _Limit.ends = time.monotonic() + (1 - RESERVE) * seconds


def left() -> float:
    """Seconds for work that can stop halfway: what is left of the limit but for its reserve; infinite without one."""
    return _Limit.ends - time.monotonic()
