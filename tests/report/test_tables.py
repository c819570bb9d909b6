"""The tables open right in a Finnish Excel and in pandas."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from analyser.report.tables import as_csv


def test_results_csv_reads_back_in_pandas_with_its_types(written: Path) -> None:
    table = pd.read_csv(written / "results.csv", sep=";", decimal=",")
    assert len(table) == 35
    row = table.set_index("file").loc["kaupungit/Kuusivaara_2030.pdf"]
    assert row["organisation"] == "Kuusivaaran kaupunki"
    assert (row["label"], row["standing"]) == ("priority", "priority")
    assert row["probability"] == 0.97
    assert (row["mentions"], row["mentions_goal"], row["mentions_limited"]) == (9, 6, 1)
    assert row["score"] == 62.6
    failed = table[table["status"] == "failed"].iloc[0]
    assert "encrypted" in failed["error"]
    assert pd.isna(failed["label"]), "what was not read has no label"


def test_csv_is_as_a_finnish_excel_expects(written: Path) -> None:
    raw = (written / "results.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbffile;organisation;")
    assert b";0,97;" in raw
    assert raw.count(b"\r\n") == 36, "a line a document, whatever its texts hold"


def test_mentions_csv_has_a_row_for_each_mention(written: Path) -> None:
    table = pd.read_csv(written / "mentions.csv", sep=";", decimal=",")
    own = table[table["organisation"] == "Kuusivaaran kaupunki"]
    assert len(own) == 9
    assert list(own.columns)[:5] == ["file", "organisation", "label", "standing", "page"]
    placed = own.iloc[3]
    assert placed["section"] == "Strategian painopisteet > Sujuva arki ja digitalisaatio"
    assert (placed["x0"], placed["bottom"]) == (70, 160)
    assert own.iloc[0]["concepts"] == "digitalisation"


def test_workbook_is_ready_to_work_in(written: Path) -> None:
    book = load_workbook(written / "results.xlsx")
    assert book.sheetnames == ["Organisaatiot", "Maininnat", "Tavoitteiden sanamuodot", "Tunnusluvut", "Menetelmä"]
    sheet = book["Organisaatiot"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}36"
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Kuusivaaran kaupunki")
    values = dict(zip(header, row, strict=True))
    assert values["Varmuus"] == 0.97
    assert values["Pisteet"] == 62.6
    assert values["Asema"] == "Pääpainopisteenä"
    assert sheet.column_dimensions["B"].width > 20
    assert book["Maininnat"].max_row > 100


def test_wording_of_goals_is_in_the_tables(written: Path) -> None:
    table = pd.read_csv(written / "results.csv", sep=";", decimal=",").set_index("file")
    own = table.loc["kaupungit/Kuusivaara_2030.pdf"]
    assert (own["goals"], own["goals_dated"], own["goals_owned"]) == (6, 3, 0)
    assert pd.isna(table[table["status"] == "failed"].iloc[0]["goals"])
    mentions = pd.read_csv(written / "mentions.csv", sep=";", decimal=",")
    dated = mentions.loc[3 - 1]
    assert (dated["form"], dated["measurable"], dated["dated"], dated["owned"]) == ("none", 1, 1, 0)
    assert mentions.loc[3, "advice"] == "promotion, unmeasured, undated, unowned, unlevelled"
    assert pd.isna(mentions.loc[0, "form"]), "background has no wording to audit"
    sheet = load_workbook(written / "results.xlsx")["Tavoitteiden sanamuodot"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Kuusivaaran kaupunki"]
    assert [row[5:10] for row in rows[:2]] == [
        ("ei kumpaakaan", "kyllä", "kyllä", "kyllä", "ei"), ("vain edistää", "ei", "ei", "ei", "ei"),
    ]  # fmt: skip
    assert rows[0][-1] == "Lisää vastuutaho."


def test_workbook_holds_the_statistics_as_numbers(written: Path) -> None:
    sheet = load_workbook(written / "results.xlsx")["Tunnusluvut"]
    values = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert values["shares.mention.n"] == 23
    assert values["comparisons.priority_vs_rest.difference.low"] == -0.4


@given(st.lists(st.tuples(st.text(), st.integers() | st.none(), st.floats(-1e6, 1e6)), max_size=8))
def test_any_table_reads_back_with_its_rows_and_without_formulas(rows: list[tuple[str, int | None, float]]) -> None:
    text = b"".join(as_csv(("a", "b", "c"), rows)).decode("utf-8-sig")
    back = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert len(back) == len(rows) + 1
    for (_, number, share), found in zip(rows, back[1:], strict=True):
        assert not found[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert found[1] == ("" if number is None else str(number))
        assert abs(float(found[2].replace(",", ".")) - share) <= abs(share) * 1e-5
