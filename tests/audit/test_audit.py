"""The wording audit: what it says of goals, how well it agrees with a human's coding, and of whole strategies."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import audit_evaluation
from analyser.audit import QUALITIES, Goal, audit, judge, rules_for
from analyser.audit.rules import read
from analyser.document import InputError, Mention, Result, Role, Term
from analyser.results import failed


def judged(text: str, section: tuple[str, ...] = (), concept: str = "skills", language: str = "fi") -> Goal:
    rules = rules_for(language)
    assert rules is not None
    return judge(mention(text, section=section, concept=concept), 0, rules)


def mention(
    text: str, role: Role = "goal", *, section: tuple[str, ...] = (), concept: str = "skills", rule: str = ""
) -> Mention:
    term = Term(text[:4], text[:4], concept, 0, 4)
    return Mention(1, section, text, (term,), role, 0.9, rule, None)


def strategy(file: str, *mentions: Mention, language: str = "fi") -> Result:
    from dataclasses import replace

    return replace(failed(file, "", ""), status="ok", error=None, language=language, mentions=mentions)


@pytest.mark.parametrize("part", audit_evaluation.PARTS)
def test_rules_agree_with_a_human_coding_of_finnish_goals(part: str) -> None:
    comparison = audit_evaluation.of_corpus("fi", part)
    assert comparison.documents >= 150
    for quality in ("measurable", "dated", "owned"):
        assert comparison[f"{quality} precision"] >= 0.9
        assert comparison[f"{quality} recall"] >= 0.9
    assert comparison["service_level F1"] >= 0.85
    assert comparison["action F1"] >= 0.85
    assert comparison["promotion F1"] >= 0.85


@pytest.mark.parametrize("language", ["sv", "en"])
def test_rules_agree_with_a_human_coding_in_the_other_languages(language: str) -> None:
    comparison = audit_evaluation.of_corpus(language)
    assert comparison.documents >= 40
    assert min(comparison[f"{quality} F1"] for quality in QUALITIES) >= 0.9


def test_a_strong_goal_shows_each_quality_by_its_words() -> None:
    text = "Tietohallinto siirtää 80 % lomakkeista verkkoon vuoteen 2028 mennessä."
    goal = judged(text)
    assert {name: found.words for name, found in goal.qualities.items()} == {
        "measurable": "80 %", "dated": "2028", "owned": "Tietohallinto siirtää", "service_level": "80 % lomakkeista",
    }  # fmt: skip
    for found in goal.qualities.values():
        assert text[found.start : found.end] == found.words
    assert (goal.form, goal.strength, goal.advice) == ("action", 4, ())


def test_mere_promotion_is_told_apart_and_advised() -> None:
    goal = judged("Edistämme digitaitoja kaikin tavoin.")
    assert (goal.form, goal.words) == ("promotion", "Edistämme")
    assert goal.advice == ("promotion", "unmeasured", "undated", "unowned")
    assert not goal.concrete
    assert judged("Digiosaaminen").advice[0] == "subject"
    assert "long" in judged("Edistämme digitaitoja " + "hyvin " * 30).advice


def test_a_heading_can_show_a_quality() -> None:
    assert judged("Verkossa asioineet", ("Talous", "Mittarit")).qualities["measurable"].words == "Mittarit"
    assert "owned" in judged("Sähköinen arkisto", ("Vastuu: hallintojohtaja",)).qualities
    assert "dated" not in judged("Sähköinen arkisto", ("Kuntastrategia 2025–2030",)).qualities


def test_under_a_heading_of_indicators_a_name_is_one_and_a_sentence_is_not() -> None:
    assert "measurable" not in judged("Otamme chatin käyttöön.", ("Mittarit",)).qualities
    assert judged("Otamme chatin käyttöön kolmessa palvelussa.", ("Mittarit",)).qualities["measurable"].start


def test_a_figure_is_shown_with_what_it_counts() -> None:
    assert judged("Neuvontarobotti vastaa kuudella kielellä.").qualities["measurable"].words == "kuudella kielellä"
    assert judged("Avaamme 50 aineistoa.").qualities["measurable"].words == "50 aineistoa"
    assert judged("Käyttöaste kasvaa.").qualities["measurable"].words == "Käyttöaste"


def test_a_numbered_sentence_is_no_mere_name() -> None:
    assert "subject" in judged("2. Digitaaliset palvelut").advice
    assert "subject" not in judged("2. Digipalvelut ovat kaikkien saatavilla kellon ympäri.").advice


def test_a_doer_or_a_purpose_does_not_promote() -> None:
    assert judged("Kunta tunnetaan digitaitojen edistäjänä.").form == "none"
    assert judged("Digineuvojat kiertävät kylissä palvelujen parantamiseksi.").form == "none"


def test_a_service_level_is_asked_of_goals_on_services_only() -> None:
    assert "unlevelled" in judged("Kehitämme sähköisiä palveluja.", concept="services").advice
    assert "unlevelled" not in judged("Kehitämme digitaitoja.").advice
    assert "unlevelled" not in judged("Vastaamme chatissa kahdessa päivässä.", concept="services").advice


@pytest.mark.parametrize(
    "text",
    [
        "5G-verkko kaikkialle",
        "7.–9. luokille kannettavat",
        "3.2 Sähköinen asiointi",
        "Web 3.0 -kokeilut",
        "Painopiste 2",
    ],
)
def test_numbers_that_measure_nothing(text: str) -> None:
    assert "measurable" not in judged(text).qualities


def test_years_that_date_nothing() -> None:
    for text in ("Toteutamme Digi 2030 -ohjelmaa", "Laki sähköisestä asioinnista (13/2003)", "Digitaalinen kunta 2030"):
        assert "dated" not in judged(text).qualities


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    for found in judged(text).qualities.values():
        assert text[found.start : found.end] == found.words


def test_audit_of_strategies_beside_their_peers() -> None:
    results = [
        strategy(
            "a.txt",
            mention("Digitaalinen kunta", "priority", rule="priority by vision; rules: none spoke"),
            mention("Otamme käyttöön tekoälyn vuonna 2027.", concept="ai"),
            mention("Digi muuttaa kaiken.", "context"),
        ),
        *(strategy(f"{i}.txt", mention("Sähköisten hakemusten osuus kasvaa", concept="services")) for i in range(3)),
        strategy("x.txt", language="de"),
        failed("y.txt", "", "unreadable"),
    ]
    found = audit(results, {})
    assert sorted(found) == ["0.txt", "1.txt", "2.txt", "a.txt"]
    own = found["a.txt"]
    assert [own.count(q) for q in ("concrete", "measurable", "dated", "owned")] == [1, 0, 1, 0]
    assert own.elements == {"vision": (0,), "goals": (0, 1), "measures": (1,), "indicators": ()}
    assert own.peers == 3
    themes = {t.concept: (t.mentions, t.peers) for t in own.themes}
    assert themes == {"services": (0, 1.0), "ai": (1, 0.0), "skills": (2, 0.0)}
    assert own.readability is not None
    assert own.readability.sentences == 1
    assert own.readability.length == 5
    assert own.readability.lix == pytest.approx(5 + 100 * 2 / 5)
    assert own.readability.peers == pytest.approx(4 + 100 * 2 / 4)


def test_contents_and_repetitions_are_no_goals_of_their_own() -> None:
    line = "1.2 Digitaalinen asiointi ....................... 6"
    texts = [line, "1.2 Digitaalinen asiointi", "Digitaalinen asiointi", "Digitukea kirjastoon."]
    (own,) = audit([strategy("a.txt", *map(mention, texts))], {}).values()
    assert [goal.mention for goal in own.goals] == [1, 3]
    assert own.goals[0].advice[0] == "subject"


def test_peers_are_the_sector_where_it_is_large_enough() -> None:
    results = [strategy(f"{i}.txt", mention("Digi kasvaa nyt", concept="ai" if i < 7 else "data")) for i in range(10)]
    found = audit(results, {f"{i}.txt": "Kunta" if i < 7 else "Virasto" for i in range(10)})
    assert (found["0.txt"].sector, found["0.txt"].peers) == ("Kunta", 6)
    assert (found["8.txt"].sector, found["8.txt"].peers) == ("", 9)


def test_an_analysts_own_rules_are_read_and_checked(tmp_path: Path) -> None:
    bundled = Path(audit_evaluation.__file__).parent / "codebook" / "fi.audit.toml"
    own = tmp_path / "mine.audit.toml"
    text = bundled.read_text("utf-8")
    own.write_text(text.replace('match = [\n    "#year"', 'match = [\n    "jouluksi", "#year"'), "utf-8")
    rules = rules_for("fi", own)
    assert rules is not None
    assert "dated" in judge(mention("Digiloikka jouluksi"), 0, rules).qualities
    own.write_text("language = 'fi'", "utf-8")
    with pytest.raises(InputError, match=r"mine\.audit\.toml: lacks or misspells"):
        read(own)
    own.write_text("language = ", "utf-8")
    with pytest.raises(InputError, match="not valid TOML"):
        read(own)
    with pytest.raises(InputError, match="no audit rules"):
        audit_evaluation.of_corpus("de")


@given(st.lists(st.integers(0, 6), min_size=1, max_size=7))
def test_readability_is_told_beside_the_median_of_the_others(lengths: list[int]) -> None:
    texts = ["Digi kasvaa nyt" + " aina" * length for length in lengths]
    found = audit([strategy(f"{i}.txt", mention(text)) for i, text in enumerate(texts)], {})
    for i, own in enumerate(found.values()):
        levels = [other.readability.lix for j, other in enumerate(found.values()) if j != i and other.readability]
        peers = median(levels) if levels else None
        assert (own.readability.peers if own.readability else peers) == peers
