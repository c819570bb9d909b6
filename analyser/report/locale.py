"""How a report speaks: translated messages, numbers and dates by locale, and names in the order readers expect.

Messages are written in English where they are used; `locale/LANGUAGE.po` holds their translations. Babel's reader
parses the catalogue when a report is written, so a translator edits one text file and nothing has to be compiled.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("fi", "sv", "en")
CATALOGUES = Path(__file__).parent / "locale"
DASH = "–"


def message(text: str) -> str:
    """Mark a text for translation where it is only looked up later (in a table of names, say)."""
    return text


@dataclass(frozen=True)
class Speech:
    """One language: its gettext translations and its locale's habits."""

    language: str
    locale: Locale
    translations: NullTranslations

    def __reduce__(self) -> tuple[Callable[[str], Speech], tuple[str]]:
        return speech, (self.language,)  # another process reads the catalogue itself

    def text(self, english: str) -> str:
        """Return the message in this language."""
        return self.translations.gettext(english)

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form of the message that fits `count`."""
        return self.translations.ngettext(one, many, count)

    def number(self, value: float | None, decimals: int = 1, *, sign: bool = False) -> str:
        """`4.25` as `4,3` in Finnish; a dash for a missing value; `sign` also shows a plus."""
        if value is None:
            return DASH
        return format_decimal(value, format=_pattern(decimals, "", sign), locale=self.locale)

    def percent(self, share: float | None, decimals: int = 0, *, sign: bool = False) -> str:
        """`0.36` as `36 %` in Finnish (with a space that does not break), `36%` in English."""
        if share is None:
            return DASH
        space = "" if self.language == "en" else "\N{NO-BREAK SPACE}"
        return format_percent(share, format=_pattern(decimals, f"{space}%", sign), locale=self.locale)

    def span(self, low: float | None, high: float | None) -> str:
        """An interval of shares: `54–93 %`."""
        if low is None or high is None:
            return DASH
        return f"{self.number(low * 100, 0)}–{self.percent(high)}"

    def day(self, value: date) -> str:
        """A date in words: `23. marraskuuta 2026`."""
        return format_date(value, format="long", locale=self.locale)

    def enumeration(self, items: Sequence[str]) -> str:
        """`a, b ja c`."""
        return format_list([str(item) for item in items], locale=self.locale)

    def language_name(self, code: str) -> str:
        """The name of a language in this one (`suomi`), or the code itself if it is not a language."""
        try:
            return Locale.parse(code).get_language_name(self.language) or code
        except (ValueError, LookupError, UnknownLocaleError):
            return code


def _pattern(decimals: int, unit: str, sign: bool) -> str:
    """A number pattern of CLDR; the minus is the mathematical sign, which does not break from its number."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "") + unit
    return f"{'+' if sign else ''}{digits};−{digits}"


@lru_cache
def speech(language: str) -> Speech:
    """Return the speech of `fi`, `sv` or `en`; ValueError for any other language."""
    if language not in LANGUAGES:
        raise ValueError(f"no report language {language!r}: choose one of {', '.join(LANGUAGES)}")
    catalogue = CATALOGUES / f"{language}.po"
    translations = NullTranslations()
    if catalogue.exists():  # English needs none
        with catalogue.open("rb") as file:
            compiled = BytesIO()
            write_mo(compiled, read_po(file, locale=language))
        compiled.seek(0)
        translations = GNUTranslations(compiled)
    return Speech(language, Locale.parse({"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}[language]), translations)


def collation(name: str) -> tuple[str, str]:
    """Sort key for names in Finnish and Swedish: å, ä, ö after z, other accents beside their base letter."""
    folded = name.casefold().translate({ord("å"): "z\uffff1", ord("ä"): "z\uffff2", ord("ö"): "z\uffff3"})
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return plain, name
