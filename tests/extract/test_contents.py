"""Tables of contents: furniture where their entries come again as headings, body where they do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analyser import extract
from analyser.extract.text import blocks_of

Typeset = Callable[..., Path]

PROSE = (
    "Kunta kehittää palveluitaan yhdessä asukkaiden kanssa ja huolehtii siitä, että arki sujuu. Elinvoima syntyy "
    "yrityksistä, joille kaava ja tontit ovat ajoissa valmiina.\n\n"
)
CHAPTERS = ("Lähtökohdat", "Digitalisaatio", "Elinvoima ja työ", "Talous")


def test_entries_that_head_chapters_are_not_read_twice(typeset: Typeset) -> None:
    """Each entry once was a mention of its own, without the section that it names."""
    chapters = "".join(f"#pagebreak()\n= {name}\n{PROSE * 3}" for name in CHAPTERS)
    contents = '#outline(title: "Sisällys")'
    found = extract.read(typeset("sisallys.pdf", f"#set text(11pt)\n{contents}\n{chapters}")).blocks
    assert [b.text for b in found if b.kind == "heading"] == list(CHAPTERS)
    aside = " ".join(b.text for b in found if b.kind == "furniture")
    assert all(word in aside for word in ("Sisällys", *CHAPTERS))


def test_an_entry_that_comes_nowhere_again_stays(typeset: Typeset) -> None:
    entries = "".join(f"{name} #h(1fr) {k}\\\n" for k, name in enumerate((*CHAPTERS, "Kuvana tehty luku"), 2))
    chapters = "".join(f"= {name}\n{PROSE * 2}" for name in CHAPTERS)
    found = extract.read(typeset("kuva.pdf", f"#set text(11pt)\n= Sisältö\n{entries}\n#pagebreak()\n{chapters}")).blocks
    body = [b.text for b in found if b.kind != "furniture"]
    assert "Kuvana tehty luku 6" in body and "Sisältö" in body
    assert body.count("Digitalisaatio") == 1 and "Digitalisaatio 3" not in body


def test_contents_of_a_text_file() -> None:
    entries = "".join(f"{k}. {name} {'.' * 30} {k + 2}\n" for k, name in enumerate(CHAPTERS, 1))
    chapters = "".join(f"\n{k}. {name.upper()}\n{PROSE}" for k, name in enumerate(CHAPTERS, 1))
    found = blocks_of(f"SISÄLLYS\n\n{entries}\f{chapters}")
    assert [b.kind for b in found[:5]] == ["furniture"] * 5
    assert [b.text for b in found if b.kind == "heading"] == [f"{k}. {n.upper()}" for k, n in enumerate(CHAPTERS, 1)]


def test_a_list_that_ends_in_figures_is_no_contents() -> None:
    text = "MITTARIT\n\n• Asukkaita 5\n• Yrityksiä 20\n• Työpaikkoja 30\n\nTALOUS\nTalous on tasapainossa nyt.\n"
    assert [b.kind for b in blocks_of(text)] == ["heading", "item", "item", "item", "heading", "paragraph"]


def test_contents_with_the_page_numbers_before_the_names(typeset: Typeset) -> None:
    entries = "\n\n".join(f"{k} #h(8mm) {name}" for k, name in enumerate(CHAPTERS, 2))
    chapters = "".join(f"#pagebreak()\n= {name}\n{PROSE * 3}" for name in CHAPTERS)
    found = extract.read(typeset("alussa.pdf", f"#set text(11pt)\n{entries}\n{chapters}")).blocks
    assert [b.text for b in found if b.kind == "furniture"] == [f"{k} {name}" for k, name in enumerate(CHAPTERS, 2)]


def test_a_numbered_list_of_the_chapters_to_come_is_no_contents(typeset: Typeset) -> None:
    entries = "\n\n".join(f"{k} #h(8mm) {name}" for k, name in enumerate(CHAPTERS, 1))
    chapters = "".join(f"#pagebreak()\n= {name}\n{PROSE * 3}" for name in CHAPTERS)
    found = extract.read(typeset("lista.pdf", f"#set text(11pt)\n{entries}\n{chapters}")).blocks
    assert not [b for b in found if b.kind == "furniture"]
