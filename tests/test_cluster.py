"""A Dask cluster of two worker processes does what the workers at home do, and losing one of them loses nothing."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
import troubles
from common import ROOT, outputs, written_strategies
from distributed import LocalCluster

from analyser import cluster, dispatch, pipeline, results
from analyser.analysis import Options
from analyser.cache import fingerprint
from analyser.document import InputError
from analyser.workers import Limits, Lost

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no such limit")


def made(**more: object) -> LocalCluster:
    return LocalCluster(threads_per_worker=1, dashboard_address=":0", silence_logs=50, **more)


@pytest.fixture(scope="module")
def machines() -> Iterator[LocalCluster]:
    with made(n_workers=2) as running:
        yield running


@pytest.fixture
def strategies(tmp_path: Path) -> Path:
    return written_strategies(tmp_path / "strategies", 12)


def test_every_task_is_answered_once(machines: LocalCluster) -> None:
    answers = list(cluster.run(troubles.double, range(40), scheduler=machines.scheduler_address))
    assert sorted(answers) == [(n, 2 * n) for n in range(40)]


def test_no_tasks_ask_for_no_cluster() -> None:
    assert list(cluster.run(troubles.double, [], scheduler="tcp://127.0.0.1:1")) == []


def test_tasks_are_read_only_as_machines_become_free(machines: LocalCluster) -> None:
    read = []

    def tasks() -> Iterator[int]:
        for n in range(30):
            read.append(n)
            yield n

    for answered, _ in enumerate(cluster.run(troubles.double, tasks(), scheduler=machines.scheduler_address), 1):
        assert len(read) <= answered + 2 * cluster.AHEAD
    assert len(read) == 30


@LINUX
def test_a_trouble_costs_its_own_task_alone(machines: LocalCluster) -> None:
    tasks = ["a", "raise", "kill", "b", "hog", "hang", "c"]
    limits = Limits(seconds=3)
    answers = dict(cluster.run(troubles.trouble, tasks, scheduler=machines.scheduler_address, limits=limits))
    told = {task: answer.reason if isinstance(answer, Lost) else answer for task, answer in answers.items()}
    assert told == {
        **{task: f"{task} done" for task in "abc"},
        "raise": "the program failed on it (ValueError: no good)",
        "kill": "the analysis process was ended by SIGKILL",
        "hog": "it needs more than 4 GB of memory",
        "hang": "it took longer than 3 seconds",
    }


@LINUX
def test_a_task_that_brings_its_machines_down_is_failed() -> None:
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), made(n_workers=1) as machines:
        answers = dict(cluster.run(troubles.trouble, ["fell", "a"], scheduler=machines.scheduler_address))
    lost = answers["fell"]
    assert isinstance(lost, Lost)
    assert lost.reason == "the machine of the cluster that it was given to was lost"


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_machine_lost_on_the_way_loses_nothing_and_doubles_nothing(
    machines: LocalCluster, strategies: Path, tmp_path: Path
) -> None:
    told: Counter[str] = Counter()
    victim = next(iter(machines.workers.values())).pid

    def lose(part: str, done: int, of: int, name: str) -> None:
        told[name] += part == "analysing"
        if part == "analysing" and done == 4:
            os.kill(victim, signal.SIGKILL)

    home, away, cache = tmp_path / "home", tmp_path / "away", tmp_path / "cache"
    pipeline.run([strategies], home, Options(jobs=2, cache=None), images=False)
    options = Options(jobs=1, cache=cache, scheduler=machines.scheduler_address)
    summary = pipeline.run([strategies], away, options, images=False, progress=lose)
    assert summary.statuses == {"ok": 12}
    assert {name: n for name, n in told.items() if n} == {path.name: 1 for path in strategies.iterdir()}
    assert outputs(away) == outputs(home)

    (strategies / "kunta-0.txt").write_text("Kunta hoitaa tiet.")
    (strategies / "kunta-5.txt").write_text("Kunta hoitaa tiet.")
    summary = pipeline.run([strategies], away, options, images=False)
    assert (summary.statuses, summary.cached) == ({"ok": 12}, 10)


def test_an_address_without_a_scheduler_is_named() -> None:
    for address in ("tcp://127.0.0.1:1", "nowhere://x", "tcp://127.0.0.1:port"):
        with pytest.raises(InputError, match=f"{address}: no Dask scheduler answers there"):
            list(cluster.run(troubles.double, [1], scheduler=address, patience=0.1))


def test_a_cluster_without_workers_is_said_to_have_none() -> None:
    with made(n_workers=0) as empty, pytest.raises(InputError, match="The cluster has no workers"):
        list(cluster.run(troubles.double, [1], scheduler=empty.scheduler_address, patience=0.1))


def test_a_cluster_with_another_version_is_refused(
    machines: LocalCluster, strategies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "fingerprint", lambda layer: "another")
    options = Options(cache=None, scheduler=machines.scheduler_address)
    sources = [dispatch.Source(path.name, path) for path in sorted(strategies.iterdir())]
    with pytest.raises(InputError, match="has another version of analyser"):
        list(dispatch.analyse_all(sources, options, dispatch.crew_for(options)))


def test_an_own_codebook_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSER_CACHE", str(tmp_path / "machine"))
    bundled = (ROOT / "analyser" / "codebook" / "fi.toml").read_text(encoding="utf-8")
    # A beginning of a word, so that no lexicon has to be compiled anew.
    changed = f'{bundled}\n[[term]]\nconcept = "roads"\nmatch = ["tiet*"]\n'
    away = dispatch.Away(Options(), fingerprint("detect"), (("codebook-1.toml", changed.encode()),))
    answer = away(dispatch.Parcel("a/kunta.txt", "kunta.txt", b"KUNTA\n\nKunta hoitaa tiet.\n"))
    assert not isinstance(answer, Lost)
    result = results.from_line(answer[0])
    assert (result.file, {term.concept for mention in result.mentions for term in mention.terms}) == (
        "a/kunta.txt",
        {"roads"},
    )
