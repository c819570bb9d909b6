"""Swedish and English strategies: mentions, false friends, priorities and traps as in Finnish."""

from __future__ import annotations

import pytest
from drafts import Line, coded, label, mention

SWEDISH = {
    True: ["Digitaliseringen fortsätter.", "Vi utvecklar e-tjänster.", "Elektroniska tjänster byggs ut.",
           "Artificiell intelligens prövas.", "Distansundervisning ordnas.", "Öppna data publiceras.",
           "Cybersäkerheten stärks.", "VI UTVECKLAR DIGITALA TJÄNSTER.", "Invånarnas digitalkunskaper stärks."],
    False: ["Skogen är grön.", "Kommunen köper elbilar.", "Skicka e-post till kansliet.", "Bredband byggs ut.",
            "Distansarbete är möjligt.", "Vi följer dataskyddet.", "Teknologin utvecklas.", "Nätverket växer.",
            "Regionens smarta specialisering bygger på skog.", "Rätten uppstår inte automatiskt."],
}  # fmt: skip
ENGLISH = {
    True: ["Digitalisation continues.", "We develop e-services.", "Electronic services will grow.",
           "Artificial intelligence is being tried.", "Distance learning is offered.", "Open data is published.",
           "Cyber security is strengthened.", "WE DEVELOP DIGITAL SERVICES.", "Our IT systems are renewed."],
    False: ["The forest is green.", "The town buys electric cars.", "Send an e-mail to the office.",
            "Broadband reaches every home.", "Remote work is possible.", "Data protection is a duty.",
            "Technology develops.", "The network grows.", "Smart specialisation builds on forests.",
            "The right does not arise automatically.", "It is a good town."],
}  # fmt: skip
BOOKS = {"sv": SWEDISH, "en": ENGLISH}
CASES = [(lang, text, counts) for lang, book in BOOKS.items() for counts, texts in book.items() for text in texts]


@pytest.mark.parametrize(("language", "text", "counts"), CASES)
def test_mentions_and_false_friends(language: str, text: str, counts: bool) -> None:
    assert (mention(text, language=language) is not None) == counts


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("sv", "Kommunen köper elbilar.", "traffic"),
        ("sv", "Skicka e-post till kansliet.", "notice"),
        ("sv", "Bredband byggs ut.", "connectivity"),
        ("en", "The town buys electric cars.", "traffic"),
        ("en", "Send an e-mail to the office.", "notice"),
        ("en", "Remote work is possible.", "remote_work"),
    ],
)
def test_false_friends_have_their_reason(language: str, text: str, reason: str) -> None:
    assert [e.reason for e in coded(text, language=language).excluded] == [reason]


STRATEGIES: dict[str, tuple[str, list[Line], str]] = {
    "announced, Swedish": (
        "sv", ["# Strategi", "## Prioriteringar", "- Välmående", "- Digitala tjänster", "- Ekonomi"], "priority"),
    "told, Swedish": ("sv", ["# Strategi", "Digitalisering är en av våra prioriteringar."], "priority"),
    "vision, Swedish": ("sv", ["# Vision", "Vi är Nordens mest digitala kommun."], "priority"),
    "environment, Swedish": ("sv", ["# Omvärldsanalys", "## Trender", "- Digitalisering", "- Klimat"], "mention"),
    "nested, Swedish": ("sv", ["# Strategi", "## Åtgärder", "- Digitala tjänster", "- Skolor"], "mention"),
    "none, Swedish": ("sv", ["# Strategi", "## Prioriteringar", "- Välmående", "- Ekonomi"], "none"),
    "announced, English": (
        "en", ["# Strategy", "## Strategic priorities", "- Wellbeing", "- Digital services", "- Finance"], "priority"),
    "told, English": ("en", ["# Strategy", "Digitalisation is one of our priorities."], "priority"),
    "vision, English": ("en", ["# Vision", "We are the most digital town of the north."], "priority"),
    "environment, English": ("en", ["# Operating environment", "## Megatrends", "- Digitalisation"], "mention"),
    "nested, English": ("en", ["# Strategy", "## Measures", "- Digital services", "- Schools"], "mention"),
    "none, English": ("en", ["# Strategy", "## Priorities", "- Wellbeing", "- Finance"], "none"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "lines", "expected"), STRATEGIES.values(), ids=STRATEGIES.keys())
def test_labels(language: str, lines: list[Line], expected: str) -> None:
    assert label(*lines, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("sv", "Digitalisering är inte ett självändamål."), ("en", "Digitalisation is not an end in itself.")],
)
def test_limiting_words_are_seen(language: str, text: str) -> None:
    found = mention(text, language=language)
    assert found is not None
    assert "limiting wording" in found.rule
