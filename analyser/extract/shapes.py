"""What a page has besides text: boxes, rules and pictures, and the bullets that are drawn instead of written."""

from __future__ import annotations

import bisect
import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from analyser.extract.chars import Array, frame, prototype
from analyser.extract.words import Word, on_page

_P, _I = ctypes.c_void_p, ctypes.c_int
_count = prototype(raw.FPDFPage_CountObjects, _P)
_object = prototype(raw.FPDFPage_GetObject, _P, _I, result=_P)
_kind = prototype(raw.FPDFPageObj_GetType, _P)
_bounds = prototype(raw.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)

_MOST = 5000
"""Shapes read from one page: a map or a plan can have hundreds of thousands, and tells nothing about the text."""


_MOST_BOXES = 200

_WHITE = 250
"""Colour values (0 to 255) over this are as good as white."""


class Shape(NamedTuple):
    """A drawn path (`picture` false) or an image, by its box on the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    picture: bool


def read_shapes(page: pdfium.PdfPage) -> list[Shape]:
    """The page's paths and images, in the order in which they are painted."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    found: list[tuple[int, bool]] = []
    for i in range(min(_count(handle), 20 * _MOST)):
        item = _object(handle, i)
        kind = _kind(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            found.append((item, kind == raw.FPDF_PAGEOBJ_IMAGE))
            if len(found) == _MOST:
                break
    if not found:
        return []
    boxes = np.zeros((len(found), 4), dtype=np.float32)  # left, bottom, right, top
    for (item, _), row in zip(found, range(boxes.ctypes.data, boxes.ctypes.data + boxes.nbytes, 16), strict=True):
        _bounds(item, row, row + 4, row + 8, row + 12)
    placed = _on_page(boxes, page)
    return [Shape(a, b, c, d, picture) for (a, b, c, d), (_, picture) in zip(placed, found, strict=True)]


def _on_page(boxes: Array, page: pdfium.PdfPage) -> Any:
    _, _, matrix = frame(page)
    a = boxes[:, [0, 1]].astype(float) @ matrix[:, :2].T + matrix[:, 2]
    b = boxes[:, [2, 3]].astype(float) @ matrix[:, :2].T + matrix[:, 2]
    return np.hstack([np.minimum(a, b), np.maximum(a, b)]).tolist()


def find_boxes(shapes: Sequence[Shape], width: float, height: float) -> list[tuple[float, float, float, float]]:
    """The boxes of a page of `width` × `height` points that can hold text: panels and cards, the largest first."""
    boxes = {
        (round(s.x0), round(s.top), round(s.x1), round(s.bottom)): (s.x0, s.top, s.x1, s.bottom)
        for s in shapes
        if not s.picture
        and s.x1 - s.x0 > 50
        and s.bottom - s.top > 24
        and (s.x1 - s.x0) * (s.bottom - s.top) < 0.8 * width * height
    }
    by_area = sorted(boxes.values(), key=lambda b: (b[0] - b[2]) * (b[3] - b[1]))
    return by_area[:_MOST_BOXES]


def seen_words(words: list[Word], width: float, height: float, shapes: Sequence[Shape]) -> list[Word]:
    """The words that a reader of the page sees: not invisible, not off the page, not white on bare paper."""
    seen = []
    white = {style for style in {word.style for word in words} if min(style.colour) > _WHITE}
    for word in words:
        if word.style.invisible:
            continue
        x0, top, x1, bottom = on_page(word)[1:5] if word.angle else word[1:5]
        if x1 < 0 or x0 > width or bottom < 0 or top > height:
            continue
        if white and word.style in white:
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not any(s.x0 <= x <= s.x1 and s.top <= y <= s.bottom for s in shapes):
                continue
        seen.append(word)
    return seen


def with_drawn_bullets(words: list[Word], shapes: Sequence[Shape]) -> list[Word]:
    """The words, with a bullet put before each line that a small drawn dot or square stands before."""
    dots = [s for s in shapes if _is_dot(s)]
    if not dots or not words:
        return words
    by_base = sorted(range(len(words)), key=lambda i: words[i].base)
    bases = [words[i].base for i in by_base]
    marks: dict[int, Word] = {}
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        near = by_base[bisect.bisect_left(bases, middle - 1) : bisect.bisect_left(bases, middle + 30)]
        row = [i for i in near if not words[i].angle and 0.05 < (words[i].base - middle) / words[i].size < 0.75]
        after = min((i for i in row if words[i].x0 > dot.x1 - 0.5), key=lambda i: words[i].x0, default=None)
        if after is None:
            continue
        word = words[after]
        gap = word.x0 - dot.x1
        size = max(dot.x1 - dot.x0, dot.bottom - dot.top) / word.size
        beside = any(0 < dot.x0 - words[i].x1 < 0.6 * word.size for i in row)
        if 0.08 < size < 1.15 and 0.1 * word.size < gap < 2.5 * word.size and not beside:
            marks[after] = word._replace(text="•", x0=dot.x0, x1=dot.x1)
    if not marks:
        return words
    marked: list[Word] = []
    for i, word in enumerate(words):
        if i in marks:
            marked.append(marks[i])
        marked.append(word)
    return marked


def _is_dot(shape: Shape) -> bool:
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    return 0.5 < width < 14 and 0.5 < height < 14 and 0.5 < width / height < 2
