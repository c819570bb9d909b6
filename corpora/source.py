"""The coded strategies as their writers keep them: Markdown with TOML front matter and inline coding marks.

`read_all` gives every strategy of strategies/, parsed and checked. How to write and code one: CODING.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = ("none", "mention", "priority")
LAYOUTS = ("report", "brochure", "slides", "scorecard", "onepager")
ROLES = {"P": "priority", "G": "goal", "C": "context", "L": "limited"}
FALSE_FRIEND = "X"
REASONS = (
    "name", "traffic", "electricity", "notice", "statutory", "connectivity", "remote_work", "technology", "knowledge",
    "channel", "network", "smart", "automatic", "plant", "data",
)  # fmt: skip
FRONT_MATTER = {
    "organisation": str, "sector": str, "language": str, "layout": str, "label": str, "standing": str,
    "borderline": bool, "reason": str,
}  # fmt: skip
OPTIONAL = {"demo": bool}

_MARK = re.compile(r"\[\[(?P<role>[^|\[\]]*)\|(?P<text>[^|\[\]]*)(?:\|(?P<reason>[^|\[\]]*))?\]\]")
_HEADING = re.compile(r"(#{1,4}) (.+)")
_ITEM = re.compile(r"( *)(?:-|(\d+\.)) (.+)")
_RULE = re.compile(r"-{3,}")
_TABLE_RULE = re.compile(r"[\s|:-]+")
_SENTENCE_END = re.compile(r"[.!?:;…][”\")]?$")


class SourceError(Exception):
    """A strategy that is not written or coded as CODING.md says: names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coded stretch: `text[start:end]` has this role (P, G, C, L), or is a false friend (X) for a reason."""

    role: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text and the marks in it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its depth (1 is the outermost) and its number as written (`"2."`), empty for a bullet."""

    depth: int
    number: str
    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the column headings first. A cell that repeats the one above in the first column is merged with
    it: it is None."""

    rows: tuple[tuple[Text | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


Block = Heading | Paragraph | Item | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Strategy:
    """A fictional strategy with its coding: front matter and blocks in reading order."""

    name: str
    organisation: str
    sector: str
    language: str
    layout: str
    label: str
    standing: str
    borderline: bool
    reason: str
    blocks: tuple[Block, ...]
    demo: bool = True
    """Whether the demo shows it, if it is in the demo's language."""

    @property
    def title(self) -> str:
        """The text of the first heading."""
        return next(block.text.text for block in self.blocks if isinstance(block, Heading))


def read_all(folder: Path) -> list[Strategy]:
    """Every strategy in `folder`, by name; raises SourceError listing all that is wrong in all of them."""
    strategies, faults = [], []
    for path in sorted(folder.glob("*.md")):
        try:
            strategies.append(read(path))
        except SourceError as error:
            faults.append(str(error))
    if faults:
        raise SourceError("\n".join(faults))
    return strategies


def read(path: Path) -> Strategy:
    """The strategy in `path`; raises SourceError."""
    try:
        opening, matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    except ValueError:
        raise SourceError(f"{path.name}: has no front matter; begin it with +++ lines around the TOML.") from None
    try:
        fields = tomllib.loads(matter)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path.name}: front matter: {error}.") from None
    types = {key: type(value) for key, value in fields.items()}
    if opening or {**OPTIONAL, **types} != {**FRONT_MATTER, **OPTIONAL}:
        raise SourceError(
            f"{path.name}: front matter must have {', '.join(FRONT_MATTER)}, of the right types, and may have "
            f"{', '.join(OPTIONAL)}."
        )
    blocks = []
    for number, line in _logical_lines(body, first=matter.count("\n") + 3):
        try:
            blocks.append(_block(line))
        except SourceError as error:
            raise SourceError(f"{path.name}:{number}: {error}") from None
    strategy = Strategy(path.stem, **fields, blocks=tuple(_with_tables(blocks)))
    _check(strategy)
    return strategy


def texts(block: Block) -> Iterator[Text]:
    """The texts of a block: one, or each cell of a table row by row."""
    if isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row if cell)
    elif not isinstance(block, PageBreak):
        yield block.text


def _logical_lines(body: str, first: int) -> Iterator[tuple[int, str]]:
    """Line numbers and lines, the lines of a paragraph joined."""
    start, paragraph = first, ""
    for number, line in enumerate([*body.splitlines(), ""], first):
        plain = line.strip() and not any(p.fullmatch(line) for p in (_HEADING, _ITEM, _RULE)) and line[0] != "|"
        if plain:
            start = start if paragraph else number
            paragraph = f"{paragraph} {line.strip()}".strip()
            continue
        if paragraph:
            yield start, paragraph
            paragraph = ""
        if line.strip():
            yield number, line.rstrip()


