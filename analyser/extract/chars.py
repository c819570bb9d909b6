"""The characters of a PDF page, read from pdfium in batches into arrays.

Everything here and in the rest of this room is in the coordinate system that `document.py` names: PDF points, origin
in the top left corner of the page as it is shown (crop box and page rotation applied), y growing downwards.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
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
_object = prototype(raw.FPDFText_GetTextObject, _P, _I, result=ctypes.c_size_t)

_matrix = prototype(raw.FPDFText_GetMatrix, _P, _I, _P)
_fill = prototype(raw.FPDFText_GetFillColor, _P, _I, _P, _P, _P, _P)
_font_size = prototype(raw.FPDFText_GetFontSize, _P, _I, result=ctypes.c_double)
_mode = prototype(raw.FPDFTextObj_GetTextRenderMode, _P)
_font_of = prototype(raw.FPDFTextObj_GetFont, _P, result=_P)

_IS_SPACE = np.zeros(0x10000, dtype=bool)
_IS_SPACE[[9, 10, 11, 12, 13, 32, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF]] = True
_BLACK = (0, 0, 0, 255)
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
    for mark in _HYPHEN_MARKS:
        codes[codes == mark] = ord("-")
    solid = np.flatnonzero(~space)
    if not len(solid):
        return _empty()
    solid_codes = codes[solid]
    gap = np.diff(_spaces_before(handle, space)[solid], prepend=0) > 0

    boxes = np.zeros((len(solid), 4), dtype=np.float32)  # left, top, right, bottom
    _written(_loose_box, handle, solid, boxes)
    # Half of a pair of surrogates is no letter, nor is a number beyond Unicode: a damaged font can claim either.
    unmapped = (solid_codes < 32) | ((solid_codes >= 0xD800) & (solid_codes < 0xE000)) | (solid_codes > 0x10FFFF)
    nameless = unmapped.copy()
    doubtful = np.flatnonzero((solid_codes >= 0xE000) & (solid_codes < 0xF900))
    unmapped[doubtful] = [bool(_unmapped(handle, k)) for k in solid[doubtful].tolist()]

    # Style can change at a word's start, or where the font's height or the baseline does: ask pdfium only there.
    asks = np.ones(len(solid), dtype=bool)
    asks[1:] = np.diff(solid) > 1
    for edge in (1, 3):
        asks[1:] |= np.abs(np.diff(boxes[:, edge])) > 0.01
    asked = np.flatnonzero(asks)
    runs, of_asked = _runs(handle, solid[asked], boxes[asked], fonts)
    of_char = np.repeat(of_asked, np.diff(np.append(asked, len(solid))))
    x, y, end, angle = _turn(boxes, runs.offset[of_char], runs.direction[of_char], page)
    solid_codes[nameless] = 0xFFFD
    text = solid_codes.astype("<u4").tobytes().decode("utf-32-le")
    return Chars(text, x, y, end, runs.size[of_char], angle, gap, unmapped, runs.style[of_char], runs.styles)


def _written(function: Any, handle: int | None, indices: Array, rows: Array, columns: int = 1) -> list[int]:
    """Has a function of pdfium's write a row of `rows` for each of the characters `indices`; returns its answers.

    It is called with the handle, the character, and the addresses of `columns` equal parts of the row.
    """
    first, size, step = rows.ctypes.data, rows.nbytes, rows.strides[0]
    addresses = [range(first + k * step // columns, first + size, step) for k in range(columns)]
    return list(map(function, repeat(handle), indices.tolist(), *addresses))


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


class _Runs(NamedTuple):
    """Stretches of text set alike (text objects), one row each; `style` indexes `styles`.

    `size` in points; `direction` in degrees, counter-clockwise in user space; `offset` from the lower left corner of a
    character's box to its baseline, in user space.
    """

    style: Array
    size: Array
    direction: Array
    offset: Array
    styles: tuple[Style, ...]


def _runs(handle: int | None, indices: Array, boxes: Array, fonts: Fonts) -> tuple[_Runs, Array]:
    """The text objects that the characters `indices` belong to, and for each character which of them it is.

    A character that pdfium made up has no text object, and is a run of its own.
    """
    count = len(indices)
    objects = np.fromiter(map(_object, repeat(handle), indices.tolist()), dtype=np.uintp, count=count)
    objects = np.where(objects, objects, np.arange(count, dtype=np.uintp))  # no object's address is so small
    objects, firsts, of_asked = np.unique(objects, return_index=True, return_inverse=True)
    indices, boxes = indices[firsts], boxes[firsts]
    matrices = np.zeros((len(firsts), 6), dtype=np.float32)
    _written(_matrix, handle, indices, matrices)
    origins = np.zeros((len(firsts), 2))
    _written(_origin, handle, indices, origins, columns=2)
    a, b, c, d = matrices.astype(float).T[:4]
    heights = np.fromiter(map(_font_size, repeat(handle), indices.tolist()), dtype=float, count=len(firsts))
    scale = np.hypot(c, d)
    direction = np.degrees(np.arctan2(b, a))
    offset = origins - boxes[:, [0, 3]]
    # Along a level baseline the boxes themselves tell where letters begin: bearings differ from letter to letter.
    offset[np.abs(direction) % 180 < 1, 0] = 0.0
    styles: dict[Style, int] = {}
    colours = np.zeros((len(firsts), 4), dtype=np.uint32)
    coloured = _written(_fill, handle, indices, colours, columns=4)
    style = [
        styles.setdefault(_style(address if address >= count else 0, colour if seen else _BLACK, fonts), len(styles))
        for address, seen, colour in zip(objects.tolist(), coloured, colours.tolist(), strict=True)
    ]
    size = np.abs(heights * np.where(scale, scale, 1.0))
    return _Runs(np.array(style), size, direction, offset, tuple(styles)), of_asked


def _style(text_object: int, colour: Sequence[int], fonts: Fonts) -> Style:
    """How a text object is set, of which the fill colour (r, g, b, alpha) is known."""
    mode = _mode(text_object) if text_object else raw.FPDF_TEXTRENDERMODE_FILL
    name, bold, italic = _font(_font_of(text_object), fonts) if text_object else ("", False, False)
    red, green, blue, alpha = colour
    bold = bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    return Style(name, bold, italic, (red, green, blue), mode in _INVISIBLE or not alpha)


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


def _turn(boxes: Array, offset: Array, direction: Array, page: pdfium.PdfPage) -> tuple[Array, Array, Array, Array]:
    """Origins and ends in the shown page's points; rotated text in its own frame, turned around the page's corner."""
    _, _, matrix = frame(page)
    (a, b, e), (c, d, f) = matrix.tolist()
    left, top, right, bottom = boxes.T.astype(float)
    origin_x, origin_y = left + offset[:, 0], bottom + offset[:, 1]
    x, y = a * origin_x + b * origin_y + e, c * origin_x + d * origin_y + f
    ends_x = a * left + b * top + e, a * right + b * bottom + e
    end = np.maximum(*ends_x)
    angle = (np.round(direction - page.get_rotation()) % 360).astype(int)
    turned = angle != 0
    if turned.any():
        radians = np.radians(angle[turned])
        cos, sin = np.cos(radians), np.sin(radians)
        px, py = x[turned], y[turned]
        x[turned], y[turned] = px * cos - py * sin, px * sin + py * cos
        ends_y = c * left + d * top + f, c * right + d * bottom + f
        end[turned] = np.maximum(*(p[turned] * cos - q[turned] * sin for p, q in zip(ends_x, ends_y, strict=True)))
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
