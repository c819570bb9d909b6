"""Words of scanned pages, read by Tesseract (Finnish, Swedish, English) where it is installed."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import groupby

import numpy as np
import pypdfium2 as pdfium

from analyser.extract.chars import Array, Style
from analyser.extract.hyphens import vocabulary
from analyser.extract.lines import Line
from analyser.extract.skew import slope_of
from analyser.extract.spacing import in_words
from analyser.extract.words import Word

LANGUAGES = ("fin", "swe", "eng")

INSTALL = (
    "install Tesseract (Debian: sudo apt install tesseract-ocr tesseract-ocr-fin tesseract-ocr-swe; "
    "macOS: brew install tesseract tesseract-lang; "
    "Windows: winget install UB-Mannheim.TesseractOCR, with Finnish and Swedish ticked) and run again"
)
"""What a user without Tesseract is told to do."""

_PROGRAM = "tesseract"
_DPI = 300
_LARGEST = 5000
"""Pixels; the longer side of a picture that is given to Tesseract."""

_TIMEOUT = 180
_ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}
"""Documents are read in parallel already; Tesseract's own threads would only get in each other's way."""

_LEAST_CONFIDENCE = 25
_UPRIGHT = 2.5
"""A word of several letters is not higher than wide by more than this factor."""

_READ_AS_BULLET = frozenset("eo©®°¢«»*+.·•◦0¤§")
"""What Tesseract takes a bullet at a line's beginning for."""

_INK = 128
"""Grey values (0 black, 255 white) under this are ink."""

_SCANNED = Style("OCR", False, False, (0, 0, 0), False)
_SPACED = Style("OCR, letter-spaced", False, False, (0, 0, 0), False)
"""Of words whose letters stand apart, so that Tesseract could not tell where they begin and end."""

_TOKEN = re.compile(r"[^\W\d_]+[,.;:!?]*|\d[\d.,–-]*|[^\w\s]+")

_HEAVIER = 1.28
"""A line whose strokes are thicker than the usual ones by more than this factor is bold."""

_APART = 0.16
"""Letters with gaps wider than this part of the type size between them stand apart; usual ones are half of it."""


@cache
def available() -> str | None:
    """The languages to read with, as Tesseract wants them ("fin+swe+eng"), or None if it is not on the PATH."""
    if shutil.which(_PROGRAM) is None:
        return None
    try:
        listing = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=30, check=True
        ).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return None
    return "+".join(language for language in LANGUAGES if language in listing) or None


def read_words(page: pdfium.PdfPage) -> list[Word]:
    """The words of a page's picture, with boxes in points and type sizes from the letters' heights.

    Empty if Tesseract is missing or fails. A scan that lies askew by up to a few degrees is straightened first.
    """
    languages = available()
    if languages is None:
        return []
    width, height = page.get_size()
    scale = min(_DPI / 72, _LARGEST / max(width, height))
    image = page.render(scale=scale, grayscale=True).to_pil()
    slope = slope_of(np.asarray(image) < _INK)
    if slope:
        image = image.rotate(math.degrees(slope), fillcolor=255, resample=2)
    data = io.BytesIO()
    image.save(data, "PPM")
    rows = _recognise(data.getvalue(), languages, round(72 * scale))
    ink = np.asarray(image) < _INK
    words = _evened(list(_words(rows, scale, ink)))
    return _weighed(words, ink, scale)


def respace(lines: Iterable[Line]) -> None:
    """Parts the words of `lines`, those of one document, that OCR ran together because their letters stand apart.

    The gaps between letter-spaced words can be no wider than those between letters: the words of the document's other
    lines tell the parts, and else what is a word's letters and what a year's digits, or what a comma ends.
    """
    lines = list(lines)
    if not any(w.style.font == _SPACED.font for line in lines for w in line.words):
        return
    known = vocabulary(" ".join(w.text for w in line.words if w.style.font != _SPACED.font) for line in lines)
    for line in lines:
        line.words = [part for word in line.words for part in _parts(word, known)]


