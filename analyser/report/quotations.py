"""Words of a strategy within a sentence of the report: marked as being in the strategy's language, where it is another.

A screen reader then reads them in their own language (WCAG 3.1.2).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from analyser.report.locale import Speech

QUOTED = re.compile(r"([”“])([^”“]+)(”)")


def lang(language: str, speech: Speech) -> Markup:
    """The attribute that marks an element as being in `language`; '' where that is the report's own, or unknown."""
    if not language or language == speech.language:
        return Markup("")
    return Markup(' lang="{}"').format(language)


def quoting(text: str, language: str, speech: Speech) -> Markup:
    """The text, escaped, with what stands in quotation marks marked as being in `language`."""
    plain, attribute = escape(text), lang(language, speech)
    if not attribute:
        return plain
    return Markup(QUOTED.sub(lambda found: f"{found[1]}<span{attribute}>{found[2]}</span>{found[3]}", plain))
