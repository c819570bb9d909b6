"""Which of Finnish, Swedish and English a text is in."""

from __future__ import annotations

import re
from collections import Counter

from ..document import Document

# Frequent function words that none of the other two languages has: enough for texts of a page or more, and, unlike a
# trained identifier, silent where there is no running text to judge by.
FUNCTION_WORDS = {
    "fi": "ja on ei se että tai sekä myös ovat kuin mutta joka jotka niin mukaan kanssa kaikki oman olla olemme voi",
    "sv": "och att det som är på för av med den till har vi ska inte ett kommunen våra genom samt eller från alla",
    "en": "the of and to is that for with are this we our by be as from will an their which it have has shall",
}
LANGUAGES = tuple(FUNCTION_WORDS)
_LOOKUP = {word: language for language, words in FUNCTION_WORDS.items() for word in words.split()}
ENOUGH_WORDS = 3


def identify(text: str, default: str = "fi", enough: int = ENOUGH_WORDS) -> str:
    """`fi`, `sv` or `en`: the language most of whose function words `text` holds; `default` if fewer than `enough`."""
    counts = Counter(_LOOKUP[w] for w in re.findall(r"[^\W\d_]+", text.casefold()) if w in _LOOKUP)
    if not counts or counts.most_common(1)[0][1] < enough:
        return default
    return counts.most_common(1)[0][0]


def language_of(document: Document, default: str = "fi") -> str:
    """The language of the document's body."""
    return identify("\n".join(b.text for b in document.blocks if b.kind != "furniture"), default)


def languages_of(document: Document, main: str) -> tuple[str, ...]:
    """The language of each block of a document that is mostly in `main`: a summary or a chapter may be in another.

    A block too short to tell by its words is in another language only where it stands between two that are, leans to
    it by a word or heads the first that is.
    """
    languages = [main] * len(document.blocks)
    body = [i for i, block in enumerate(document.blocks) if block.kind != "furniture"]
    told = [identify(document.blocks[i].text, default="") for i in body]
    following = [next((later for later in told[place:] if later), "") for place in range(len(told))]
    current = main
    headings: list[int] = []
    for i, language, later in zip(body, told, following, strict=True):
        block = document.blocks[i]
        if language and language != current:
            current = language
            for heading in headings:
                languages[heading] = current
        elif not language and current != main:
            leaning = identify(block.text, default="", enough=1)
            current = current if leaning == current or (later == current and leaning != main) else main
        languages[i] = current
        headings = [*headings, i] if block.kind == "heading" and not language else []
    return tuple(languages)
