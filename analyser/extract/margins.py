"""Headings in the left margin that reach up to the text beside them, or into it.

A gutter as narrow as a space between words tells no columns. But where nothing except headings begins left of the edge
at which the text begins, and they stand beside it, that edge is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyser.extract.lines import Line

_CLEAR = 1.0
"""Body type sizes that are left free between a heading in the margin and the text."""

_OUTDENT = 4.0
"""Body type sizes that the headings begin left of the text, at least."""


def clear_margin(chunks: Sequence[Line], body: float) -> None:
    """Ends the headings in the margin of a page (`chunks`) short of the text beside them, for the cuts to see it."""
    edge = _text_edge(chunks, body)
    margin = [c for c in chunks if c.x0 < edge - _OUTDENT * body]
    if not margin or any(c.cells or c.inside or not c.stands_out(body) for c in margin):
        return
    text = sorted(c.base for c in chunks if c.x0 > edge - body and not c.stands_out(body))
    for heading in _headings(margin):
        if any(abs(base - line.base) < 0.6 * line.size for line in heading for base in text):
            for line in heading:
                line.x1 = min(line.x1, edge - _CLEAR * body)


def _headings(margin: Sequence[Line]) -> list[list[Line]]:
    """The headings in the margin, line by line."""
    headings: list[list[Line]] = []
    for line in sorted(margin, key=lambda c: c.base):
        if headings and line.base - headings[-1][-1].base < 1.6 * line.size:
            headings[-1].append(line)
        else:
            headings.append([line])
    return headings


def _text_edge(chunks: Sequence[Line], body: float) -> float:
    """Where most of the page's text begins."""
    edges: Counter[int] = Counter()
    for chunk in chunks:
        if not chunk.stands_out(body):
            edges[round(chunk.x0)] += len(chunk.words)
    return edges.most_common(1)[0][0] if edges else 0.0