def _block(line: str) -> Block:
    """The block of one line; a table's row is a table of its own until `_with_tables` joins them."""
    if _RULE.fullmatch(line):
        return PageBreak()
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), _text(heading[2]))
    if item := _ITEM.fullmatch(line):
        return Item(len(item[1]) // 2 + 1, item[2] or "", _text(item[3]))
    if line.startswith("|"):
        if _TABLE_RULE.fullmatch(line):
            return Table(())
        # A bar inside a mark does not separate cells.
        bars = _MARK.sub(lambda mark: mark[0].replace("|", "\0"), line.strip())
        cells = bars.removeprefix("|").removesuffix("|").split("|")
        return Table((tuple(_text(cell.replace("\0", "|")) for cell in cells),))
    return Paragraph(_text(line))


def _with_tables(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with each run of table rows made one table, and repeated first cells merged."""
    rows: list[tuple[Text | None, ...]] = []
    above: Text | None = None
    for block in [*blocks, None]:
        if isinstance(block, Table):
            for row in block.rows:
                merged = bool(rows and above and above.text) and row[0] == above and len(row) > 1
                rows.append((None, *row[1:]) if merged else row)
                above = row[0]
            continue
        if rows:
            yield Table(tuple(rows))
            rows, above = [], None
        if block is not None:
            yield block


def _text(coded: str) -> Text:
    """Text with its marks taken out; raises SourceError if a mark is not as CODING.md says."""
    plain, marks, last = "", [], 0
    coded = " ".join(coded.split())
    for found in _MARK.finditer(coded):
        role, text, reason = found["role"], found["text"], found["reason"]
        if role not in ROLES and role != FALSE_FRIEND:
            raise SourceError(f"'{role}' is no role; use {', '.join(ROLES)} or {FALSE_FRIEND}.")
        if role == FALSE_FRIEND and reason not in REASONS:
            raise SourceError(f"'{reason}' is no reason for a false friend; use one of {', '.join(REASONS)}.")
        if role in ROLES and reason is not None:
            raise SourceError(f"only a false friend has a reason: [[{role}|{text}|{reason}]].")
        if not text or text != text.strip():
            raise SourceError(f"the mark [[{role}|{text}]] must enclose text without blanks around it.")
        plain += coded[last : found.start()]
        marks.append(Mark(role, len(plain), len(plain) + len(text), reason or ""))
        plain += text
        last = found.end()
    plain += coded[last:]
    if "[[" in plain or "]]" in plain:
        raise SourceError(f"a mark is not closed, or holds another: {coded[:80]}")
    for mark in marks:
        before, after = plain[: mark.start].rstrip(), plain[mark.end :]
        whole = (not before or _SENTENCE_END.search(before)) and (
            not after or _SENTENCE_END.search(plain[mark.start : mark.end])
        )
        if not whole:
            raise SourceError(f"a mark must enclose one whole sentence: {plain[mark.start : mark.end]}")
    return Text(plain, tuple(marks))


def _check(strategy: Strategy) -> None:
    """Raise SourceError if label, standing and marks do not fit together, or a table's rows do not."""
    roles = {mark.role for block in strategy.blocks for text in texts(block) for mark in text.marks}
    if "P" in roles:
        label = standing = "priority"
    elif roles - {FALSE_FRIEND}:
        label, standing = "mention", "goal" if "G" in roles else "context"
    else:
        label = standing = "none"
    if (strategy.label, strategy.standing) != (label, standing):
        raise SourceError(
            f"{strategy.name}.md: its marks say label {label} and standing {standing}, "
            f"its front matter {strategy.label} and {strategy.standing}."
        )
    for table in strategy.blocks:
        if isinstance(table, Table) and len({len(row) for row in table.rows}) > 1:
            raise SourceError(f"{strategy.name}.md: the rows of a table have not equally many cells: {_opening(table)}")
    if strategy.layout not in LAYOUTS:
        raise SourceError(f"{strategy.name}.md: layout '{strategy.layout}' is not one of {', '.join(LAYOUTS)}.")
    if not isinstance(next(iter(strategy.blocks), None), Heading):
        raise SourceError(f"{strategy.name}.md: must begin with its title (# Title).")


def _opening(table: Table) -> str:
    return " | ".join(cell.text for cell in table.rows[0] if cell)
