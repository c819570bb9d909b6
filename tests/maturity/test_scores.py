"""Score sheets as people have them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from common import overfill
from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.document import InputError
from analyser.maturity import scores


def sheet(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "pisteet.csv") -> scores.ScoreSheet:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return scores.read(path)


def workbook(folder: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"Taulu {number}")
        for row in rows:
            page.append(list(row))
    path = folder / "pisteet.xlsx"
    book.save(path)
    return path


def read_as(found: scores.ScoreSheet) -> list[tuple[str, float | None]]:
    return [(row.organisation, row.score) for row in found.rows]


EXPECTED = [("Hopeajärvi", 48.5), ("Kuusela", 61.0)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("organisaatio;pisteet\nHopeajärvi;48,5\nKuusela;61,0\n", "utf-8"),
        ("organisaatio;pisteet\r\nHopeajärvi;48,5\r\nKuusela;61\r\n", "utf-8-sig"),
        ("organisaatio;pisteet\nHopeajärvi;48,5\nKuusela;61,0\n", "cp1252"),
        ("organisaatio\tpisteet\nHopeajärvi\t48,5\nKuusela\t61,0\n", "utf-16"),
        ("organisation,score\nHopeajärvi,48.5\nKuusela,61\n", "utf-8"),
        ('organization,score\n"Hopeajärvi","48,5"\n"Kuusela","61"\n', "utf-8"),
        ("Kommun;Poäng\nHopeajärvi;48,5\nKuusela;61\n", "utf-8"),
        ("Organisaation nimi;Pisteet yhteensä\nHopeajärvi;48,5 %\nKuusela;61 %\n", "utf-8"),
        (
            "Digikypsyys 2025;;\n;;\nTaulukko 1;;\n\nOrganisaatio;Huom.;Pisteet\nHopeajärvi;x;48,5\n;;\nKuusela;;61\n",
            "utf-8",
        ),
    ],
)
def test_the_same_scores_in_whatever_form(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_as(sheet(tmp_path, text, encoding=encoding)) == EXPECTED


def test_every_column_of_the_contract(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "organisaatio;y_tunnus;kuntanumero;pisteet;toimiala;asukasluku;palvelut;huomio;asiakkaat\n"
        "Hopeajärvi;1234567-1;20;48,5;Kunta;12 345;50,5;hyvä;–\n"
        "Kuusela;234567-8;091;61;Kaupunki;1.234.567;n/a;;70\n",
    )
    first, second = found.rows
    assert (first.business_id, first.municipality_number, first.sector, first.size) == (
        "1234567-1",
        "020",
        "Kunta",
        12345,
    )
    assert (second.business_id, second.municipality_number, second.size) == ("0234567-8", "091", 1_234_567)
    assert found.dimensions == ("palvelut", "asiakkaat")
    assert (first.dimensions, second.dimensions) == ((50.5, None), (None, 70.0))
    meanings = {column.name: column.meaning for column in found.columns}
    assert meanings["huomio"] == "ignored"
    assert meanings["asukasluku"] == "size"


def test_thousands_are_told_from_decimals_by_the_rest_of_the_sheet(tmp_path: Path) -> None:
    english = sheet(tmp_path, 'organisation,score,population\nHopeajärvi,48.5,"39,466"\nKuusela,61.25,"9,769"\n')
    finnish = sheet(tmp_path, "organisaatio;pisteet;asukasluku\nHopeajärvi;48,5;39.466\nKuusela;61,25;9.769\n")
    assert [row.size for row in english.rows] == [row.size for row in finnish.rows] == [39466.0, 9769.0]
    assert [row.score for row in english.rows] == [row.score for row in finnish.rows] == [48.5, 61.25]


def test_rows_not_used_are_listed_with_the_reason(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "organisaatio;pisteet;palvelut\nHopeajärvi;48,5;50\nKuusela;hyvä;51\nMetsälä;–;–\n;50;50\nKeskiarvo;49;50\n"
        "Niemelä;puuttuu;52\nLähde: kysely 2025;;\n",
    )
    assert read_as(found) == [("Hopeajärvi", 48.5), ("Niemelä", None)]
    assert [(out.row, out.reason) for out in found.left_out] == [
        (3, "not_a_number"),
        (4, "no_score"),
        (5, "no_name"),
        (6, "summary"),
        (8, "no_score"),
    ]


def test_the_latest_year_is_used_unless_another_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "vuodet.csv"
    path.write_text("organisaatio;vuosi;pisteet\nHopeajärvi;2023;40\nHopeajärvi;2024;48,5\nKuusela;2024;61\n")
    assert read_as(scores.read(path)) == EXPECTED
    assert read_as(scores.read(path, year=2023)) == [("Hopeajärvi", 40.0)]
    assert [out.reason for out in scores.read(path).left_out] == ["other_year"]
    with pytest.raises(InputError, match=r"vuodet\.csv: no row is of the year 2020; the years are 2023, 2024\."):
        scores.read(path, year=2020)


def test_a_named_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "oma.csv"
    path.write_text("organisaatio;pisteet\nHopeajärvi;1\n")
    with pytest.raises(InputError, match="one column cannot be two things"):
        scores.read(path, columns={"score": "pisteet", "size": "Pisteet"})
    for columns in ({"score": "Tulos"}, {"sector": "Tulos"}):
        with pytest.raises(InputError, match=r"no column is called “tulos” .*; the columns found are “organisaatio”"):
            scores.read(path, columns=columns)


def test_a_column_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "oma.csv"
    path.write_text("Paikka;Tulos A;Tulos B\nHopeajärvi;1;48,5\nKuusela;2;61\n")
    assert read_as(scores.read(path, columns={"organisation": "Paikka", "score": "tulos b"})) == EXPECTED


def test_a_workbook_with_titles_percentages_notes_and_another_sheet(tmp_path: Path) -> None:
    rows = [
        ["Digikypsyys 2025"],
        [],
        ["Organisaatio", "Pisteet", "Palvelut"],
        ["Hopeajärvi", 48.5, 0.5],
        [],
        ["Kuusela", 61, None],
    ]
    path = workbook(tmp_path, [["Ohje"], ["Lue tämä"]], [*rows, ["Lähde: kysely"]])
    book = openpyxl.load_workbook(path)
    book["Taulu 2"]["C4"].number_format = "0 %"
    book.save(path)
    found = scores.read(path)
    assert read_as(found) == EXPECTED
    assert (found.sheet, found.dimensions, found.rows[0].dimensions) == ("Taulu 2", ("Palvelut",), (50.0,))
    assert [out.text for out in found.left_out] == ["Lähde: kysely"]


def test_cells_merged_downwards_hold_for_each_of_their_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["Digikypsyys", None, None, None],
            ["Toimiala", "Organisaatio", "Vuosi", "Pisteet"],
            ["Kunta", "Hopeajärvi", 2023, 40],
            [None, None, 2024, 48.5],
            [None, "Kuusela", 2024, 61],
        ],
    )
    book = openpyxl.load_workbook(path)
    for cells in ("A1:D1", "A3:A5", "B3:B4"):
        book["Taulu 1"].merge_cells(cells)
    book.save(path)
    found = scores.read(path)
    assert read_as(found) == EXPECTED
    assert [row.sector for row in found.rows] == ["Kunta", "Kunta"]


def test_a_header_of_two_rows_takes_its_names_from_the_lower_one(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["Organisaatio", "Pisteet", None, None],
            [None, "Palvelut", "Johtaminen", "Kokonaispisteet"],
            ["Hopeajärvi", 50, 47, 48.5],
            ["Kuusela", 60, 62, 61],
        ],
    )
    book = openpyxl.load_workbook(path)
    book["Taulu 1"].merge_cells("A1:A2")
    book["Taulu 1"].merge_cells("B1:D1")
    book.save(path)
    found = scores.read(path)
    assert read_as(found) == EXPECTED
    assert found.dimensions == ("Palvelut", "Johtaminen")


def test_merged_cells_beyond_the_sheet_do_no_harm(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["organisaatio", "pisteet"], ["Hopeajärvi", 48.5], ["Kuusela", 61]])
    book = openpyxl.load_workbook(path)
    book["Taulu 1"].merge_cells("D3:D400")
    book["Taulu 1"].merge_cells("A50:Z60")
    book.save(path)
    assert read_as(scores.read(path)) == EXPECTED


def test_marks_of_footnotes_and_units_are_no_part_of_names_and_numbers(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Organisaatio¹;Pisteet (0–100)*\nHopeajärvi*;48,5²\nKuusela 1);61 pistettä\n1) arvio;\n")
    assert read_as(found) == EXPECTED
    assert [column.name for column in found.columns] == ["Organisaatio¹", "Pisteet (0–100)*"]
    assert read_as(sheet(tmp_path, "organisaatio;pisteet\nHopeajärvi;48,5 1)\nKuusela;61 p\n")) == EXPECTED


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_text_of_older_programs_is_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Organisaatio;Poäng\nÄänekoski;48,5\nÖsterbotten;61\nÅbo;7\n"
    assert [row.organisation for row in sheet(tmp_path, text, encoding=encoding).rows] == [
        "Äänekoski", "Österbotten", "Åbo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"), [("31.12.2023", "31.12.2024"), ("2023-06-01", "2024-06-01"), ("vuosi 2023", "v. 2024")]
)
def test_a_year_may_be_in_a_date_or_a_text(tmp_path: Path, old: str, new: str) -> None:
    text = f"organisaatio;vuosi;pisteet\nHopeajärvi;{old};40\nHopeajärvi;{new};48,5\nKuusela;{new};61\nMuu;;1\n"
    found = sheet(tmp_path, text)
    assert (read_as(found), found.year) == (EXPECTED, 2024)
    assert [out.reason for out in found.left_out] == ["other_year", "no_year"]


def test_a_workbooks_dates_are_years_too(tmp_path: Path) -> None:
    rows = [["Kunta", "Vuosi", "Pisteet"], ["A", date(2024, 1, 1), 1], ["A", date(2025, 1, 1), 2]]
    assert read_as(scores.read(workbook(tmp_path, rows))) == [("A", 2.0)]


def test_scores_of_years_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "vuodet.csv"
    path.write_text("Organisaatio;Pisteet 2023;Pisteet 2024;Palvelut\nHopeajärvi;40;48,5;5\nKuusela;;61;6\n")
    found = scores.read(path)
    assert (read_as(found), found.year, found.dimensions) == (EXPECTED, 2024, ("Palvelut",))
    assert {column.name: column.meaning for column in found.columns}["Pisteet 2023"] == "ignored"
    assert scores.read(path, year=2023).rows[0].score == 40
    with pytest.raises(InputError, match=r"no row is of the year 2020; the years are 2023, 2024\."):
        scores.read(path, year=2020)


def test_of_sheets_named_by_years_the_latest_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Organisaatio", "Pisteet"], ["A", 1]], [["Organisaatio", "Pisteet"], ["A", 2]])
    assert (scores.read(path).sheet, scores.read(path).other_sheets) == ("Taulu 1", ("Taulu 2",))
    book = openpyxl.load_workbook(path)
    book["Taulu 1"].title, book["Taulu 2"].title = "Pisteet 2024", "Pisteet 2025"
    book.save(path)
    latest, earlier = scores.read(path), scores.read(path, year=2024)
    assert (read_as(latest), latest.year, latest.other_sheets) == ([("A", 2.0)], 2025, ("Pisteet 2024",))
    assert (read_as(earlier), earlier.year) == ([("A", 1.0)], 2024)


def test_a_heading_broken_at_its_hyphen_is_one_word(tmp_path: Path) -> None:
    rows = [["Organi-\nsaatio", "Kokonais-\npisteet"], ["Hopeajärvi", 48.5], ["Kuusela", 61], ["Yhteensä (n = 2)", 3]]
    assert read_as(scores.read(workbook(tmp_path, rows))) == EXPECTED


def test_decimal_commas_between_commas_are_an_error_and_not_whole_numbers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 2 has more values than there are columns; put numbers with a decimal"):
        sheet(tmp_path, "organisaatio,pisteet\nHopeajärvi,48,5\nKuusela,61,0\n")
    note = "organisaatio;pisteet\nHopeajärvi;48,5\nKuusela;61\nLähde: kysely; 2025; DVV\n"
    found = sheet(tmp_path, note)
    assert (read_as(found), [out.reason for out in found.left_out]) == (EXPECTED, ["too_many_values"])


def test_negative_numbers_and_thousands(tmp_path: Path) -> None:
    found = sheet(tmp_path, "organisaatio;pisteet\nA;-3,5\nB;−2\nC;1 234,5\nD;1\u202f234\nE;(4,5)\n")
    assert [row.score for row in found.rows] == [-3.5, -2, 1234.5, 1234]
    assert [out.reason for out in found.left_out] == ["not_a_number"]


def opendocument(folder: Path, table: str) -> Path:
    path = folder / "pisteet.ods"
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content{spaces}>{table}</office:document-content>")
    return path


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    sheet = opendocument(tmp_path, "")
    book = tmp_path / "pisteet.xlsx"
    openpyxl.Workbook().save(book)
    for path, member in ((sheet, "more.xml"), (book, "xl/worksheets/sheet2.xml")):
        overfill(path, member, 400_000_000)
        assert path.stat().st_size < 1_000_000
        with pytest.raises(InputError, match=rf"{path.name}: the workbook unpacks to too much; save"):
            scores.read(path)


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def text(value: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    def number(value: float, kind: str = "float") -> str:
        return (
            f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>x</text:p></table:table-cell>'
        )

    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    path = opendocument(
        tmp_path,
        '<table:table table:name="Pisteet">'
        + row(text("Digikypsyys 2025"))
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + row(text("Organisaatio"), gap, text("Pisteet"), text("Palvelut"))
        + row(text("Hopeajärvi"), gap, number(48.5), number(0.5, "percentage"))
        + row(text("Kuusela"), gap, number(61))
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>',
    )
    found = scores.read(path)
    assert read_as(found) == EXPECTED
    assert ([row.row for row in found.rows], found.rows[0].dimensions) == ([5, 6], (50.0,))


def test_an_opendocument_cell_merged_downwards(tmp_path: Path) -> None:
    def cell(value: str, rows: int = 1) -> str:
        return f'<table:table-cell table:number-rows-spanned="{rows}"><text:p>{value}</text:p></table:table-cell>'

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("Organisaatio") + cell("Vuosi") + cell("Pisteet"),
        cell("Hopeajärvi", 2) + cell("2023") + cell("40"),
        covered + cell("2024") + cell("48,5"),
        cell("Kuusela") + cell("2024") + cell("61"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    assert read_as(scores.read(opendocument(tmp_path, f"<table:table>{table}</table:table>"))) == EXPECTED


def test_a_hostile_opendocument_sheet_gets_one_sentence(tmp_path: Path) -> None:
    cell = "<table:table-cell><text:p>A</text:p></table:table-cell>"
    endless = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
    with pytest.raises(InputError, match="more than 200000 rows"):
        scores.read(opendocument(tmp_path, f"<table:table>{endless}</table:table>"))
    with pytest.raises(InputError, match="not a readable workbook"):
        scores.read(opendocument(tmp_path, "<table:table>"))


def test_two_rows_for_one_organisation_are_an_error_that_shows_both(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pisteet\.csv: two rows for one organisation: rows 2 and 4 \(“HOPEAJÄRVI”\)"):
        sheet(tmp_path, "organisaatio;pisteet\nHopeajärvi;1\nKuusela;2\nHOPEAJÄRVI;3\n")
    with pytest.raises(InputError, match=r"rows 2 and 3 \(“Esbo stad”\)"):
        sheet(tmp_path, "organisaatio;pisteet\nEspoo;1\nEsbo stad;2\n")
    assert len(sheet(tmp_path, "organisaatio;pisteet\nEspoo (sote);1\nEspoo (sivistys);2\n").rows) == 2
    with pytest.raises(InputError, match="rows 2 and 3"):
        sheet(tmp_path, "organisaatio;kuntanumero;pisteet\nHopeajärvi;20;1\nHopeajärven kunta;020;2\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"organisaatio;arvo\nA;1\n", "no column holds the score .* the columns found are “organisaatio”, “arvo”"),
        (b"nimeke;arvo\nA;1\n", "no column names the organisation .* and no column holds the score"),
        (b"organisaatio;pisteet\n", "no row has both an organisation and a number"),
        (b"organisaatio;pisteet\nA;hyva\n", "no row has both an organisation and a number"),
        (b'organisaatio;pisteet\n"A;1\nB;2\n', "the CSV is broken near line"),
        (b"%PDF-1.7\n", "a PDF is not a table of scores"),
        (b"<html><table><tr><td>organisaatio</td></tr></table></html>", "a web page, whatever its name says"),
        (b"PK\x03\x04 damaged", "not a readable workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an old or password-protected Excel file"),
        (b"\x00\x01\x02\x03" * 50, "neither text nor a workbook"),
    ],
)
def test_an_unusable_sheet_gets_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "pisteet.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says) as raised:
        scores.read(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_path_that_is_not_a_file_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        scores.read(tmp_path / "puuttuu.csv")
    with pytest.raises(InputError, match="folder"):
        scores.read(tmp_path)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet="organistpe;,\t|\n\"'-–%., 0123456789äÄ", max_size=300).map(str.encode),
    )
)
def test_any_bytes_are_a_sheet_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "arbitrary.csv"
    path.write_bytes(b"organisaatio;pisteet\n" + content)
    try:
        assert scores.read(path).rows
    except InputError as error:
        assert "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.decimals(min_value=0, max_value=9999, places=2), min_size=1, max_size=20), st.booleans())
def test_numbers_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[object], comma: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    written = [str(number).replace(".", ",") if comma else str(number) for number in numbers]
    path.write_text("organisaatio;pisteet\n" + "".join(f"Org {i};{text}\n" for i, text in enumerate(written)))
    assert [row.score for row in scores.read(path).rows] == [float(str(number)) for number in numbers]
