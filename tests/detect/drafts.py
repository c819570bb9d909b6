"""Small documents for the tests of detection, written as lines of a light markup, and their coding."""

from __future__ import annotations

from analyser.coder import coder
from analyser.document import Block, BlockKind, Document, Mention, Page

Line = str | Block


def document(*lines: Line, file: str = "koe.txt") -> Document:
    """A document of these blocks and lines.

    `# ` and `## ` begin headings, `- ` and `-- ` items, `| ` a table cell; `---` is a page break, the rest paragraphs.
    """
    blocks: list[Block] = []
    page = 1
    for line in lines:
        if isinstance(line, Block):
            blocks.append(line)
        elif line == "---":
            page += 1
        else:
            blocks.append(_block(line, page))
    return Document(file, "", pages=tuple(Page(n, 0, 0) for n in range(1, page + 1)), blocks=tuple(blocks))


def _block(line: str, page: int) -> Block:
    mark, _, text = line.partition(" ")
    kinds: dict[str, BlockKind] = {"#": "heading", "-": "item", "|": "table_cell"}
    kind = kinds.get(mark[:1]) if mark and mark == mark[0] * len(mark) else None
    if kind is None:
        return Block("paragraph", line, page, None)
    return Block(kind, text, page, None, None if kind == "table_cell" else len(mark))


def cell(text: str, column: int, row: int, page: int = 1) -> Block:
    """A table cell with its box: columns are 150 points wide, rows 40 high."""
    left, top = 50.0 + 150 * column, 100.0 + 40 * row
    return Block("table_cell", text, page, (left, top, left + 140, top + 30))


def coded(*lines: Line, language: str = "fi", report_language: str = "fi") -> Document:
    """The document of these lines, coded by the bundled codebook and classifier."""
    return coder(language, None).coded(document(*lines), report_language)


def mention(text: str, *above: Line, language: str = "fi") -> Mention | None:
    """The mention that the sentence `text` is, below the lines `above`; None if it is none."""
    found = coded(*above, text, language=language)
    shown = found.sentences[-1].text
    return next((m for m in found.mentions if m.text == shown), None)


def reasons_for_leaving_out(text: str, language: str = "fi") -> set[str]:
    """The reasons for which words of the sentence `text` were left out as false friends."""
    return {e.reason for e in coded(text, language=language).excluded}


def label(*lines: Line, language: str = "fi") -> str:
    """The label of the document of these lines."""
    verdict = coded(*lines, language=language).verdict
    assert verdict is not None
    return verdict.label
