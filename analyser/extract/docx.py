"""A Word file (.docx) to blocks: its styles say what pages can only show.

Headings are the paragraphs whose style has an outline level, and short bold ones over text that is not; list items
those that are numbered or have bullets; the headers and footers of its sections are furniture. Notes are captions:
text that is read, beside the running text. Boxes are None, as in text files; pages are where Word last broke them.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from analyser.document import Block, BlockKind, Document, InputError, Page, Piece
from analyser.extract.cells import Cell, headed
from analyser.extract.numbering import Numbering
from analyser.extract.words import BULLETS

_LARGEST = 400_000_000
"""Bytes, unpacked, of a file's text and styles (pictures are never unpacked): more is not a document but an attack."""

_LONGEST_HEADING = 120
_WRITTEN_BULLET = re.compile(rf"\s*[{re.escape(BULLETS)}](?:\t|\s+)(?=\S)")
_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:\d|heading)$", re.IGNORECASE)
_GONE = ("w:del", "w:moveFrom", "w:instrText", "w:txbxContent")
"""What of a paragraph is not its text: deletions, field codes, other paragraphs in it."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What is there a second time, for older programs."""


def read_docx(path: Path, data: bytes, document: Document) -> Document:
    """`document` with the blocks and pages of the Word file `data`; raises InputError if it cannot be opened."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    damaged = InputError(f"{path.name} is damaged or no Word file: save it again as .docx or PDF.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [p for p in package.infolist() if p.filename.endswith((".xml", ".rels"))]
            if sum(p.file_size for p in parts) > _LARGEST:
                raise InputError(f"{path.name} unpacks to far more than a document holds: save it again as PDF.")
        file = docx.Document(io.BytesIO(data))
        reader = _Reader(file)
        blocks = tuple(reader.blocks())
    except (zipfile.BadZipFile, zlib.error, OpcError, LxmlError, KeyError, ValueError, AttributeError, OSError):
        raise damaged from None
    if not any(b.kind != "furniture" for b in blocks):
        raise InputError(f"{path.name} is empty: there is no text to analyse.")
    pages = tuple(Page(n, 0, 0) for n in range(1, reader.page + 1))
    return replace(document, blocks=blocks, pages=pages, properties=_properties(file))


def _properties(file: Any) -> tuple[str, ...]:
    """The file's title and author; none where that part of it is damaged, which costs nothing else."""
    try:
        return tuple(filter(None, (file.core_properties.title, file.core_properties.author)))
    except (AttributeError, KeyError, ValueError):
        return ()


@dataclass(slots=True)
class _Text:
    """A paragraph's text, page by page, and whether all of it is bold."""

    parts: list[tuple[int, str]]
    bold: bool

    @property
    def whole(self) -> str:
        return " ".join("".join(text for _, text in self.parts).split())


