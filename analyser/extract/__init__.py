"""PDF or text to pages and blocks in reading order: words, lines, columns, headings, lists, furniture, OCR.

    PDF ─chars, ocr (skew)─▶ words ─initials, lines, tables (cells, aligned, unruled)─▶ chunks
        ─furniture, layout (margins, gutters, grid)─▶ lines in reading order
        ─structure (headings, drafts), torn, hyphens─▶ blocks ─contents─▶ blocks
    .txt ─decoding─▶ text ─rows (columns, spacing), text (hyphens, cells, contents)─▶ blocks
    .docx ─docx (numbering, cells)─▶ blocks

`read` is the door; `to_json` and `draw` show what came out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from analyser.document import Document, InputError

__all__ = ["draw", "read", "to_json"]

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an OLE file begins: Word's before 2007, and any that has a password."""


def read(path: Path, *, file: str | None = None) -> Document:
    """The document at `path` (PDF, .docx, .txt) with its pages and blocks in reading order; `file`: its key in outputs.

    Raises InputError, one sentence that names the file and the mend, if nothing can be read from it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be read ({error.strerror}): check the path and its permissions."
        raise InputError(message) from None
    document = Document(file=file or path.name, sha256=hashlib.sha256(data).hexdigest())
    if not data.strip():
        raise InputError(f"{path.name} is empty: get the file again.")
    if path.suffix.casefold() == ".txt":
        from analyser.extract.text import read_text

        return read_text(path, data, document)
    if data.startswith(b"PK") and b"word/" in data:
        from analyser.extract.docx import read_docx

        return read_docx(path, data, document)
    if data.startswith(_OLD_OFFICE):
        message = f"{path.name} is an old or a protected Word file: save it as .docx without a password, or as PDF."
        raise InputError(message)
    if b"%PDF-" not in data[:1024]:
        if path.suffix.casefold() == ".docx":
            raise InputError(f"{path.name} is not a Word file, whatever its name says: get it again or save it as PDF.")
        raise InputError(f"{path.name} is not a PDF: give a PDF, a .docx or a .txt file.")
    from analyser.extract.pdf import read_pdf

    return read_pdf(path, document)


def draw(document: Document, path: Path, folder: Path) -> list[Path]:
    """Writes a picture of each page of the PDF at `path` to `folder`, blocks outlined and numbered; returns the files.

    Raises InputError if the document has no pages to draw or the folder cannot be written.
    """
    from analyser.extract.pictures import draw as draw_pages

    return draw_pages(document, path, folder)


def to_json(document: Document) -> dict[str, Any]:
    """The document's pages and blocks as `analyser extract --json` prints them."""
    return {
        "pages": [{"number": p.number, "width": p.width, "height": p.height, "ocr": p.ocr} for p in document.pages],
        "blocks": [
            {"kind": b.kind, "level": b.level, "text": b.text, "page": b.page, "bbox": b.bbox and list(b.bbox)}
            for b in document.blocks
        ],
    }
