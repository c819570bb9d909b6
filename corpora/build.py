"""Build what is made from strategies/: `python corpora/build.py`, or with --check see that it is up to date.

Writes text/NAME.txt (as a text extraction would show it), gold.jsonl (the coding, offsets into those texts) and
demo/NAME.pdf (typeset with typst, the layouts in layouts/). Everything is made anew and always comes out the same. The
demo shows strategies in Finnish alone, as its report is, and of those the ones that do not say `demo = false`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from corpora import source, typeset  # noqa: E402
from corpora.source import Heading, Item, Mark, PageBreak, Paragraph, Strategy, Table, Text  # noqa: E402

WIDTH = 90
DEMO_LANGUAGE = "fi"
GOLD_ROLES = {"P": "P", "G": "G", "C": "C", "L": "C-"}


def main() -> int:
    """Build everything, or check; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail if the texts or gold.jsonl are stale, or a PDF missing",
    )
    arguments = parser.parse_args()
    try:
        strategies = source.read_all(HERE / "strategies")
    except source.SourceError as error:
        print(error, file=sys.stderr)
        return 1
    texts = files(strategies)
    shown = [strategy for strategy in strategies if strategy.demo and strategy.language == DEMO_LANGUAGE]
    wanted = texts.keys() | {f"demo/{strategy.name}.pdf" for strategy in shown}
    present = {path.relative_to(HERE).as_posix() for path in [*HERE.glob("text/*.txt"), *HERE.glob("demo/*.pdf")]}
    surplus = sorted(present - wanted)
    if arguments.check:
        stale = sorted(name for name in wanted if _stale(HERE / name, texts.get(name))) + surplus
        if stale:
            print(f"Not in step with strategies/: {', '.join(stale)}; run python corpora/build.py.", file=sys.stderr)
        return 1 if stale else 0
    for name in surplus:
        (HERE / name).unlink()
    for folder in ("text", "demo"):
        (HERE / folder).mkdir(exist_ok=True)
    for name, content in texts.items():
        (HERE / name).write_text(content, encoding="utf-8", newline="\n")
    for strategy in shown:
        (HERE / "demo" / f"{strategy.name}.pdf").write_bytes(typeset.pdf(strategy))
    print(f"{len(strategies)} strategies, {sum(map(len, (as_text(s)[1] for s in strategies)))} coded sentences.")
    return 0


def files(strategies: list[Strategy]) -> dict[str, str]:
    """The content of each text file that is made from the strategies, by path below corpora/."""
    texts, gold = {}, []
    for strategy in strategies:
        text, marks = as_text(strategy)
        texts[f"text/{strategy.name}.txt"] = text
        gold.append(json.dumps(coding(strategy, text, marks), ensure_ascii=False) + "\n")
    return {**texts, "gold.jsonl": "".join(gold)}


def as_text(strategy: Strategy) -> tuple[str, list[Mark]]:
    """The strategy as a text extraction would show it, and its marks with offsets into that text.

    Lines are wrapped at 90 characters, headings, paragraphs and rows of tables have blank lines around, every cell is
    on lines of its own, and a form feed begins a new page.
    """
    text, marks = "", []
    before: source.Block | None = None
    for block in strategy.blocks:
        if isinstance(block, PageBreak):
            text = text.rstrip("\n") + "\n\f"
        else:
            tight = isinstance(block, Item) and isinstance(before, Item)
            text += "" if not text or text.endswith("\f") or tight else "\n"
            for piece in _pieces(block):
                if piece is None:
                    text += "\n"
                    continue
                prefix, content = piece
                marks += [
                    Mark(m.role, len(text) + len(prefix) + m.start, len(text) + len(prefix) + m.end, m.reason)
                    for m in content.marks
                ]
                text += _wrap(prefix + content.text) + "\n"
        before = block
    return text, marks


def coding(strategy: Strategy, text: str, marks: list[Mark]) -> dict[str, Any]:
    """The line of gold.jsonl: `text[start:end]` with white space folded is each span's text."""
    spans = [{"start": m.start, "end": m.end, "text": " ".join(text[m.start : m.end].split())} for m in marks]
    pairs = list(zip(spans, marks, strict=True))
    return {
        "file": f"{strategy.name}.txt",
        "organisation": strategy.organisation,
        "sector": strategy.sector,
        "language": strategy.language,
        "label": strategy.label,
        "standing": strategy.standing,
        "borderline": strategy.borderline,
        "reason": strategy.reason,
        "priority_evidence": [span for span, mark in pairs if mark.role == "P"],
        "mentions": [{**span, "role": GOLD_ROLES[mark.role]} for span, mark in pairs if mark.role in GOLD_ROLES],
        "false_friends": [{**span, "reason": mark.reason} for span, mark in pairs if mark.role not in GOLD_ROLES],
    }


def _pieces(block: source.Block) -> Iterator[tuple[str, Text] | None]:
    """What a block puts on lines of their own, each with its prefix; None is a blank line."""
    if isinstance(block, Table):
        for number, row in enumerate(block.rows):
            if number:
                yield None
            yield from (("", cell) for cell in row if cell and cell.text)
    elif isinstance(block, Item):
        yield "  " * (block.depth - 1) + (f"{block.number} " if block.number else "• "), block.text
    elif isinstance(block, Heading | Paragraph):
        yield "", block.text


def _wrap(line: str) -> str:
    """The line broken at blanks into lines of at most 90 characters; its length, so every offset, stays the same."""
    return re.sub(rf"(?=.{{{WIDTH + 1}}})(.{{1,{WIDTH}}}) (?=\S)", r"\1\n", line)


def _stale(path: Path, content: str | None) -> bool:
    """Whether the file is missing or, where its content is given, has another."""
    return not path.exists() or (content is not None and path.read_text(encoding="utf-8") != content)


if __name__ == "__main__":
    sys.exit(main())
