"""Inputs and outputs at fsspec URLs (s3://, https://, memory:// …), as if they were on this machine.

Documents are fetched into a temporary folder a little ahead of the workers; outputs are made in one and published when
they are whole, the results last. Credentials and drivers are needed where the run is started and nowhere else.
https://filesystem-spec.readthedocs.io
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analyser.document import InputError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from analyser.inputs import Source

AT_ONCE = 8
"""Documents that are fetched at the same time, and that wait for a worker."""
BEAT, STALE = 60.0, 300.0
"""Seconds between two signs of life of a run that holds a folder, and without one until it counts as dead."""
LOCK, LISTED, RESULTS, DRAFT = ".analyser.lock", ".analyser.files", "results.jsonl", "mapping.csv"

_URL = re.compile(r"[A-Za-z][\w+.-]*(::[A-Za-z][\w+.-]*)*://")
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What some system's file names cannot hold."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address of a file or folder; as text, without the password that it may hold."""

    address: str

    def __str__(self) -> str:
        return re.sub(r"(?<=://)[^/@]*@", "", self.address)

    def __truediv__(self, name: str) -> Url:
        return Url(f"{self.address.rstrip('/')}/{name}")


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that fsspec knows: on which file system, and its path there."""

    system: Any
    path: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The path's parts, as those of a `Path`."""
        return "/", *self.path.strip("/").split("/")

    @property
    def name(self) -> str:
        """A name for the copy on this machine; it keeps the suffix."""
        return _UNFIT.sub("_", self.path.split("?")[0].rstrip("/").rpartition("/")[2])[-100:] or "document"

    @property
    def link(self) -> str:
        """Where a browser finds the file; '' if it cannot."""
        address = str(self.system.unstrip_protocol(self.path))
        return str(Url(address)) if address.startswith(("https://", "http://")) else ""


def place(text: str) -> Path | Url:
    """What the user names: a path, or a URL; file:// is a path of this machine."""
    if text.lower().startswith("file://"):
        from urllib.request import url2pathname

        return Path(url2pathname(urlsplit(text).path))
    return Url(text) if _URL.match(text) else Path(text)


def find(
    url: Url, suffixes: tuple[str, ...], skip: Path | Url | None = None
) -> Iterator[tuple[Remote, tuple[str, ...]]]:
    """The file at `url`, or the documents below it, each with the parts of its path from there.

    Hidden files and those below `skip` are left out.

    Raises InputError if there is nothing, or it cannot be read.
    """
    system, base = _opened(url)
    with _told(url, "read"):
        found = sorted(system.find(base))
    if not found:
        raise InputError(f"{url}: there is no such file or folder, or it is empty; check the address.")
    base = base.rstrip("/")
    out = _opened(skip)[1].rstrip("/") if isinstance(skip, Url) else None
    for path in found:
        if path.rstrip("/") == base:
            yield Remote(system, path), (path.split("?")[0].rpartition("/")[2],)
            continue
        inside = tuple(path.removeprefix(base).strip("/").split("/"))
        hidden = any(part.startswith((".", "~$")) for part in inside)
        written = out is not None and path.startswith(f"{out}/")
        if not hidden and not written and path.lower().endswith(suffixes):
            yield Remote(system, path), inside


