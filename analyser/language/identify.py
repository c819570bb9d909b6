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


def identify(text: str, default: str = "fi") -> str:
    """`fi`, `sv` or `en`: the language most of whose function words `text` holds; `default` if it has too few."""
    counts = Counter(_LOOKUP[w] for w in re.findall(r"[^\W\d_]+", text.casefold()) if w in _LOOKUP)
    if not counts or counts.most_common(1)[0][1] < ENOUGH_WORDS:
        return default
    return counts.most_common(1)[0][0]


def language_of(document: Document, default: str = "fi") -> str:
    """The language of the document's body."""
    return identify("\n".join(b.text for b in document.blocks if b.kind != "furniture"), default)
