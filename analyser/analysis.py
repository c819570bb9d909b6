"""One document through the rooms, and many of them in worker processes, with what earlier runs worked out kept."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from analyser import results, workers
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


@dataclass(frozen=True, slots=True)
class Finished:
    """A document that is done: its result, the seconds each stage took, and whether an earlier run had done it."""

    result: Result
    seconds: Seconds = field(default_factory=dict)
    cached: bool = False


def check(options: Options) -> None:
    """Raise InputError if the analyst's own codebook cannot be used."""
    from analyser.detect import codebook

    if options.codebook:
        codebook.read(options.codebook)


def analyse(path: Path, file: str, options: Options) -> Document:
    """Take one document through extract, language and detect; `file` is the name that the outputs know it by.

    Raises InputError if the document cannot be read.
    """
    return _Analysis(options).document(path, file, {})


def analyse_all(sources: Iterable[Source], options: Options) -> Iterator[Finished]:
    """Analyse documents in worker processes; each comes as soon as it is done, in no particular order.

    A document that cannot be analysed comes as a failed result that says why, and stops nothing. With a cache, each
    result is kept before it comes, so that a run that was stopped goes on where it was. Holds no more documents in
    memory than there are workers. Raises InputError if the codebook cannot be read or no worker can be started.
    """
    analysis = _Analysis(options)
    rest = iter(sources)
    # What is already known needs no worker, so a run with nothing new never loads a model.
    for source in rest:
        known = analysis.known(source)
        if known is None:
            rest = chain([source], rest)
            break
        yield known
    _prepare(options)
    answers = workers.run(
        partial(_work, analysis),
        rest,
        jobs=options.jobs,
        limits=workers.Limits(seconds=options.timeout),
        preload="analyser.preload",
    )
    for source, answer in answers:
        if isinstance(answer, workers.Lost):
            sha256 = ""
            reason = f"{source.file}: could not be analysed: {answer.reason}; {answer.mend}."
            with contextlib.suppress(OSError):
                sha256 = _sha256(source.path)
            yield Finished(results.failed(source.file, sha256, reason))
        else:
            line, seconds, cached = answer
            yield Finished(results.from_line(line), seconds, cached)


def _prepare(options: Options) -> None:
    """Have an analyst's own codebook compiled once, by a process that ends, before every worker asks for it."""
    if options.codebook:
        for _, answer in workers.run(_compile, [options.codebook], jobs=1, limits=workers.Limits(seconds=900)):
            if isinstance(answer, workers.Lost):
                raise InputError(f"{options.codebook}: could not be prepared: {answer.reason}; {answer.mend}.")


def _compile(path: Path) -> str:
    from analyser.coder import coder
    from analyser.detect import codebook

    return coder(codebook.read(path).language, path).language


def _work(analysis: _Analysis, source: Source) -> tuple[str, Seconds, bool]:
    """In a worker: a document's line (made here, so that a failure to make it is the document's own), and its cost."""
    finished = analysis.finish(source)
    return results.to_line(finished.result), finished.seconds, finished.cached


class _Analysis:
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
        try:
            sha256 = _sha256(source.path)
        except OSError as error:
            reason = f"{source.file}: the file cannot be read ({error.strerror}); check its permissions."
            return Finished(results.failed(source.file, "", reason))
        line = self.cache.get("results", key(self.analysing, sha256, source.file)) if self.cache else None
        with contextlib.suppress(ValueError):  # a damaged entry counts as none
            return Finished(results.from_line(line), cached=True) if line else None
        return None

    def finish(self, source: Source) -> Finished:
        """The document's result, from an earlier run or worked out now and kept."""
        if known := self.known(source):
            return known
        seconds: Seconds = {}
        try:
            result = results.of(self.document(source.path, source.file, seconds))
        except InputError as error:
            return Finished(results.failed(source.file, _sha256(source.path), str(error)), seconds)
        if self.cache and result.status != "failed":
            line = results.to_line(result).encode("utf-8")
            self.cache.put("results", key(self.analysing, result.sha256, source.file), line)
        return Finished(result, seconds)

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
        entry = key(self.extracting, _sha256(path), path.suffix.lower())
        if packed := self.cache.get("documents", entry):
            with contextlib.suppress(ValueError, OSError, EOFError, zlib.error):  # a damaged entry counts as none
                return replace(_documents().validate_json(gzip.decompress(packed)), file=file)
        document = extract.read(path, file=file)
        if document.status != "failed":
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


def _sha256(path: Path) -> str:
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
