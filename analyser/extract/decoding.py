"""The bytes of a text file to text as a person would type it: encodings, ligatures, odd hyphens."""

from __future__ import annotations

import re
import unicodedata

from analyser.extract.words import LIGATURES

_SAMPLE = 4096
"""Bytes from which UTF-16 without a byte-order mark is known: every other one of Latin text is zero."""

_JOINED_LINES = re.compile(r"(?<=\w)[\ufffe\x02][\r\n]*(?=\w)")
"""What PDFium writes for a hyphen at a line's end and the line break (U+FFFE now, U+0002 before)."""

_SOFT_WITHIN = re.compile(r"(?<!\w)\xad|\xad(?=\S)")
_TYPED_HYPHEN = re.compile(r"\w-\w")
_SOFT_AS_HYPHEN = re.compile(
    r"\w\xad(?=[ \t](?:ja|tai|sekä|och|eller|samt)\b)|\d\xad(?=\d)|[a-zåäö]\xad(?=[A-ZÅÄÖ][a-zåäö])"
)


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of `data`, and whether its encoding is known (UTF-8 or UTF-16); else it was read as Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), True
    sample = data[:_SAMPLE]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample and sample[first::2].count(0) > 0.4 * len(sample):
            return data.decode(encoding, "replace"), True
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), False


def as_typed(text: str) -> str:
    """`text` in composed letters, without ligatures, and without soft hyphens but at the ends of lines and columns.

    Fonts whose hyphen is mapped to the soft hyphen make programs write `Keski\xadSuomi` and `sosiaali\xad ja`: where
    such places are found, it is a hyphen there and at line ends, and everywhere if the text has no other hyphen.
    """
    text = unicodedata.normalize("NFC", text.translate(LIGATURES))
    text = _JOINED_LINES.sub("-\n", text)
    if "\xad" not in text:
        return text
    text = re.sub("\xad+", "\xad", text)
    typed = _TYPED_HYPHEN.search(text)
    text, as_hyphens = _SOFT_AS_HYPHEN.subn(lambda m: m.group()[:-1] + "-", text)
    if as_hyphens and not typed:
        return text.replace("\xad", "-")
    text = _SOFT_WITHIN.sub("", text)
    return text.replace("\xad", "-") if as_hyphens else text
