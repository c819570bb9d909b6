"""A text file (UTF-8, form feed between pages) to pages and blocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analyser.document import Block, Document, InputError, Page, Piece


def read_text(path: Path, data: bytes, document: Document) -> Document:
    """`document` with the pages and blocks of the text `data` (boxes are None); raises InputError."""
    text = data.decode("utf-8-sig", "replace")
    blocks: list[Block] = []
    pages = text.split("\f")
    for number, page in enumerate(pages, 1):
        for paragraph in page.split("\n\n"):
            joined = " ".join(paragraph.split())
            if joined:
                blocks.append(Block("paragraph", joined, number, None, None, (Piece(0, len(joined), number, None),)))
    if not blocks:
        raise InputError(f"{path.name} is empty: there is no text to analyse.")
    return replace(document, pages=tuple(Page(n, 0, 0) for n in range(1, len(pages) + 1)), blocks=tuple(blocks))
