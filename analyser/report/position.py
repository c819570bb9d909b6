"""Where an organisation's maturity score stands among the others', in words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from analyser.report.entries import Entry
from analyser.report.locale import Speech


def position(entry: Entry, scored: Sequence[Entry], speech: Speech) -> str:
    """The score, its rank among all that are `scored` and within the sector, and the median; '' without a score."""
    _, number = speech.text, speech.number
    if entry.value is None:
        return ""
    values = [e.value for e in scored if e.value is not None]
    said = _("The score is %(score)s, number %(rank)s of %(n)s from the top; the median of all is %(median)s.") % {
        "score": number(entry.value), "rank": _rank(entry.value, values), "n": len(values),
        "median": number(median(values)),
    }  # fmt: skip
    peers = [e.value for e in scored if e.value is not None and e.sector == entry.sector]
    if not entry.sector or len(peers) < 2:
        return said
    within = _("In its sector (%(sector)s) it is number %(rank)s of %(n)s.") % {
        "sector": entry.sector, "rank": _rank(entry.value, peers), "n": len(peers),
    }  # fmt: skip
    return f"{said} {within}"


def _rank(value: float, values: Sequence[float]) -> int:
    return 1 + sum(other > value for other in values)
