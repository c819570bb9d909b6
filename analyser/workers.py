"""Processes that analyse one document at a time, so that whatever a document does costs that document alone.

Each worker has a pipe of its own and shares no lock or queue with the others: a worker that crashes, hangs or eats
its memory is ended and replaced, and only the task it held is lost. Where the system can (Linux), workers are forked
from a server that has the models loaded, so that they start at once and share the models' memory.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, Self, TypeVar

from analyser import patience
from analyser.document import InputError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

GIGABYTE = 1024**3
START_LIMIT = 120.0
"""Seconds a worker may take to start; models load in a few."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use: `seconds` of wall clock and `memory` in bytes (kept by Linux; others ignore it).

    After `grace` seconds more a worker ends by itself, should the one who started it be gone (but on Windows). After so
    many `tasks` a new worker takes its place, so that what it remembers of words does not grow without end.
    """

    seconds: float = 120.0
    memory: int = 4 * GIGABYTE
    grace: float = 10.0
    tasks: int = 500


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer: why, as the middle of a sentence, and what may help."""

    reason: str
    mend: str = "check the file or leave it out"


class Executor(Protocol):
    """Calls a function on many tasks somewhere else than in this process: as `Crew.run` does, or cluster.py.

    Yields each task once with its answer as it comes, or with `Lost`, and reads no more tasks than it has workers for.
    """

    def __call__(  # noqa: D102
        self, function: Callable[[Task], Answer], tasks: Iterable[Task], /
    ) -> Iterator[tuple[Task, Answer | Lost]]: ...


class Process(Protocol):
    """The part of multiprocessing's processes, of whatever start method, that is used here."""

    exitcode: int | None
    pid: int | None

    def start(self) -> None: ...  # noqa: D102
    def kill(self) -> None: ...  # noqa: D102
    def join(self, timeout: float | None = None) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Work(Generic[Task]):
    """What a worker does with its tasks, and the seconds that each may take."""

    function: Callable[[Task], Any]
    seconds: float


@dataclass
class _Worker:
    process: Process
    pipe: Connection
    work: _Work[Any] | None = None
    task: Any = None
    ready: bool = False
    """Whether it has said that it knows its work."""
    deadline: float = 0.0
    done: int = 0


class Crew:
    """Up to `jobs` processes, started as tasks need them and kept until the end for whatever comes next.

    A worker ends by itself when its pipe is closed, and need not be waited for.

    `preload` names a module that they import before they take a task: the server that they are forked from, if this is
    the first crew that starts, else each of them.
    """

    def __init__(self, jobs: int, limits: Limits | None = None, preload: str | None = None) -> None:
        self.jobs = jobs
        self._limits = limits or Limits()
        self._preload = preload
        self._idle: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._idle:
            self._idle.pop().pipe.close()

    @property
    def waits(self) -> bool:
        """Whether there are processes that wait for work."""
        return bool(self._idle)

    def run(
        self, function: Callable[[Task], Answer], tasks: Iterable[Task], seconds: float | None = None
    ) -> Generator[tuple[Task, Answer | Lost]]:
        """Call `function` on each task; yield each task with its answer as it comes.

        A task may take so many `seconds`, those of the crew's limits unless told. `tasks` is read only as fast as
        workers become free, and no worker is started before it has a task. `function` must be importable and its
        answers picklable and never None. Raises InputError if workers cannot be started at all.
        """
        work = _Work(function, self._limits.seconds if seconds is None else seconds)
        waiting = iter(tasks)
        busy: list[_Worker] = []
        try:
            while True:
                while len(busy) < self.jobs and (task := next(waiting, None)) is not None:
                    busy.append(self._begun(work, task))
                if not busy:
                    return
                longest = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
                heard = set(wait([worker.pipe for worker in busy], timeout=longest))
                for worker in tuple(busy):
                    answer = _listen(worker, worker.pipe in heard)
                    if answer is None:
                        continue
                    if isinstance(answer, _Gone):
                        _end(worker)
                        busy.remove(worker)
                        yield worker.task, answer
                        continue
                    yield worker.task, answer
                    busy.remove(worker)
                    worker.done += 1
                    if worker.done < self._limits.tasks:
                        self._idle.append(worker)
                    else:
                        worker.pipe.close()
                    if (task := next(waiting, None)) is not None:
                        busy.append(self._begun(work, task))
        finally:
            for worker in busy:
                _end(worker)

    def _begun(self, work: _Work[Task], task: Task) -> _Worker:
        """A worker that has the task: one that waited for it, unless it has died since, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            worker.task = task
            if _give(worker, task) if worker.work == work else _teach(worker, work):
                return worker
            _end(worker)
        ours, theirs = (context := _context(self._preload)).Pipe()
        process = context.Process(target=_serve, args=(theirs, self._limits, self._preload), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, task=task)
        _teach(worker, work)  # if it has died at once, its silence will tell
        return worker


def run(
    function: Callable[[Task], Answer],
    tasks: Iterable[Task],
    *,
    jobs: int,
    limits: Limits | None = None,
    preload: str | None = None,
) -> Generator[tuple[Task, Answer | Lost]]:
    """Call `function` on each task in a crew of its own; see `Crew.run`."""
    with Crew(jobs, limits, preload) as crew:
        yield from crew.run(function, tasks)


class _Gone(Lost):
    """Lost together with its worker."""


def _context(preload: str | None) -> Any:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    if preload:
        context.set_forkserver_preload([preload])
    return context


def _teach(worker: _Worker, work: _Work[Any]) -> bool:
    """Tell the worker its work; False if it has died. It says when it is ready, and is then given its task."""
    worker.work, worker.ready = work, False
    worker.deadline = time.monotonic() + START_LIMIT
    return _sent(worker, work)


def _give(worker: _Worker, task: Any) -> bool:
    """Hand the worker a task; False if it has died since its last answer, which is not the new task's fault."""
    assert worker.work is not None
    worker.deadline = time.monotonic() + worker.work.seconds
    return _sent(worker, task)


