"""What the commands show in a terminal: progress, a verdict with its evidence, a comparison with a human coding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analyser.document import Document, Mention, Result
from analyser.remote import Url

if TYPE_CHECKING:
    from analyser.evaluation import Comparison
    from analyser.pipeline import Summary

COLOURS = {"priority": "green", "goal": "cyan", "mention": "cyan", "context": "yellow", "limited": "red", "none": "dim"}


@contextmanager
def progress() -> Iterator[Callable[[str, int, int, str], None]]:
    """A progress bar on stderr, with the rate and the time left; nothing at all where stderr is not a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[part]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}", style="dim"),
        TextColumn("{task.description}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("starting", total=None, part="", rate="")
        parts: set[str] = set()

        def tell(part: str, done: int, of: int, name: str) -> None:
            if part not in parts:
                parts.add(part)
                bar.reset(task, total=of, part=part, rate="")
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, description=name, rate=f"{speed:.1f}/s" if speed else "")

        yield tell


def summary(run: Summary) -> None:
    """How many documents ended how, each failure's reason (on stderr), and where the report is."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    for error in run.errors:
        errors.print(Text(error, style="red"))
    parts = [f"{run.statuses[status]} {status}" for status in ("ok", "partial", "failed") if run.statuses[status]]
    console = Console(soft_wrap=True, highlight=False)
    number = run.statuses.total()
    console.print(f"{number} document{'s' * (number != 1)}: {', '.join(parts)}.", markup=False)
    correlated(run.told, run.report)


def correlated(told: Sequence[str], report: Path | Url) -> None:
    """How the score sheet was read and matched, and where the report is."""
    console = Console(soft_wrap=True, highlight=False)
    for line in told:
        console.print(line, markup=False)
    console.print(f"Report: {report.resolve() if isinstance(report, Path) else report}", markup=False)


def blocks(document: Document) -> None:
    """The document's blocks in reading order, indented by level, each with its page and kind."""
    console = Console(highlight=False)
    for block in document.blocks:
        style = {"heading": "bold", "furniture": "dim"}.get(block.kind, "")
        depth = 2 * (block.level or 1) - 2 if block.kind in {"heading", "item"} else 2
        bullet = "• " if block.kind == "item" else ""
        line = Text.assemble((f"{block.page:>3} {block.kind:<10} ", "dim"), (bullet + block.text, style))
        console.print(_indented(line, depth))


def verdict(result: Result) -> None:
    """A document's label and standing, the reasons, its priorities, and each mention with its terms marked."""
    console = Console(highlight=False)
    console.print(Text(result.organisation or result.file, style="bold"))
    console.print(Text(f"{result.file} · {result.language} · {result.pages} pages · {result.words} words", style="dim"))
    for warning in result.warnings:
        console.print(Text(f"! {warning}", style="yellow"))
    certainty = f"{result.probability:.0%} sure" + (", worth a human's look" if result.needs_review else "")
    label = Text.assemble(
        "\n", (result.label, f"bold {COLOURS[result.label]}"), f" (standing {result.standing}; {certainty})"
    )
    console.print(label)
    for reason in result.reasons:
        console.print(_indented(Text(reason), 2))
    if result.priorities:
        console.print("\n[bold]Main priorities found[/bold]")
        for priority in result.priorities:
            mark = " ← digital" if priority.digital else ""
            line = Text.assemble(priority.name, (f"  p. {priority.page}, {priority.evidence}", "dim"), (mark, "green"))
            console.print(_indented(line, 2))
    if result.mentions:
        console.print(f"\n[bold]Mentions[/bold] ({len(result.mentions)})")
    for mention in result.mentions:
        _mention(console, mention)
    if result.excluded:
        console.print(f"\n[bold]Looks digital but does not count[/bold] ({len(result.excluded)})")
    for excluded in result.excluded:
        why = f"  {excluded.term}: {excluded.reason}"
        line = Text.assemble((f"p. {excluded.page} ", "dim"), excluded.text, (why, "dim"))
        console.print(_indented(line, 2))


def _mention(console: Console, mention: Mention) -> None:
    text = Text(mention.text)
    for term in mention.terms:
        text.stylize("bold underline", term.start, term.end)
    head = Text.assemble((mention.role, COLOURS[mention.role]), (f"  p. {mention.page}  ", "dim"))
    head.append(" › ".join(mention.section), "dim")
    console.print(_indented(head, 2))
    console.print(_indented(text, 4))
    console.print(_indented(Text(f"{mention.rule} ({mention.probability:.0%})", style="dim"), 4))


def comparison(found: Comparison, errors: int = 0) -> None:
    """The figures of a comparison with their intervals, and its first `errors` disagreements."""
    console = Console(highlight=False)
    table = Table("figure", "value", "95 % interval", title=f"{found.documents} {found.unit}", title_justify="left")
    for figure in found.figures:
        interval = "" if figure.low is None else f"{figure.low:.3f} to {figure.high:.3f}"
        table.add_row(figure.name, f"{figure.value:.3f}", interval)
    console.print(table)
    for line in found.disagreements[:errors]:
        console.print(escape(line), soft_wrap=True)


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)
