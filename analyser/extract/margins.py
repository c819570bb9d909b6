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
    if not margin or any(c.cells or c.inside or not _is_heading(c, body) for c in margin):
        return
    text = sorted(c.base for c in chunks if c.x0 > edge - body and not _is_heading(c, body))
    last: Line | None = None
    for heading in sorted(margin, key=lambda c: c.base):
        goes_on = last is not None and heading.base - last.base < 1.6 * heading.size
        if goes_on or any(abs(base - heading.base) < 0.6 * heading.size for base in text):
            heading.x1 = min(heading.x1, edge - _CLEAR * body)
            last = heading


def _text_edge(chunks: Sequence[Line], body: float) -> float:
    """Where most of the page's text begins."""
    edges: Counter[int] = Counter()
    for chunk in chunks:
        if not _is_heading(chunk, body):
            edges[round(chunk.x0)] += len(chunk.words)
    return edges.most_common(1)[0][0] if edges else 0.0


def _is_heading(chunk: Line, body: float) -> bool:
    return chunk.bold or chunk.size > 1.12 * body
