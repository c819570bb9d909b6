"""Files that cannot be read, or only in part: one clear sentence each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from plain_pdf import encrypted, line, plain_pdf

from analyser import extract
from analyser.document import InputError

Typeset = Callable[..., Path]

SENTENCE = "Digitaaliset palvelut paranevat koko kunnassa"
ENCRYPT = f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << "
ENCRYPT += f"/Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
GOOD = plain_pdf(line(SENTENCE), line(SENTENCE))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<html>", "not a PDF"),
        (b"%PDF-1.7 " + b"x" * 900, "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (plain_pdf(), "no pages"),
        (plain_pdf(""), "no text"),
        (plain_pdf(line(SENTENCE), trailer=ENCRYPT), "password"),
    ],
)
def test_unreadable_files(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "huono.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        extract.read(path)
    message = str(caught.value)
    assert message.startswith("huono.pdf ") and message.endswith(".") and "\n" not in message


def test_a_file_that_only_its_owner_has_a_password_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / "suojattu.pdf"
    path.write_bytes(encrypted(GOOD))
    document = extract.read(path)
    assert [b.text for b in document.blocks] == [SENTENCE, SENTENCE] and document.status == "ok"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        extract.read(tmp_path / "puuttuu.pdf")


def test_five_hundred_pages(tmp_path: Path) -> None:
    path = tmp_path / "pitka.pdf"
    path.write_bytes(plain_pdf(*(line(f"{SENTENCE} osa {k}") for k in range(500))))
    document = extract.read(path)
    assert len(document.pages) == 500 and document.status == "ok"
    assert [b.page for b in document.blocks] == list(range(1, 501))


def test_same_file_same_hash_and_name_of_the_callers_choice(typeset: Typeset) -> None:
    path = typeset("a.pdf", SENTENCE)
    a, b = extract.read(path), extract.read(path, file="kunta/a.pdf")
    assert a.sha256 == b.sha256 and len(a.sha256) == 64
    assert (a.file, b.file) == ("a.pdf", "kunta/a.pdf")


def scanned(typeset: Typeset, tmp_path: Path, markup: str, after: str = "") -> Path:
    """A PDF whose first page is a picture of the typeset `markup`; `after` is typeset on a page after it."""
    source = typeset("alku.pdf", markup)
    with pdfium.PdfDocument(source) as pdf:
        pdf[0].render(scale=200 / 72).to_pil().save(tmp_path / "kuva.png")
    page = '#set page(margin: 0pt)\n#image("kuva.png", width: 100%)\n'
    return typeset("skannattu.pdf", page + (f"#pagebreak()\n#set page(margin: 2cm)\n{after}" if after else ""))


def test_scan_without_tesseract(typeset: Typeset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyser.extract.ocr.available", lambda: None)
    path = scanned(typeset, tmp_path, SENTENCE)
    with pytest.raises(InputError) as caught:
        extract.read(path)
    assert all(word in str(caught.value) for word in ("Debian", "macOS", "Windows"))
    partly = extract.read(scanned(typeset, tmp_path, SENTENCE, after=f"{SENTENCE} edelleen."))
    assert partly.status == "partial"
    assert [b.text for b in partly.blocks] == [f"{SENTENCE} edelleen."]
    assert len(partly.warnings) == 1 and "page 1 " in partly.warnings[0] and "Debian" in partly.warnings[0]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("turn", ["0deg", "2deg", "-3deg"])
def test_scan_is_read_by_ocr(typeset: Typeset, tmp_path: Path, turn: str) -> None:
    prose = "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla."
    markup = (
        f"#set text(12pt)\n#rotate({turn})[#text(20pt)[*Strategian painopisteet*]\n\n{prose}\n\n{prose}\n\n{prose}\n\n"
        f"- Sujuvat palvelut verkossa\n- Elinvoimainen keskusta\n\n{prose}]"
    )
    document = extract.read(scanned(typeset, tmp_path, markup))
    assert document.status == "ok" and document.pages[0].ocr
    assert document.warnings == (f"{document.file}: text read by OCR on page 1; check quotations against the picture.",)
    found = [(b.kind, b.text) for b in document.blocks]
    assert ("heading", "Strategian painopisteet") in found
    assert ("item", "Sujuvat palvelut verkossa") in found and ("item", "Elinvoimainen keskusta") in found
    assert sum(text == prose for _, text in found) >= 3


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_letter_spaced_capitals_of_a_scan_are_words(typeset: Typeset, tmp_path: Path) -> None:
    """Where the gaps between words are those between letters, OCR runs the words together: the document's own part
    them, and the year from its name."""
    prose = "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla."
    apart = " ".join("PARASTAARKEA"), " ".join("KUNTASTRATEGIA2030")
    markup = (
        f"#set text(12pt)\n{prose}\n\n#text(tracking: 3pt)[HYVÄ ELÄMÄ RANNALLA]\n\n{prose}\n\n{apart[0]}\n\n{prose}\n\n"
        f"{apart[1]}\n\nTavoitteena on parasta arkea. {prose}"
    )
    texts = [b.text for b in extract.read(scanned(typeset, tmp_path, markup)).blocks]
    assert {"HYVÄ ELÄMÄ RANNALLA", "PARASTA ARKEA", "KUNTASTRATEGIA 2030"} <= set(texts)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_or_head_is_read(typeset: Typeset, tmp_path: Path, turn: int) -> None:
    prose = "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla."
    text = f"#set align(left)\n#text(20pt)[*Painopisteet*]\n\n{prose}\n\n{prose}"
    block = f"rotate({turn}deg, block(width: 12cm)[{text}])"
    markup = f"#set page(width: 18cm, height: 18cm)\n#place(center + horizon, {block})"
    document = extract.read(scanned(typeset, tmp_path, markup))
    assert [b.text for b in document.blocks] == ["Painopisteet", prose, prose]
    box, page = document.blocks[0].bbox, document.pages[0]
    assert box is not None and 0 < box[0] < box[2] < page.width and 0 < box[1] < box[3] < page.height


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_bold_headings_of_a_scan_are_told_by_their_strokes(typeset: Typeset, tmp_path: Path) -> None:
    """Tesseract tells no weights: headings in the text's own size once were paragraphs."""
    prose = "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla."
    names = ["Elinvoimainen kunta", "Digitaalinen arki"]
    parts = "\n\n".join(f"*{name}*\n\n{prose}\n\n{prose}" for name in names)
    found = extract.read(scanned(typeset, tmp_path, f"#set text(12pt)\n{parts}")).blocks
    assert [b.text for b in found if b.kind == "heading"] == names


