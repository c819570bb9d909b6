"""Processes that analyse one document at a time, so that whatever a document does costs that document alone.

Each worker has a pipe of its own and shares no lock or queue with the others: a worker that crashes, hangs or eats
its memory is ended and replaced, and only the task it held is lost. Where the system can (Linux), workers are forked
from a server that has the models loaded, so that they start at once and share the models' memory.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from analyser.document import InputError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

GIGABYTE = 1024**3
START_LIMIT = 120.0
"""Seconds a worker may take to start; models load in a few."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use: `seconds` of wall clock and `memory` in bytes (kept by Linux; others ignore it).

    After `grace` seconds more a worker ends by itself, should the one who started it be gone (but on Windows).
    """

    seconds: float = 120.0
    memory: int = 4 * GIGABYTE
    grace: float = 10.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer: why, as the middle of a sentence, and what may help."""

    reason: str
    mend: str = "check the file or leave it out"


class Executor(Protocol):
    """Calls a function on many tasks somewhere else than in this process: `run` here, or that of cluster.py.

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


@dataclass
class _Worker(Generic[Task]):
    process: Process
    pipe: Connection
    task: Task | None = None
    started: bool = False
    """Whether it has said that it is ready for tasks."""
    deadline: float = 0.0


def run(
    function: Callable[[Task], Answer],
    tasks: Iterable[Task],
    *,
    jobs: int,
    limits: Limits | None = None,
    preload: str | None = None,
) -> Generator[tuple[Task, Answer | Lost]]:
    """Call `function` on each task in `jobs` processes; yield each task with its answer as it comes.

    `tasks` is read only as fast as workers become free, and no worker is started before it has a task. `function`
    must be importable and its answers picklable and never None. `preload` names a module for the fork server to import.
    Raises InputError if workers cannot be started at all.
    """
    limits = limits or Limits()
    context = _context(preload)
    waiting = iter(tasks)
    workers: list[_Worker[Task]] = []
    try:
        while True:
            while len(workers) < jobs and (task := next(waiting, None)) is not None:
                workers.append(_start(context, function, limits, task))
            if not workers:
                return
            patience = max(0.0, min(worker.deadline for worker in workers) - time.monotonic())
            ready = set(wait([worker.pipe for worker in workers], timeout=patience))
            for worker in tuple(workers):
                answer = _listen(worker, worker.pipe in ready, limits)
                if answer is None:
                    continue
                assert worker.task is not None
                yield worker.task, answer
                following = None if isinstance(answer, _Gone) else next(waiting, None)
                if following is None or not _give(worker, following, limits):
                    _stop(worker)
                    workers.remove(worker)
                    if following is not None:
                        workers.append(_start(context, function, limits, following))
    finally:
        for worker in workers:
            _kill(worker)
            _stop(worker)


class _Gone(Lost):
    """Lost together with its worker."""


def _context(preload: str | None) -> Any:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    if preload:
        context.set_forkserver_preload([preload])
    return context


def _start(context: Any, function: Callable[[Task], Any], limits: Limits, task: Task) -> _Worker[Task]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, task, deadline=time.monotonic() + START_LIMIT)


def _give(worker: _Worker[Task], task: Task, limits: Limits) -> bool:
    """Hand the worker a task; False if it has died since its last answer, which is not the new task's fault."""
    worker.task = task
    worker.deadline = time.monotonic() + limits.seconds
    try:
        worker.pipe.send(task)
    except OSError:
        return False
    return True


def _listen(worker: _Worker[Task], ready: bool, limits: Limits) -> Any | None:
    """The worker's answer, `Lost`, or None if there is nothing to tell yet."""
    if not ready:
        if time.monotonic() < worker.deadline:
            return None
        if not worker.started:
            raise InputError("The analysis processes do not start; is there enough free memory? Try --jobs 1.")
        _kill(worker)
        return _Gone(f"it took longer than {limits.seconds:g} seconds", "give it longer with --timeout")
    try:
        message = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        if not worker.started:
            raise InputError(
                f"The analysis processes end as soon as they start ({_ending(worker.process.exitcode)}); "
                "is there enough free memory? Try --jobs 1."
            ) from None
        return _Gone(f"the analysis process {_ending(worker.process.exitcode)}")
    if not worker.started:
        worker.started = True
        assert worker.task is not None
        _give(worker, worker.task, limits)
        return None
    return message


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def _stop(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    worker.process.join(2)
    if worker.process.exitcode is None:
        _kill(worker)
        worker.process.join()


def _kill(worker: _Worker[Task]) -> None:
    """End a worker at once, and what it started (an OCR program, say)."""
    if sys.platform != "win32" and worker.started and worker.process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()


def _serve(pipe: Connection, function: Callable[[Any], Any], limits: Limits) -> None:
    """A worker's whole life: say that it is ready, then answer one task after another until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setsid()
    _limit_memory(limits.memory)
    _silence()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            task = pipe.recv()
            _alarm(limits.seconds + limits.grace)
            answer = _answer(function, task, limits)
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
