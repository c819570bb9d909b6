"""What the analyst decides: which row is a strategy's, and whose strategy a file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.document import InputError
from analyser.maturity import cohort, mapping, organisations
from analyser.maturity.matching import match
from tests.maturity.cases import result, sheet

ROWS = sheet(("Hopeejärvi", 1), ("Hopeajarvenpää", 2), ("Kuusela", 3), ("Pirkanmaan liitto", 4))
STRATEGIES = [result("Hopeajärvi", sha256="1"), result("Kuusela", sha256="2"), result("Pirkanmaa", sha256="3")]


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["file;organisation;candidate;likeness;same", *lines]), encoding="utf-8-sig")
    return path


def test_a_draft_is_filled_in_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "mapping.csv"
    first = cohort(STRATEGIES, ROWS)
    path.write_bytes(mapping.draft(first["matching"], {}))
    assert not mapping.has_decisions(path)
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == "file;organisation;candidate;likeness;same"
    assert "Hopeajärvi.pdf;Hopeajärvi;Hopeejärvi;90;" in lines
    assert "Pirkanmaa.pdf;Pirkanmaa;Pirkanmaan liitto;100;" in lines

    answered = path.read_text("utf-8").replace("Hopeejärvi;90;", "Hopeejärvi;90;kyllä")
    path.write_text(answered.replace("liitto;100;", "liitto;100;EI"), encoding="utf-8")
    assert mapping.has_decisions(path)
    decided = mapping.read(path, ROWS)
    second = cohort(STRATEGIES, ROWS, decided=decided)
    hows = {row["file"]: row["matched"]["how"] for row in second["organisations"] if row["matched"]}
    assert hows == {"Hopeajärvi.pdf": "mapping", "Kuusela.pdf": "name"}
    assert second["matching"]["doubtful"] == []
    assert second["unmatched"]["strategies"] == ["Pirkanmaa.pdf"]
    path.write_bytes(mapping.draft(second["matching"], decided))
    assert mapping.read(path, ROWS) == decided


def test_a_no_undoes_a_match_and_a_yes_settles_a_conflict() -> None:
    found = match([result("Kuusela")], ROWS, {("Kuusela.pdf", "Kuusela"): False})
    assert found.matches == ()
    twins = [result("Kuusela", file="a.pdf"), result("Kuuselan kunta", file="b.pdf")]
    assert match(twins, ROWS).matches == ()
    settled = match(twins, ROWS, {("b.pdf", "Kuusela"): True})
    assert [(one.result.file, one.how) for one in settled.matches] == [("b.pdf", "mapping")]
    assert settled.conflicts == ()
    assert [one.file for one in settled.unmatched_results] == ["a.pdf"]


def test_conflicts_are_in_the_draft() -> None:
    twins = [result("Kuusela", file="a.pdf", sha256="a"), result("Kuuselan kunta", file="b.pdf", sha256="b")]
    text = mapping.draft(cohort(twins, ROWS)["matching"], {}).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["a.pdf;;Kuusela;;", "b.pdf;;Kuusela;;"]


def test_nothing_to_decide_is_no_draft() -> None:
    assert mapping.draft(cohort([result("Kuusela")], ROWS)["matching"], {}) == b""


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["a.pdf;;Kuusela;;maybe"], "row 2 says “maybe” in the column “same”; write yes or no"),
        (["a.pdf;;Toinen;;yes"], "row 2 names “Toinen”, not in pisteet.csv"),
        (["a.pdf;;Kuusela;;yes", "b.pdf;;Kuusela;;yes"], "rows 2 and 3 contradict each other"),
        (["a.pdf;;Kuusela;;yes", "a.pdf;;Hopeejärvi;;x"], "rows 2 and 3 contradict each other"),
        (["a.pdf;;Kuusela;;yes", "a.pdf;;KUUSELA;;no"], "rows 2 and 3 contradict each other"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_one_sentence(tmp_path: Path, lines: list[str], says: str) -> None:
    path = written(tmp_path / "m.csv", *lines)
    with pytest.raises(InputError, match=says) as raised:
        mapping.read(path, ROWS)
    assert str(raised.value).startswith(str(path))


def test_a_file_that_is_no_mapping_is_one_sentence_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(InputError, match="not a table with the columns “file”"):
        mapping.read(path, ROWS)
    assert mapping.has_decisions(path)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30))
def test_any_name_comes_back_from_the_draft(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    name = " ".join(name.split()) or "x"
    path = tmp_path_factory.getbasetemp() / "any.csv"
    rows = sheet((name, 1.0))
    path.write_bytes(mapping.draft({"doubtful": [], "conflicts": []}, {(f"{name}.pdf", name): True}))
    assert list(mapping.read(path, rows).values()) == [True]


def test_a_name_that_looks_like_a_formula_is_guarded() -> None:
    text = mapping.draft({"doubtful": [], "conflicts": []}, {("=cmd().pdf", "=cmd()"): True}).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=cmd().pdf;;'=cmd();;yes"


def test_organisations_are_named_by_a_table(tmp_path: Path) -> None:
    path = tmp_path / "nimet.csv"
    path.write_text("Tiedosto;Organisaatio\nkunnat/a.pdf;Hopeajärvi\nb.pdf;Kuusela\npois.pdf;Muu\n", encoding="utf-8")
    found, unused = organisations.by_file(organisations.read(path), ["kunnat/a.pdf", "kunnat/b.pdf", "c.pdf"])
    assert found == {"kunnat/a.pdf": "Hopeajärvi", "kunnat/b.pdf": "Kuusela"}
    assert unused == ["pois.pdf"]


def test_a_bare_file_name_that_two_files_have_names_neither() -> None:
    assert organisations.by_file({"a.pdf": "X"}, ["1/a.pdf", "2/a.pdf"]) == ({}, ["a.pdf"])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("file;organisation\na.pdf;X\na.pdf;Y\n", "rows 2 and 3 name a.pdf differently"),
        ("file;organisation\na.pdf;\n", "row 2 lacks the file or the organisation"),
        ("x;y\na.pdf;X\n", "not a table with the columns “file”, “organisation”"),
    ],
)
def test_an_unusable_table_of_organisations_is_one_sentence(tmp_path: Path, table: str, says: str) -> None:
    path = tmp_path / "nimet.csv"
    path.write_text(table)
    with pytest.raises(InputError, match=says):
        organisations.read(path)
