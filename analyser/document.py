"""The types that every room shares.

A `Document` flows one way through the rooms: `extract` gives it pages and blocks, `language` its language and
sentences, `detect` its mentions and verdict. A room never changes the document it was given; it returns a new one
with its own layer added (`dataclasses.replace`). Text is never altered after `extract`: every layer points into its
block's text by character offsets, and a block knows which page and box each stretch of its text came from, so that
every claim can be shown where it stands.

Coordinates are PDF points (1/72 inch) with the origin in the page's top left corner: (x0, top, x1, bottom).
Page numbers count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BBox = tuple[float, float, float, float]
BlockKind = Literal["heading", "paragraph", "item", "table_cell", "caption", "furniture"]
Role = Literal["priority", "goal", "context", "limited"]
Label = Literal["none", "mention", "priority"]
Standing = Literal["none", "context", "goal", "priority"]
Status = Literal["ok", "partial", "failed"]
NamedBy = Literal["", "table", "file_name", "title_page", "metadata", "text"]

LABELS: tuple[Label, ...] = ("none", "mention", "priority")
STANDINGS: tuple[Standing, ...] = ("none", "context", "goal", "priority")
ROLES: tuple[Role, ...] = ("priority", "goal", "context", "limited")


class InputError(Exception):
    """A user's mistake or an unreadable input: one sentence that names the file and the mend, no traceback."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number (from 1), its size in points (0 × 0 for text files) and whether its text came by OCR."""

    number: int
    width: float
    height: float
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a stretch of a block's text stands: `text[start:end]` is on `page` within `bbox` (None for text files)."""

    start: int
    end: int
    page: int
    bbox: BBox | None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table cell, caption, or furniture (running header or footer, page number).

    `text` is as a reader would see it: line ends joined, hyphenation undone, an item's bullet removed. `level` is a
    heading's level (1 is the highest) or an item's depth (1 is the outermost). `pieces` cover the text line by line.
    `row` and `column` are the headings of a table cell's row and column, as far as the table shows them.
    """

    kind: BlockKind
    text: str
    page: int
    bbox: BBox | None
    level: int | None = None
    pieces: tuple[Piece, ...] = ()
    row: str = ""
    column: str = ""

    def where(self, start: int, end: int) -> tuple[int, BBox | None]:
        """The page on which `text[start:end]` begins, and the box around the part of it that is on that page."""
        touched = [p for p in self.pieces if p.start < end and start < p.end]
        if not touched:
            return self.page, self.bbox
        page = touched[0].page
        boxes = [p.bbox for p in touched if p.page == page and p.bbox is not None]
        if not boxes:
            return page, None
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return page, (min(x0), min(top), max(x1), max(bottom))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark of a sentence; `start` and `end` index into the sentence's text.

    `lemma` is its dictionary form with compound boundaries (`digi|palvelu`) where the codebook's words can tell, else
    the word in lower case. `pos` and `morph` (Universal Dependencies features, `Case=Par|Number=Plur`) are empty where
    the language has no tagger, and for a sentence that cannot be a mention.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str = ""
    morph: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text, or a whole heading or list item: `blocks[block].text[start:end] == text`.

    `section` is the path of headings above it, outermost first (for a heading: without itself; for a table's cell with
    its column's heading last). `language` is the one it is in. `tokens` is empty for a sentence that has no word of the
    codebook in it: only what may matter is analysed.
    """

    text: str
    block: int
    start: int
    end: int
    page: int
    bbox: BBox | None
    kind: BlockKind
    section: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of the codebook found in a sentence; `start` and `end` index into the sentence's text.

    `lemma` has its compound boundaries marked (`digi|palvelu`); `concept` is the codebook's theme (`services`).
    """

    text: str
    lemma: str
    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence, heading or list item that refers in substance to what the codebook codes.

    `probability` is the confidence in `role`; `rule` says what decided it, rules and classifier each named; `language`
    is the sentence's, which may not be the document's.
    """

    page: int
    section: tuple[str, ...]
    text: str
    terms: tuple[Term, ...]
    role: Role
    probability: float
    rule: str
    bbox: BBox | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A false friend: a term that was seen and does not count, with the codebook's reason (`name`, `traffic` …)."""

    page: int
    text: str
    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the organisation's main strategic priorities, as found: its name, its page and how it was recognised.

    `digital` says whether it is (also) about what the codebook codes.
    """

    name: str
    page: int
    evidence: str
    digital: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the document as a whole does: its label, the finer standing, and why.

    `probability` is the confidence in `label`; `needs_review` marks a verdict worth a human's look; `reasons` are
    sentences for a reader.
    """

    label: Label
    standing: Standing
    probability: float
    needs_review: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A strategy on its way through the rooms. Each room fills its own fields and leaves the others as they are."""

    file: str
    """Path relative to the input folder, with forward slashes; the key of every output."""
    sha256: str
    organisation: str = ""
    named_by: NamedBy = ""
    """Where the organisation's name was read from."""
    # extract
    properties: tuple[str, ...] = ()
    """The title and the author that the file itself states, as far as it states them."""
    status: Status = "ok"
    error: str | None = None
    warnings: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    # language
    language: str = ""
    sentences: tuple[Sentence, ...] = ()
    # detect
    mentions: tuple[Mention, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    priorities: tuple[Priority, ...] = ()
    verdict: Verdict | None = None

    @property
    def words(self) -> int:
        """Number of words in the body (furniture left out)."""
        return sum(len(b.text.split()) for b in self.blocks if b.kind != "furniture")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of results.jsonl: what a run keeps of a document, and all that maturity/ and report/ see of it."""

    file: str
    sha256: str
    organisation: str
    status: Status
    error: str | None
    warnings: tuple[str, ...]
    language: str
    pages: int
    words: int
    label: Label
    standing: Standing
    probability: float
    needs_review: bool
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...] = field(default=())
    excluded: tuple[Exclusion, ...] = field(default=())
    priorities: tuple[Priority, ...] = field(default=())
    named_by: NamedBy = ""
