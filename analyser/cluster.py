"""The analysis on a Dask cluster: the same call as `workers.run`, carried out on other machines.

Each thread of each Dask worker has an isolated process of its own (one of `workers`), so that a document's limits on
time and memory hold there as they do at home, and a document that crashes its process does not take a machine with it.
A task whose machine is lost is done again on another by Dask, as often as the cluster allows. Tasks go out as they are
and answers come back; the machines share no disk. https://distributed.dask.org
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from analyser import workers
from analyser.document import InputError
from analyser.workers import Limits, Lost

if TYPE_CHECKING:
    from distributed import Client, Future

Task = TypeVar("Task")
Answer = TypeVar("Answer")

PATIENCE = 60.0
"""Seconds that the cluster may be without any worker before the run ends."""
AHEAD = 2
"""Tasks that are with the cluster for each of its threads: one in work, one on its way."""


def run(
    function: Callable[[Task], Answer],
    tasks: Iterable[Task],
    *,
    scheduler: str,
    limits: Limits | None = None,
    preload: str | None = None,
    patience: float = PATIENCE,
) -> Iterator[tuple[Task, Answer | Lost]]:
    """Call `function` on each task on the cluster of the Dask scheduler at an address, such as tcp://host:8786.

    The contract is that of `workers.run`: `tasks` is read as fast as the cluster takes them, each comes back once. A
    task is `Lost` if it breaks a limit or the machines that it is given to are lost. Raises InputError if the cluster
    cannot be reached, has no worker for `patience` seconds or has another version of the program.
    """
    waiting = iter(tasks)
    first = next(waiting, None)
    if first is None:
        return
    with _connected(scheduler, patience) as client:
        name = f"analyser-{uuid.uuid4().hex}"
        # A task of its own, as Dask can make it again where a lost machine had it; data that is sent could not be.
        isolated = client.submit(_Isolated, name, function, limits or Limits(), preload, key=name)
        finished: SimpleQueue[Future] = SimpleQueue()
        running: dict[str, tuple[Future, Task]] = {}
        number = 0
        task: Task | None = first
        try:
            while True:
                while task is not None:
                    number += 1
                    future = client.submit(_call, isolated, task, key=f"{name}-{number}", pure=False)
                    running[future.key] = future, task
                    future.add_done_callback(finished.put)
                    full = len(running) >= AHEAD * sum(client.nthreads().values())
                    task = None if full else next(waiting, None)
                if not running:
                    return
                future, done = running.pop(_next(finished, client, patience).key)
                yield done, _answer(future, client, patience)
                del future
                task = next(waiting, None)
        finally:
            client.cancel([future for future, _ in running.values()])
            with contextlib.suppress(Exception):  # a machine that is lost has nothing to end
                client.run(_end, name)


@contextlib.contextmanager
def _connected(scheduler: str, patience: float) -> Iterator[Client]:
    """A client of the cluster that has at least one worker."""
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise InputError("--scheduler needs Dask: install analyser with its extra, analyser[cluster].") from None
    # A document may well be larger than what Dask takes for a mistake.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = Client(scheduler, timeout=min(20, patience), set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            told = str(error).partition("\n")[0].rstrip(".")
            raise InputError(f"{scheduler}: no Dask scheduler answers there ({told}); check the address.") from None
        try:
            with contextlib.suppress(TimeoutError):
                client.wait_for_workers(1, timeout=patience)
            _check(client)
            yield client
        finally:
            client.close()


def _check(client: Client) -> None:
    if not client.nthreads():
        raise InputError("The cluster has no workers; start some and run the command again.")


def _next(finished: SimpleQueue[Future], client: Client, patience: float) -> Future:
    """The next future that is done."""
    while True:
        try:
            return finished.get(timeout=patience)
        except Empty:
            _check(client)


def _answer(future: Future, client: Client, patience: float) -> Any:
    from distributed import CancelledError, KilledWorker

    while True:
        try:
            return future.result(timeout=patience)
        except TimeoutError:  # its machine was lost before it told, and another does it again
            _check(client)
        except KilledWorker as error:
            tries = error.allowed_failures + 1
            machines = "machine" if tries == 1 else f"{tries} machines"
            was = "was" if tries == 1 else "were"
            return Lost(f"the {machines} of the cluster that it was given to {was} lost", "look at the cluster's logs")
        except InputError:
            raise
        except (CancelledError, OSError):
            raise InputError(
                "The connection to the cluster was lost; the same command goes on from what the cache holds."
            ) from None
        except Exception as error:  # whatever a machine says that cannot even load the program
            told = f"{type(error).__name__}: {error}".partition("\n")[0]
            raise InputError(
                f"The cluster's workers cannot run the analysis ({told}); install the same analyser on each."
            ) from error


class _Isolated:
    """A run's function on a Dask worker: called there in an isolated process for each of the worker's threads."""

    def __init__(self, name: str, function: Callable[[Any], Any], limits: Limits, preload: str | None) -> None:
        self.name, self.function, self.limits, self.preload = name, function, limits, preload

    def __call__(self, task: Any) -> Any:
        place = self.name, threading.get_ident()
        if place not in _processes:
            # Dask marks its workers as daemons, which may have no processes; these end with the pipe to their worker.
            multiprocessing.current_process().daemon = False
            _processes[place] = _Process(self)
        return _processes[place](task)


class _Process:
    """One isolated process that answers one task after another."""

    def __init__(self, run: _Isolated) -> None:
        self.tasks: SimpleQueue[Any] = SimpleQueue()
        # A task is always there before an answer is asked for, so that the queue never has to be waited on.
        tasks = iter(self.tasks.get, None)
        self.answers = workers.run(run.function, tasks, jobs=1, limits=run.limits, preload=run.preload)

    def __call__(self, task: Any) -> Any:
        self.tasks.put(task)
        return next(self.answers)[1]

    def end(self) -> None:
        """End the process. Raises ValueError if it is at work."""
        self.answers.close()


_processes: dict[tuple[str, int], _Process] = {}
"""The isolated processes of this Dask worker, by run and thread."""


def _call(isolated: _Isolated, task: Any) -> Any:
    return isolated(task)


def _end(name: str) -> None:
    """End a run's isolated processes on this Dask worker; one that is still at work ends with the worker."""
    for place in [place for place in _processes if place[0] == name]:
        with contextlib.suppress(ValueError):
            _processes.pop(place).end()
