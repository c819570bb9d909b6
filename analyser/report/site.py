"""The HTML pages: what each needs to know, gathered here and put into templates."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analyser.document import ROLES, Result
from analyser.files import write_bytes
from analyser.report import auditing, wording
from analyser.report.cohort_charts import CohortCharts
from analyser.report.comparisons import comparisons, headline
from analyser.report.crops import Crop, Drawing
from analyser.report.entries import Entry
from analyser.report.locale import Speech, collation
from analyser.report.making import Page, Tables, made
from analyser.report.naming import slugs
from analyser.report.notices import LIMITS, notices
from analyser.report.position import position
from analyser.report.priorities import sets
from analyser.report.rendering import GENERATOR
from analyser.report.robustness import references, trend
from analyser.report.scores import by_file
from analyser.report.themes import Themes, of_result, themes
from analyser.results import outline
from analyser.workers import Crew

if TYPE_CHECKING:
    from analyser.audit import Audit

PICTURES = "images"
DRAWN = "pictures.json"
"""The list of pictures beside the pages, so that a report can be written anew without reading the PDFs."""


@dataclass(frozen=True)
class PageMark:
    """One page on the map of a document: how many mentions it has in each role, and which is the first (from 1)."""

    number: int
    role: str
    counts: Mapping[str, int]
    first: int | None

    @property
    def total(self) -> int:
        """Number of mentions on the page."""
        return sum(self.counts.values())


class Site:
    """The pages of one report."""

    def __init__(
        self,
        out: Path,
        results: Sequence[Result],
        cohort: Mapping[str, Any],
        speech: Speech,
        *,
        sources: Mapping[str, Path],
        links: Mapping[str, str] | None = None,
        images: bool,
        redraw: bool = True,
        audits: Mapping[str, Audit] | None = None,
        fictional: bool = False,
    ) -> None:
        self.fictional = fictional
        self.out, self.cohort, self.speech, self.sources, self.images = out, cohort, speech, sources, images
        self.drawn = {} if redraw else _drawn(out / "organisations")
        self.redraw, self.links = redraw, links or {}
        scores = by_file(cohort)
        self.results = results
        known = [(place, outline(r), len(r.mentions), of_result(r)) for place, r in enumerate(results)]
        known.sort(key=lambda one: (collation(one[1].organisation or one[1].file), one[1].file))
        names = slugs([r.organisation or Path(r.file).stem for _, r, *_ in known])
        self.entries = [
            Entry(*one, name, scores.get(one[1].file), (audits or {}).get(one[1].file))
            for one, name in zip(known, names, strict=True)
        ]
        self.charts = CohortCharts(self.entries, cohort, speech)

    def write(self, crew: Crew | None, progress: Callable[[str], None], tables: Tables) -> None:
        """Write the tables and every page, and remove pages of an earlier report that are no longer needed.

        Made by the crew, or here; only a crew draws pictures.
        """
        folder = self.out / "organisations"
        pictures = folder / PICTURES
        (pictures if self.images else folder).mkdir(parents=True, exist_ok=True)
        entries = {folder / f"{entry.slug}.html": entry for entry in self.entries}
        drawn: dict[str, Mapping[int, Crop]] = {}
        pages = (self._page(path, entry, pictures) for path, entry in entries.items())
        for file, made_now in made(chain([tables], pages), crew):
            if isinstance(file, Page):
                if self.images:
                    drawn[_identity(file.content["result"])] = made_now or file.content["crops"]
                progress(entries[file.path].name)
        Page(self.out / "index.html", self.speech.language, "pages/index.html", self._index() | self._about()).make()
        (folder / DRAWN).unlink(missing_ok=True)
        if any(drawn.values()):
            listed = {key: {index: astuple(crop) for index, crop in drawn[key].items()} for key in sorted(drawn)}
            write_bytes(folder / DRAWN, [json.dumps(listed, indent=1).encode()])
        kept = {crop.name for crops in drawn.values() for crop in crops.values()}
        self._tidy(folder, pictures, {path.name for path in entries}, kept)

    @property
    def draws(self) -> bool:
        """Whether there are pictures to draw."""
        return any(self._source(entry) for entry in self.entries)

    def _source(self, entry: Entry) -> Path | None:
        """The PDF that pictures of the entry's mentions are to be drawn from."""
        source = self.sources.get(entry.result.file)
        if not (self.images and self.redraw and entry.mentions) or source is None or source.suffix.lower() == ".txt":
            return None
        return source

    def _page(self, path: Path, entry: Entry, pictures: Path) -> Page:
        result = self.results[entry.place]
        source = self._source(entry)
        drawing = Drawing(source, result.mentions, pictures / entry.slug) if source else None
        kept = self.drawn.get(_identity(result), {}) if self.images and self.drawn else {}
        content = self._organisation(entry, result, kept) | self._about()
        return Page(path, self.speech.language, "pages/organisation.html", content, drawing)

    def _about(self) -> dict[str, Any]:
        return {"today": date.today(), "fictional": self.fictional}

    def _organisation(self, entry: Entry, result: Result, made: Mapping[int, Crop]) -> dict[str, Any]:
        return {
            "entry": entry,
            "result": result,
            "verdict": self.speech.text(wording.VERDICTS["failed" if entry.failed else result.standing])
            % {"name": entry.name},
            "marks": page_marks(result),
            "crops": made,
            "pdf": self._link(entry),
            "counts": Counter(m.role for m in result.mentions),
            "excluded_counts": Counter(x.reason for x in result.excluded).most_common(),
            "sets": sets(result.priorities),
            "position": position(entry, self.charts.scored, self.speech),
            "chart": self.charts.position(entry),
            "dimensions": self.charts.dimensions(entry),
            "themes": self._peers(entry),
            "audit": self._audit(entry.audit, result) if entry.audit else None,
        }

    def _audit(self, audit: Audit, result: Result) -> dict[str, Any]:
        return {
            "of": audit,
            "findings": auditing.findings(audit, result.mentions, self.speech),
            "shares": list(zip(auditing.shares([audit]), self.wordings, strict=True)),
            "readability": auditing.readability(audit, self.speech),
            "peers": auditing.peers(audit, self.speech),
            "unspoken": auditing.unspoken(audit),
        }

    @cached_property
    def wordings(self) -> tuple[auditing.Share, ...]:
        """How all goals of the cohort are worded."""
        return auditing.shares([e.audit for e in self.entries if e.audit])

    def _index(self) -> dict[str, Any]:
        usable = [e for e in self.entries if not e.failed]
        return {
            "entries": self.entries,
            "failed": [e for e in self.entries if e.failed],
            "partial": [e for e in self.entries if e.result.status == "partial"],
            "review": [e for e in usable if e.result.needs_review],
            "standings_count": Counter(e.result.standing for e in usable),
            "usable": usable,
            "cohort": self.cohort,
            "charts": self.charts,
            "headline": headline(self.cohort, self.speech),
            "comparisons": comparisons(self.cohort, self.speech),
            "trend": trend(self.cohort, self.speech) if self.charts.scored else [],
            "references": references(self.cohort, self.speech),
            "themes": self.themes,
            "wordings": self.wordings if any(share.of for share in self.wordings) else (),
            "audited": (audited := [e for e in self.entries if e.audit and e.mentions]),
            "elements": auditing.elements([e.audit for e in audited if e.audit]),
            "notices": notices(self.cohort.get("messages") or [], self.speech),
            "limits": notices(self.cohort.get("messages") or [], self.speech, LIMITS),
            "unmatched": {side: self._unmatched(side) for side in ("strategies", "scores")},
            "by_sector": sorted((self.cohort.get("shares_by_sector") or {}).items(), key=lambda kv: collation(kv[0])),
            "sectors": sorted({e.sector for e in self.entries if e.sector}, key=collation),
            "scored": bool(self.charts.scored),
        }

    def _peers(self, entry: Entry) -> list[tuple[str, bool, float]]:
        """Each theme: whether this strategy speaks of it, and the share of its peers (else of all) that do."""
        if entry.audit:
            return [(theme.concept, theme.mentions > 0, theme.peers) for theme in entry.audit.themes]
        return [(theme, theme in entry.themes, shares[-1]) for theme, shares in self.themes.rows]

    def _unmatched(self, side: str) -> list[tuple[str, str | None]]:
        """Names that have no counterpart, each with the slug of its page where it has one; strategies come as files."""
        pages = {entry.result.file: entry for entry in self.entries}
        found = [str(name) for name in (self.cohort.get("unmatched") or {}).get(side) or []]
        named = [(pages[n].name, pages[n].slug) if side == "strategies" and n in pages else (n, None) for n in found]
        return sorted(named, key=lambda pair: collation(pair[0]))

    @cached_property
    def themes(self) -> Themes:
        """Themes by sector."""
        return themes(self.entries)

    def _link(self, entry: Entry) -> str | None:
        """Where the PDF is as seen from the organisation's page, so that report and strategies can move together."""
        file = entry.result.file
        source = self.sources.get(file)
        if source is None or source.suffix.lower() == ".txt":
            return None
        if file in self.links:
            return self.links[file] or None
        try:
            return quote(Path(os.path.relpath(source, self.out / "organisations")).as_posix())
        except ValueError:  # another drive
            return source.absolute().as_uri()

    def _tidy(self, folder: Path, pictures: Path, pages: set[str], kept: set[str]) -> None:
        for page in folder.glob("*.html"):
            if page.name not in pages and GENERATOR in page.read_text("utf-8", "replace")[:2000]:
                page.unlink()
        for picture in pictures.glob("*.webp"):
            if picture.name not in kept:
                picture.unlink()


