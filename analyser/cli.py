"""The `analyser` command: each subcommand parses its arguments, calls one function and prints what came of it.

Exit codes: 0 every document was analysed; 1 some could not be, the rest are complete; 2 wrong usage or nothing to do.
"""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyser import __version__, options
from analyser.document import InputError

if TYPE_CHECKING:
    from analyser.analysis import Options
    from analyser.correlation import Study
    from analyser.remote import Url


class Mistake(click.ClickException):
    """Something that the user can mend: one sentence on stderr, exit code 2."""

    exit_code = 2


class Stopped(click.ClickException):
    """The user stopped the run."""

    exit_code = 130


class Program(click.Group):
    """The group of commands; turns the errors that a user can mend into one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise Mistake(str(error)) from error
        except KeyboardInterrupt as error:
            raise Stopped("Stopped before the end; the same command goes on from what the cache holds.") from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has seen enough; click ends quietly
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise Mistake(f"{where}{error.strerror or error}; mend that and run the command again.") from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="analyser")
def main() -> None:
    """Find out whether public-sector strategies mention digitalisation, and whether they make it a main priority.

    \b
    Example:
      analyser run strategies/ --scores scores.csv --out report
    """


@main.command(short_help="Analyse strategies; write results and a report.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=options.Place(path_type=Path))
@click.option(
    "--out", required=True, type=options.Place(file_okay=False, path_type=Path),
    help="Folder for the outputs, or its URL.",
)  # fmt: skip
@click.option("--scores", type=click.Path(dir_okay=False, path_type=Path), help="Maturity scores: CSV, XLSX or ODS.")
@options.study
@options.jobs
@options.scheduler
@options.language
@options.codebook
@options.report_language
@options.no_images
@click.option("--timeout", type=click.FloatRange(min=1), default=120, show_default=True, help="Seconds for a document.")
@click.option("--no-cache", is_flag=True, help="Do everything anew and keep nothing for later runs.")
def run(
    *,
    inputs: tuple[Path | Url, ...],
    out: Path | Url,
    scores: Path | None,
    columns: dict[str, str],
    year: int | None,
    reference: dict[str, float],
    mapping: Path | None,
    organisations: Path | None,
    jobs: int,
    scheduler: str | None,
    language: str,
    codebook: Path | None,
    report_language: str,
    no_images: bool,
    timeout: float,
    no_cache: bool,
) -> None:
    """Analyse strategies and write results, statistics and an HTML report.

    INPUT is a PDF, a Word file (.docx), a .txt file (UTF-8, form feed between pages) or a folder, which is searched
    recursively; it may be a URL that fsspec knows, such as s3://bucket/strategies. A run that was stopped goes on where
    it was when it is started again.

    \b
    Example:
      analyser run strategies/ --scores scores.csv --out report
    """
    from analyser.analysis import Options
    from analyser.cache import default_folder
    from analyser.correlation import Study

    kept = None if no_cache else default_folder()
    how = Options(language, report_language, codebook, jobs, timeout, kept, scheduler)
    study = Study(scores, columns, year, reference, mapping, organisations)
    _run(inputs, out, how, study, images=not no_images)


@main.command(short_help="Compare finished results with scores anew.")
@click.argument("results", type=click.Path(exists=True, path_type=Path))
@click.argument("scores", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.study
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the outputs.  [default: that of RESULTS]",
)  # fmt: skip
@click.option(
    "--report-language", type=click.Choice(options.LANGUAGES),
    help="Language of the report.  [default: as it was]",
)  # fmt: skip
def correlate(
    *,
    results: Path,
    scores: Path,
    columns: dict[str, str],
    year: int | None,
    reference: dict[str, float],
    mapping: Path | None,
    organisations: Path | None,
    out: Path | None,
    report_language: str | None,
) -> None:
    """Compare finished results with scores anew, without reading the strategies again.

    RESULTS is the folder of a run or its results.jsonl, SCORES a table of digital-maturity scores. Writes cohort.json
    and the report.

    \b
    Example:
      analyser correlate report scores.csv --mapping report/mapping.csv
    """
    from analyser import correlation, terminal

    study = correlation.Study(scores, columns, year, reference, mapping, organisations)
    page, told = correlation.correlate(results, study, out, report_language)
    terminal.correlated(told, page)


@main.command(short_help="Hand a run on: QDPX project, PDF report.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--report-language", type=click.Choice(["fi", "sv", "en"]), help="Language of the codes' names.")
def export(folder: Path, report_language: str | None) -> None:
    """Write what a finished run is handed on as, into its FOLDER.

    mentions.qdpx holds the strategies and their coded mentions (REFI-QDA, for QualCoder, NVivo, ATLAS.ti, MAXQDA);
    report.pdf is the cohort's page, printed where Chromium, Chrome or Edge is on the machine.

    \b
    Example:
      analyser export report
    """
    from analyser import exporting

    made = exporting.export(folder, report_language)
    for line in made.missing:
        click.echo(line, err=True)
    for path in made.written:
        click.echo(path)


@main.command(short_help="Analyse the bundled demo strategies.")
@click.option(
    "--out", default=Path("demo-report"), show_default=True, help="Folder for the outputs.",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
@options.jobs
@options.report_language
@options.no_images
def demo(out: Path, jobs: int, report_language: str, no_images: bool) -> None:
    """Analyse the bundled demo: fictional strategies, typeset as PDFs, with fictional maturity scores.

    \b
    Example:
      analyser demo --out demo-report
    """
    from analyser import resources
    from analyser.analysis import Options
    from analyser.correlation import Study

    folder = resources.folder("corpora") / "demo"
    how = Options(report_language=report_language, jobs=jobs)
    _run((folder,), out, how, Study(folder / "scores.csv"), images=not no_images, fictional=True)


def _run(
    inputs: tuple[Path | Url, ...],
    out: Path | Url,
    how: Options,
    study: Study,
    *,
    images: bool,
    fictional: bool = False,
) -> None:
    from analyser import pipeline, terminal

    with terminal.progress() as progress:
        summary = pipeline.run(inputs, out, how, study=study, images=images, fictional=fictional, progress=progress)
    terminal.summary(summary)
    sys.exit(1 if summary.statuses["failed"] else 0)


@main.command(short_help="Show how a document was read.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the pages and blocks as JSON.")
@click.option("--draw", type=click.Path(file_okay=False, path_type=Path), help="Folder for drawings of the blocks.")
def extract(file: Path, as_json: bool, draw: Path | None) -> None:
    """Show how a document was read: its headings, paragraphs, list items and tables in reading order.

    \b
    Example:
      analyser extract strategy.pdf --json --draw pages/
    """
    from analyser import extract as room
    from analyser import terminal

    document = room.read(file)
    if as_json:
        click.echo(json.dumps(room.to_json(document), ensure_ascii=False, indent=1))
    else:
        terminal.blocks(document)
    if draw:
        for picture in room.draw(document, file, draw):
            click.echo(picture, err=True)


@main.command(short_help="Show one document's verdict and evidence.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.language
@options.codebook
@options.report_language
def show(file: Path, language: str, codebook: Path | None, report_language: str) -> None:
    """Show one document's verdict with its reasons and every mention.

    \b
    Example:
      analyser show strategy.pdf
    """
    from analyser import results, terminal
    from analyser.analysis import Options, analyse

    terminal.verdict(results.of(analyse(file, file.name, Options(language, report_language, codebook))))


@main.command(short_help="Train the classifier from a coded corpus.")
@click.argument("corpus", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--models", type=click.Path(file_okay=False, path_type=Path), help="Folder for models and card.")
@click.option(
    "--real",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with gold.jsonl and text/ of coded real strategies, to measure on.",
)
def train(corpus: Path | None, models: Path | None, real: Path | None) -> None:
    """Train the classifier from a coded corpus (the bundled one, unless CORPUS is given).

    \b
    Example:
      analyser train my-corpus/ --models my-models/
    """
    from analyser import resources, training

    training.train(corpus or resources.folder("corpora"), models or resources.folder("models"), real)


@main.command(short_help="Compare results with a human coding.")
@click.argument("results", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("gold", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List N disagreements too.")
@click.option("--audit", type=click.Choice(["fi", "sv", "en"]), help="Compare the wording audit with its coded goals.")
def evaluate(results: Path | None, gold: Path | None, as_json: bool, errors: int, audit: str | None) -> None:
    """Compare RESULTS (a results.jsonl) with GOLD, a human coding of the same documents.

    Without them, the bundled corpus is analysed and compared with its coding. With --audit, the rules of the wording
    audit in that language are compared with the goals coded for it.

    \b
    Example:
      analyser evaluate report/results.jsonl gold.jsonl
    """
    from analyser import audit_evaluation, evaluation, terminal

    if results and not gold:
        raise click.UsageError("GOLD is missing: give the human coding to compare RESULTS with.")
    if audit:
        comparison = audit_evaluation.of_corpus(audit)
    else:
        comparison = evaluation.of_files(results, gold) if results and gold else evaluation.of_corpus()
    if as_json:
        click.echo(json.dumps(comparison.as_dict(), ensure_ascii=False, indent=2))
    else:
        terminal.comparison(comparison, errors)


@main.command(short_help="Show or clear what earlier runs left.")
@click.option("--clear", is_flag=True, help="Remove everything that is kept.")
def cache(clear: bool) -> None:
    """Show where finished work is kept for later runs and how much there is, or clear it.

    \b
    Example:
      analyser cache --clear
    """
    from analyser.cache import Cache, default_folder

    kept = Cache(default_folder())
    if clear:
        kept.clear()
    entries, size = kept.size()
    click.echo(f"{kept.folder}: {entries} entries, {size / 1e6:.1f} MB")
