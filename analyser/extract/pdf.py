"""A PDF file to pages and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from analyser.document import Document, InputError, Page
from analyser.extract.chars import frame, read_chars
from analyser.extract.furniture import mark_furniture
from analyser.extract.layout import cells_of, reading_order
from analyser.extract.lines import Line, body_size, chunks_of
from analyser.extract.shapes import read_shapes, with_drawn_bullets
from analyser.extract.structure import blocks_of
from analyser.extract.words import words_of


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF at `path`, closed afterwards. Raises InputError with one sentence if it cannot be opened."""
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise InputError(f"{path.name} is protected by a password: save it without one and try again.") from None
        raise InputError(f"{path.name} is damaged or cut short and cannot be opened: get the file again.") from None
    try:
        yield pdf
    finally:
        pdf.close()


def read_pdf(path: Path, document: Document) -> Document:
    """`document` with the pages, blocks, status and warnings of the PDF at `path`; raises InputError."""
    pages: list[Page] = []
    chunks: list[list[Line]] = []
    with opened(path) as pdf:
        if not len(pdf):
            raise InputError(f"{path.name} has no pages: get the file again.")
        fonts: dict[int, tuple[str, bool, bool]] = {}
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            width, height, _ = frame(page)
            shapes = read_shapes(page)
            lines = chunks_of(with_drawn_bullets(words_of(read_chars(page, fonts)), shapes))
            page.close()
            pages.append(Page(number, round(width, 2), round(height, 2)))
            for line in lines:
                line.page = number
            chunks.append(lines)
    body = body_size(line for page_lines in chunks for line in page_lines)
    mark_furniture(chunks, [p.height for p in pages], body)
    lines = reading_order([cells_of([c for c in page if not c.furniture], body) for page in chunks], body)
    return replace(document, pages=tuple(pages), blocks=blocks_of(_with_furniture(lines, chunks), body))


def _with_furniture(lines: list[Line], chunks: list[list[Line]]) -> list[Line]:
    """The lines in reading order with each page's furniture before its first line and after its last."""
    before: dict[int, list[Line]] = {}
    after: dict[int, list[Line]] = {}
    last: dict[int, int] = {line.page: i for i, line in enumerate(lines)}
    for page, page_chunks in enumerate(chunks, 1):
        before[page], after[page] = _furniture(page_chunks)
    whole: list[Line] = []
    for i, line in enumerate(lines):
        whole += before.pop(line.page, [])
        whole.append(line)
        if last[line.page] == i:
            whole += after.pop(line.page, [])
    for page in sorted({*before, *after}):
        whole += [*before.get(page, []), *after.get(page, [])]
    return whole


def _furniture(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The page's furniture above and below its text."""
    furniture = sorted((c for c in lines if c.furniture), key=lambda c: (c.base, c.x0))
    middle = min((c.base for c in lines if not c.furniture), default=0.0)
    return [c for c in furniture if c.base < middle], [c for c in furniture if c.base >= middle]
