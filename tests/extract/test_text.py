"""Text files: what other programs' extraction left of headings, lists, paragraphs and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import extract
from analyser.document import InputError
from analyser.extract.spacing import joined
from analyser.extract.text import blocks_of


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks_of(text)]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Kunta kehittää palveluitaan yhdessä asukkaiden ja\nyritysten kanssa. Digitaaliset palvelut ovat kaikkien\n"
        "käytettävissä."
    )
    assert kinds(text) == [("paragraph", text.replace("\n", " "))]


def test_capitals_head_the_text_below_them() -> None:
    assert kinds("TAPAMME TOIMIA\nKunta on avoin ja uudistuva\nyhteisö, jossa kuunnellaan.") == [
        ("heading", "TAPAMME TOIMIA"),
        ("paragraph", "Kunta on avoin ja uudistuva yhteisö, jossa kuunnellaan."),
    ]


def test_heading_over_two_lines() -> None:
    body = "Kunnassa asuu iloisia ja hyvinvoivia ihmisiä, joiden arkea tukee laaja yhdistyselämä sekä\nliikunta."
    text = f"Mallila – turvallinen ja kasvava kunta osana vahvempaa\nseutua ja digitalisaatiota\n{body}"
    heading = "Mallila – turvallinen ja kasvava kunta osana vahvempaa seutua ja digitalisaatiota"
    assert kinds(text)[0] == ("heading", heading)


def test_bullets_find_their_texts() -> None:
    text = (
        "TAVOITTEET\n\n•\n•\n•\n\nSujuva arki\nDigitaaliset palvelut kaikille kuntalaisille ja\nyrityksille\n\n"
        "Elinvoimainen keskusta\n"
    )
    assert kinds(text) == [
        ("heading", "TAVOITTEET"),
        ("item", "Sujuva arki"),
        ("item", "Digitaaliset palvelut kaikille kuntalaisille ja yrityksille"),
        ("item", "Elinvoimainen keskusta"),
    ]


def test_bullets_at_their_texts() -> None:
    text = (
        "Tavoitteet ovat seuraavat:\n• Sujuva arki\n• Toimivat yhteydet koko kunnan alueella ja myös\n"
        "sen ulkopuolella\n▪ Tasapainoinen talous"
    )
    assert [t for k, t in kinds(text) if k == "item"] == [
        "Sujuva arki",
        "Toimivat yhteydet koko kunnan alueella ja myös sen ulkopuolella",
        "Tasapainoinen talous",
    ]


def test_numbered_list_and_numbered_headings() -> None:
    text = (
        "1. Kehitämme toimintaprosesseja ja digitalisaatiota. Ohjenuoranamme on\nnopeus ja helppous.\n"
        "2. Tuotamme palveluita kaikille.\n\n"
        "3.1 Palvelut\nKunta tuottaa palvelut lähellä asukkaita ja huolehtii niiden laadusta.\n"
    )
    assert kinds(text) == [
        ("item", "1. Kehitämme toimintaprosesseja ja digitalisaatiota. Ohjenuoranamme on nopeus ja helppous."),
        ("item", "2. Tuotamme palveluita kaikille."),
        ("heading", "3.1 Palvelut"),
        ("paragraph", "Kunta tuottaa palvelut lähellä asukkaita ja huolehtii niiden laadusta."),
    ]


def test_page_numbers_and_running_headers_are_furniture() -> None:
    pages = [f"Kappale, joka kertoo kunnan tulevaisuudesta luvussa {w}.\n\nMallilan strategia\n\n{n}\n" for n, w in
             enumerate(("yksi", "kaksi", "kolme", "neljä"), 4)]
    found = kinds("\n".join(pages))
    assert [t for k, t in found if k == "furniture"] == [t for n in range(4, 8) for t in ("Mallilan strategia", str(n))]
    assert [k for k, _ in found].count("paragraph") == 4


PROSE = ("Kunta kehittää palveluitaan ja huolehtii siitä, että arki sujuu luvussa {}.\nSe tekee niin {} yhdessä "
         "asukkaiden kanssa koko alueella ja kaikkialla.")  # fmt: skip


def paged(*heads: str) -> str:
    """A page a head, with a running header and a page number, in the numbers' words' stead a letter."""
    pages = [f"{head}\n\n{PROSE.format(w, w)}\n\nMallilan strategia\n{n}\n" for n, (w, head) in
             enumerate(zip("abcdefghijkl", heads, strict=False), 1)]  # fmt: skip
    return "\f".join(pages)


def test_a_heading_that_its_pages_repeat_heads_them() -> None:
    """What announces a list or names a chapter was once taken for a running header, wherever it stood."""
    announced, numbered = "Strategiset tavoitteet:", "6. Vapaa-aika ja hyvinvointi"
    found = kinds(paged("Johdanto", *[announced] * 3, *[numbered] * 3, *["VISIO"] * 3, "Loppu"))
    assert "furniture" not in [k for k, t in found if t == announced]
    assert [t for _, t in found].count(announced) == 3
    for title in (numbered, "VISIO"):
        assert [k for k, t in found if t == title] == ["heading", "furniture", "furniture"]
    assert {k for k, t in found if t == "Mallilan strategia"} == {"furniture"}


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("V A L I N N A T", "VALINNAT"),
        ("PALV E LE VA K AU PU N K I", "PALVELEVA KAUPUNKI"),
        ("T A R I N A   J A   V I S I O", "TARINA JA VISIO"),
        ("K O U L U T U S - J A K U LT T U U R I", "KOULUTUS- JA KULTTUURI"),
        ("I II III IV V VI", "I II III IV V VI"),
        ("A B C D E F G", "A B C D E F G"),
        ("KV JA KH ON TE", "KV JA KH ON TE"),
    ],
)
def test_letters_set_apart_become_words(line: str, whole: str) -> None:
    text = f"{line}\n\nPalveleva kaupunki lupaa koulutus ja kulttuuri, tarina ja visio toteutuvat kaikille asukkaille."
    assert kinds(text)[0][1] == whole


@given(st.lists(st.text("AEIKLMNPSTUVÄÖ", min_size=5, max_size=12), min_size=1, max_size=4))
def test_spaced_words_are_whole_again(words: list[str]) -> None:
    if all(set(w) <= set("IVX") or len(set(w)) < 3 for w in words):
        return
    assert joined("   ".join(" ".join(word) for word in words)) == " ".join(words)


def test_hyphenation_is_undone() -> None:
    text = "Yhdessä rakennamme uusia toimin-\ntatapoja sekä sosiaali- ja terveyspalveluja koko Keski-\nSuomeen."
    assert kinds(text) == [
        ("paragraph", "Yhdessä rakennamme uusia toimintatapoja sekä sosiaali- ja terveyspalveluja koko Keski-Suomeen.")
    ]


def test_lines_of_a_list_without_bullets_stay_apart() -> None:
    text = "Strategiset painopisteet\nDigitalisaatio\nElinvoima\nHyvinvointi\nTalous\n"
    found = kinds(text)
    assert found[0] == ("heading", "Strategiset painopisteet")
    assert [t for _, t in found[1:]] == ["Digitalisaatio", "Elinvoima", "Hyvinvointi", "Talous"]


def test_form_feeds_are_page_breaks(tmp_path: Path) -> None:
    path = tmp_path / "kaksi.txt"
    path.write_text("Ensimmäisen sivun lause päättyy.\f\nToisen sivun lause alkaa.\n", encoding="utf-8")
    document = extract.read(path)
    assert [p.number for p in document.pages] == [1, 2]
    assert [(b.page, b.bbox) for b in document.blocks] == [(1, None), (2, None)]


def test_contents_lines_stay_apart_and_head_nothing() -> None:
    text = "1. NÄKYMÄ ............................ 3\n2. VAHVUUDET ...................... 4\nMuuta tekstiä on tässä."
    assert [k for k, _ in kinds(text)] == ["paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize(("data", "says"), [(b" \n\n ", "empty"), (bytes(range(256)) * 9, "not a text file")])
def test_no_text(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "ei.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"ei.txt .*{says}"):
        extract.read(path)


def test_glyphs_without_letters_are_bullets_or_reported(tmp_path: Path) -> None:
    path = tmp_path / "merkit.txt"
    path.write_text("(cid:120) Sujuva arki\n(cid:120) Toimivat palvelut\n", encoding="utf-8")
    document = extract.read(path)
    assert [(b.kind, b.text) for b in document.blocks] == [("item", "Sujuva arki"), ("item", "Toimivat palvelut")]
    assert document.warnings == ()
    path.write_text("Di(cid:12)italisaatio on k(cid:228)rki.\n", encoding="utf-8")
    document = extract.read(path)
    assert document.blocks[0].text == "Diitalisaatio on krki."
    assert len(document.warnings) == 1 and "2 letters" in document.warnings[0]


def test_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "vanha.txt"
    path.write_bytes("Kehitämme sähköisiä palveluita.".encode("cp1252"))
    document = extract.read(path)
    assert document.blocks[0].text == "Kehitämme sähköisiä palveluita."
    assert len(document.warnings) == 1 and "UTF-8" in document.warnings[0]
    path.write_bytes("Kehitämme.".encode("utf-8-sig"))
    assert extract.read(path).blocks[0].text == "Kehitämme."


@given(st.text(st.sampled_from("aäKT1.-•–,:; \n\n\f»o()"), max_size=200))
def test_no_word_is_lost_and_pieces_cover_each_block(text: str) -> None:
    found = blocks_of(text)
    letters = [c for b in found for c in b.text if c in "aäKT"]
    assert letters == [c for c in text if c in "aäKT"]
    for block in found:
        assert block.text == block.text.strip() and block.pieces
        assert block.pieces[0].start == 0 and block.pieces[-1].end == len(block.text)