def fetched(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources in order, those that are remote when their content has come to their path.

    One that cannot be fetched comes with its `trouble`.
    """
    from concurrent.futures import ThreadPoolExecutor

    waiting: deque[Future[Source]] = deque()
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for source in sources:
            waiting.append(pool.submit(_fetched, source))
            if len(waiting) > AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _fetched(source: Source) -> Source:
    if source.remote is None:
        return source
    here = replace(source, remote=None)
    try:
        source.path.parent.mkdir(parents=True, exist_ok=True)
        source.remote.system.get_file(source.remote.path, str(source.path))
    except Exception as error:  # each driver fails in ways of its own
        return replace(here, trouble=_sentence(error))
    return here


@contextlib.contextmanager
def published(url: Url) -> Iterator[Path]:
    """A folder of this machine; what is in it at the end is published at `url`, unless there was an error.

    The folder at `url` belongs to one run at a time. Files that an earlier run published and this one did not make are
    removed; a mapping that someone may have worked on is brought along. Raises InputError if the folder cannot be
    written to or another run holds it.
    """
    system, base = _opened(url)
    base = base.rstrip("/")
    with _held(system, base, url), tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with _told(url, "read"), contextlib.suppress(FileNotFoundError):
            (folder / DRAFT).write_bytes(system.cat_file(f"{base}/{DRAFT}"))
        yield folder
        with _told(url, "written to"):
            _publish(system, base, folder)


def _publish(system: Any, base: str, folder: Path) -> None:
    made = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != LOCK)
    earlier: list[str] = []
    with contextlib.suppress(FileNotFoundError, ValueError):
        earlier = json.loads(system.cat_file(f"{base}/{LISTED}"))
    # Until the end the list holds old and new, so that the next run can clear up after one that was killed here;
    # and there are no results, so that nobody takes a mixture for a whole.
    listed = sorted({*earlier, *made})
    system.pipe_file(f"{base}/{LISTED}", json.dumps(listed).encode())
    _remove(system, base, [RESULTS])
    for names in ([name for name in made if name != RESULTS], [name for name in made if name == RESULTS]):
        if names:
            system.put([str(folder / name) for name in names], [f"{base}/{name}" for name in names])
    _remove(system, base, sorted({*earlier} - {*made}))
    system.pipe_file(f"{base}/{LISTED}", json.dumps(made).encode())


def _remove(system: Any, base: str, names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            system.rm_file(f"{base}/{name}")


@contextlib.contextmanager
def _held(system: Any, base: str, url: Url) -> Iterator[None]:
    """Hold the folder by a file in it that tells who is alive; no store ends a hold with its process, as disks do."""
    lock, who = f"{base}/{LOCK}", socket.gethostname()

    def sign() -> bytes:
        return json.dumps({"by": who, "at": time.time()}).encode()

    with _told(url, "written to"):
        try:
            system.pipe_file(lock, sign(), mode="create")
        except FileExistsError:
            _refuse_if_alive(system, lock, url)
            system.pipe_file(lock, sign())
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            with contextlib.suppress(Exception):  # the next one may get through
                system.pipe_file(lock, sign())

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        with contextlib.suppress(Exception):  # the hold ends by itself
            system.rm_file(lock)


def _refuse_if_alive(system: Any, lock: str, url: Url) -> None:
    try:
        sign = json.loads(system.cat_file(lock))
        by, age = str(sign["by"]), time.time() - float(sign["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    if age < STALE:
        raise InputError(
            f"{url}: another run ({by}) is writing to this folder; wait until it ends, or {STALE / 60:g} minutes if it "
            "was stopped, or choose another with --out."
        )


def _opened(url: Url) -> tuple[Any, str]:
    """The file system of a URL, and the path there."""
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url.address)
    except ImportError as error:
        raise InputError(f"{url}: this kind of address needs a library more ({_sentence(error)}).") from None
    except ValueError as error:
        raise InputError(f"{url}: this kind of address is not known ({_sentence(error)}); check the address.") from None
    except Exception as error:  # each driver fails in ways of its own
        raise InputError(f"{url}: cannot be opened ({_sentence(error)}); check the address and your access.") from None
    return system, str(path)


@contextlib.contextmanager
def _told(url: Url, done: str) -> Iterator[None]:
    """Turn whatever a driver raises into one sentence."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # each driver fails in ways of its own
        raise InputError(f"{url}: cannot be {done} ({_sentence(error)}); check the address and your access.") from error


def _sentence(error: Exception) -> str:
    """What an error says, in one line without the stop."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:300].rstrip(".")
