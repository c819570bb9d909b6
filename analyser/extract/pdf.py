"""A PDF file to pages and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from analyser.document import BBox, Document, InputError, Page, Status
from analyser.extract import ocr
from analyser.extract.chars import Array, Chars, Fonts, frame, read_chars
from analyser.extract.contents import set_aside
from analyser.extract.furniture import mark_furniture
from analyser.extract.initials import with_initials
from analyser.extract.layout import cells_of, fold_boxes, reading_order, table_line
from analyser.extract.lines import Line, body_size, chunks_of
from analyser.extract.shapes import Shape, find_boxes, read_shapes, seen_words, with_drawn_bullets
from analyser.extract.structure import blocks_of
from analyser.extract.tables import Table, find_tables, name_cells, words_by_cell
from analyser.extract.words import Word, words_of

_GARBLED = 0.3
"""A page of whose characters this part has no known letter is read from its picture instead."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜŠŽÁ"
_SIGNS = "0123456789.,:;!?()/&%€§#@+*=<>|_~\"'”’“‘´`…•·–—−-\xad\u200b\u2010\u2011"
_VOWELS = "AEIOUYÅÄÖÉÜ"


_FEW = 4
"""Fewer words than this on a page are not its text."""


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF at `path`, closed afterwards. Raises InputError with one sentence if it cannot be opened."""
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        # pdfium's error code is that of an earlier file where this one has no error of its own: look at the file.
        data = path.read_bytes()
        if b"/Encrypt" in data:
            raise InputError(f"{path.name} is protected by a password: save it without one and try again.") from None
        if b"/Catalog" in data and re.search(rb"/Count\s+0\b", data):
            raise InputError(f"{path.name} has no pages: get the file again.") from None
        raise InputError(f"{path.name} is damaged or cut short and cannot be opened: get the file again.") from None
    try:
        yield pdf
    finally:
        pdf.close()


def read_pdf(path: Path, document: Document) -> Document:
    """`document` with the pages, blocks, status and warnings of the PDF at `path`; raises InputError."""
    pages: list[Page] = []
    chunks: list[list[Line]] = []
    tables: list[list[tuple[Line, Table]]] = []
    boxes: list[list[BBox]] = []
    trouble = _Trouble()
    with opened(path) as pdf:
        if not len(pdf):
            raise InputError(f"{path.name} has no pages: get the file again.")
        properties = tuple(filter(None, map(pdf.get_metadata_value, ("Title", "Author"))))
        fonts: Fonts = {}
        for number in range(1, len(pdf) + 1):
            page, words, shapes = _read_page(pdf, number, fonts, trouble)
            pages.append(page)
            found, rest = _tables(words, find_tables(shapes, words), number)
            tables.append(found)
            chunks.append([*_chunks(rest, number), *(whole for whole, _ in found)])
            boxes.append(find_boxes(shapes, page.width, page.height))
    ocr.respace(line for page_lines in chunks for line in page_lines)
    body = body_size(line for page_lines in chunks for line in page_lines if not line.cells)
    mark_furniture(chunks, [p.height for p in pages], body)
    name_cells(tables, chunks)
    cells = [
        cells_of(fold_boxes([c for c in page if not c.furniture], page_boxes), body)
        for page, page_boxes in zip(chunks, boxes, strict=True)
    ]
    lines = reading_order(cells, body)
    blocks = set_aside(blocks_of(_with_furniture(lines, chunks), body))
    if not blocks:
        raise InputError(f"{path.name} {trouble.nothing()}.")
    warnings = (*document.warnings, *trouble.warnings(path.name))
    status: Status = "partial" if trouble.unread or trouble.broken else "ok"
    return replace(
        document, pages=tuple(pages), blocks=blocks, properties=properties, warnings=warnings, status=status
    )


def _chunks(words: list[Word], page: int) -> list[Line]:
    chunks = chunks_of(words)
    for line in chunks:
        line.page = page
    return chunks


def _tables(words: list[Word], tables: list[Table], page: int) -> tuple[list[tuple[Line, Table]], list[Word]]:
    """The page's tables, each also as one line, and the words outside of them."""
    whole = []
    for table in tables:
        cells, words = words_by_cell(table, words)
        inside = [chunks_of(cell) for cell in cells]
        for line in (line for cell in inside for line in cell):
            line.page = page
        whole.append((table_line(table.box, inside, len(words), page), table))
    return whole, words


