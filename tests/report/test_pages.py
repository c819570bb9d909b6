"""What a reader of the HTML finds: the verdict, its reasons, the evidence, and the cohort around it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_sample import cohort_of, cohort_results, lively, mention, result, term, typeset, with_boxes

from analyser import report
from analyser.document import Result


def text_of(html: str) -> str:
    """The page's visible words, roughly."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def page_of(tmp_path: Path, given: Result, **options: Any) -> str:
    report.write(tmp_path, [given], {}, **options)
    (page,) = (tmp_path / "organisations").glob("*.html")
    return page.read_text("utf-8")


def test_organisation_page_tells_verdict_reasons_priorities_and_evidence(written: Path) -> None:
    html = (written / "organisations/kuusivaaran-kaupunki.html").read_text("utf-8")
    text = text_of(html)
    assert "Kuusivaaran kaupunki nimeää digitalisaation yhdeksi strategiansa pääpainopisteistä." in text
    assert "”Sujuva arki ja digitalisaatio” (sivu 5)" in text
    assert text.index("Hyvinvoiva lapsi ja nuori") < text.index("Hiilineutraali kaupunki")
    assert "Painopisteitä löytyi 4. Niistä yksi koskee digitalisaatiota." in text
    assert "Sivut 21–22 ovat kuvia" in text
    assert "Strategian painopisteet › Sujuva arki ja digitalisaatio" in text
    assert "pelkkä nimi" in text, "a false friend's reason is told in words"
    assert "<mark>sähköisessä asioinnissa</mark>" in html
    for number in range(1, 10):
        assert f'id="m{number}"' in html


def test_what_decided_is_told_in_words_and_what_is_unknown_as_it_stands(written: Path) -> None:
    text = text_of((written / "organisations/kuusivaaran-kaupunki.html").read_text("utf-8")).replace("\xa0", " ")
    assert "säännöt: me-muoto → tavoite, tavoiteotsikon alla → tavoite; luokitin: tavoite (91 %)" in text
    assert "on pääpainopisteen nimi; mikään sääntö ei ottanut kantaa; luokitin: tavoite (52 %)" in text
    assert "sanamuoto rajaa → rajaus, own rule → odd" in text
    assert "esitelty sanoilla ”Strategian painopisteet”" in text


def test_map_has_a_mark_for_every_page_and_leads_to_its_first_mention(written: Path) -> None:
    html = (written / "organisations/kuusivaaran-kaupunki.html").read_text("utf-8")
    pages = re.search(r'<ol class="map".*?</ol>', html, re.DOTALL)
    assert pages
    marks = re.findall(r"<li>(.*?)</li>", pages[0], re.DOTALL)
    assert len(marks) == 24
    assert 'class="priority" href="#m2"' in marks[4]
    assert 'class="limited" href="#m9"' in marks[10]
    assert "<a" not in marks[0]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("priority", "nimeää digitalisaation yhdeksi"),
        ("goal", "tavoitteena, mutta ei nimeä sitä pääpainopisteekseen"),
        ("context", "vain taustana"),
        ("none", "ei mainitse digitalisaatiota"),
    ],
)
def test_verdict_is_one_sentence_for_each_standing(tmp_path: Path, standing: Any, words: str) -> None:
    assert f"Testilän kunta {words}" in text_of(page_of(tmp_path, result("Testilän kunta", standing))).replace(
        "mainitsee digitalisaation strategiassaan ", ""
    )


def test_overlapping_and_wild_offsets_of_terms_do_not_lose_text(tmp_path: Path) -> None:
    sentence = "Digipalvelut & <tekoäly>"
    wild = replace(mention(sentence, "Digipalvelut"), terms=(
        term(sentence, "Digipalvelut"), term(sentence, "palvelut"), replace(term(sentence, "tekoäly"), end=99),
    ))  # fmt: skip
    html = page_of(tmp_path, result("A", mentions=(wild,)))
    assert "<mark>Digipalvelut</mark> &amp; &lt;<mark>tekoäly&gt;</mark>" in html


