"""The charts of a cohort, filled from its statistics and its organisations' scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import fmean
from typing import TYPE_CHECKING, Any

from analyser.document import STANDINGS
from analyser.report import wording
from analyser.report.charts import Backdrop, Chart, Row, Share, Words, backdrop, points, shares
from analyser.report.locale import Speech

if TYPE_CHECKING:
    from analyser.report.site import Entry

# Some 40 Finnish public organisations: the study that this program makes repeatable.
REFERENCE = {"mention": 0.69, "priority": 0.36}


class CohortCharts:
    """Draws each chart once; None where there is nothing to draw."""

    def __init__(self, entries: Sequence[Entry], cohort: Mapping[str, Any], speech: Speech) -> None:
        self.speech, self.cohort = speech, cohort
        self.scored = [e for e in entries if not e.failed and e.score and e.score.value is not None]
        self._backdrops: dict[str | tuple[str, str], Backdrop] = {}

    @cached_property
    def shares(self) -> Chart | None:
        """Shares of mention and priority with their intervals, against the reference study."""
        _, percent = self.speech.text, self.speech.percent
        names = {"mention": _("Mentions digitalisation"), "priority": _("Names it a main priority")}
        found = {key: row for key in names if (row := (self.cohort.get("shares") or {}).get(key)) and row.get("of")}
        if not found:
            return None
        rows = [
            Share(names[key], _("%(n)s of %(of)s") % row, row["share"], row["low"], row["high"], row.get("reference") or REFERENCE[key],
                  "priority" if key == "priority" else "goal")
            for key, row in found.items()
        ]  # fmt: skip
        words = Words(
            "shares",
            _("Share of strategies, and the 95% interval"),
            _("Points are the shares of this cohort, bars their 95% intervals, upright lines the reference study."),
            "",
            percent,
            (_("Strategies that …"), _("Share"), _("95% interval"), _("Number"), _("Reference study")),
            tuple(
                (r.label, percent(r.share), f"{percent(r.low)} – {percent(r.high)}", r.note, percent(r.reference))
                for r in rows
            ),
        )
        return shares(rows, words, _("this cohort"), _("reference study"))

    @cached_property
    def by_standing(self) -> Chart | None:
        """Scores by standing: a point an organisation, a box over the middle half."""
        _, number = self.speech.text, self.speech.number
        groups = {s: [e for e in self.scored if e.result.standing == s] for s in STANDINGS[::-1]}
        rows = [
            Row(_(wording.STANDINGS[standing]), self._note(values), values, standing)
            for standing, members in groups.items()
            if (values := [e.score.value for e in members if e.score and e.score.value is not None])
        ]
        if not rows:
            return None
        words = Words(
            "standings",
            _("Maturity scores by standing"),
            _("Each point is an organisation. The box holds the middle half of its group; the line in it is the median."),
            _("score"),
            lambda value: number(value, 0),
            (_("Standing"), _("Number"), _("Mean"), _("Lowest"), _("Highest")),
            tuple(
                (row.label, number(len(row.values), 0), number(fmean(row.values)), number(min(row.values)),
                 number(max(row.values)))
                for row in rows
            ),
        )  # fmt: skip
        return points(rows, words)

    def position(self, entry: Entry) -> Chart | None:
        """One organisation's score among all, and among those of its sector; None without a score."""
        if entry.score is None or entry.score.value is None or not self.scored:
            return None
        _, number = self.speech.text, self.speech.number
        sector = entry.score.sector
        peers = {_("All organisations"): [e.score.value for e in self.scored if e.score and e.score.value is not None]}
        if sector:
            peers[sector] = [
                e.score.value
                for e in self.scored
                if e.score and e.score.value is not None and e.score.sector == sector
            ]
        rows = [Row(name, self._note(values), values) for name, values in peers.items()]
        value = entry.score.value
        words = Words(
            "position",
            _("Maturity score among the others"),
            _("Each ring is an organisation; the filled point on the line is %(name)s.") % {"name": entry.name},
            _("score"),
            lambda tick: number(tick, 0),
            (_("Compared with"), _("Number"), _("Own score"), _("Mean"), _("Difference")),
            tuple(
                (row.label, number(len(row.values), 0), number(value), number(fmean(row.values)),
                 number(value - fmean(row.values), sign=True))
                for row in rows
            ),
        )  # fmt: skip
        key = ("sector", sector)
        if key not in self._backdrops:
            self._backdrops[key] = backdrop(rows, words)
        return self._backdrops[key].mark([value] * len(rows), words)

    def dimensions(self, entry: Entry) -> Chart | None:
        """One organisation's score on each dimension of maturity among all; None without dimensions."""
        if entry.score is None or not entry.score.dimensions:
            return None
        _, number = self.speech.text, self.speech.number
        own = entry.score.dimensions
        peers = {
            name: [v for e in self.scored if e.score and (v := e.score.dimensions.get(name)) is not None]
            for name in self._dimensions
        }
        rows = [Row(name, self._note(values), values) for name, values in peers.items()]
        words = Words(
            "dimensions",
            _("Scores on the dimensions of maturity"),
            _("Each ring is an organisation; the filled point on the line is %(name)s.") % {"name": entry.name},
            _("score"),
            lambda tick: number(tick, 0),
            (_("Dimension"), _("Number"), _("Own score"), _("Mean"), _("Difference")),
            tuple(
                (row.label, number(len(row.values), 0), number(value := own.get(row.label)), number(fmean(row.values)),
                 number(None if value is None else value - fmean(row.values), sign=True))
                for row in rows
            ),
        )  # fmt: skip
        if "dimensions" not in self._backdrops:
            self._backdrops["dimensions"] = backdrop(rows, words)
        return self._backdrops["dimensions"].mark([own.get(row.label) for row in rows], words)

    @cached_property
    def _dimensions(self) -> list[str]:
        """Names of the dimensions on which anybody has a score, as the score sheet orders them."""
        names = (name for e in self.scored if e.score for name, v in e.score.dimensions.items() if v is not None)
        return list(dict.fromkeys(names))

    def _note(self, values: Sequence[float]) -> str:
        _ = self.speech.text
        return _("n = %(n)s, mean %(mean)s") % {"n": len(values), "mean": self.speech.number(fmean(values))}
