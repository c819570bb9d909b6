"""The commands as a user meets them: help, README, exit codes, and what they print."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from common import ROOT, Typeset

from analyser.cli import main

README = ROOT / "README.md"
COMMANDS = sorted(main.commands)
TEXT = (
    "HOPEAJÄRVEN KUNNAN STRATEGIA\n\nKunta parantaa digipalveluja joka vuosi. Digipolis kasvaa.\n\fKunta hoitaa tiet.\n"
)


def invoke(*arguments: str | Path) -> click.testing.Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def strategy(tmp_path: Path) -> Path:
    path = tmp_path / "hopeajarvi.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_that_parses(command: str) -> None:
    text = invoke(command, "--help").stdout
    example = re.search(rf"Example:\n\s+analyser ({command}.*)\n", text)
    assert example, text
    arguments = example[1].split()
    with pytest.MonkeyPatch.context() as patch:
        # The files of an example need not be there for it to be well formed.
        patch.setattr(click.Path, "convert", lambda self, value, param, ctx: Path(value))
        context = main.make_context("analyser", arguments)
        main.commands[command].make_context(command, arguments[1:], parent=context)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_readme(command: str) -> None:
    text = README.read_text(encoding="utf-8")
    assert f"analyser {command}" in text
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option) and command == "run":
            assert parameter.opts[0] in text, parameter.opts


def test_every_command_in_the_readme_exists() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"^ *(?:\$ )?analyser ([a-z]+)", text, re.MULTILINE)) | set(
        re.findall(r"`analyser ([a-z]+)", text)
    )
    assert named
    assert named <= set(COMMANDS)


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = {
        "spacy",
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "matplotlib",
        "pdfplumber",
        "pypdfium2",
        "rich",
        "pydantic",
    }
    code = f"import sys; import analyser.cli; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert printed.strip() == "[]"


def test_version() -> None:
    from analyser import __version__

    assert invoke("--version").stdout.strip() == f"analyser, version {__version__}"
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_show_prints_the_verdict_and_its_evidence(strategy: Path) -> None:
    outcome = invoke("show", strategy)
    assert outcome.exit_code == 0, outcome.stderr
    for part in ("Hopeajärven kunta", "mention", "Kunta parantaa digipalveluja joka vuosi.", "Digipolis"):
        assert part in outcome.stdout
    assert re.search(r"(priority|goal|context|limited)  p\. 1\b", outcome.stdout)


def test_extract_prints_pages_and_blocks_as_json(strategy: Path) -> None:
    outcome = invoke("extract", strategy, "--json")
    record = json.loads(outcome.stdout)
    assert [page["number"] for page in record["pages"]] == [1, 2]
    assert record["blocks"][-1]["text"] == "Kunta hoitaa tiet."
    assert set(record["blocks"][0]) == {"kind", "level", "text", "page", "bbox"}


def test_extract_lists_blocks_for_a_reader(strategy: Path) -> None:
    assert "Kunta hoitaa tiet." in invoke("extract", strategy).stdout


def test_extract_draws_each_page(tmp_path: Path, typeset: Typeset) -> None:
    path = typeset("a.pdf", "= Otsikko\nKunta hoitaa tiet.#pagebreak()Toinen sivu.")
    outcome = invoke("extract", path, "--json", "--draw", tmp_path / "pages")
    assert outcome.exit_code == 0, outcome.stderr
    assert len(json.loads(outcome.stdout)["pages"]) == 2
    assert len(list((tmp_path / "pages").iterdir())) == 2


@pytest.mark.parametrize("command", ["show", "extract"])
def test_an_unreadable_file_is_one_sentence(tmp_path: Path, command: str) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html>")
    outcome = invoke(command, path)
    assert outcome.exit_code == 2
    assert re.fullmatch(r"Error: .*page\.pdf.*\.\n", outcome.stderr)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--out", "x"], "Missing argument 'INPUT...'"),
        (["run", "nowhere", "--out", "out"], "nowhere: there is no such file or folder"),
        (["run", "nowhere"], "Missing option '--out'"),
        (["show", "nowhere.pdf"], "'nowhere.pdf' does not exist"),
        (["evaluate", __file__], "GOLD is missing"),
        (["frobnicate"], "No such command"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_is_wrong(arguments: list[str], message: str) -> None:
    outcome = invoke(*arguments)
    assert outcome.exit_code == 2
    assert message in outcome.stderr


def test_evaluate_compares_results_with_a_coding(tmp_path: Path, strategy: Path) -> None:
    assert invoke("run", strategy, "--out", tmp_path / "out", "--no-images").exit_code == 0
    gold = tmp_path / "gold.jsonl"
    coded = {"text": "Kunta parantaa digipalveluja joka vuosi.", "role": "G"}
    record = {"file": "hopeajarvi.txt", "label": "mention", "standing": "goal", "borderline": False, "reason": "r"}
    gold.write_text(json.dumps({**record, "mentions": [coded]}), encoding="utf-8")
    outcome = invoke("evaluate", tmp_path / "out" / "results.jsonl", gold, "--json")
    figures = json.loads(outcome.stdout)["figures"]
    assert figures["label accuracy"]["value"] == 1.0
    assert figures["mention sentence F1"]["value"] == 1.0
    table = invoke("evaluate", tmp_path / "out" / "results.jsonl", gold, "--errors", 5).stdout
    assert "label kappa, weighted" in table


def test_cache_shows_and_clears(tmp_path: Path, strategy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSER_CACHE", str(tmp_path / "cache"))
    invoke("run", strategy, "--out", tmp_path / "out", "--no-images")
    assert re.fullmatch(r".*cache: 2 entries, .* MB\n", invoke("cache").stdout)
    assert re.fullmatch(r".*cache: 0 entries, 0\.0 MB\n", invoke("cache", "--clear").stdout)
