"""Pictures of the evidence: the PDF page around a mention, with the sentence outlined and its terms marked."""

from __future__ import annotations

import ctypes
import hashlib
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.document import BBox, Mention
from analyser.files import write_bytes

if TYPE_CHECKING:
    from PIL import Image

SCALE = 2.0  # pixels a point: sharp on a screen of double density at about the page's printed size
MARGIN = 40.0  # points of the page shown above and below the sentence
MIN_WIDTH = 0.6  # of the page's width, so that the sentence is seen in its place
OUTLINE, MARKER = (20, 82, 148), (255, 221, 87)


@dataclass(frozen=True)
class Crop:
    """A picture file's name and its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """The pictures of one document to be made; `stem` is the folder and the beginning of their names."""

    pdf: Path
    mentions: tuple[Mention, ...]
    stem: Path


def draw(drawing: Drawing) -> dict[int, Crop]:
    """Write a picture of each mention that has a box; returns them by the mention's index.

    A PDF or page that cannot be drawn has no pictures: the report is complete without them. A PDF can hang or crash the
    drawing, so this is for a process that may be lost. Raises OSError where the pictures cannot be written.
    """
    import pypdfium2

    mentions = drawing.mentions
    placed = sorted((m.page, i) for i, m in enumerate(mentions) if m.bbox is not None)
    made: dict[int, Crop] = {}
    try:
        document = pypdfium2.PdfDocument(drawing.pdf)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return made
    with closing(document):
        for page, group in groupby(placed, key=lambda pair: pair[0]):
            if 1 <= page <= len(document):
                with suppress(pypdfium2.PdfiumError, ValueError):
                    made.update(_page(document, page, [(i, mentions[i]) for _, i in group], drawing.stem))
    return made


def _page(
    document: Any, number: int, mentions: Iterable[tuple[int, Mention]], stem: Path
) -> Iterator[tuple[int, Crop]]:
    with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
        width, height = page.get_size()
        scale = min(SCALE, 2400 / max(width, height, 1))
        picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        letters = _letters(page, text)
        for index, mention in mentions:
            box = _inside(mention.bbox, width, height)
            if box is None:
                continue
            terms = [b for term in mention.terms for b in _boxes(letters, term.text, box)]
            window = _window(box, width, height)
            image = _marked(picture, window, box, terms, scale)
            if not (image.width and image.height):
                continue
            digest = hashlib.sha256(repr((mention.page, box, terms, index)).encode()).hexdigest()[:8]
            name = f"{stem.name}-p{number}-{digest}.webp"
            buffer = BytesIO()
            image.save(buffer, "WEBP", quality=72, method=2)
            write_bytes(stem.parent / name, [buffer.getvalue()])
            yield index, Crop(name, image.width, image.height)


def _inside(box: BBox | None, width: float, height: float) -> BBox | None:
    """The box clipped to the page; None if nothing of it is left."""
    if box is None or not all(math.isfinite(x) for x in box):
        return None
    x0, top, x1, bottom = max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
    return (x0, top, x1, bottom) if x1 - x0 > 1 and bottom - top > 1 else None


def _window(box: BBox, width: float, height: float) -> BBox:
    x0, top, x1, bottom = box
    missing = max(0.0, MIN_WIDTH * width - (x1 - x0 + 2 * MARGIN))
    left, right = max(0, x0 - MARGIN - missing / 2), min(width, x1 + MARGIN + missing / 2)
    return left, max(0, top - MARGIN), right, min(height, bottom + MARGIN)


@dataclass(frozen=True)
class _Letter:
    """A letter as it is searched for (one of several where a ligature stands for them), and where it stands."""

    text: str
    box: BBox


def _letters(page: Any, text: Any) -> list[_Letter]:
    """The letters of a page in stream order, ligatures taken apart, without spaces and hyphens."""
    found = []
    for index, character in enumerate(_characters(text)):
        if plain := _plain(character):
            left, bottom, right, top = text.get_charbox(index)
            (x0, y0), (x1, y1) = _shown(page, left, top), _shown(page, right, bottom)
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            found += [_Letter(letter, box) for letter in plain]
    return found


def _characters(text: Any) -> list[str]:
    from pypdfium2 import raw

    # One by one: the text that pdfium gives in one piece leaves out the hyphens at line ends, and so shifts.
    codes = (raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars()))
    return [chr(code) if code < 0x110000 else "" for code in codes]


def _plain(text: str) -> str:
    """Text as it is searched for: capitals, ligatures, spaces and hyphens make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def _boxes(letters: Sequence[_Letter], term: str, within: BBox) -> list[BBox]:
    """Where `term` stands within a box, a box a line."""
    x0, top, x1, bottom = within[0] - 2, within[1] - 2, within[2] + 2, within[3] + 2
    inside = [
        letter
        for letter in letters
        if x0 <= (letter.box[0] + letter.box[2]) / 2 <= x1 and top <= (letter.box[1] + letter.box[3]) / 2 <= bottom
    ]
    page, wanted = "".join(letter.text for letter in inside), _plain(term)
    found: list[BBox] = []
    start = page.find(wanted) if wanted else -1
    while start >= 0:
        found += _lines([letter.box for letter in inside[start : start + len(wanted)]])
        start = page.find(wanted, start + len(wanted))
    return found


def _lines(boxes: Sequence[BBox]) -> list[BBox]:
    """One box around the boxes of each line."""
    lines: list[list[BBox]] = []
    for box in boxes:
        middle = (box[1] + box[3]) / 2
        if lines and min(b[1] for b in lines[-1]) - 2 <= middle <= max(b[3] for b in lines[-1]) + 2:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [
        (min(x0), min(top), max(x1), max(bottom)) for x0, top, x1, bottom in (zip(*line, strict=True) for line in lines)
    ]


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of PDF user space on the page as it is shown: rotated, cropped, from the top left corner."""
    from pypdfium2 import raw

    width, height = page.get_size()
    fine = 100  # the function answers in whole units
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * fine), round(height * fine), 0, x, y, across, down)
    return across.value / fine, down.value / fine


def _marked(picture: Image.Image, window: BBox, box: BBox, terms: Sequence[BBox], scale: float) -> Image.Image:
    from PIL import Image, ImageChops, ImageDraw

    def pixels(area: BBox, pad: float = 0) -> tuple[int, int, int, int]:
        x0, top, x1, bottom = area
        return (round((x0 - window[0] - pad) * scale), round((top - window[1] - pad) * scale),
                round((x1 - window[0] + pad) * scale), round((bottom - window[1] + pad) * scale))  # fmt: skip

    left, top, right, bottom = (round(x * scale) for x in window)
    image = picture.crop((left, top, right, bottom))
    if terms:
        marker = Image.new("RGB", image.size, "white")
        draw = ImageDraw.Draw(marker)
        for term in terms:
            draw.rectangle(pixels(term, 1), fill=MARKER)
        image = ImageChops.multiply(image, marker)
    ImageDraw.Draw(image).rounded_rectangle(pixels(box, 4), radius=6, outline=OUTLINE, width=max(2, round(1.5 * scale)))
    return image
