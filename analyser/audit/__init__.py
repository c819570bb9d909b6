"""The wording audit: how strategies word their digital goals, and what would make them stronger."""

from __future__ import annotations

from .goals import Found, Goal, judge
from .rules import QUALITIES, Rules, rules_for
from .strategies import Audit, Readability, Theme, audit, of_run

__all__ = [
    "QUALITIES",
    "Audit",
    "Found",
    "Goal",
    "Readability",
    "Rules",
    "Theme",
    "audit",
    "judge",
    "of_run",
    "rules_for",
]
