"""What went wrong with a document (`Result.error` and `Result.warnings`) in the report's language.

The program writes both in English, for results.jsonl and the terminal. Those that are not recognised here are shown as
they stand and marked as English, so that nothing is lost when one is added. The file's name is left out: the page or
the list around it has it.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from analyser.report.locale import Speech, message
from analyser.report.quotations import lang

PAGES = r"pages? (?P<pages>[\d–, …]+)"
TROUBLES = {
    # warnings
    rf"{PAGES} (?:is|are) pictures of text or set in fonts without letters and OCR found no text there": message(
        "Pictures, or fonts without letters, in which text recognition found no text. Pages: %(pages)s."
    ),
    rf"{PAGES} (?:is|are) pictures of text or set in fonts without letters: install Tesseract .*": message(
        "Pictures of text, or fonts without letters, that are not read, since text recognition (Tesseract) is not "
        "installed. Pages: %(pages)s."
    ),
    rf"there was no time left for OCR of {PAGES}: give each document longer with --timeout": message(
        "Pictures of text that there was no time left to read: give each document more time (--timeout). "
        "Pages: %(pages)s."
    ),
    rf"text read by OCR on {PAGES}; check quotations against the picture": message(
        "The text was read from pictures by text recognition and can have errors: check quotations against the "
        "picture. Pages: %(pages)s."
    ),
    rf"{PAGES} (?:is|are) damaged and left out: get the file again": message(
        "Damaged pages were left out; get the file again. Pages: %(pages)s."
    ),
    r"(?P<n>\d+) words that no reader sees \(.*\) were left out": message(
        "Words that no reader sees were left out (invisible, white on white, or off the page): %(n)s."
    ),
    r"is not UTF-8 and was read as Windows-1252: save it as UTF-8 to be sure": message(
        "The file is not UTF-8 and was read as Windows-1252: save it as UTF-8 to be sure."
    ),
    r"(?P<n>\d+) letters are missing, written as \(cid:…\): give the PDF that the text comes from": message(
        "Letters are missing from the text (%(n)s): give the PDF that it comes from."
    ),
    r"The same file as (?P<files>.+); leave one of them out": message(
        "The same file as %(files)s; leave one of them out."
    ),
    r"(?P<name>.+) has another file as well: (?P<files>.+); keep the one that is in force": message(
        "%(name)s has another file as well: %(files)s; keep the one that is in force."
    ),
    # errors
    r"is empty: (?:get the file again|there is no text to analyse)": message(
        "The file is empty or has no text to analyse."
    ),
    r"is not a PDF: give a PDF, a \.docx or a \.txt file": message(
        "The file is not a PDF: give a PDF, a .docx or a .txt file."
    ),
    r"is not a Word file, whatever its name says: get it again or save it as PDF": message(
        "The file is not a Word file, whatever its name says: get it again or save it as PDF."
    ),
    r"is an old or a protected Word file: save it as \.docx without a password, or as PDF": message(
        "The file is an old or a protected Word file: save it as .docx without a password, or as PDF."
    ),
    r"is damaged or no Word file: save it again as \.docx or PDF": message(
        "The file is damaged or no Word file: save it again as .docx or PDF."
    ),
    r"unpacks to far more than a document holds: save it again as PDF": message(
        "The file unpacks to far more than a document holds: save it again as PDF."
    ),
    r"is not a text file: give a PDF or a text file in UTF-8": message(
        "The file is not a text file: give a PDF or a text file in UTF-8."
    ),
    r"is protected by a password: save it without one and try again": message(
        "The file is protected by a password: save it without one and try again."
    ),
    r"has no pages: get the file again": message("The file has no pages: get it again."),
    r"is damaged (?:or cut short and cannot be opened|and none of its pages can be read): get the file again": message(
        "The file is damaged or cut short: get it again."
    ),
    r"has only pictures of pages and no text: install Tesseract .*": message(
        "The file has only pictures of pages, and text recognition (Tesseract) is not installed: install it and run "
        "again."
    ),
    r"is a scan that OCR had no time to read: give each document longer with --timeout": message(
        "The file is a scan that there was no time to read: give each document more time (--timeout)."
    ),
    r"has no text that can be read: check that it is the right file": message(
        "The file has no text that can be read: check that it is the right one."
    ),
    r"(?:the file )?cannot be read \((?P<cause>.*)\)[:;] check .*": message(
        "The file cannot be read (%(cause)s): check its permissions."
    ),
    r"could not be analysed: it took longer than (?P<n>[\d.]+) seconds; .*": message(
        "The analysis took longer than %(n)s seconds: check the file, or give it more time (--timeout)."
    ),
    r"could not be analysed: it needs more than (?P<n>[\d.]+) GB of memory; .*": message(
        "The analysis needs more than %(n)s GB of memory: check the file or leave it out."
    ),
    r"could not be analysed: it is nested too deeply; .*": message(
        "The file is nested too deeply to be analysed: check it or leave it out."
    ),
    r"could not be analysed: the analysis process (?P<cause>.+); .*": message(
        "The analysis of the file ended abruptly (%(cause)s): check the file or leave it out."
    ),
    r"could not be analysed: (?P<cause>.+); report this fault with the file": message(
        "The program failed on the file (%(cause)s): report this fault with the file."
    ),
}
PATTERNS = {re.compile(pattern): text for pattern, text in TROUBLES.items()}


def told(trouble: str, file: str, speech: Speech) -> Markup:
    """An error or a warning of the document `file` in the report's language, else marked as the English that it is."""
    bare = _without_name(trouble, file).removesuffix(".")
    for pattern, text in PATTERNS.items():
        if found := pattern.fullmatch(bare):
            return escape(speech.text(text) % found.groupdict())
    return Markup("<span{}>{}</span>").format(lang("en", speech), trouble)


def _without_name(trouble: str, file: str) -> str:
    for name in (file, file.rpartition("/")[2]):
        if name and trouble.startswith(name):
            return trouble.removeprefix(name).removeprefix(":").strip()
    return trouble