def _parts(word: Word, known: Set[str]) -> list[Word]:
    """The words that OCR read as one, each with its share of the box."""
    if word.style.font != _SPACED.font:
        return [word]
    texts: list[str] = []
    for token in _TOKEN.findall(word.text):
        letters = token.rstrip(",.;:!?")
        if letters.isalpha() and letters.casefold() not in known:
            words = in_words(letters, known).split()
            texts += [*words[:-1], words[-1] + token[len(letters) :]]
        else:
            texts.append(token)
    if len(texts) < 2 or "".join(texts) != word.text:
        return [word]
    step = (word.x1 - word.x0) / len(word.text)
    parts = []
    start = 0
    for text in texts:
        x0, start = word.x0 + start * step, start + len(text)
        parts.append(word._replace(text=text, x0=x0, x1=word.x0 + (start - 0.3) * step))
    return parts


def _evened(words: list[Word]) -> list[Word]:
    """The words with sizes near the page's usual one set to it: letters' heights measure type only so well."""
    if not words:
        return words
    usual = _weighted_median([(w.size, len(w.text)) for w in words])
    return [w._replace(size=usual) if abs(w.size - usual) < 0.16 * usual else w for w in words]


def _weighed(words: list[Word], ink: Array, scale: float) -> list[Word]:
    """The words with those of lines in heavier strokes than the page's usual ones told as bold."""
    heaviness: dict[int, float] = {}
    letters = Counter(w.run for w in words for c in w.text if c.isalpha())
    for run, line in groupby(words, key=lambda w: w.run):
        inside = [w for w in line if any(c.isalpha() for c in w.text)]
        boxes = [(w.x0 * scale, (w.base - 0.85 * w.size) * scale, w.x1 * scale, (w.base + 0.25 * w.size) * scale)
                 for w in inside]  # fmt: skip
        if inside:
            heaviness[run] = _stroke(ink, boxes) / inside[0].size
    if not heaviness:
        return words
    usual = _weighted_median([(heavy, letters[run]) for run, heavy in heaviness.items()])
    bold = {run for run, heavy in heaviness.items() if heavy > _HEAVIER * usual}
    return [w._replace(style=w.style._replace(bold=True)) if w.run in bold else w for w in words]


def _stroke(ink: Array, boxes: Iterable[tuple[float, float, float, float]]) -> float:
    """How thick the strokes in the boxes (pixels) are: twice their area by the length of their edges."""
    area = edges = 0
    for left, top, right, bottom in boxes:
        window = ink[max(int(top), 0) : int(bottom), max(int(left), 0) : int(right)]
        area += int(window.sum())
        edges += int((window[:, 1:] ^ window[:, :-1]).sum()) + int((window[1:] ^ window[:-1]).sum())
    return 2 * area / max(edges, 1)


def _recognise(picture: bytes, languages: str, dpi: int) -> list[dict[str, str]]:
    command = [_PROGRAM, "stdin", "stdout", "-l", languages, "--dpi", str(dpi), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_TIMEOUT, check=True, env=_ENVIRONMENT
        )
    except (OSError, subprocess.SubprocessError):
        return []
    lines = done.stdout.decode("utf-8", "replace")
    return list(csv.DictReader(io.StringIO(lines), delimiter="\t", quoting=csv.QUOTE_NONE))


