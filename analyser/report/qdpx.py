"""The mentions as a project of the REFI-QDA standard (1.5), for QualCoder, NVivo, ATLAS.ti, MAXQDA and others.

A .qdpx file is a zip with project.qde (XML) and a copy of every source. A mention is a selection coded with its role
and its themes, a goal with its form and what it is by the wording audit too. In a PDF a selection is told twice, with
one identifier, as ATLAS.ti does it: as a box on the page (pages from 0, points from the lower left corner) and, where
the PDF's own text has the sentence in one piece, as a stretch of that text (code points).
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from analyser.document import Mention, Result
from analyser.files import replacing
from analyser.report.locale import Speech
from analyser.report.tables import clean
from analyser.report.wording import CONCEPTS, QUALITIES, ROLES

if TYPE_CHECKING:
    from analyser.audit import Audit

NAMESPACE = "urn:QDA-XML:project:1.0"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLOURS = {"priority": "#0B3F8F", "goal": "#0A5D4F", "context": "#8A6A0F", "limited": "#862033"}


@dataclass
class Codes:
    """The project's codes: a group each for roles, themes and the wording of goals."""

    speech: Speech
    groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, mention: Mention, wording: Iterable[str]) -> list[str]:
        """The identifiers of a mention's codes."""
        concepts = dict.fromkeys(term.concept for term in mention.terms)
        return [
            self._code("role", mention.role),
            *(self._code("theme", concept) for concept in concepts),
            *(self._code("wording", quality) for quality in wording),
        ]

    def _code(self, group: str, code: str) -> str:
        return self.groups.setdefault(group, {}).setdefault(code, _guid(group, code))

    def element(self) -> ET.Element:
        """The code book."""
        _ = self.speech.text
        names = {
            "role": (_("Role"), ROLES), "theme": (_("Theme"), CONCEPTS), "wording": (_("Wording of goals"), QUALITIES),
        }  # fmt: skip
        book = ET.Element("CodeBook")
        codes = ET.SubElement(book, "Codes")
        for group, members in self.groups.items():
            title, known = names[group]
            parent = ET.SubElement(codes, "Code", guid=_guid("group", group), name=title, isCodable="false")
            for code, guid in members.items():
                attributes = {"guid": guid, "name": _(known[code]) if code in known else clean(code)}
                colour = {"color": COLOURS[code]} if group == "role" else {}
                ET.SubElement(parent, "Code", {**attributes, "isCodable": "true", **colour})
        if not len(codes):  # the standard asks for at least one
            ET.SubElement(codes, "Code", guid=_guid("group", "role"), name=_("Role"), isCodable="false")
        return book


def write(
    path: Path,
    results: Iterable[Result],
    sources: Mapping[str, Path],
    audits: Mapping[str, Audit],
    speech: Speech,
) -> list[str]:
    """Write the project to `path`, all or nothing; returns the files that it lacks, since they could not be read.

    `sources` gives the PDF or text of `Result.file`, `audits` its wording audit. Documents without a mention are in the
    project too. Raises OSError where `path` cannot be written.
    """
    _ = speech.text
    codes, user, missing = Codes(speech), _guid("user", "analyser"), list[str]()
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    project = ET.Element("Project", xmlns=NAMESPACE, name=_("Digitalisation in strategies"), origin="analyser")
    project.attrib |= {"creatingUserGUID": user, "creationDateTime": now}
    ET.SubElement(ET.SubElement(project, "Users"), "User", guid=user, name="analyser")
    every = ET.Element("Sources")
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for result in results:
            source = sources.get(result.file)
            if result.status == "failed":
                continue
            try:
                if source is None:
                    raise OSError
                told = _pdf_source if source.suffix.lower() == ".pdf" else _text_source
                element = told(archive, source, result, codes, audits.get(result.file))
            except (OSError, ValueError):
                missing.append(result.file)
                continue
            element.attrib |= {"creatingUser": user, "creationDateTime": now}
            every.append(element)
        project.append(codes.element())
        if len(every):  # the standard knows no empty list of sources
            project.append(every)
        ET.indent(project)
        archive.writestr("project.qde", ET.tostring(project, encoding="utf-8", xml_declaration=True))
    return missing


