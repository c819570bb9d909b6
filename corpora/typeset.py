"""Typesets a strategy as a PDF with typst, in the layout that its front matter names."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import typst

from corpora.source import Block, Heading, Item, PageBreak, Paragraph, Strategy, Table, texts

LAYOUTS = Path(__file__).parent / "layouts"
_COVER_LINE = 100
"""Characters that a paragraph on the cover (an approval, a date, a motto) has at most."""


def pdf(strategy: Strategy) -> bytes:
    """The strategy as a PDF: the same bytes each time, whatever fonts the machine has."""
    data = json.dumps(as_data(strategy), ensure_ascii=False)
    made = typst.compile(
        str(LAYOUTS / f"{strategy.layout}.typ"),
        root=str(LAYOUTS),
        font_paths=[str(LAYOUTS / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"strategy": data},
    )
    assert isinstance(made, bytes)
    return made


def as_data(strategy: Strategy) -> dict[str, Any]:
    """What the layouts read: title, cover lines, sections, and a number by which look-alikes can be made to differ.

    A section is what stands between two breaks, or under a heading of level 2: `{"break": bool, "blocks": [...]}`.
    """
    cover, body = _cover(strategy)
    sections: list[dict[str, Any]] = []
    fresh = True
    for block in _blocks(body):
        starts = block["kind"] == "heading" and block["level"] == 2
        if block["kind"] == "break":
            fresh = True
            continue
        if fresh or starts:
            sections.append({"break": fresh and bool(sections), "blocks": []})
        sections[-1]["blocks"].append(block)
        fresh = False
    return {
        "organisation": strategy.organisation,
        "language": strategy.language,
        "title": strategy.title,
        "cover": cover,
        "variant": zlib.crc32(strategy.name.encode()),
        "sections": sections,
    }


def _cover(strategy: Strategy) -> tuple[list[str], Sequence[Block]]:
    """The lines under the title that belong to the cover (a subtitle, an approval, a motto), and the other blocks."""
    blocks = strategy.blocks[1:]
    lines: list[str] = []
    for first, second in pairwise([*blocks, PageBreak()]):
        subtitle = isinstance(first, Heading) and (
            isinstance(second, PageBreak) or (not lines and (isinstance(second, Heading) or _short(second)))
        )
        if len(lines) == 3 or not (subtitle or _short(first)) or _marked(first):
            break
        lines += [text.text for text in texts(first)]
    return lines, blocks[len(lines) :]


def _short(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text.text) < _COVER_LINE


def _marked(block: Block) -> bool:
    return any(text.marks for text in texts(block))


def _blocks(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """The blocks as plain data, each run of items made one list."""
    for is_list, run in groupby(blocks, lambda block: isinstance(block, Item)):
        if is_list:
            yield {"kind": "list", "items": _nested([item for item in run if isinstance(item, Item)], 1)}
            continue
        for block in run:
            match block:
                case Heading():
                    yield {"kind": "heading", "level": block.level, "text": block.text.text}
                case Paragraph():
                    yield {"kind": "paragraph", "text": block.text.text}
                case Table():
                    yield {"kind": "table", "rows": _rows(block)}
                case PageBreak():
                    yield {"kind": "break"}


def _nested(items: list[Item], depth: int) -> list[dict[str, Any]]:
    """Items as `{"number", "text", "items"}`, deeper ones within the one that they follow."""
    nested: list[dict[str, Any]] = []
    for is_deeper, run in groupby(items, lambda item: item.depth > depth):
        if is_deeper and nested:
            nested[-1]["items"] = _nested(list(run), depth + 1)
        else:
            nested += [{"number": item.number, "text": item.text.text, "items": []} for item in run]
    return nested


def _rows(table: Table) -> list[list[dict[str, Any]]]:
    """Rows of `{"text", "rows"}`, where `rows` says how many rows a cell spans; a merged cell is left out."""
    rows: list[list[dict[str, Any]]] = []
    first: dict[str, Any] = {}
    for row in table.rows:
        cells = [{"text": cell.text, "rows": 1} for cell in row if cell]
        if row[0] is None:
            first["rows"] += 1
        else:
            first = cells[0]
        rows.append(cells)
    return rows
