"""What one task does to its worker must cost that task alone."""

from __future__ import annotations

import multiprocessing
import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import troubles

from analyser.document import InputError
from analyser.workers import Crew, Limits, Lost, run

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no such limit")


def outcomes(*tasks: str, jobs: int = 2, seconds: float = 60.0) -> dict[str, str]:
    answers = run(troubles.trouble, tasks, jobs=jobs, limits=Limits(seconds=seconds))
    return {task: answer.reason if isinstance(answer, Lost) else answer for task, answer in answers}


def test_every_task_is_answered_once() -> None:
    answers = list(run(troubles.double, range(40), jobs=3))
    assert sorted(answers) == [(n, 2 * n) for n in range(40)]


def test_no_tasks_start_no_worker() -> None:
    assert list(run(troubles.Unpicklable(), [], jobs=2)) == []


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("raise", "the program failed on it (ValueError: no good)"),
        ("kill", "the analysis process was ended by SIGKILL"),
        ("leave", "the analysis process ended with code 0"),
        ("nest", "it is nested too deeply"),
        pytest.param("hog", "it needs more than 4 GB of memory", marks=LINUX),
    ],
)
def test_a_trouble_costs_its_own_task_alone(task: str, reason: str) -> None:
    assert outcomes("a", task, "b", "c") == {"a": "a done", "b": "b done", "c": "c done", task: reason}


def test_a_hanging_task_is_ended_and_the_rest_go_on() -> None:
    assert outcomes("a", "hang", "b", jobs=1, seconds=0.5) == {
        "a": "a done",
        "hang": "it took longer than 0.5 seconds",
        "b": "b done",
    }


class Lifeline:
    """A pipe with a name, which the processes that a test starts hold open until they end."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self.end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def is_held(self) -> bool:
        """Wait until a process holds it and says so."""
        ready, _, _ = select.select([self.end], [], [], 60)
        return bool(ready) and os.read(self.end, 1) == b"x"

    def is_let_go(self) -> bool:
        """Wait until every process that held it has ended."""
        ready, _, _ = select.select([self.end], [], [], 20)
        return bool(ready) and os.read(self.end, 1) == b""


@pytest.fixture
def lifeline(tmp_path: Path) -> Iterator[Lifeline]:
    if sys.platform == "win32":
        pytest.skip("needs named pipes")
    line = Lifeline(tmp_path / "lifeline")
    yield line
    os.close(line.end)


def test_what_a_task_started_ends_with_it(lifeline: Lifeline) -> None:
    task = f"spawn {lifeline.path}"
    assert outcomes(task, seconds=2.0) == {task: "it took longer than 2 seconds"}
    assert lifeline.is_let_go()


def hold(path: Path) -> None:
    list(run(troubles.trouble, [f"hold {path}"], jobs=1, limits=Limits(seconds=1, grace=0.1)))


def test_a_worker_whose_parent_was_killed_ends_at_the_time_limit(lifeline: Lifeline) -> None:
    parent = multiprocessing.get_context("spawn").Process(target=hold, args=(lifeline.path,))
    parent.start()
    assert lifeline.is_held()
    parent.kill()
    parent.join()
    assert lifeline.is_let_go()


def test_a_worker_that_dies_after_its_answer_costs_no_task(lifeline: Lifeline) -> None:
    task = f"finish {lifeline.path}"
    answers = run(troubles.trouble, [task, "a", "b"], jobs=1)
    assert next(answers) == (task, f"{task} done")
    # The worker is given its next task only when the next answer is asked for; by then it is gone.
    assert lifeline.is_let_go()
    assert list(answers) == [("a", "a done"), ("b", "b done")]


def test_a_worker_serves_many_tasks() -> None:
    assert len({answer for _, answer in run(troubles.process, range(10), jobs=1)}) == 1


def test_tasks_are_read_only_as_workers_become_free() -> None:
    read = []

    def tasks() -> Iterator[int]:
        for n in range(20):
            read.append(n)
            yield n

    answered = 0
    for _ in run(troubles.double, tasks(), jobs=2):
        answered += 1
        assert len(read) <= answered + 2
    assert answered == 20


def test_workers_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    outcomes("print")
    assert capfd.readouterr() == ("", "")


def test_workers_end_when_the_caller_stops_listening() -> None:
    answers = run(troubles.process, range(10), jobs=2)
    _, pid = next(answers)
    answers.close()
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_workers_that_cannot_start_are_an_error_not_an_endless_loop() -> None:
    with pytest.raises(InputError, match="end as soon as they start"):
        list(run(troubles.Unpicklable(), [1, 2], jobs=1))


def test_a_crew_keeps_its_processes_for_other_work() -> None:
    with Crew(2) as crew:
        assert not crew.waits
        first = {answer for _, answer in crew.run(troubles.process, range(10))}
        assert crew.waits
        assert [answer for _, answer in crew.run(troubles.double, [1])] == [2]
        assert {answer for _, answer in crew.run(troubles.process, range(10))} <= first
    assert not crew.waits


def test_a_crew_gives_nothing_to_a_process_that_died_while_it_waited(lifeline: Lifeline) -> None:
    with Crew(1) as crew:
        assert list(crew.run(troubles.trouble, [f"finish {lifeline.path}"]))
        assert lifeline.is_let_go()
        assert list(crew.run(troubles.trouble, ["a", "b"])) == [("a", "a done"), ("b", "b done")]


def test_each_work_of_a_crew_has_its_own_time() -> None:
    with Crew(1) as crew:
        ((_, hung),) = crew.run(troubles.trouble, ["hang"], 0.5)
        assert isinstance(hung, Lost)
        assert list(crew.run(troubles.trouble, ["a"])) == [("a", "a done")]


def test_a_worker_is_replaced_after_so_many_tasks() -> None:
    with Crew(1, Limits(tasks=3)) as crew:
        found = [answer for _, answer in crew.run(troubles.process, range(8))]
        found += [answer for _, answer in crew.run(troubles.process, range(2))]
    assert [found.count(process) for process in dict.fromkeys(found)] == [3, 3, 3, 1]