def _identity(result: Result) -> str:
    """What two reports of one document have in common as long as it and its mentions are the same."""
    mentions = repr([(mention.page, mention.bbox) for mention in result.mentions])
    return hashlib.sha256(f"{result.file}\n{result.sha256}\n{mentions}".encode("utf-8", "replace")).hexdigest()[:32]


def _drawn(folder: Path) -> dict[str, dict[int, Crop]]:
    """The pictures that an earlier report left in its folder, by document; none where its list cannot be read."""
    try:
        listed = json.loads((folder / DRAWN).read_text("utf-8"))
        found = {
            key: {int(i): Crop(Path(name).name, int(wide), int(high)) for i, (name, wide, high) in made.items()}
            for key, made in listed.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    there = {path.name for path in (folder / PICTURES).glob("*.webp")}
    return {key: {i: crop for i, crop in made.items() if crop.name in there} for key, made in found.items()}


def page_marks(result: Result) -> list[PageMark]:
    """The map of a document: a mark for each page in order; its role is the weightiest found on the page, or ''."""
    pages = max([result.pages, *(m.page for m in result.mentions)])
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    first: dict[int, int] = {}
    for index, mention in enumerate(result.mentions, start=1):
        counts[mention.page][mention.role] += 1
        first.setdefault(mention.page, index)
    return [
        PageMark(n, next((r for r in ROLES if counts[n][r]), ""), counts[n], first.get(n)) for n in range(1, pages + 1)
    ]
