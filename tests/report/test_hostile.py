"""Strings from documents, file names and sheets are shown, and never obeyed."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from report_sample import cohort_of, mention, result, term

from analyser import report
from analyser.audit import audit
from analyser.document import Exclusion, Priority
from analyser.report.naming import slugs

SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    "../../x", SCRIPT, "=cmd()", "CON", "con", "nul.txt", "Å" * 300, "", " ", "...", "a/b\\c:d*e?f",
    "\x00\x1b[31m\ud800", '" onmouseover="alert(1)', "{{ 7 * 7 }}", "$x$ $\\frac{1}$", "%(name)s", "漢字",
    "\u202egnp.exe", "Kunta", "KUNTA", "kunta",
]  # fmt: skip


TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Tags(HTMLParser):
    """Collects a page's elements, and the handlers and addresses in their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in which every string is hostile, two folders deep."""
    out = tmp_path_factory.mktemp("hostile") / "a" / "out"
    results = [
        result(
            name,
            "priority",
            file=f"{number} {name}.pdf",
            reasons=(name,),
            warnings=(name,),
            mentions=(replace(mention(f"{name} digi", "digi"), section=(name, SCRIPT), rule=name,
                              terms=(replace(term(f"{name} digi", "digi"), concept=name),)),),
            excluded=(Exclusion(1, name, name, name),),
            priorities=(Priority(name, 1, name, True), Priority(f"”{name}”", 2, f"announced: {name}")),
            language=name if number % 2 else "fi",
        )
        for number, name in enumerate(HOSTILE)
    ]  # fmt: skip
    results.append(result(SCRIPT, "none", file="z.pdf", status="failed", error=SCRIPT))
    cohort = cohort_of(results)
    for number, row in enumerate(cohort["organisations"]):
        row["sector"] = HOSTILE[number % len(HOSTILE)]
        row["dimensions"] = dict.fromkeys(HOSTILE, 50.0 + number)
    cohort["unmatched"] = {"strategies": HOSTILE, "scores": HOSTILE}
    report.write(out, results, cohort, audits=audit(results, {}))
    return out


def test_hostile_strings_stay_text_in_every_page(hostile: Path) -> None:
    pages = [hostile / "index.html", *(hostile / "organisations").glob("*.html")]
    assert len(pages) == len(HOSTILE) + 2
    for page in pages:
        html = page.read_text("utf-8")
        tags = Tags()
        tags.feed(html)
        assert tags.names.count("script") == 1, page
        assert tags.handlers == [], page
        assert not [a for a in tags.addresses if re.match(r"[a-z]+:|//", a)], page
        assert "alert(1)</script>" not in html
        assert "49" not in re.findall(r"<h1>(.*?)</h1>", html)
        assert not TURNING.search(html), "no name turns the words that follow it"


def test_pages_stay_in_their_folder_with_unique_safe_names(hostile: Path) -> None:
    made = [p for p in hostile.parent.parent.rglob("*") if p.is_file()]
    assert all(p.is_relative_to(hostile) for p in made)
    names = [p.name for p in (hostile / "organisations").glob("*.html")]
    assert len({name.casefold() for name in names}) == len(HOSTILE) + 1
    for name in names:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,70}\.html", name)


def test_no_cell_of_a_csv_is_a_formula(hostile: Path) -> None:
    for name in ("results.csv", "mentions.csv"):
        with (hostile / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert len(rows) == len(HOSTILE) + (2 if name == "results.csv" else 1)
        assert not TURNING.search("".join(cell for row in rows for cell in row))
        assert not [c for row in rows for c in row if c[:1] in {"=", "+", "@", "\t"} or re.match(r"-\D", c)]


def test_no_cell_of_the_workbook_is_a_formula(hostile: Path) -> None:
    book = load_workbook(hostile / "results.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in {"f", "e"}]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert "=cmd()" in texts, "the text itself is kept"
    assert not TURNING.search("".join(map(str, texts)))


def test_a_policy_lets_nothing_in_from_outside(hostile: Path) -> None:
    for page in (hostile / "index.html", *(hostile / "organisations").glob("*.html")):
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page.read_text("utf-8"))
        allowed = dict(rule.strip().split(" ", 1) for rule in unescape(policy).split(";"))
        assert allowed["default-src"] == "'none'"
        assert allowed["font-src"] == "data:"
        assert not re.search(r"https?:|\*|unsafe", policy)


@given(st.lists(st.text(max_size=80), max_size=30))
@settings(max_examples=200)
def test_slugs_are_safe_and_unique_on_any_file_system(names: list[str]) -> None:
    found = slugs(names)
    assert len(set(found)) == len(names)
    for name in found:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert len(name) <= 66
        assert name.upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        assert unicodedata.normalize("NFD", name) == name