def _pdf_source(archive: zipfile.ZipFile, path: Path, result: Result, codes: Codes, audit: Audit | None) -> ET.Element:
    """The element of a PDF; the PDF and its text go into the archive."""
    import pypdfium2

    guid = _guid("source", result.file)
    element = ET.Element("PDFSource", guid=guid, name=clean(result.file), path=f"internal://{guid}.pdf")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError(path) from error
    with closing(document):
        sizes = [document.get_page_size(i) for i in range(len(document))]
        pages = list(_pages(document))
    text = Text(pages)
    representation = ET.Element("Representation", guid=_guid("text", result.file), name=clean(result.file))
    representation.set("plainTextPath", f"internal://{representation.get('guid')}.txt")
    for number, mention in enumerate(result.mentions):
        selection, coded = _guid("selection", result.file, str(number)), _coded(mention, number, codes, audit)
        if mention.bbox is not None and mention.page <= len(sizes):
            x0, top, x1, bottom = mention.bbox
            height = sizes[mention.page - 1][1]
            box = {"firstX": x0, "firstY": height - top, "secondX": x1, "secondY": height - bottom}
            places = {key: str(round(value)) for key, value in box.items()}
            told = ET.SubElement(element, "PDFSelection", {"guid": selection, "page": str(mention.page - 1), **places})
            _describe(told, mention, coded)
        if span := text.find(mention.text, mention.page):
            _describe(_stretch(representation, selection, span), mention, coded)
    element.append(representation)
    archive.write(path, f"sources/{guid}.pdf", zipfile.ZIP_STORED)
    archive.writestr(f"sources/{representation.get('guid')}.txt", text.whole)
    return element


def _text_source(archive: zipfile.ZipFile, path: Path, result: Result, codes: Codes, audit: Audit | None) -> ET.Element:
    guid = _guid("source", result.file)
    element = ET.Element("TextSource", guid=guid, name=clean(result.file), plainTextPath=f"internal://{guid}.txt")
    text = Text([_lines(page) for page in _plain(path).split("\f")])
    for number, mention in enumerate(result.mentions):
        if span := text.find(mention.text, mention.page):
            told = _stretch(element, _guid("selection", result.file, str(number)), span)
            _describe(told, mention, _coded(mention, number, codes, audit))
    archive.writestr(f"sources/{guid}.txt", text.whole)
    return element


class Text:
    """A document's plain text, and where in it the sentences of a page stand.

    Sentences are compared by their letters and digits alone: extraction has undone hyphens and line ends.
    """

    def __init__(self, pages: Sequence[str]) -> None:
        self.whole = "\n".join(pages)
        self._pages = pages
        self._starts = [0]
        for page in pages:
            self._starts.append(self._starts[-1] + len(page) + 1)
        self._letters: dict[int, tuple[str, list[int]]] = {}

    def find(self, sentence: str, page: int) -> tuple[int, int] | None:
        """Start and end of a sentence that begins on `page` (from 1), in code points of the whole; None if not found.

        A Word file is told as one page.
        """
        wanted = "".join(c.lower() for c in sentence if c.isalnum())
        if not wanted or not self._pages:
            return None
        letters, places = self._page(min(max(page, 1), len(self._pages)))
        at = letters.find(wanted)
        return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None

    def _page(self, page: int) -> tuple[str, list[int]]:
        """The letters of a page and of the next (a sentence may go on there), and the place of each in the whole."""
        if page not in self._letters:
            start = self._starts[page - 1]
            stretch = self.whole[start : self._starts[min(page + 1, len(self._pages))]]
            pairs = [(low, start + i) for i, c in enumerate(stretch) if c.isalnum() for low in c.lower()]
            self._letters[page] = "".join(low for low, _ in pairs), [place for _, place in pairs]
        return self._letters[page]


def _plain(path: Path) -> str:
    """The text of a text file, or of a Word file's paragraphs in order, those in tables and boxes too."""
    if path.suffix.lower() == ".txt":
        return path.read_text(encoding="utf-8-sig")
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        body = docx.Document(str(path)).element.body
    except (PackageNotFoundError, KeyError) as error:
        raise ValueError(path) from error
    paragraphs = body.iter(f"{WORD}p")
    return "\n".join("".join(piece.text or "" for piece in paragraph.iter(f"{WORD}t")) for paragraph in paragraphs)


def _pages(document: Any) -> Iterator[str]:
    for page in document:
        with closing(page), closing(page.get_textpage()) as text:
            yield _lines(text.get_text_range())


def _lines(text: str) -> str:
    """Text with line ends of one kind and without characters that no text file should hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line) for line in lines)


def _coded(mention: Mention, number: int, codes: Codes, audit: Audit | None) -> list[str]:
    goal = next((g for g in audit.goals if g.mention == number), None) if audit else None
    met = [q for q in QUALITIES if q in goal.qualities or (q == "concrete" and goal.concrete)] if goal else []
    return codes.of(mention, met)


def _stretch(parent: ET.Element, guid: str, span: tuple[int, int]) -> ET.Element:
    start, end = map(str, span)
    return ET.SubElement(parent, "PlainTextSelection", guid=guid, startPosition=start, endPosition=end)


def _describe(selection: ET.Element, mention: Mention, coded: Iterable[str]) -> None:
    """The sentence and the codes of a selection."""
    selection.set("name", clean(mention.text)[:200])
    ET.SubElement(selection, "Description").text = clean(mention.text)
    for code in coded:
        coding = ET.SubElement(selection, "Coding", guid=str(uuid.uuid4()))
        ET.SubElement(coding, "CodeRef", targetGUID=code)


def _guid(*names: str) -> str:
    """The same identifier for the same thing, so that two exports of a run differ only where the run does."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(["urn:analyser", *names])))