def test_failed_document_says_what_is_wrong_on_its_page_and_first_on_the_index(tmp_path: Path) -> None:
    failed = result("Rikki", "none", status="failed", error="rikki.pdf: the file is truncated; fetch it again.")
    report.write(tmp_path, [result("Ehjä"), failed], {})
    assert "the file is truncated" in text_of((tmp_path / "organisations/rikki.html").read_text("utf-8"))
    index = text_of((tmp_path / "index.html").read_text("utf-8"))
    assert "1 asiakirjaa ei voitu analysoida" in index
    assert index.index("the file is truncated") < index.index("Digitalisaation asema strategioissa")


def test_index_tells_shares_scores_comparisons_and_who_is_unmatched(written: Path) -> None:
    text = text_of((written / "index.html").read_text("utf-8"))
    assert "95 %:n luottamusväli" in text
    assert "69 %" in text
    assert "36 %" in text
    assert "Ero on +3,5 pistettä" in text
    assert "arvosta −0,4 arvoon +7,2" in text
    assert "Suhteessa muiden keskiarvoon se on +6" in text
    assert "Luvut eivät kerro, mikä on syy ja mikä seuraus" in text
    assert "Tuntematon kunta" in text
    assert "Väinölä.pdf (Väinölän kunta) voi kuulua riviin Väinö, Väinölahti" in text


def test_index_lists_every_organisation_in_finnish_order(written: Path) -> None:
    html = (written / "index.html").read_text("utf-8")
    table = html[html.index('<table class="organisations"') :]
    names = re.findall(r'href="organisations/[^"]+">([^<]+)</a>', table)
    assert len(names) == 35
    assert names[-3:] == ["Åminneforsn kunta", "Äijälän kunta", "Öljymäki (kaupunki)"]


def test_a_comparison_that_cannot_be_tested_says_why(tmp_path: Path) -> None:
    results = cohort_results(6)
    cohort = cohort_of(results)
    cohort["comparisons"]["priority_vs_rest"] |= {
        "n": [2, 3], "difference": None, "relative": None,
        "messages": [{"code": "group_too_small", "params": {"n": [2, 3], "smallest": 5}, "text": "Not tested."}],
    }  # fmt: skip
    report.write(tmp_path, results, cohort)
    text = text_of((tmp_path / "index.html").read_text("utf-8"))
    assert "Eroa ei testata: ryhmissä on pisteitä 2 ja 3 organisaatiolla" in text


def test_scores_stand_against_cohort_and_sector_with_the_figures_as_a_table(written: Path) -> None:
    text = text_of((written / "organisations/kuusivaaran-kaupunki.html").read_text("utf-8"))
    assert "Digikypsyyden pisteet muiden joukossa" in text
    assert "Kaikki organisaatiot 31 62,6" in text
    assert "Palvelun välittävyys" in text


def test_pictures_show_the_place_and_the_pdf_opens_at_its_page(written: Path) -> None:
    from PIL import Image

    html = (written / "organisations/kuusivaaran-kaupunki.html").read_text("utf-8")
    (name,) = re.findall(r'<img src="images/([^"]+)"', html)
    with Image.open(written / "organisations/images" / name) as picture:
        pixels = picture.convert("RGB")
        width, height = pixels.size
        colours = {pixels.getpixel((x, y)) for x in range(0, width, 2) for y in range(0, height, 2)}
    assert 600 < width < 1300
    assert any(r > 230 and 190 < g < 240 and b < 140 for r, g, b in colours), "the term is marked in yellow"
    assert any(r < 60 and b > 120 for r, g, b in colours), "the sentence is outlined in blue"
    assert 'href="../Kuusivaara_2030.pdf#page=2"' in html
    assert 'loading="lazy"' in html


