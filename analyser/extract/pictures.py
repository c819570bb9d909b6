"""Pictures of a document's pages with its blocks outlined and numbered in reading order, to see layout decisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from analyser.document import BBox, Block, BlockKind, Document, InputError
from analyser.extract.pdf import opened

_SCALE = 1.5
"""Pixels a point: 108 dpi."""

_COLOURS: dict[BlockKind, str] = {
    "heading": "#c2185b",
    "paragraph": "#1565c0",
    "item": "#2e7d32",
    "table_cell": "#ef6c00",
    "caption": "#6a1b9a",
    "furniture": "#9e9e9e",
}


def draw(document: Document, path: Path, folder: Path) -> list[Path]:
    """Writes `folder`/NAME-001.png … from the PDF at `path`, a page each, and returns them.

    Each block's box is outlined in its kind's colour, with its number in reading order (from 1), kind and level; a
    block that goes on in another column or on another page is outlined there too, with the same number.
    Raises InputError if the document has no pages to draw or the folder cannot be written.
    """
    if not any(page.width for page in document.pages):
        raise InputError(f"{path.name} is a text file: only a PDF has pages to draw.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror}): choose another folder.") from None
    written = []
    font = ImageFont.load_default(size=13)
    with opened(path) as pdf:
        for page in document.pages:
            if not page.width:
                continue
            picture = pdf[page.number - 1].render(scale=_SCALE).to_pil().convert("RGB")
            _outline(picture, document.blocks, page.number, font)
            target = folder / f"{path.stem}-{page.number:03}.png"
            unfinished = target.with_suffix(".part")
            try:
                picture.save(unfinished, "PNG")
                unfinished.replace(target)
            except OSError as error:
                raise InputError(f"{target} cannot be written ({error.strerror}): choose another folder.") from None
            written.append(target)
    return written


def _outline(
    picture: Image.Image,
    blocks: tuple[Block, ...],
    page: int,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    pen = ImageDraw.Draw(picture)
    for number, block in enumerate(blocks, 1):
        label = f"{number} {block.kind}" + (f" {block.level}" if block.level else "")
        for x0, top, x1, bottom in _stretches(block, page):
            box = (_SCALE * x0 - 2, _SCALE * top - 2, _SCALE * x1 + 2, _SCALE * bottom + 2)
            pen.rectangle(box, outline=_COLOURS[block.kind], width=2)
            corner = pen.textbbox((box[0], box[1] - 15), label, font=font)
            pen.rectangle(corner, fill="white")
            pen.text((box[0], box[1] - 15), label, fill=_COLOURS[block.kind], font=font)


def _stretches(block: Block, page: int) -> Iterator[BBox]:
    """The boxes of the block on the page: one a column that it runs through."""
    box: BBox | None = None
    for piece in block.pieces:
        if piece.page != page or piece.bbox is None:
            continue
        x0, top, x1, bottom = piece.bbox
        if box is not None and top >= box[1] and x0 < box[2] and box[0] < x1:
            box = (min(box[0], x0), box[1], max(box[2], x1), max(box[3], bottom))
            continue
        if box is not None:
            yield box
        box = piece.bbox
    if box is not None:
        yield box