class _Reader:
    """Walks the file once, in order, and counts its pages and lists."""

    def __init__(self, file: Any) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE as KIND
        from docx.oxml.ns import qn
        from docx.oxml.parser import parse_xml

        self.page = 1
        self._file, self._qn = file, qn
        self._gone = {_FALLBACK, *map(qn, _GONE)}
        related = {r.reltype: r.target_part for r in file.part.rels.values() if not r.is_external}
        roots = {kind: parse_xml(related[kind].blob) for kind in (KIND.FOOTNOTES, KIND.ENDNOTES, KIND.NUMBERING)
                 if kind in related}  # fmt: skip
        self._notes = {
            (name, note.get(qn("w:id"))): note
            for name, kind in (("footnote", KIND.FOOTNOTES), ("endnote", KIND.ENDNOTES)) if kind in roots
            for note in roots[kind]
        }  # fmt: skip
        self._numbering = Numbering(roots.get(KIND.NUMBERING))
        self._styles = {style.style_id: style for style in file.styles}
        self._rendered = next(file.element.body.iter(qn("w:lastRenderedPageBreak")), None) is not None

    def blocks(self) -> Iterator[Block]:
        """The file's blocks: headers, body, footers."""
        yield from self._furniture("header", "first_page_header")
        yield from self._joined(list(self._of(self._file.element.body)))
        yield from self._furniture("footer", "first_page_footer")

    def _furniture(self, *names: str) -> Iterator[Block]:
        seen = set()
        for section in self._file.sections:
            for name in names:
                for paragraph in getattr(section, name)._element.iter(self._qn("w:p")):
                    text = self._text(paragraph, count=False).whole
                    if text and text not in seen:
                        seen.add(text)
                        yield Block("furniture", text, self.page, None, None, (Piece(0, len(text), self.page, None),))

    def _joined(self, blocks: list[tuple[Block, bool]]) -> Iterator[Block]:
        """The blocks, short bold paragraphs over text that is not bold made headings one level below the last."""
        level = 0
        for (block, bold), below in zip_longest(blocks, blocks[1:]):
            short = len(block.text) <= _LONGEST_HEADING and block.text[-1] not in ".,;"
            if block.kind == "heading":
                level = block.level or 1
            elif block.kind == "paragraph" and bold and short and below and not below[1]:
                yield replace(block, kind="heading", level=min(level + 1, 6))
                continue
            yield block

    def _of(self, parent: Any) -> Iterator[tuple[Block, bool]]:
        """The blocks of `parent`, with whether they are bold; content controls and insertions opened."""
        qn = self._qn
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from ((block, False) for block in self._table(element))
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
                yield from self._of(element)

    def _paragraph(self, element: Any) -> Iterator[tuple[Block, bool]]:
        qn = self._qn
        text = self._text(element)
        style = self._style(element)
        level, number = self._outline(element, style), self._list(element, style)
        kind: BlockKind = "heading" if level is not None else "paragraph"
        marker = ""
        if text.whole and number is not None:
            marker = self._numbering.next(*number)
            if kind == "paragraph":
                kind, level = "item", number[1] + 1
        elif kind == "paragraph" and (written := _WRITTEN_BULLET.match("".join(t for _, t in text.parts))):
            kind, level = "item", 1
            text = _without(text, written.end())
        if any(_CONTENTS.match(name) for name in _names(style)):
            kind, level = "furniture", None  # its entries are headings, and stand again where they head something
        elif any(name.casefold() == "caption" for name in _names(style)):
            kind, level = "caption", None
        block = _block(kind, level, text, marker)
        if block:
            yield block, text.bold
        for box in element.iter(qn("w:txbxContent")):
            if not any(a.tag == _FALLBACK for a in box.iterancestors()):
                yield from self._of(box)
        for name in ("footnote", "endnote"):
            for mark in element.iter(qn(f"w:{name}Reference")):
                note = self._notes.get((name, mark.get(qn("w:id"))))
                for paragraph in note.iter(qn("w:p")) if note is not None else ():
                    block = _block("caption", None, self._text(paragraph))
                    if block:
                        yield block, False

    def _table(self, element: Any) -> Iterator[Block]:
        """The table's cells row by row, with their headings."""
        qn = self._qn
        cells: list[Cell[list[Block]]] = []
        above: dict[int, Cell[list[Block]]] = {}
        marked = set()
        for row, tr in enumerate(element.tr_lst):
            if tr.trPr is not None and tr.trPr.find(qn("w:tblHeader")) is not None:
                marked.add(row)
            column = tr.grid_before
            for tc in tr.tc_lst:
                span = tc.grid_span
                if tc.vMerge == "continue" and column in above:
                    above[column].rows = range(above[column].rows.start, row + 1)
                    column += span
                    continue
                blocks = list(self._of(tc))
                whole = " ".join(b.text for b, _ in blocks if b.kind != "furniture")
                bold = bool(blocks) and all(bold for _, bold in blocks)
                cell = Cell([b for b, _ in blocks], whole, range(row, row + 1), range(column, column + span), bold)
                cells.append(cell)
                above[column] = cell
                column += span
        for cell, row_heading, column_heading in headed(cells, marked):
            for block in cell.content:
                kind = "table_cell" if block.kind in ("paragraph", "heading") else block.kind
                level = block.level if kind == "item" else None
                yield replace(block, kind=kind, level=level, row=row_heading, column=column_heading)

    def _text(self, paragraph: Any, *, count: bool = True) -> _Text:
        qn = self._qn
        parts: list[tuple[int, str]] = []
        bold: list[bool] = []
        for element in self._running(paragraph):
            if element.tag == qn("w:t") and element.text:
                parts.append((self.page, element.text))
                if element.text.strip():
                    bold.append(self._is_bold(element.getparent(), paragraph))
            elif element.tag in (qn("w:tab"), qn("w:cr")) and element.getparent().tag == qn("w:r"):
                parts.append((self.page, "\t"))
            elif element.tag == qn("w:noBreakHyphen"):
                parts.append((self.page, "-"))
            elif element.tag == qn("w:br"):
                parts.append((self.page, " "))
                if count and not self._rendered and element.get(qn("w:type")) == "page":
                    self.page += 1
            elif element.tag == qn("w:lastRenderedPageBreak") and count:
                self.page += 1
        return _Text(parts, bool(bold) and all(bold))

    def _running(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag not in self._gone:
                yield child
                yield from self._running(child)

    def _is_bold(self, run: Any, paragraph: Any) -> bool:
        qn = self._qn
        own = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        if own is not None:
            return own.get(qn("w:val")) not in ("0", "false", "off")
        style = self._style(paragraph)
        while style is not None:
            if style.font.bold is not None:
                return bool(style.font.bold)
            style = style.base_style
        return False

    def _style(self, paragraph: Any) -> Any | None:
        return self._styles.get(paragraph.style) if paragraph.style else None

    def _outline(self, paragraph: Any, style: Any | None) -> int | None:
        """The heading level (from 1) that the paragraph or its style has."""
        qn = self._qn
        for properties in self._properties(paragraph, style):
            found = properties.find(qn("w:outlineLvl"))
            if found is not None:
                level = int(found.get(qn("w:val"), 9))
                return level + 1 if level < 6 else None
        for name in _names(style):
            match = _HEADING.match(name)
            if match:
                return min(int(match.group(1)), 6)
            if name.casefold() == "title":
                return 1
        return None

    def _list(self, paragraph: Any, style: Any | None) -> tuple[str, int] | None:
        """The list that the paragraph is in and its level there (from 0)."""
        qn = self._qn
        for properties in self._properties(paragraph, style):
            found = properties.find(qn("w:numPr"))
            if found is not None:
                number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
                name = "" if number is None else number.get(qn("w:val"), "")
                deep = 0 if level is None else int(level.get(qn("w:val"), 0))
                return (name, deep) if name not in ("", "0") else None
        return None

    def _properties(self, paragraph: Any, style: Any | None) -> Iterator[Any]:
        """The paragraph's own properties, then its style's, and those of the styles that it is based on."""
        if paragraph.pPr is not None:
            yield paragraph.pPr
        while style is not None:
            if style.element.pPr is not None:
                yield style.element.pPr
            style = style.base_style


def _names(style: Any | None) -> Iterator[str]:
    """The names of the style and of those that it is based on."""
    while style is not None:
        yield style.name or ""
        style = style.base_style


def _without(text: _Text, length: int) -> _Text:
    """The text without its first `length` characters."""
    parts = []
    for page, part in text.parts:
        parts.append((page, part[length:]))
        length = max(0, length - len(part))
    return _Text(parts, text.bold)


def _block(kind: BlockKind, level: int | None, text: _Text, marker: str = "") -> Block | None:
    """The block of a paragraph, white space folded; None if it has no text."""
    whole = f"{marker} " if marker else ""
    pieces: list[Piece] = []
    for page, part in text.parts:
        clean = re.sub(r"\s+", " ", unicodedata.normalize("NFC", part.replace("\xad", "").replace("\u200b", "")))
        clean = clean.lstrip() if not whole or whole.endswith(" ") else clean
        if not clean:
            continue
        if pieces and pieces[-1].page == page:
            pieces[-1] = replace(pieces[-1], end=len(whole) + len(clean))
        else:
            pieces.append(Piece(len(whole) if pieces else 0, len(whole) + len(clean), page, None))
        whole += clean
    whole = whole.rstrip()
    if not pieces or not whole:
        return None
    pieces = [replace(p, end=min(p.end, len(whole))) for p in pieces if p.start < len(whole)]
    return Block(kind, whole, pieces[0].page, None, level, tuple(pieces))
