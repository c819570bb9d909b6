"""The templates of the HTML pages, with what every page has: the reader's language, its style and its safety."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analyser.document import ROLES, STANDINGS, Mention
from analyser.report import auditing, wording
from analyser.report.evidence import decided, shown
from analyser.report.locale import Speech
from analyser.report.locale import speech as speech_of
from analyser.report.quotations import lang, quoting
from analyser.report.tables import UNPRINTABLE
from analyser.report.troubles import told

ROOM = Path(__file__).parent
GENERATOR = '<meta name="generator" content="analyser">'
"""By which a page of an earlier report is told from a stranger's."""


@lru_cache
def templates(language: str) -> Environment:
    """The templates in `fi`, `sv` or `en`, compiled once a process.

    Every string is escaped unless it is our own mark-up and freed from what cannot be printed; a missing name is an
    error. Raises ValueError for any other language.
    """
    speech = speech_of(language)
    environment = Environment(
        loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_printable, auto_reload=False,
    )  # fmt: skip
    environment.filters.update(
        number=speech.number, percent=speech.percent, day=speech.day, enumeration=speech.enumeration,
        language_name=speech.language_name, highlighted=highlighted,
        decided=partial(decided, speech=speech), shown=partial(shown, speech=speech),
        checks=auditing.checks, advice=partial(auditing.advice, speech=speech),
        quoting=partial(quoting, speech=speech), told=partial(told, speech=speech),
    )  # fmt: skip
    style, script = typeface() + _static("tokens.css") + _static("report.css"), _static("report.js")
    environment.globals.update(
        _=partial(_said, speech), ngettext=partial(_counted, speech), lang=partial(lang, speech=speech), speech=speech,
        wording=wording, style=Markup(style), script=Markup(script), policy=policy(style, script),
        generator=Markup(GENERATOR), roles=ROLES, standings=STANDINGS[::-1],
    )  # fmt: skip
    return environment


def _said(speech: Speech, message: str, /, **values: Any) -> Markup:
    """The message in the reader's language with its values, escaped: as Jinja's own gettext, in a third of the time."""
    return Markup(speech.text(message)) % values


def _counted(speech: Speech, one: str, many: str, num: int, /, **values: Any) -> Markup:
    return Markup(speech.plural(one, many, num)) % {"num": num, **values}


def _printable(value: Any) -> Any:
    if not isinstance(value, str) or value.isprintable():
        return value
    return type(value)(UNPRINTABLE.sub("", value))


def highlighted(mention: Mention) -> Markup:
    """The mention's sentence, escaped, with its terms in `<mark>`; overlapping terms share one."""
    pieces, position = [], 0
    for term in sorted(mention.terms, key=lambda t: (t.start, -t.end)):
        start, end = max(term.start, position), min(term.end, len(mention.text))
        if start < end:
            pieces += [Markup.escape(mention.text[position:start]), Markup("<mark>%s</mark>") % mention.text[start:end]]
            position = end
    return Markup("").join([*pieces, Markup.escape(mention.text[position:])])


def policy(style: str, script: str) -> str:
    """A content security policy that lets in this page's own style, script, pictures and typeface, and nothing else."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src 'self' file:; "
        "font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@lru_cache
def typeface() -> str:
    """The rule that brings the report's typeface along in the page, so that it looks the same everywhere."""
    font = base64.b64encode((ROOM / "static" / "fonts" / "source-sans-3.woff2").read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: 200 900; '
        f'src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
    )


@lru_cache
def _static(name: str) -> str:
    return (ROOM / "static" / name).read_text("utf-8")
