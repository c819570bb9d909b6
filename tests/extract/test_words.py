"""Words: tracking, ligatures, doubled and unseen text, page rotation and crop, against hand-written PDFs too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from plain_pdf import line, plain_pdf

from analyser import extract

Typeset = Callable[..., Path]

SENTENCE = "Kunta kasvaa ja kehittyy joka vuosi"


def text(path: Path) -> str:
    return " ".join(b.text for b in extract.read(path).blocks)


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("tracking", ["1pt", "2pt", "4pt"])
def test_tracked_capitals_are_words(typeset: Typeset, tracking: str) -> None:
    path = typeset("harva.pdf", f"#text(12pt, tracking: {tracking})[PAINOPISTEET JA TAVOITTEET]\n\nKunnan arki sujuu.")
    assert text(path) == "PAINOPISTEET JA TAVOITTEET Kunnan arki sujuu."


def test_letters_typed_apart_are_a_word(tmp_path: Path) -> None:
    path = written(tmp_path, plain_pdf(line("T A V O I T T E E T") + line("ovat selvat kaikille kuntalaisille", y=450)))
    assert text(path).startswith("TAVOITTEET ovat")


def test_ligatures_and_umlauts(typeset: Typeset) -> None:
    path = typeset("liga.pdf", "Tehokas palveluprofiili: offline-tila, efektiivinen määräys, Åland, Öölanti.")
    assert text(path) == "Tehokas palveluprofiili: offline-tila, efektiivinen määräys, Åland, Öölanti."


def test_shadowed_text_comes_once(tmp_path: Path) -> None:
    path = written(tmp_path, plain_pdf(line(SENTENCE) + line(SENTENCE, x=50.6, y=499.4)))
    assert text(path) == SENTENCE


def test_invisible_text_is_left_out_and_reported(tmp_path: Path) -> None:
    hidden = line("piilotettu digitaalinen teksti", y=400, before="3 Tr")
    document = extract.read(written(tmp_path, plain_pdf(line(SENTENCE) + hidden)))
    assert [b.text for b in document.blocks] == [SENTENCE]
    assert len(document.warnings) == 1 and "3 words" in document.warnings[0]
    assert document.status == "ok"


def test_white_text_counts_only_on_a_coloured_ground(typeset: Typeset) -> None:
    path = typeset(
        "valkoinen.pdf",
        "Näkyvää tekstiä on tällä sivulla riittävästi.\n\n#text(fill: white)[Piilossa.]\n\n"
        "#block(fill: navy, inset: 6pt)[#text(fill: white)[Valkoinen sinisellä.]]\n#place(dx: -30cm)[Poissa]",
    )
    assert text(path) == "Näkyvää tekstiä on tällä sivulla riittävästi. Valkoinen sinisellä."


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_pages_have_their_boxes_where_a_reader_sees_them(tmp_path: Path, rotation: int) -> None:
    page = plain_pdf(line(SENTENCE, y=300) + line("ja toinen rivi tulee sen alle", y=286), page=f"/Rotate {rotation}")
    document = extract.read(written(tmp_path, page))
    [block] = document.blocks
    assert block.text == f"{SENTENCE} ja toinen rivi tulee sen alle"
    width, height = document.pages[0].width, document.pages[0].height
    assert (width, height) == ((400, 600) if rotation in (0, 180) else (600, 400))
    assert block.bbox is not None
    x0, top, x1, bottom = block.bbox
    assert (x1 - x0 > bottom - top) == (rotation in (0, 180))
    x, y = {0: (50, 300), 90: (300, 50), 180: (350, 300), 270: (300, 350)}[rotation]
    assert x0 - 12 <= x <= x1 + 12 and top - 12 <= y <= bottom + 12


def test_boxes_start_from_the_crop_box(tmp_path: Path) -> None:
    data = plain_pdf(line(SENTENCE, x=150, y=300), page="/CropBox [100 200 390 590]")
    document = extract.read(written(tmp_path, data))
    assert (document.pages[0].width, document.pages[0].height) == (290, 390)
    [block] = document.blocks
    assert block.bbox is not None
    assert block.bbox[0] == pytest.approx(50, abs=1) and block.bbox[3] == pytest.approx(292, abs=1)


def test_private_use_letters_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font whose map leads into the private use area once gave a page without words and without a warning."""
    monkeypatch.setattr("analyser.extract.ocr.available", lambda: None)
    codes = "".join(f"<{c:02X}> <E0{c:02X}>\n" for c in range(32, 123))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"91 beginbfchar\n{codes}endbfchar endcmap end end"
    )
    stream = f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"
    data = plain_pdf(line(SENTENCE), font="/Type1 /BaseFont /Helvetica /ToUnicode 4 0 R", extra=stream)
    with pytest.raises(extract.InputError, match="install Tesseract"):
        extract.read(written(tmp_path, data))


def test_an_unmapped_font_gives_no_garbage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Glyphs without letters are read from the picture, or else reported; they are never passed on as text."""
    monkeypatch.setattr("analyser.extract.ocr.available", lambda: None)
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nimi /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Nimi /Flags 4 "
        "/FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>"
    )
    font = "/Type0 /BaseFont /Nimi /Encoding /Identity-H /DescendantFonts [4 0 R]"
    content = "BT /F1 11 Tf 50 500 Td <00F100F200F300F400F500F600F7> Tj ET\n"
    data = plain_pdf(content, font=font, extra=descendant)
    with pytest.raises(extract.InputError, match="install Tesseract"):
        extract.read(written(tmp_path, data))


def test_a_drop_cap_is_read_with_its_word(typeset: Typeset) -> None:
    """It once stood in the middle of the line that its foot stands on."""
    rest = "unta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu kaikilla kylillä."
    cap = 'text(34pt, top-edge: "cap-height", bottom-edge: "baseline")[K]'
    grid = f"#grid(columns: (auto, 1fr), column-gutter: 3pt, {cap}, [{rest}])"
    path = typeset("anfangi.pdf", f"#set page(width: 12cm)\n{grid}")
    assert [b.text for b in extract.read(path).blocks] == ["K" + rest]


def test_imitated_small_capitals_are_words(typeset: Typeset) -> None:
    title = "#text(14pt)[M]#text(10pt)[ALLILAN] #text(14pt)[S]#text(10pt)[TRATEGIA]"
    assert [b.text for b in extract.read(typeset("kapiteelit.pdf", title)).blocks] == ["MALLILAN STRATEGIA"]


def test_words_that_a_space_tears_are_made_whole_by_the_documents_own(typeset: Typeset) -> None:
    prose = "Pyhäjoen kunta kasvaa. Taloja ja piha-alueita hoidetaan, ja joka talo ja piha on siisti. Tavoite on selvä."
    path = typeset("repeama.pdf", f"= PYHÄ JOEN KUNTA JA TALO JA PIHA\n{prose}\n\nT avoite on yhteinen.")
    texts = [b.text for b in extract.read(path).blocks]
    assert texts == ["PYHÄJOEN KUNTA JA TALO JA PIHA", prose, "Tavoite on yhteinen."]


def test_what_programs_write_for_a_glyph_without_a_letter_is_no_text(tmp_path: Path) -> None:
    path = written(tmp_path, plain_pdf(line("\\(cid:0\\) Kunnan arki sujuu hy\\(cid:12\\)vin ja palvelut toimivat")))
    assert text(path) == "Kunnan arki sujuu hyvin ja palvelut toimivat"