def test_no_pictures_without_a_pdf_or_when_not_wanted(tmp_path: Path) -> None:
    placed = with_boxes(lively(), {0: (1, (70, 70, 300, 90))})
    pdf = typeset(tmp_path / "a.pdf")
    text = tmp_path / "a.txt"
    text.write_text("Digitalisaatio")
    report.write(tmp_path / "off", [placed], {}, sources={placed.file: pdf}, images=False)
    report.write(tmp_path / "text", [placed], {}, sources={placed.file: text})
    report.write(tmp_path / "gone", [placed], {}, sources={placed.file: tmp_path / "gone.pdf"})
    assert not list(tmp_path.glob("*/organisations/images/*"))
    assert "<img" not in (tmp_path / "text/organisations/kuusivaaran-kaupunki.html").read_text("utf-8")


@pytest.mark.parametrize(
    "box",
    [(float("nan"), 0, 1, 1), (-900, -900, 9000, 9000), (500, 500, 10, 10), (1e9, 1e9, 2e9, 2e9), (0, 0, 0.1, 0.1)],
)
def test_impossible_boxes_do_no_harm(tmp_path: Path, box: Any) -> None:
    placed = with_boxes(lively(), {0: (1, box), 1: (99, (1, 1, 9, 9))})
    report.write(tmp_path, [placed], {}, sources={placed.file: typeset(tmp_path / "a.pdf")})
    assert (tmp_path / "organisations/kuusivaaran-kaupunki.html").exists()


def test_a_second_report_leaves_nothing_of_the_first_but_keeps_what_is_not_ours(tmp_path: Path) -> None:
    report.write(tmp_path, [result("Vanha"), result("Uusi")], {})
    own = tmp_path / "organisations/muistiinpano.html"
    own.write_text("<p>Oma muistiinpano")
    report.write(tmp_path, [result("Uusi")], {})
    assert sorted(p.name for p in (tmp_path / "organisations").glob("*.html")) == ["muistiinpano.html", "uusi.html"]


def test_a_run_without_documents_or_scores_still_has_its_pages(tmp_path: Path) -> None:
    report.write(tmp_path, [], {"shares": {"mention": {"n": 0, "of": 0, "share": None, "low": None, "high": None}}})
    assert "Menetelmä" in (tmp_path / "index.html").read_text("utf-8")
    assert (tmp_path / "results.csv").exists()


def test_quotations_in_another_language_are_marked(tmp_path: Path) -> None:
    swedish = result("Pargas", language="sv", mentions=(mention("Vi utvecklar e-tjänster.", "e-tjänster"),))
    assert '<blockquote lang="sv">' in page_of(tmp_path, swedish)
    assert "<blockquote>" in page_of(tmp_path / "same", replace(swedish, language="fi"))


def test_progress_hears_of_every_organisation(tmp_path: Path) -> None:
    heard: list[str] = []
    report.write(tmp_path, [result("B"), result("A")], {}, progress=heard.append)
    assert heard == ["A", "B"]


def test_a_term_broken_at_the_line_end_is_marked_on_both_lines(tmp_path: Path) -> None:
    import typst
    from PIL import Image

    pdf = tmp_path / "kapea.pdf"
    pdf.write_bytes(typst.compile(
        '#set page(width: 7cm, height: 6cm, margin: 1cm)\n#set text(lang: "fi", hyphenate: true)\n'
        "Kehitämme jatkuvasti digitalisaatioratkaisujamme.".encode()
    ))  # fmt: skip
    word = "digitalisaatioratkaisujamme"
    given = mention(f"Kehitämme jatkuvasti {word}.", word, bbox=(20, 20, 180, 80))
    report.write(tmp_path / "out", [result("A", file="a.pdf", mentions=(given,))], {}, sources={"a.pdf": pdf})
    (picture,) = (tmp_path / "out/organisations/images").iterdir()
    with Image.open(picture) as image:
        pixels = image.convert("RGB")
    marked = [
        any(r > 230 and g > 190 and b < 140 for r, g, b in (pixels.getpixel((x, y)) for x in range(pixels.width)))
        for y in range(pixels.height)
    ]
    lines = sum(now and not before for before, now in zip([False, *marked], marked, strict=False))
    assert lines == 2
