"""Words of a strategy in another language than the report's are marked as such, and nothing gets out of its marks."""

from __future__ import annotations

import re
from pathlib import Path

from report_sample import mention, result

from analyser import report
from analyser.document import Exclusion, Priority
from analyser.report.locale import speech
from analyser.report.quotations import lang, quoting


def test_quotations_in_another_language_are_marked() -> None:
    assert str(quoting("“Digi” (p. 2) and “Arki”.", "fi", speech("en"))) == (
        '“<span lang="fi">Digi</span>” (p. 2) and “<span lang="fi">Arki</span>”.'
    )
    assert str(quoting("”Digi” ja ”Arki”.", "sv", speech("fi"))) == (
        '”<span lang="sv">Digi</span>” ja ”<span lang="sv">Arki</span>”.'
    )


def test_nothing_is_marked_in_the_report_s_own_language_or_an_unknown_one() -> None:
    assert str(quoting("”Digi” & arki", "fi", speech("fi"))) == "”Digi” &amp; arki"
    assert str(quoting("”Digi”", "", speech("fi"))) == "”Digi”"
    assert str(lang("fi", speech("fi"))) == ""


def test_hostile_quotations_and_languages_stay_text() -> None:
    told = str(quoting("“<script>”", '"><script>', speech("fi")))
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


def test_every_quotation_on_a_page_has_its_language(tmp_path: Path) -> None:
    svenska = mention("Vi digitaliserar tjänsterna.", "digitaliserar", section=("Mål",))
    given = result(
        "Kommun", "priority", language="sv", mentions=(svenska,), reasons=("”Digital kommun” on painopiste.",),
        excluded=(Exclusion(1, "Elbilar laddas.", "Elbilar", "traffic"),),
        priorities=(Priority("Digital kommun", 1, "announced: Våra prioriteringar", True),),
    )  # fmt: skip
    report.write(tmp_path, [given], {})
    html = (tmp_path / "organisations" / "kommun.html").read_text("utf-8")
    marked = [re.sub("<[^>]+>", "", text) for text in re.findall(r'lang="sv">(.*?)</(?:span|blockquote|t[dh])>', html)]
    for words in ("Digital kommun", "Våra prioriteringar", "Vi digitaliserar tjänsterna.", "Mål", "Elbilar"):
        assert words in marked
