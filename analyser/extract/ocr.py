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
from PIL import Image

from analyser.extract.chars import Array, Style
from analyser.extract.hyphens import vocabulary
from analyser.extract.lines import Line
from analyser.extract.skew import slope_of
from analyser.extract.spacing import in_words
from analyser.extract.words import Word

Rows = list[dict[str, str]]
"""What Tesseract found, from the page down to its words, by the names of its columns."""

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

_UNSURE = 60
"""Text of which Tesseract is less sure than this (0 to 100) may lie on its side."""

_FEW_LETTERS = 100
"""Fewer do not tell how a page lies."""
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

    Empty if Tesseract is missing or fails. A scan that lies askew by up to a few degrees is straightened first; one
    that lies on its side or on its head, as its letters tell, is read turned, and its words have an `angle`.
    """
    languages = available()
    if languages is None:
        return []
    width, height = page.get_size()
    scale = min(_DPI / 72, _LARGEST / max(width, height))
    dpi = round(72 * scale)
    scan = page.render(scale=scale, grayscale=True).to_pil()
    image = _straightened(scan)
    rows = _table(_recognise(image, "-l", languages, "--dpi", str(dpi), "--psm", "3", "tsv"))
    turn = _quarter_turn(scan, dpi) if _lies(rows) else 0
    if turn:
        image = _straightened(scan.rotate(-turn, expand=True))
        rows = _table(_recognise(image, "-l", languages, "--dpi", str(dpi), "--psm", "3", "tsv"))
    ink = np.asarray(image) < _INK
    words = _weighed(_evened(list(_words(rows, scale, ink))), ink, scale)
    if not turn:
        return words
    # In the frame of `Chars`, which is turned around the page's corner.
    right, down = {90: (-height, 0.0), 180: (-width, -height), 270: (0.0, -width)}[turn]
    return [
        w._replace(
            x0=w.x0 + right, x1=w.x1 + right, top=w.top + down, bottom=w.bottom + down, base=w.base + down, angle=turn
        )
        for w in words
    ]


def _straightened(image: Image.Image) -> Image.Image:
    slope = slope_of(np.asarray(image) < _INK)
    return image.rotate(math.degrees(slope), fillcolor=255, resample=Image.Resampling.BICUBIC) if slope else image


def _lies(rows: Rows) -> bool:
    """Whether the page may lie on its side or head: its letters are hard to read, or its words are higher than wide."""
    words = [row for row in rows if row["level"] == "5" and len(row["text"].strip()) > 1]
    letters = sum(len(row["text"]) for row in words)
    if letters < _FEW_LETTERS:
        return False
    sure = sum(float(row["conf"]) * len(row["text"]) for row in words) / letters
    upright = sum(int(row["height"]) > int(row["width"]) for row in words)
    return sure < _UNSURE or 2 * upright > len(words)


def _quarter_turn(image: Image.Image, dpi: int) -> int:
    """By how many degrees the picture must be turned clockwise to stand upright: 0, 90, 180 or 270."""
    match = re.search(r"^Rotate: (0|90|180|270)$", _recognise(image, "--dpi", str(dpi), "--psm", "0"), re.MULTILINE)
    return int(match.group(1)) if match else 0


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


def _recognise(image: Image.Image, *options: str) -> str:
    """What Tesseract says of the picture; nothing if it fails."""
    picture = io.BytesIO()
    image.save(picture, "PPM")
    command = [_PROGRAM, "stdin", "stdout", *options]
    try:
        done = subprocess.run(
            command, input=picture.getvalue(), capture_output=True, timeout=_TIMEOUT, check=True, env=_ENVIRONMENT
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _table(lines: str) -> Rows:
    return list(csv.DictReader(io.StringIO(lines), delimiter="\t", quoting=csv.QUOTE_NONE))


def _lines(rows: Rows) -> Iterator[list[dict[str, str]]]:
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


def _words(rows: Rows, scale: float, ink: Array) -> Iterator[Word]:
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