def test_a_font_that_claims_half_a_character(tmp_path: Path) -> None:
    cmap = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <7a> <DC30> endbfchar endcmap"
    path = tmp_path / "puolikas.pdf"
    path.write_bytes(
        plain_pdf(
            line(f"{SENTENCE} zzz"),
            font="/Type1 /BaseFont /Helvetica /ToUnicode 4 0 R",
            extra=f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        )
    )
    text = extract.read(path).blocks[0].text
    assert text.startswith(SENTENCE)
    text.encode("utf-8")


def test_to_json_has_the_contracts_shape(typeset: Typeset) -> None:
    data = extract.to_json(extract.read(typeset("a.pdf", f"= Visio\n{SENTENCE}.\n")))
    assert list(data) == ["pages", "blocks"]
    assert set(data["pages"][0]) == {"number", "width", "height", "ocr"}
    assert [(b["kind"], b["level"], b["text"], b["page"], len(b["bbox"])) for b in data["blocks"]] == [
        ("heading", 1, "Visio", 1, 4),
        ("paragraph", None, f"{SENTENCE}.", 1, 4),
    ]


def test_draw_writes_a_picture_of_each_page(typeset: Typeset, tmp_path: Path) -> None:
    from PIL import Image

    path = typeset("kaksi.pdf", f"= Visio\n{SENTENCE}\n#pagebreak()\n{SENTENCE}")
    document = extract.read(path)
    written = extract.draw(document, path, tmp_path / "kuvat")
    assert [p.name for p in written] == ["kaksi-001.png", "kaksi-002.png"]
    assert sorted(p.name for p in (tmp_path / "kuvat").iterdir()) == [p.name for p in written]
    heading = document.blocks[0].bbox
    assert heading is not None
    with Image.open(written[0]) as picture:
        scale = picture.width / document.pages[0].width
        on_edge = picture.convert("RGB").getpixel((round(heading[2] * scale) + 1, round((heading[1] + 5) * scale)))
    assert on_edge != (255, 255, 255)
    assert callable(extract.draw), "importing the drawing module must not hide the function"


def test_draw_needs_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Teksti.", encoding="utf-8")
    with pytest.raises(InputError, match="only a PDF has pages"):
        extract.draw(extract.read(path), path, tmp_path / "kuvat")
