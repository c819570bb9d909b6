"""The charts of a cohort, filled from its statistics and its organisations' scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from statistics import fmean
from typing import Any

from analyser.document import STANDINGS
from analyser.report import share_chart, wording
from analyser.report.charts import Chart, Points, Row, Words, points
from analyser.report.entries import Entry
from analyser.report.locale import Speech

# Some 40 Finnish public organisations: the study that this program makes repeatable. It is drawn, and named, where no
# other study is given to compare with; a report on Finnish strategies without it would leave out what its readers know.
REFERENCE = {"mention": 0.69, "priority": 0.36}


class CohortCharts:
    """Draws each chart once; None where there is nothing to draw."""

    def __init__(self, entries: Sequence[Entry], cohort: Mapping[str, Any], speech: Speech) -> None:
        self.speech, self.cohort = speech, cohort
        self.scored = [e for e in entries if not e.failed and e.value is not None]
        self._drawn: dict[str, Points] = {}

    @cached_property
    def shares(self) -> Chart | None:
        """Shares of mention and priority with their intervals, against the study given or else the reference study."""
        _, percent, span = self.speech.text, self.speech.percent, self.speech.span
        names = {"mention": _("Mentions digitalisation"), "priority": _("Names it a main priority")}
        told = self.cohort.get("shares") or {}
        given = {key: reference["share"] for key, row in told.items() if (reference := row.get("reference"))}
        known = given or REFERENCE
        rows = [
            share_chart.Share(
                names[key], _("%(n)s of %(of)s") % {"n": row["n"], "of": row["of"]}, row["share"], row["low"],
                row["high"], known.get(key), "priority" if key == "priority" else "goal",
            )
            for key in names
            if (row := told.get(key)) and row.get("of")
        ]  # fmt: skip
        if not rows:
            return None
        words = Words(
            "shares",
            _("Share of strategies, and the 95% interval"),
            _("Points are the shares of this cohort, bars their 95% intervals, upright lines an earlier study's.")
            if given
            else _(
                "Points are the shares of this cohort, bars their 95% intervals. For comparison, the upright lines are "
                "the shares that a study of some 40 Finnish public organisations found."
            ),
            "",
            percent,
            (_("Strategies that …"), _("Share"), _("95% interval"), _("Number"), _("Earlier study")),
            tuple((r.label, percent(r.share), span(r.low, r.high), r.note, percent(r.reference)) for r in rows),
        )
        return share_chart.draw(rows, words, _("this cohort"), _("earlier study"))

    @cached_property
    def by_standing(self) -> Chart | None:
        """Scores by standing: a point an organisation, a box over the middle half."""
        _, number = self.speech.text, self.speech.number
        rows = [
            Row(_(wording.STANDINGS[standing]), self._note(values), values, standing)
            for standing in STANDINGS[::-1]
            if (values := _values(e for e in self.scored if e.result.standing == standing))
        ]
        if not rows:
            return None
        words = Words(
            "standings",
            _("Maturity scores by standing"),
            _(
                "Each point is an organisation. The box holds the middle half of its group; the line in it is the "
                "median."
            ),
            _("score"),
            self._tick,
            (_("Standing"), _("Number"), _("Mean"), _("Lowest"), _("Highest")),
            tuple(
                (row.label, str(len(row.values)), *map(number, (fmean(row.values), min(row.values), max(row.values))))
                for row in rows
            ),
        )
        return points(rows, words).chart

    def position(self, entry: Entry) -> Chart | None:
        """One organisation's score among all, and among those of its sector; None without a score."""
        if entry.value is None:
            return None
        _, sector = self.speech.text, entry.sector
        peers = {_("All organisations"): _values(self.scored)}
        if sector:
            peers |= {sector: _values(e for e in self.scored if e.sector == sector)}
        own = dict.fromkeys(peers, entry.value)
        titles = ("position", _("Maturity score among the others"), _("Compared with"))
        return self._marked(f"position {sector}", entry, peers, own, titles)

    def dimensions(self, entry: Entry) -> Chart | None:
        """One organisation's score on each dimension of maturity among all; None without dimensions."""
        _ = self.speech.text
        own = dict(entry.score.dimensions) if entry.score else {}
        if not any(value is not None for value in own.values()):
            return None
        titles = ("dimensions", _("Scores on the dimensions of maturity"), _("Dimension"))
        return self._marked("dimensions", entry, self._dimensions, own, titles)

    def _marked(
        self,
        key: str,
        entry: Entry,
        peers: Mapping[str, Sequence[float]],
        own: Mapping[str, float | None],
        titles: tuple[str, str, str],
    ) -> Chart:
        """The chart `key` of the peers' points, drawn once for all organisations, with one's own values marked."""
        _, number = self.speech.text, self.speech.number
        rows = [Row(name, self._note(values), values) for name, values in peers.items()]
        words = Words(
            titles[0],
            titles[1],
            _("Each ring is an organisation; the filled point on the line is %(name)s.") % {"name": entry.name},
            _("score"),
            self._tick,
            (titles[2], _("Number"), _("Own score"), _("Mean"), _("Difference")),
            tuple(
                (
                    row.label, str(len(row.values)), number(value := own.get(row.label)),
                    number(mean := fmean(row.values)),
                    number(None if value is None else value - mean, sign=True),
                )
                for row in rows
            ),
        )  # fmt: skip
        if key not in self._drawn:
            self._drawn[key] = points(rows, words)
        return self._drawn[key].mark([own.get(row.label) for row in rows], words)

    @cached_property
    def _dimensions(self) -> dict[str, list[float]]:
        """All scores on each dimension, as the score sheet orders them."""
        found: dict[str, list[float]] = {}
        for entry in self.scored:
            for name, value in entry.score.dimensions.items() if entry.score else ():
                if value is not None:
                    found.setdefault(name, []).append(value)
        return found

    def _note(self, values: Sequence[float]) -> str:
        _ = self.speech.text
        return _("n = %(n)s, mean %(mean)s") % {"n": len(values), "mean": self.speech.number(fmean(values))}

    def _tick(self, value: float) -> str:
        return self.speech.number(value, 0 if value == round(value) else 1)


def _values(entries: Iterable[Entry]) -> list[float]:
    return [entry.value for entry in entries if entry.value is not None]
