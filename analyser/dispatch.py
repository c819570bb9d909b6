"""Many documents, each analysed by a worker: a process on this machine, or one on a Dask cluster.

The workers of a cluster share no disk with this machine: a document goes to them as its bytes, an analyst's own
codebook as its text, and the results that they answer are kept here.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from analyser import results, workers
from analyser.analysis import Analysis, Finished, Options, Seconds, codebook_hash, sha256_of
from analyser.cache import default_folder, fingerprint
from analyser.document import InputError
from analyser.files import write_bytes
from analyser.inputs import Source

PRELOAD = "analyser.preload"

Line = tuple[str, Seconds, bool]
"""What a worker answers: a document's line (made there, so that a failure to make it is its own), and its cost."""


def crew_for(options: Options) -> workers.Crew:
    """The processes of this machine that analyse documents; none is started before there is one to analyse."""
    return workers.Crew(options.jobs, _limits(options), PRELOAD)


def analyse_all(sources: Iterable[Source], options: Options, crew: workers.Crew) -> Iterator[Finished]:
    """Analyse documents in the crew's workers or on a cluster; each comes as soon as it is done, in no given order.

    A document that cannot be analysed comes as a failed result that says why, and stops nothing. With a cache, each
    result is kept before it comes, so that a run that was stopped goes on where it was. Holds no more documents in
    memory than are with the workers. Raises InputError if the codebook cannot be read, no worker can be started or the
    cluster cannot be used.
    """
    analysis = Analysis(options)
    rest = iter(sources)
    # What is already known needs no worker, so a run with nothing new never loads a model.
    for source in rest:
        known = analysis.known(source)
        if known is None:
            rest = chain([source], rest)
            break
        yield known
    else:
        return
    prepared = _prepared(options)
    later: list[Source] = []
    if options.scheduler:
        answers = _on_cluster(analysis, options.scheduler, prepared, rest, later)
    else:
        local: workers.Executor = crew.run
        answers = local(partial(_work, analysis), rest)
    for source, answer in answers:
        if isinstance(answer, workers.Lost):
            sha256 = ""
            reason = f"{source.file}: could not be analysed: {answer.reason}; {answer.mend}."
            with contextlib.suppress(OSError):
                sha256 = sha256_of(source.path)
            yield Finished(results.failed(source.file, sha256, reason))
        else:
            line, seconds, cached = answer
            yield Finished(results.from_line(line), seconds, cached, line)
    if later:
        yield from analyse_all(later, options, crew)


def _limits(options: Options) -> workers.Limits:
    return workers.Limits(seconds=options.timeout)


def _work(analysis: Analysis, source: Source) -> Line:
    finished = analysis.finish(source)
    return finished.line or results.to_line(finished.result), finished.seconds, finished.cached


def _prepared(options: Options) -> Path | None:
    """Have an analyst's own codebook compiled once, by a process that ends, before every worker asks for it.

    Returns where its lexicon is kept, None if there is none.
    """
    if options.codebook:
        for _, answer in workers.run(_compile, [options.codebook], jobs=1, limits=workers.Limits(seconds=900)):
            if isinstance(answer, workers.Lost):
                raise InputError(f"{options.codebook}: could not be prepared: {answer.reason}; {answer.mend}.")
            return default_folder() / answer
    return None


def _compile(path: Path) -> str:
    from analyser.coder import coder
    from analyser.detect import codebook

    lexicon = coder(codebook.read(path).language, path).lexicon
    return f"lexicon-{lexicon.source}.json" if lexicon else ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document on its way to another machine: `file`, the key of every output, its own name and its bytes."""

    file: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Foreign(workers.Lost):
    """The answer of a machine that has another version of the program or what it is built on."""


@dataclass(frozen=True, slots=True)
class Away:
    """The analysis on another machine, called there with one parcel after another."""

    options: Options
    program: str
    """The fingerprint of the program that results are to come from."""
    texts: tuple[tuple[str, bytes], ...] = ()
    """Files that the machine needs besides the program, by name: an analyst's own codebook, and its lexicon."""
    keeping: bool = True
    """Whether finished work is kept on the machine for later runs."""

    def __call__(self, parcel: Parcel) -> Line | workers.Lost:
        """The document's line and cost."""
        if self.program != fingerprint("detect"):
            return Foreign("its machine has another version of the program")
        own = default_folder()
        for name, content in self.texts:
            if not (own / name).exists():
                (own / name).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(own / name, [content])
        codebook = own / self.texts[0][0] if self.texts else None
        options = replace(self.options, codebook=codebook, cache=own if self.keeping else None)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / parcel.name
            path.write_bytes(parcel.data)
            return _work(Analysis(options), Source(parcel.file, path))


def _on_cluster(
    analysis: Analysis, scheduler: str, lexicon: Path | None, sources: Iterable[Source], later: list[Source]
) -> Iterator[tuple[Source, Line | workers.Lost]]:
    """Each source with the cluster's answer; what is already known, or cannot be read, is put by in `later`."""
    from analyser import cluster

    options = analysis.options
    sent: dict[str, Source] = {}

    def parcels() -> Iterator[Parcel]:
        for source in sources:
            data = None
            if not analysis.known(source):
                with contextlib.suppress(OSError):
                    data = source.path.read_bytes()
            if data is None:
                later.append(source)
                continue
            sent[source.file] = source
            yield Parcel(source.file, source.path.name, data)

    texts: list[tuple[str, bytes]] = []
    if options.codebook:
        texts.append((f"codebook-{codebook_hash(options.codebook)}.toml", options.codebook.read_bytes()))
        if lexicon and lexicon.is_file():
            texts.append((lexicon.name, lexicon.read_bytes()))
    portable = replace(options, codebook=None, cache=None)  # paths of this machine mean nothing on another
    away = Away(portable, fingerprint("detect"), tuple(texts), keeping=options.cache is not None)
    elsewhere: workers.Executor = partial(cluster.run, scheduler=scheduler, limits=_limits(options), preload=PRELOAD)
    for parcel, answer in elsewhere(away, parcels()):
        if isinstance(answer, Foreign):
            raise InputError(
                f"{scheduler}: a worker of the cluster has another version of analyser, of its libraries or of "
                "Tesseract; install the same everywhere."
            )
        if not isinstance(answer, workers.Lost):
            analysis.keep(results.from_line(answer[0]), answer[0])
        yield sent.pop(parcel.file), answer