def _lines(rows: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """The recognised words line by line."""
    key: tuple[str, str, str] | None = None
    line: list[dict[str, str]] = []
    for row in rows:
        if row["level"] != "5" or not row["text"].strip("|¦ ") or float(row["conf"]) < _LEAST_CONFIDENCE:
            continue  # nothing, or a rule
        if len(row["text"]) > 1 and int(row["height"]) > _UPRIGHT * int(row["width"]):
            continue  # numbers under one another, taken for a word set upright
        at = (row["block_num"], row["par_num"], row["line_num"])
        if at != key and line:
            yield line
            line = []
        key = at
        line.append(row)
    if line:
        yield line


def _words(rows: list[dict[str, str]], scale: float, ink: Array) -> Iterator[Word]:
    # From the foot up, so that the order in which Tesseract found them is no evidence for a layout.
    upwards = sorted(_lines(rows), key=lambda line: -int(line[0]["top"]))
    for run, line in enumerate(upwards):
        bottoms, heights = [], []
        for row in line:
            top, height = float(row["top"]) / scale, float(row["height"]) / scale
            text = row["text"]
            low = any(c in "gjpqyQJ,;()" for c in text)
            tall = any(c.isupper() or c.isdigit() or c in "bdfhijkltäöå" for c in text)
            dotted = any(c in "ÄÖÅ" for c in text)
            # An x-height is about half the type size, an ascender 0.73, a descender 0.21 (common text faces).
            share = (0.92 if dotted else 0.73 if tall else 0.53) + (0.21 if low else 0.0)
            if any(c.isalnum() for c in text):
                heights.append((height / share, len(text)))
                bottoms.append((top + height - (0.21 * height / share if low else 0.0), len(text)))
        text = "".join(row["text"] for row in line)
        if not heights or 2 * sum(map(str.isalnum, text)) < len(text):
            continue  # specks of dust
        size = _weighted_median(heights)
        base = _weighted_median(bottoms)
        marked = len(line) > 1 and line[0]["text"] in _READ_AS_BULLET
        begin = float(line[0]["left"]) / scale
        dot = begin if marked else _dot_before(ink, begin, base, size, scale)
        if dot is not None:
            yield Word("•", dot, base - 0.8 * size, dot + 0.3 * size, base + 0.2 * size, base, size, _SCANNED, 0, run)
        for row in line[int(marked) :]:
            x0 = float(row["left"]) / scale
            x1 = x0 + float(row["width"]) / scale
            style = _SPACED if _stands_apart(row, ink, size * scale) else _SCANNED
            yield Word(row["text"].strip(), x0, base - 0.8 * size, x1, base + 0.2 * size, base, size, style, 0, run)


def _stands_apart(row: dict[str, str], ink: Array, em: float) -> bool:
    """Whether the letters of a recognised word in capitals stand apart (`em`: its type size in pixels)."""
    text = row["text"].strip()
    if len(text) < 3 or text != text.upper():
        return False
    left, top, width, height = (int(row[k]) for k in ("left", "top", "width", "height"))
    inked = np.flatnonzero(ink[top : top + height, left : left + width].sum(axis=0) > 1)
    gaps = np.diff(inked) - 1
    gaps = gaps[gaps > 0]
    return 2 * len(gaps) >= len(text) - 1 and float(np.median(gaps)) > _APART * em


def _dot_before(ink: Array, x0: float, base: float, size: float, scale: float) -> float | None:
    """Where a small round blot stands before the line that begins at `x0` (points); None if there is none."""
    left, right = int((x0 - 2.2 * size) * scale), int((x0 - 0.25 * size) * scale)
    top, bottom = int((base - 0.85 * size) * scale), int((base + 0.1 * size) * scale)
    if left < 0 or top < 0 or right - left < 4:
        return None
    window = ink[top:bottom, left:right]
    columns = np.flatnonzero(window.sum(axis=0) > 1)
    rows = np.flatnonzero(window.sum(axis=1) > 1)
    if not len(columns) or not len(rows):
        return None
    width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    filled = window[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean()
    em = size * scale
    compact = 0.1 * em < width < 0.5 * em and 0.1 * em < height < 0.5 * em and filled > 0.6
    return (left + float(columns[0])) / scale if compact and rows[0] > 0 and rows[-1] < len(window) - 1 else None


def _weighted_median(values: list[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]
