"""Files that cannot be read, in whatever way: each gets one clear sentence, and the rest of the run is complete."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from common import Typeset

from analyser.cli import main

GOOD = "= Kunnan strategia\nKunta parantaa digipalveluja joka vuosi. Kunta hoitaa tiet.\n"
NO_PAGES = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Size 3/Root 1 0 R>>
%%EOF
"""
ENCRYPTED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj
trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)


def analyse(folder: Path, out: Path, *arguments: str) -> tuple[Result, dict[str, dict[str, Any]]]:
    outcome = CliRunner().invoke(main, ["run", str(folder), "--out", str(out), "--no-images", "--no-cache", *arguments])
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return outcome, {record["file"]: record for record in map(json.loads, lines)}


@pytest.fixture
def bad(tmp_path: Path, typeset: Typeset) -> Path:
    """A folder with a good document, and most ways of not being one."""
    good = typeset("good.pdf", GOOD)
    folder = good.parent
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.pdf").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\f\n")
    (folder / "encrypted.pdf").write_bytes(ENCRYPTED)
    (folder / "truncated.pdf").write_bytes(good.read_bytes()[:900])
    (folder / "webpage.pdf").write_text("<!doctype html><title>404</title>")
    (folder / "no-pages.pdf").write_bytes(NO_PAGES)
    return folder


def test_each_bad_file_fails_alone_with_a_sentence_that_names_it(bad: Path, tmp_path: Path) -> None:
    outcome, records = analyse(bad, tmp_path / "out")
    assert outcome.exit_code == 1
    assert list(records) == sorted(p.relative_to(bad).as_posix() for p in bad.rglob("*") if p.is_file())
    good = records.pop("good.pdf")
    assert (good["status"], good["label"], good["error"]) == ("ok", "mention", None)
    for file, record in records.items():
        assert record["status"] == "failed", file
        assert Path(file).name in record["error"]
        assert record["error"].endswith("."), record["error"]
        assert "Traceback" not in record["error"]
        assert record["error"] in outcome.stderr
    assert "password" in records["encrypted.pdf"]["error"]
    assert "empty" in records["sub/empty.pdf"]["error"]
    assert "not a PDF" in records["webpage.pdf"]["error"]
    assert "7 documents: 1 ok, 6 failed." in outcome.stdout


def test_every_output_is_complete_though_documents_failed(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    analyse(bad, out)
    cohort = json.loads((out / "cohort.json").read_text(encoding="utf-8"))
    assert (cohort["shares"]["mention"]["n"], cohort["shares"]["mention"]["of"]) == (1, 1)
    with (out / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + 7
    page = (out / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("encrypted.pdf", "sub/empty.pdf", "truncated.pdf"))
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert manifest["documents"] == {"all": 7, "ok": 1, "partial": 0, "failed": 6, "from_cache": 0}
    assert not list(out.rglob("*.part"))


def test_pictures_alone_are_reported_as_such(tmp_path: Path, typeset: Typeset) -> None:
    from PIL import Image

    Image.new("RGB", (600, 800), "teal").save(tmp_path / "picture.png")
    path = typeset("pictures.pdf", '#image("picture.png")')
    _, records = analyse(path.parent, tmp_path / "out")
    record = records["pictures.pdf"]
    assert record["status"] in {"partial", "failed"}
    assert "pictures.pdf" in (record["error"] or " ".join(record["warnings"]))


def test_five_hundred_pages_are_read(tmp_path: Path, typeset: Typeset) -> None:
    pages = """
#for i in range(500) [
  #v(calc.rem(i, 7) * 1cm) #lorem(calc.rem(i * 13, 60) + 10)

  Kunta kehittää digipalveluja sivulla #(i + 1).

  #lorem(calc.rem(i * 7, 40) + 10)
  #pagebreak(weak: true)
]
"""
    path = typeset("long.pdf", pages)
    outcome, records = analyse(path.parent, tmp_path / "out")
    assert outcome.exit_code == 0
    assert records["long.pdf"]["pages"] == 500
    assert {m["page"] for m in records["long.pdf"]["mentions"]} == set(range(1, 501))


def test_one_file_twice_and_two_files_of_one_organisation_are_warned_of(tmp_path: Path, typeset: Typeset) -> None:
    title = "#text(size: 24pt)[Hopeajärven kunnan strategia]\n\n"
    first = typeset("a.pdf", title + "Kunta hoitaa tiet.")
    (first.parent / "b.pdf").write_bytes(first.read_bytes())
    typeset("c.pdf", title + "Kunta hoitaa koulut.")
    outcome, records = analyse(first.parent, tmp_path / "out")
    assert outcome.exit_code == 0
    warnings = {file: " ".join(record["warnings"]) for file, record in records.items()}
    assert "The same file as b.pdf" in warnings["a.pdf"]
    assert "The same file as a.pdf" in warnings["b.pdf"]
    assert "Hopeajärven kunta has another file as well: a.pdf, b.pdf" in warnings["c.pdf"]


def test_an_unreadable_file_costs_itself_alone(tmp_path: Path) -> None:
    if sys.platform == "win32" or not Path("/proc/1/mem").exists():
        pytest.skip("needs a file that even the superuser cannot read")
    (tmp_path / "good.txt").write_text("Kunta parantaa digipalveluja.")
    outcome = CliRunner().invoke(
        main, ["run", str(tmp_path / "good.txt"), "/proc/1/mem", "--out", str(tmp_path / "out"), "--no-images"]
    )
    assert outcome.exit_code == 1
    assert "mem" in outcome.stderr
    assert "2 documents: 1 ok, 1 failed." in outcome.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scores.csv", b""),
        ("scores.csv", b"\x00\x01\x02"),
        ("scores.csv", b"nimi;arvosana\nHopea;hyva\n"),
        ("scores.xlsx", b"PK\x03\x04 not a workbook"),
        ("scores.pdf", b"%PDF-1.7"),
    ],
)
def test_an_unreadable_score_sheet_stops_the_run_before_any_work(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Kunta parantaa digipalveluja.")
    (tmp_path / name).write_bytes(content)
    outcome = CliRunner().invoke(
        main, ["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--scores", str(tmp_path / name)]
    )
    assert outcome.exit_code == 2
    assert name in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("scores", ["missing.csv", "in"])
def test_a_score_sheet_that_is_no_file_stops_the_run(tmp_path: Path, scores: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Kunta parantaa digipalveluja.")
    outcome = CliRunner().invoke(
        main, ["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--scores", str(tmp_path / scores)]
    )
    assert outcome.exit_code == 2
    assert scores in outcome.stderr


def test_an_output_folder_that_cannot_be_written_to_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Kunta parantaa digipalveluja.")
    (tmp_path / "file").write_text("")
    outcome = CliRunner().invoke(main, ["run", str(tmp_path / "good.txt"), "--out", str(tmp_path / "file" / "out")])
    assert outcome.exit_code == 2
    assert "the output folder cannot be written to" in outcome.stderr
