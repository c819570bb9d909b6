"""Options that several commands share, each a decorator."""

from __future__ import annotations

import os
from pathlib import Path

import click


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
report_language = click.option(
    "--report-language",
    type=click.Choice(LANGUAGES),
    default="fi",
    show_default=True,
    help="Language of the report.",
)
no_images = click.option("--no-images", is_flag=True, help="Leave the pictures of the pages out.")
