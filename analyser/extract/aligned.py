"""Tables without rules between their columns: rows that rules part, or figures aligned under one another.

Columns of running text look much the same. What tells a table is that its columns begin again together in every row,
with few words each; and where no rules part the rows, that a column is of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from analyser.document import BBox
from analyser.extract.words import BULLETS, Word

_FEWEST_ROWS = 3
_MOST_WORDS = 14
"""Words that a cell has on average at most."""

_LONGEST_FIGURE = 4
"""Words of a cell beside figures, where no rules part the rows."""

_GAP = 0.9
"""Words are in two columns if the gap between them is wider than this part of the type size."""

_FIGURE = re.compile(r"[^\W\d]?\W*\d")

Rule = tuple[float, float, float]
"""A level rule: its height on the page, where it begins and ends."""

Row = list[list[Word]]
"""Lines of words, from the left."""


def between_rules(rules: Sequence[Rule], words: Sequence[Word], others: Sequence[BBox]) -> list[list[BBox]]:
    """The cells, row by row, of each table whose rows are parted by level rules of one length.

    Rules with one of the `others` (boxes of tables) between them part chapters.
    """
    tables = []
    rest = sorted(rules)
    while rest:
        first = rest[0]
        alike = [r for r in rest if abs(r[1] - first[1]) < 3 and abs(r[2] - first[2]) < 3]
        rest = [r for r in rest if r not in alike]
        heights = [r[0] for r in alike]
        if len(heights) < _FEWEST_ROWS or any(heights[0] - 3 < box[3] and box[1] < heights[-1] + 3 for box in others):
            continue
        inside = [w for w in words if w.x0 > first[1] - 2 and w.x1 < first[2] + 2 and not w.angle]
        usual = median([w.size for w in inside]) if inside else 0.0
        above = [w for w in inside if heights[0] - 2.5 * w.size < w.base <= heights[0] and w.size < 1.3 * usual]
        edges = [min(w.top for w in above) - 1, *heights] if above else heights
        rows = [lines_of([w for w in inside if top < w.base <= bottom]) for top, bottom in pairwise(edges)]
        tables.append(_cells(rows, edges, first[1], first[2]))
    return [t for t in tables if t]


def of_figures(lines: Sequence[list[Word]]) -> list[list[BBox]]:
    """The cells, row by row, of each table without rules that has a column of figures (`lines`: see `lines_of`)."""
    if sum([w.text[-1].isdigit() or w.text[0].isdigit() for line in lines for w in line]) < 2 * _FEWEST_ROWS:
        return []
    tables = []
    run: Row = []
    columns = 0
    for line in [*lines, []]:
        parts = _parts(line)
        near = run and line and line[0].base - run[-1][0].base < 2.6 * line[0].size
        if line and len(parts) > 2 and near and len(parts) == columns and _in_line(_parts(run[-1]), parts):
            run.append(line)
            continue
        if len(run) > _FEWEST_ROWS and _has_figures([_parts(r) for r in run]):
            edges = [min(w.top for w in r) - 1 for r in run] + [max(w.bottom for w in run[-1]) + 1]
            left, right = min(r[0].x0 for r in run) - 1, max(r[-1].x1 for r in run) + 1
            tables.append(_cells([[r] for r in run], edges, left, right))
        run, columns = ([line], len(parts)) if len(parts) > 2 else ([], 0)
    return [t for t in tables if t]


def lines_of(words: Sequence[Word]) -> Row:
    """The words by baseline, from the top, each line from the left."""
    lines: Row = []
    for word in sorted(words, key=lambda w: (w.base, w.x0)):
        if lines and abs(lines[-1][0].base - word.base) < 0.3 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [line if line[0].base == line[-1].base else sorted(line, key=lambda w: w.x0) for line in lines]


Part = tuple[float, float, str, int]
"""A stretch of a line's text: where it begins and ends, its first word, its number of words."""


def _parts(line: Sequence[Word]) -> list[Part]:
    """The line's stretches of text, parted by wide gaps."""
    parts: list[Part] = []
    for word in line:
        if parts and word.x0 - parts[-1][1] < _GAP * word.size:
            x0, x1, first, count = parts[-1]
            parts[-1] = (x0, max(x1, word.x1), first, count + 1)
        else:
            parts.append((word.x0, word.x1, word.text, 1))
    return parts


def _in_line(above: Sequence[Part], below: Sequence[Part]) -> bool:
    """Whether each stretch begins, ends or is centred under the one above it."""
    return all(
        min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[0] + a[1] - b[0] - b[1]) / 2) < 3
        for a, b in zip(above, below, strict=True)
    )


def _has_figures(rows: Sequence[Sequence[Part]]) -> bool:
    """Whether a column but the first has figures in all of the rows but the first, and the first column has words."""
    if any(row[k][3] > _LONGEST_FIGURE for row in rows[1:] for k in range(1, len(row))):
        return False
    named = all(any(c.isalpha() for c in row[0][2]) and row[0][2] not in BULLETS for row in rows[1:])
    return named and any(all(_FIGURE.match(row[k][2]) for row in rows[1:]) for k in range(1, len(rows[0])))


def _cells(rows: Sequence[Row], edges: Sequence[float], left: float, right: float) -> list[BBox]:
    """The cells' boxes, or none if the rows do not share columns of few words."""
    parts = [[_parts(line) for line in row] for row in rows]
    several = [row for row in parts if any(len(line) > 1 for line in row)]
    if len(several) < _FEWEST_ROWS or 2 * len(several) < len([row for row in rows if row]):
        return []
    spans = sorted((p[0], p[1]) for row in several for line in row for p in line)
    gaps: list[float] = []
    end = spans[0][1]
    for x0, x1 in spans:
        if x0 - end > 4:
            gaps.append((x0 + end) / 2)
        end = max(end, x1)
    columns = [left, *gaps, right]
    if len(gaps) == 1 and _are_labels(rows, gaps[0]):
        return []
    inside = [w for row in rows for line in row for w in line]
    usual, words = median(w.size for w in inside), len(inside)
    for a, b in pairwise(columns):
        sizes = [w.size for w in inside if a < w.x0 < b]
        if sizes and abs(median(sizes) - usual) > 0.12 * usual:
            return []  # a table's columns are of one type; headings in the margin of ruled-off chapters are larger
    begin_together = all(
        any(any(p[0] > gap for p in row[0]) for gap in gaps) and any(p[0] < gaps[0] for p in row[0]) for row in several
    ) if gaps else False  # fmt: skip
    if not begin_together or words > _MOST_WORDS * len(rows) * (len(columns) - 1):
        return []
    return [(a, top, b, bottom) for top, bottom in pairwise(edges) for a, b in pairwise(columns)]


def _are_labels(rows: Sequence[Row], gap: float) -> bool:
    """Whether what stands left of the gap is bold in every row, and what stands right of it in none: headings."""
    left = [w.style.bold for row in rows for line in row for w in line if w.x0 < gap]
    right = [w.style.bold for row in rows[:1] for line in row for w in line if w.x0 > gap]
    return all(left) and not any(right)
