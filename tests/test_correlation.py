"""Scores compared with results anew, and what an analyst decides on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from common import Typeset

from analyser.cli import main

TEXTS = {
    "hopeajarvi_2026": "HOPEAJÄRVEN KUNNAN STRATEGIA\n\nKunta parantaa digipalveluja joka vuosi.\n",
    "kuusela": "KUUSELAN KAUPUNGIN STRATEGIA\n\nKaupunki hoitaa tiet.\n",
    "strategia": "METSÄLÄN KUNNAN STRATEGIA\n\nMetsälän kunta hoitaa tiet ja puistot.\n",
}


def invoke(*arguments: object) -> str:
    found = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture
def strategies(tmp_path: Path) -> Path:
    folder = tmp_path / "strategies"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    path = tmp_path / "pisteet.csv"
    path.write_text(
        "organisaatio;vuosi;pisteet;oma\nHopeajärvi;2025;48,5;1\nKuusala;2025;61;2\nKeskiarvo;2025;55;3\nKuusala;2024;9;4\n"
    )
    return path


def cohort(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "cohort.json").read_text("utf-8"))
    return found


def rows(out: Path) -> dict[str, dict[str, Any]]:
    return {row["file"]: row for row in cohort(out)["organisations"]}


def run(strategies: Path, out: Path, *more: object) -> str:
    return invoke("run", strategies, "--out", out, "--no-cache", "--no-images", "--jobs", 1, *more)


def test_a_study_from_doubt_to_decision(strategies: Path, scores: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run(strategies, out, "--scores", scores, "--reference", "mention=69%", "--reference", "priority=0.36")
    assert "Scores: pisteet.csv, year 2025: organisation = organisaatio, year = vuosi, score = pisteet" in said
    assert "Rows: 2 used, 2 left out: 4 (summary), 5 (other_year)." in said
    assert "Doubtful: 1; write yes or no into" in said
    assert "Main priority against the others: Not tested: the groups have 0 and 1 scores" in said
    first = cohort(out)
    assert first["shares"]["mention"]["reference"]["share"] == pytest.approx(0.69)
    assert first["matching"]["matched"] == 1
    assert {row["named_by"] for row in rows(out).values()} == {"file_name", "title_page"}

    draft = out / "mapping.csv"
    draft.write_text(draft.read_text("utf-8").replace(";Kuusala;86;", ";Kuusala;86;yes"), encoding="utf-8")
    results = (out / "results.jsonl").read_bytes()
    for path in strategies.iterdir():
        path.unlink()  # nothing of the strategies is read again
    said = invoke("correlate", out, scores, "--mapping", draft)
    assert "Matched: 2 of 3 strategies; 1 without a row, 0 rows without a strategy." in said
    assert rows(out)["kuusela.txt"]["matched"] == {"row": 3, "name": "Kuusala", "how": "mapping"}
    assert rows(out)["kuusela.txt"]["score"] == 61
    assert (out / "results.jsonl").read_bytes() == results
    assert "61,0" in (out / "index.html").read_text("utf-8")
    assert json.loads((out / "run.json").read_text("utf-8"))["options"]["mapping"]["file"] == str(draft)
    assert "kuusela.txt" in draft.read_text("utf-8")  # the decision is kept

    invoke("correlate", out, scores, "--year", "2024", "--column", "score=oma")
    assert rows(out)["kuusela.txt"]["score"] is None
    assert cohort(out)["sheet"]["year"] == 2024
    assert "yes" in draft.read_text("utf-8")  # someone's work is not overwritten


def test_correlating_anew_says_what_the_run_said(strategies: Path, scores: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    run(strategies, out, "--scores", scores, "--report-language", "sv")
    before = (out / "cohort.json").read_bytes(), (out / "index.html").read_bytes()
    invoke("correlate", out / "results.jsonl", scores)
    assert ((out / "cohort.json").read_bytes(), (out / "index.html").read_bytes()) == before
    invoke("correlate", out, scores, "--out", other, "--report-language", "en")
    assert (other / "cohort.json").read_bytes() == before[0]
    assert '<html lang="en">' in (other / "index.html").read_text("utf-8")
    assert (out / "index.html").read_bytes() == before[1]


def test_pictures_stay_though_the_pdf_is_gone(tmp_path: Path, typeset: Typeset, scores: Path) -> None:
    source = typeset("hopeajarvi", "= Hopeajärven kunnan strategia\n\nKunta parantaa digipalveluja joka vuosi.\n")
    out = tmp_path / "out"
    invoke("run", source, "--out", out, "--no-cache", "--jobs", 1)
    pictures = sorted(path.name for path in (out / "organisations" / "images").glob("*.webp"))
    assert pictures
    source.unlink()
    invoke("correlate", out, scores)
    assert sorted(path.name for path in (out / "organisations" / "images").glob("*.webp")) == pictures
    (page,) = (out / "organisations").glob("*.html")
    assert all(name in page.read_text("utf-8") for name in pictures)
    (out / "organisations" / "pictures.json").write_text("[broken")
    invoke("correlate", out, scores)  # complete without its pictures


def test_organisations_are_as_the_analyst_names_them(strategies: Path, scores: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "nimet.csv", tmp_path / "out"
    table.write_text("tiedosto;organisaatio\nstrategia.txt;Kuusala\n")
    run(strategies, out, "--scores", scores, "--organisations", table)
    assert rows(out)["strategia.txt"]["organisation"] == "Kuusala"
    assert rows(out)["strategia.txt"]["named_by"] == "table"
    assert rows(out)["strategia.txt"]["score"] == 61
    assert '"organisation": "Kuusala"' in (out / "results.jsonl").read_text("utf-8")
    invoke("correlate", out, scores)
    assert rows(out)["strategia.txt"]["named_by"] == "table"
    table.write_text("tiedosto;organisaatio\nkuusela.txt;Hopeajärvi\nstrategia.txt;Kuusala\n")
    invoke("correlate", out, scores, "--organisations", table)
    assert rows(out)["kuusela.txt"]["organisation"] == "Hopeajärvi"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--column", "score"], "write NAME=COLUMN"),
        (["--column", "points=Pisteet"], "NAME is one of organisation, score"),
        (["--column", "score=Tulos"], "no column is called “tulos”"),
        (["--reference", "mention=69"], "a share from 0 to 1"),
        (["--reference", "goal=0.5"], "write mention=0.69 or priority=0.36"),
        (["--year", "2020"], "the years are 2024, 2025"),
        (["--organisations", "{table}"], "no such file is analysed, or several are: pois.txt"),
        (["--mapping", "{table}"], "not a table with the columns “file”"),
    ],
)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    strategies: Path, scores: Path, tmp_path: Path, more: list[str], says: str
) -> None:
    out, table = tmp_path / "out", tmp_path / "taulu.csv"
    table.write_text("file;organisation\npois.txt;X\n")
    (tmp_path / "results.jsonl").write_text("")
    arguments = [part.format(table=table) for part in more]
    for command in (["run", str(strategies), "--out", str(out), "--scores", str(scores)],
                    ["correlate", str(tmp_path / "results.jsonl"), str(scores), "--out", str(out)]):  # fmt: skip
        found = CliRunner().invoke(main, [*command, *arguments])
        assert found.exit_code == 2
        assert says in " ".join(found.stderr.split())
        assert not out.exists()


def test_how_to_read_scores_is_nothing_without_scores(strategies: Path, tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["run", str(strategies), "--out", str(tmp_path / "out"), "--year", "2025"])
    assert found.exit_code == 2
    assert "give the scores as well" in found.stderr
    assert not (tmp_path / "out").exists()


def test_results_that_are_not_there_are_one_sentence(tmp_path: Path, scores: Path) -> None:
    found = CliRunner().invoke(main, ["correlate", str(tmp_path), str(scores)])
    assert found.exit_code == 2
    assert "results.jsonl: the results cannot be read" in found.stderr
