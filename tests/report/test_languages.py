"""The report speaks Finnish, Swedish and English, all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from report_sample import cohort_of, cohort_results

from analyser import report
from analyser.report.locale import collation, speech

ROOM = Path(report.__file__).parent


def messages_in_use() -> Catalog:
    """Every message that the templates and the code use."""
    used = Catalog()
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
    options = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
    keywords = {"_": None, "message": None, "ngettext": (1, 2)}
    for found in extract_from_dir(ROOM, methods, options, keywords=keywords):
        used.add(found[2])
    return used


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    with (ROOM / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted = {m.id for m in messages_in_use() if m.id}
    assert len(wanted) > 200
    translated = {m.id: m.string for m in catalogue if m.id}
    assert wanted - translated.keys() == set()
    assert translated.keys() - wanted == set()
    for original, string in translated.items():
        ids, strings = (original, string) if isinstance(original, tuple) else ((original,), (string,))
        assert all(strings), original
        named = {name for one in ids for name in re.findall(r"%\((\w+)\)|\{(\w+)\}", one)}
        for one in strings:
            filled = set(re.findall(r"%\((\w+)\)|\{(\w+)\}", one))
            assert filled == named or (len(ids) > 1 and filled < named), one  # "one of them" needs no number
            assert ("%%" in one) == any("%%" in i for i in ids), one


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Menetelmä", "0,4", "68 %"]),
        ("sv", ["Metod", "Behöver granskas", "lyfter fram", "68 %"]),
        ("en", ["Method", "Needs review", "0.4", "68%"]),
    ],
)
def test_whole_report_in_each_language(tmp_path: Path, language: str, words: list[str]) -> None:
    results = cohort_results()
    report.write(tmp_path, results, cohort_of(results), language=language)
    index = (tmp_path / "index.html").read_text("utf-8")
    assert f'<html lang="{language}">' in index
    for word in words:
        assert word in index.replace("\N{NO-BREAK SPACE}", " ")


def test_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fi, sv, en"):
        report.write(tmp_path, [], {}, language="de")


def test_numbers_follow_the_locale() -> None:
    assert speech("fi").number(1234.56) == "1\N{NO-BREAK SPACE}234,6"
    assert speech("fi").percent(0.36) == "36\N{NO-BREAK SPACE}%"
    assert speech("en").percent(0.36) == "36%"
    assert speech("fi").number(-0.4, sign=True) == "−0,4"
    assert speech("sv").span(0.54, 0.93) == "54–93\N{NO-BREAK SPACE}%"
    assert speech("fi").number(None) == "–"


def test_names_are_in_finnish_order() -> None:
    names = ["Öljymäki", "Äijälä", "Åbo", "Zorro", "aarni", "Élan", "Elan", "Ez"]
    assert sorted(names, key=collation) == ["aarni", "Elan", "Élan", "Ez", "Zorro", "Åbo", "Äijälä", "Öljymäki"]
