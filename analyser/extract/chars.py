"""The characters of a PDF page, read from pdfium in batches into arrays.

Everything here and in the rest of this room is in the coordinate system that `document.py` names: PDF points, origin
in the top left corner of the page as it is shown (crop box and page rotation applied), y growing downwards.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

Fonts = dict[int, tuple[str, bool, bool]]
"""By the address of an open file's font: its name, whether it is bold, whether it is italic."""

Array = np.ndarray[Any, np.dtype[Any]]

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class Style(NamedTuple):
    """How a stretch of text is set: font name, whether bold or italic, fill colour (r, g, b), invisible or not."""

    font: str
    bold: bool
    italic: bool
    colour: tuple[int, int, int]
    invisible: bool


@dataclass(frozen=True, slots=True)
class Chars:
    """A page's visible characters in stream order, one row each; `style` indexes `styles`.

    `x`, `y`: the character's origin on its baseline; `end`: where it ends along the baseline; `size`: its height in
    points (em); `angle`: the baseline's direction in whole degrees (0 is left to right, 90 is bottom to top).
    For rotated text, `x`, `y` and `end` are in a frame turned so that the baseline runs left to right.
    `gap` is true where a space stood before the character; `unmapped` where the font does not say which letter it is.
    """

    text: str
    x: Array
    y: Array
    end: Array
    size: Array
    angle: Array
    gap: Array
    unmapped: Array
    style: Array
    styles: tuple[Style, ...]


