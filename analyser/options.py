"""Options that several commands share, each a decorator."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analyser import remote


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Place(click.Path):
    """A path, or a URL that fsspec knows."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The `Path` or `Url`."""
        place = remote.place(value) if isinstance(value, str) else value
        return super().convert(place, param, ctx) if isinstance(place, Path) else place


LANGUAGES = ("fi", "sv", "en")

language = click.option(
    "--language",
    type=click.Choice(["auto", *LANGUAGES]),
    default="auto",
    show_default=True,
    help="Language of the strategies.",
)
codebook = click.option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What counts, instead of the bundled codebook.",
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=_processors,
    help="Worker processes.  [default: one a processor]",
)
scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Dask scheduler whose cluster analyses the documents instead of this machine, such as tcp://host:8786.",
)
report_language = click.option(
    "--report-language",
    type=click.Choice(LANGUAGES),
    default="fi",
    show_default=True,
    help="Language of the report.",
)
no_images = click.option("--no-images", is_flag=True, help="Leave the pictures of the pages out.")


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`("score=Pisteet",)` as `{"score": "Pisteet"}`."""
    pairs = {}
    for text in given:
        name, mark, value = (part.strip() for part in text.partition("="))
        if not mark or not value or name not in COLUMNS:
            raise click.BadParameter(f"{text!r}: write NAME=COLUMN, where NAME is one of {', '.join(COLUMNS)}.")
        pairs[name] = value
    return pairs


def _shares(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """`("mention=0.69",)` as `{"mention": 0.69}`; `69%` and a decimal comma are understood too."""
    shares = {}
    for text in given:
        name, _, value = (part.strip() for part in text.partition("="))
        try:
            share = float(value.removesuffix("%").replace(",", ".")) / (100 if value.endswith("%") else 1)
        except ValueError:
            share = -1.0
        if name not in ("mention", "priority") or not 0 <= share <= 1:
            raise click.BadParameter(f"{text!r}: write mention=0.69 or priority=0.36, a share from 0 to 1.")
        shares[name] = share
    return shares


COLUMNS = ("organisation", "score", "sector", "size", "business_id", "municipality_number", "year")


def study(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how scores are read and compared."""
    table = click.Path(exists=True, dir_okay=False, path_type=Path)
    for option in reversed(
        (
            click.option(
                "--column", "columns", multiple=True, metavar="NAME=COLUMN", callback=_pairs,
                help="Which column of the scores is what, such as score=Pisteet; may be repeated.",
            ),
            click.option("--year", type=int, help="Year of the scores.  [default: the latest]"),
            click.option(
                "--reference", multiple=True, metavar="NAME=SHARE", callback=_shares,
                help="A share of a previous study, such as mention=0.69 or priority=0.36; may be repeated.",
            ),
            click.option("--mapping", type=table, help="Your decisions on doubtful matches: DIR/mapping.csv."),
            click.option("--organisations", type=table, help="Table that names each file's organisation."),
        )
    ):  # fmt: skip
        command = option(command)
    return command