def _sent(worker: _Worker, message: Any) -> bool:
    try:
        worker.pipe.send(message)
    except OSError:
        return False
    return True


def _listen(worker: _Worker, heard: bool) -> Any | None:
    """The worker's answer, `Lost`, or None if there is nothing to tell yet."""
    assert worker.work is not None
    if not heard:
        if time.monotonic() < worker.deadline:
            return None
        if not worker.ready:
            raise InputError("The analysis processes do not start; is there enough free memory? Try --jobs 1.")
        return _Gone(f"it took longer than {worker.work.seconds:g} seconds", "give it longer with --timeout")
    try:
        message = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        if not worker.ready:
            raise InputError(
                f"The analysis processes end as soon as they start ({_ending(worker.process.exitcode)}); "
                "is there enough free memory? Try --jobs 1."
            ) from None
        return _Gone(f"the analysis process {_ending(worker.process.exitcode)}")
    if not worker.ready:
        worker.ready = True
        _give(worker, worker.task)
        return None
    return message


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def _end(worker: _Worker) -> None:
    """End a worker at once, and what it started (an OCR program, say)."""
    if sys.platform != "win32" and worker.ready and worker.process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()
    worker.pipe.close()
    worker.process.join()


def _serve(pipe: Connection, limits: Limits, preload: str | None) -> None:
    """A worker's whole life: learn a work and say so, answer one task after another, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setsid()
    _limit_memory(limits.memory)
    _silence()
    if preload:
        importlib.import_module(preload)  # where no server has: the time that it takes is no task's
    work: _Work[Any] | None = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            message = pipe.recv()
            if isinstance(message, _Work):
                work = message
                pipe.send(None)
            elif work:
                _alarm(work.seconds + limits.grace)
                patience.begin(work.seconds)
                answer = _answer(work.function, message, limits)
                _alarm(0)
                pipe.send(answer)


def _alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds, whatever it is doing then; 0 for never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(function: Callable[[Any], Any], task: Any, limits: Limits) -> Any:
    try:
        return function(task)
    except MemoryError:
        return Lost(f"it needs more than {limits.memory / GIGABYTE:g} GB of memory")
    except RecursionError:
        return Lost("it is nested too deeply")
    except Exception as error:
        return Lost(f"the program failed on it ({type(error).__name__}: {error})", "report this fault with the file")


def _limit_memory(size: int) -> None:
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _silence() -> None:
    """Send what native libraries print to nowhere; a run's own words are the parent's alone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