def prototype(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """The same C function called with plain addresses: no wrapper objects, so a third of the time a call."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
_unicode = prototype(raw.FPDFText_GetUnicode, _P, _I, result=ctypes.c_uint)
_text = prototype(raw.FPDFText_GetText, _P, _I, _I, _P)
_origin = prototype(raw.FPDFText_GetCharOrigin, _P, _I, _P, _P)
_loose_box = prototype(raw.FPDFText_GetLooseCharBox, _P, _I, _P)
_generated = prototype(raw.FPDFText_IsGenerated, _P, _I)
_unmapped = prototype(raw.FPDFText_HasUnicodeMapError, _P, _I)
_object = prototype(raw.FPDFText_GetTextObject, _P, _I, result=_P)

_matrix = prototype(raw.FPDFText_GetMatrix, _P, _I, _P)
_fill = prototype(raw.FPDFText_GetFillColor, _P, _I, _P, _P, _P, _P)
_font_size = prototype(raw.FPDFText_GetFontSize, _P, _I, result=ctypes.c_double)
_mode = prototype(raw.FPDFTextObj_GetTextRenderMode, _P)
_font_of = prototype(raw.FPDFTextObj_GetFont, _P, result=_P)

_IS_SPACE = np.zeros(0x10000, dtype=bool)
_IS_SPACE[[9, 10, 11, 12, 13, 32, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF]] = True
_HYPHEN_MARKS = (0xFFFE, 2)
"""What pdfium reports (in bulk, one by one) for a hyphen that it takes for one at a line's end."""


def frame(page: pdfium.PdfPage) -> tuple[float, float, Array]:
    """The page's width and height as shown, and the 2 × 3 matrix from PDF user space to the shown page's points."""
    rotation = page.get_rotation()
    width, height = page.get_size()
    left, bottom, right, top = page.get_bbox()
    turns = {
        0: [[1, 0, -left], [0, -1, top]],
        90: [[0, 1, -bottom], [1, 0, -left]],
        180: [[-1, 0, right], [0, 1, -bottom]],
        270: [[0, -1, top], [-1, 0, right]],
    }
    return width, height, np.array(turns[rotation], dtype=float)


def read_chars(page: pdfium.PdfPage, fonts: Fonts | None = None) -> Chars:
    """The characters of `page` in stream order, spaces left out (see `Chars.gap`), unseen ones kept with their style.

    `fonts` caches what fonts are called and how heavy they are; share one dict over the pages of one open file.
    """
    fonts = {} if fonts is None else fonts
    textpage = page.get_textpage()
    try:
        return _read(textpage, page, fonts)
    finally:
        textpage.close()


def _read(textpage: pdfium.PdfTextPage, page: pdfium.PdfPage, fonts: Fonts) -> Chars:
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    codes = _codes(textpage, handle)
    space = _IS_SPACE[np.minimum(codes, 0xFFFF)]
    codes[np.isin(codes, _HYPHEN_MARKS)] = ord("-")
    solid = np.flatnonzero(~space)
    if not len(solid):
        return _empty()
    indices, solid_codes = solid.tolist(), codes[solid]
    apart = np.flatnonzero(np.diff(solid) > 1) + 1
    gap = np.diff(_spaces_before(handle, space)[solid], prepend=0) > 0

    boxes = np.zeros((len(solid), 4), dtype=np.float32)  # left, top, right, bottom
    address = boxes.ctypes.data
    deque(map(_loose_box, repeat(handle), indices, range(address, address + boxes.nbytes, 16)), maxlen=0)
    # Half of a pair of surrogates is no letter, nor is a number beyond Unicode: a damaged font can claim either.
    unmapped = (solid_codes < 32) | ((solid_codes >= 0xD800) & (solid_codes < 0xE000)) | (solid_codes > 0x10FFFF)
    nameless = unmapped.copy()
    doubtful = np.flatnonzero((solid_codes >= 0xE000) & (solid_codes < 0xF900))
    unmapped[doubtful] = [bool(_unmapped(handle, indices[k])) for k in doubtful.tolist()]

    # Style can change at a word's start, or where the font's height or the baseline does: ask pdfium only there.
    shift = np.abs(np.diff(boxes[:, [1, 3]], axis=0)).max(axis=1) > 0.01
    asked = np.unique(np.concatenate([[0], apart, np.flatnonzero(shift) + 1]))
    corners = boxes[asked][:, [0, 3]].tolist()
    runs = _runs(handle, [indices[k] for k in asked.tolist()], corners, fonts)
    length = np.diff(np.append(asked, len(solid)))
    styles: dict[Style, int] = {}
    style = np.repeat([styles.setdefault(r.style, len(styles)) for r in runs], length)
    size = np.repeat(np.array([r.size for r in runs]), length)
    direction = np.repeat(np.array([r.direction for r in runs]), length)
    offset = np.repeat(np.array([r.offset for r in runs]), length, axis=0)
    x, y, end, angle = _turn(boxes[:, [0, 3]] + offset, boxes, direction, page)
    text = "".join(map(chr, np.where(nameless, 0xFFFD, solid_codes).tolist()))
    return Chars(text, x, y, end, size, angle, gap, unmapped, style, tuple(styles))


def _codes(textpage: pdfium.PdfTextPage, handle: int | None) -> Array:
    """The Unicode value of every character: in one call, or one by one where the text does not map onto characters."""
    count = textpage.count_chars()
    buffer = np.zeros(count + 1, dtype=np.uint16)
    written = _text(handle, 0, count, buffer.ctypes.data)
    surrogates = (buffer >= 0xD800) & (buffer < 0xE000)
    if written == count + 1 and not surrogates.any():
        return buffer[:count].astype(np.uint32)
    return np.array([_unicode(handle, i) for i in range(count)], dtype=np.uint32)


def _spaces_before(handle: int | None, space: Array) -> Array:
    """How many of the file's own spaces stand before each character; spaces that pdfium guessed do not count."""
    places = np.flatnonzero(space)
    guessed = np.fromiter(map(_generated, repeat(handle), places.tolist()), dtype=int, count=len(places))
    own = np.zeros(len(space), dtype=int)
    own[places[guessed == 0]] = 1
    return np.cumsum(own)


class _Run(NamedTuple):
    style: Style
    size: float
    direction: float
    offset: tuple[float, float]
    """From the lower left corner of a character's box to its baseline, in user space; the same in the whole run."""


def _runs(handle: int | None, indices: list[int], corners: list[list[float]], fonts: Fonts) -> list[_Run]:
    """The run of text that each of the characters `indices` belongs to; one look-up for each text object."""
    known: dict[int, _Run] = {}
    runs = []
    for i, corner in zip(indices, corners, strict=True):
        text_object = _object(handle, i) or 0
        run = known.get(text_object)
        if run is None or not text_object:
            run = known[text_object] = _run(handle, i, text_object, corner, fonts)
        runs.append(run)
    return runs


def _run(handle: int | None, index: int, text_object: int, corner: list[float], fonts: Fonts) -> _Run:
    """Style, size in points and direction in degrees (counter-clockwise, user space) of a text object."""
    matrix, colour = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
    _matrix(handle, index, matrix)
    a, b, c, d = matrix[:4]
    at = ctypes.addressof(colour)
    seen = _fill(handle, index, at, at + 4, at + 8, at + 12)
    mode = _mode(text_object) if text_object else 0
    name, bold, italic = _font(_font_of(text_object), fonts) if text_object else ("", False, False)
    style = Style(
        name,
        bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
        italic,
        (colour[0], colour[1], colour[2]) if seen else (0, 0, 0),
        mode in _INVISIBLE or bool(seen and colour[3] == 0),
    )
    size, direction = abs(_font_size(handle, index) * (math.hypot(c, d) or 1.0)), math.degrees(math.atan2(b, a))
    origin = (ctypes.c_double * 2)()
    at = ctypes.addressof(origin)
    _origin(handle, index, at, at + 8)
    # Along a level baseline the boxes themselves tell where letters begin: bearings differ from letter to letter.
    across = 0.0 if abs(direction) % 180 < 1 else origin[0] - corner[0]
    return _Run(style, size, direction, (across, origin[1] - corner[1]))


def _font(address: int | None, fonts: Fonts) -> tuple[str, bool, bool]:
    key = address or 0
    if key not in fonts:
        font = ctypes.cast(key, raw.FPDF_FONT)
        buffer = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.value.decode("utf-8", "replace")
        plain = name.split("+")[-1].lower()
        heavy = any(w in plain for w in ("bold", "black", "heavy", "-semib", "demi"))
        fonts[key] = (name, heavy or raw.FPDFFont_GetWeight(font) >= 600, "italic" in plain or "oblique" in plain)
    return fonts[key]


def _turn(origins: Array, boxes: Array, direction: Array, page: pdfium.PdfPage) -> tuple[Array, Array, Array, Array]:
    """Origins and ends in the shown page's points; rotated text in its own frame, turned around the page's corner."""
    _, _, matrix = frame(page)
    points = origins @ matrix[:, :2].T + matrix[:, 2]
    corners = np.stack([boxes[:, [0, 1]], boxes[:, [2, 3]]]).astype(float) @ matrix[:, :2].T + matrix[:, 2]
    angle = (np.round(direction - page.get_rotation()) % 360).astype(int)
    x, y = points[:, 0].copy(), points[:, 1].copy()
    end = corners[:, :, 0].max(axis=0)
    turned = angle != 0
    if turned.any():
        radians = np.radians(angle[turned])
        cos, sin = np.cos(radians), np.sin(radians)
        px, py = points[turned, 0], points[turned, 1]
        x[turned], y[turned] = px * cos - py * sin, px * sin + py * cos
        along = corners[:, turned, 0] * cos - corners[:, turned, 1] * sin
        end[turned] = along.max(axis=0)
    return x, y, end, angle


def turn_back(box: tuple[float, float, float, float], angle: int) -> tuple[float, float, float, float]:
    """The box on the page of a box in the frame of text turned by `angle` degrees (the inverse of what `Chars` has)."""
    if not angle:
        return box
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x0, top, x1, bottom = box
    xs = [x * cos + y * sin for x in (x0, x1) for y in (top, bottom)]
    ys = [-x * sin + y * cos for x in (x0, x1) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)


def _empty() -> Chars:
    nothing = np.zeros(0)
    none, flags = np.zeros(0, dtype=int), np.zeros(0, dtype=bool)
    return Chars("", nothing, nothing, nothing, nothing, none, flags, flags, none, ())
