"""One document through the rooms, with what earlier runs worked out kept; dispatch.py has many done by workers."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyser import results
from analyser.cache import Cache, default_folder, fingerprint, key
from analyser.document import Document, InputError, Result
from analyser.inputs import Source

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Seconds = dict[str, float]
"""Seconds by stage: `extract`, `language`, `detect`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to analyse. `language` is `auto`, `fi`, `sv` or `en`; `codebook` None is the bundled one."""

    language: str = "auto"
    report_language: str = "fi"
    """`fi`, `sv` or `en`: what reasons and report are told in."""
    codebook: Path | None = None
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    timeout: float = 120.0
    """Seconds that one document may take."""
    cache: Path | None = field(default_factory=default_folder)
    """Folder where finished work is kept for later runs; None keeps nothing."""
    scheduler: str | None = None
    """Address of the Dask scheduler whose cluster analyses the documents, instead of `jobs` processes."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A document that is done: its result, the seconds each stage took, and whether an earlier run had done it."""

    result: Result
    seconds: Seconds = field(default_factory=dict)
    cached: bool = False
    line: str = ""
    """The result as a line of results.jsonl, if it has come as one."""


def check(options: Options) -> None:
    """Raise InputError if the analyst's own codebook cannot be used."""
    if options.codebook:
        from analyser.detect import codebook

        codebook.read(options.codebook)


def analyse(path: Path, file: str, options: Options) -> Document:
    """Take one document through extract, language and detect; `file` is the name that the outputs know it by.

    Raises InputError if the document cannot be read.
    """
    return Analysis(options).document(path, file, {})


class Analysis:
    """The way from a file to its result, and where its two halves are kept: the extracted document and the result."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.cache = Cache(options.cache) if options.cache else None
        self.extracting = fingerprint("extract")
        self.analysing = key(
            fingerprint("detect"), codebook_hash(options.codebook), options.language, options.report_language
        )

    def known(self, source: Source) -> Finished | None:
        """The document's result if an earlier run kept it, or if the file cannot even be opened."""
        if source.trouble:
            reason = f"{source.file}: could not be fetched ({source.trouble}); check the address and your access."
            return Finished(results.failed(source.file, "", reason))
        try:
            sha256 = sha256_of(source.path)
        except OSError as error:
            reason = f"{source.file}: the file cannot be read ({error.strerror}); check its permissions."
            return Finished(results.failed(source.file, "", reason))
        line = self.cache.get("results", key(self.analysing, sha256, source.file)) if self.cache else None
        with contextlib.suppress(ValueError):  # a damaged entry counts as none
            return Finished(results.from_line(line), cached=True, line=line.decode("utf-8")) if line else None
        return None

    def finish(self, source: Source) -> Finished:
        """The document's result, from an earlier run or worked out now and kept."""
        if known := self.known(source):
            return known
        seconds: Seconds = {}
        try:
            result = results.of(self.document(source.path, source.file, seconds))
        except InputError as error:
            return Finished(results.failed(source.file, sha256_of(source.path), str(error)), seconds)
        line = results.to_line(result)
        self.keep(result, line)
        return Finished(result, seconds, line=line)

    def keep(self, result: Result, line: str) -> None:
        """Keep a result, as its `line`, unless something could not be read, which a later run may be able to."""
        if self.cache and result.status == "ok":
            self.cache.put("results", key(self.analysing, result.sha256, result.file), line.encode("utf-8"))

    def document(self, path: Path, file: str, seconds: Seconds) -> Document:
        """The document with all its layers; adds the time of each stage to `seconds`."""
        from analyser.coder import coders_for
        from analyser.extract.organisation import organisation_of

        with _timed(seconds, "extract"):
            document = self.extracted(path, file)
            name, named_by = organisation_of(document)
            document = replace(document, organisation=name, named_by=named_by)
        with _timed(seconds, "language"):
            coder, *others = coders_for(document, self.options.language, self.options.codebook)
            document = coder.annotated(document, others)
        with _timed(seconds, "detect"):
            return coder.detected(document, self.options.report_language, others)

    def extracted(self, path: Path, file: str) -> Document:
        """The document with its pages and blocks, kept so that a changed codebook redoes detection alone."""
        from analyser import extract

        if self.cache is None:
            return extract.read(path, file=file)
        entry = key(self.extracting, sha256_of(path), path.suffix.lower())
        if packed := self.cache.get("documents", entry):
            with contextlib.suppress(ValueError, OSError, EOFError, zlib.error):  # a damaged entry counts as none
                return replace(_documents().validate_json(gzip.decompress(packed)), file=file)
        document = extract.read(path, file=file)
        if document.status == "ok":
            self.cache.put("documents", entry, gzip.compress(_documents().dump_json(document), 1, mtime=0))
        return document


@cache
def codebook_hash(codebook: Path | None) -> str:
    """The SHA-256 of a codebook file, or of the bundled codebook's files together."""
    digest = hashlib.sha256()
    bundled = Path(__file__).parent / "codebook"
    paths = [codebook] if codebook else sorted(bundled.glob("*.toml"))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _documents() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document)


@contextmanager
def _timed(seconds: Seconds, stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - start
