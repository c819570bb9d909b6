"""Errors and warnings of documents in the report's language; what is not known is marked as English."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_sample import result

from analyser import extract, report
from analyser.document import InputError
from analyser.report.locale import speech
from analyser.report.troubles import TROUBLES, told

LOST = "could not be analysed:"
BAD = {
    "empty.pdf": b"",
    "blank.txt": b" \n\f\n ",
    "text.pdf": b"just text, no PDF",
    "none.docx": b"no Word file",
    "old.doc.pdf": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100,
    "zip.docx": b"PK\x03\x04 word/ and nothing else",
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<</Type /Cata",
    "control.txt": b"\x01\x02\x03\x04 letters \x05\x06",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_extraction_says_of_a_bad_file_is_translated(tmp_path: Path, name: str, language: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    with pytest.raises(InputError) as error:
        extract.read(tmp_path / name)
    said = told(str(error.value), f"folder/{name}", speech(language))
    assert "<span" not in said, f"{error.value} is not recognised"
    assert name not in said, "the page has the name already"


def test_what_extraction_warns_of_is_translated(tmp_path: Path) -> None:
    text = "Kehitämme palveluja verkossa (cid:12)(cid:13)(cid:14) ja muualla."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    document = extract.read(tmp_path / "a.txt")
    assert len(document.warnings) == 2
    assert not [w for w in document.warnings if "<span" in told(w, "a.txt", speech("fi"))]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("text read by OCR on pages 1–6; check quotations against the picture.", "kuvasta. Sivut: 1–6."),
        ("text read by OCR on page 3; check quotations against the picture.", "Sivut: 3."),
        ("there was no time left for OCR of pages 2–9: give each document longer with --timeout.", "Sivut: 2–9."),
        ("is a scan that OCR had no time to read: give each document longer with --timeout.", "on kuvia, joiden"),
        ("pages 2, 5–9 … are damaged and left out: get the file again.", "Sivut: 2, 5–9 …."),
        (f"{LOST} it took longer than 120 seconds; give it longer with --timeout.", "yli 120 sekuntia"),
        (f"{LOST} the analysis process was ended by SIGKILL; check the file.", "(was ended by SIGKILL)"),
    ],
)
def test_a_trouble_keeps_its_particulars(trouble: str, words: str) -> None:
    assert words in told(f"a.pdf: {trouble}", "b/a.pdf", speech("fi"))


def test_files_of_one_organisation_are_named() -> None:
    said = told("The same file as b.pdf; leave one of them out.", "a.pdf", speech("fi"))
    assert said == "Sama tiedosto kuin b.pdf; jätä toinen pois."


def test_what_is_not_recognised_stays_and_is_marked_as_english(tmp_path: Path) -> None:
    given = result("Kunta", warnings=("Something <new> happened.",))
    report.write(tmp_path, [given], {})
    html = (tmp_path / "organisations/kunta.html").read_text("utf-8")
    assert '<span lang="en">Something &lt;new&gt; happened.</span>' in html


def test_no_two_kinds_of_trouble_are_told_alike() -> None:
    assert len(set(TROUBLES.values())) == len(TROUBLES)