@dataclass(slots=True)
class _Trouble:
    """What could not be read, by page numbers, and text that was left out because nobody sees it, by words."""

    unread: list[int] = field(default_factory=list)
    """Pages that are pictures of text which no OCR could read."""
    broken: list[int] = field(default_factory=list)
    unseen: int = 0
    read: list[int] = field(default_factory=list)
    """Pages whose text came by OCR, now or when they were scanned."""

    def warnings(self, name: str) -> list[str]:
        """A sentence for each kind of trouble."""
        found = []
        if self.unread:
            advice = f": {ocr.INSTALL}" if ocr.available() is None else " and OCR found no text there"
            found.append(f"{name}: {_pages(self.unread)} pictures of text or set in fonts without letters{advice}.")
        if self.read:
            found.append(f"{name}: text read by OCR on {_listed(self.read)}; check quotations against the picture.")
        if self.broken:
            found.append(f"{name}: {_pages(self.broken)} damaged and left out: get the file again.")
        if self.unseen:
            hidden = "invisible, white on white or off the page"
            found.append(f"{name}: {self.unseen} words that no reader sees ({hidden}) were left out.")
        return found

    def nothing(self) -> str:
        """Why a document has no text at all."""
        if self.unread and ocr.available() is None:
            return f"has only pictures of pages and no text: {ocr.INSTALL}"
        if self.broken:
            return "is damaged and none of its pages can be read: get the file again"
        return "has no text that can be read: check that it is the right file"


def _pages(numbers: list[int]) -> str:
    return f"{_listed(numbers)} {'is' if len(numbers) == 1 else 'are'}"


def _listed(numbers: list[int]) -> str:
    """The page numbers, runs of them as ranges: `page 3`, `pages 1–4, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs]
    listed = ", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def _read_page(
    pdf: pdfium.PdfDocument, number: int, fonts: Fonts, trouble: _Trouble
) -> tuple[Page, list[Word], list[Shape]]:
    """A page, its words (written, of a scan's text layer, or read by OCR) and what else is drawn on it."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        trouble.broken.append(number)
        return Page(number, 0, 0), [], []
    try:
        width, height, _ = frame(page)
        shapes = read_shapes(page)
        chars = read_chars(page, fonts)
        legible = _legible(chars)
        words = words_of(chars) if legible else []
        seen = seen_words(words, width, height, shapes)
        layered = len(words) - len(seen)
        by_ocr = False
        if len(seen) < _FEW and layered > _FEW and layered > 5 * len(seen) and any(s.picture for s in shapes):
            seen, by_ocr = words, True
        elif len(seen) < _FEW and (not legible or not seen) and (shapes or len(chars.text)):
            read = ocr.read_words(page) if _may_hold_text(shapes, width, height) or not legible else []
            seen, by_ocr = (read, True) if read else (seen, False)
            if not read and (len(chars.text) or any(s.picture for s in shapes)):
                trouble.unread.append(number)
        else:
            trouble.unseen += layered
        if by_ocr:
            trouble.read.append(number)
        words = with_drawn_bullets(with_initials(seen), shapes)
        return Page(number, round(width, 2), round(height, 2), by_ocr), words, shapes
    finally:
        page.close()


def _legible(chars: Chars) -> bool:
    """Whether the page's characters are letters that a reader would recognise, as far as their codes can tell.

    A font without a Unicode map gives no letters, or any: private-use codes, other scripts' letters and signs, or
    consonants without vowels.
    """
    if not chars.text:
        return False
    codes = np.minimum(np.frombuffer(chars.text.encode("utf-32-le"), dtype=np.uint32), 0xFFFF)
    kinds = np.where(chars.unmapped, _UNMAPPED, _kinds()[codes])
    strange, _, consonants, vowels, unmapped = np.bincount(kinds, minlength=5).tolist()
    if max(strange, unmapped) > _GARBLED * len(codes):
        return False
    letters = consonants + vowels
    return bool(letters < 200 or vowels > 0.2 * letters)


_STRANGE, _SIGN, _CONSONANT, _VOWEL, _UNMAPPED = range(5)


@cache
def _kinds() -> Array:
    """For each code whether it is a vowel, another letter, a sign that may stand in a text, or none of these."""
    kinds = np.full(0x10000, _STRANGE, dtype=np.uint8)
    for first, last in ((0xFB00, 0xFB06), (0x2190, 0x27BF)):  # ligatures, arrows and bullets
        kinds[first : last + 1] = _SIGN
    for characters, kind in ((_SIGNS, _SIGN), (_LETTERS, _CONSONANT), (_VOWELS, _VOWEL)):
        kinds[[ord(c) for c in characters + characters.lower()]] = kind
    return kinds


def _may_hold_text(shapes: list[Shape], width: float, height: float) -> bool:
    """Whether the page's pictures or drawings are large enough to be text."""
    area = sum((s.x1 - s.x0) * (s.bottom - s.top) for s in shapes if s.picture)
    return area > 0.2 * width * height or sum(not s.picture for s in shapes) > 200


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
