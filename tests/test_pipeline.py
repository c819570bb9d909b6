"""A run keeps what it has finished, and comes to the same outputs whatever happened on the way."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from common import ROOT, Typeset, outputs, written_strategies
from PIL import Image

from analyser import pipeline, results
from analyser.analysis import Analysis, Options
from analyser.cache import Cache
from analyser.document import InputError
from analyser.inputs import Source


@pytest.fixture
def strategies(tmp_path: Path) -> Path:
    return written_strategies(tmp_path / "strategies", 8)


def run(strategies: Path, out: Path, cache: Path | None, *, jobs: int = 2, timeout: float = 120.0) -> pipeline.Summary:
    return pipeline.run([strategies], out, Options(jobs=jobs, timeout=timeout, cache=cache), images=False)


def die_after(documents: int, strategies: Path, out: Path, cache: Path) -> None:
    def die(part: str, done: int, of: int, name: str) -> None:
        if done == documents:
            os.kill(os.getpid(), signal.SIGKILL)

    pipeline.run([strategies], out, Options(jobs=2, cache=cache), images=False, progress=die)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_run_goes_on_where_it_was_to_the_same_outputs(strategies: Path, tmp_path: Path) -> None:
    whole, broken, cache = tmp_path / "whole", tmp_path / "broken", tmp_path / "cache"
    run(strategies, whole, None)
    for documents in (1, 5):
        process = multiprocessing.get_context("spawn").Process(
            target=die_after, args=(documents, strategies, broken, cache)
        )
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert not (broken / "results.jsonl").exists()
    summary = run(strategies, broken, cache)
    assert summary.cached >= 5
    assert outputs(broken) == outputs(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_stops_a_run_and_the_next_one_comes_to_the_same_outputs(strategies: Path, tmp_path: Path) -> None:
    import resource

    whole, broken, cache = tmp_path / "whole", tmp_path / "broken", tmp_path / "cache"
    run(strategies, whole, cache)
    largest = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in (1_000, 10_000, 30_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, largest[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                run(strategies, broken, cache)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, largest)
        assert not list(broken.rglob("*.part"))
    run(strategies, broken, cache)
    assert outputs(broken) == outputs(whole)


def test_outputs_do_not_depend_on_the_number_of_workers_or_on_the_cache(strategies: Path, tmp_path: Path) -> None:
    first = run(strategies, tmp_path / "first", tmp_path / "cache", jobs=1)
    second = run(strategies, tmp_path / "second", tmp_path / "cache", jobs=3)
    run(strategies, tmp_path / "third", None, jobs=3)
    assert (first.cached, second.cached) == (0, 8)
    assert outputs(tmp_path / "first") == outputs(tmp_path / "second") == outputs(tmp_path / "third")


def test_a_changed_document_is_done_anew_and_the_others_are_not(strategies: Path, tmp_path: Path) -> None:
    run(strategies, tmp_path / "out", tmp_path / "cache")
    (strategies / "kunta-3.txt").write_text("Kunta hoitaa tiet.")
    summary = run(strategies, tmp_path / "out", tmp_path / "cache")
    assert summary.cached == 7
    labels = {result.file: result.label for result in results.ResultFile(tmp_path / "out" / "results.jsonl")}
    assert (labels["kunta-2.txt"], labels["kunta-3.txt"]) == ("mention", "none")


def test_what_was_read_in_part_is_read_again(
    typeset: Typeset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (900, 1200), "grey").save(tmp_path / "scan.png")
    path = typeset("a.pdf", '#image("scan.png", width: 100%)\n#pagebreak()\nKunta parantaa digipalveluja joka vuosi.')
    analysis = Analysis(Options(cache=tmp_path / "cache"))
    monkeypatch.setattr("analyser.extract.ocr.available", lambda: None)
    for _ in range(2):
        finished = analysis.finish(Source("a.pdf", path))
        assert (finished.result.status, finished.result.label, finished.cached) == ("partial", "mention", False)


def test_another_language_redoes_detection_but_not_extraction(strategies: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(strategies, tmp_path / "out", cache)
    pipeline.run([strategies], tmp_path / "out", Options(language="fi", cache=cache), images=False)
    assert sum(path.is_file() for path in (cache / "documents").rglob("*")) == 8
    assert sum(path.is_file() for path in (cache / "results").rglob("*")) == 16


def test_a_changed_codebook_redoes_detection_but_not_extraction(strategies: Path, tmp_path: Path) -> None:
    bundled = (ROOT / "analyser" / "codebook" / "fi.toml").read_text(encoding="utf-8")
    changed = tmp_path / "mine.toml"
    # A beginning of a word, so that no lexicon has to be compiled anew.
    changed.write_text(f'{bundled}\n[[term]]\nconcept = "roads"\nmatch = ["tiet*"]\n', encoding="utf-8")
    cache = tmp_path / "cache"
    run(strategies, tmp_path / "out", cache)
    options = Options(codebook=changed, jobs=2, cache=cache)
    summary = pipeline.run([strategies], tmp_path / "out", options, images=False)
    assert summary.cached == 0
    assert sum(path.is_file() for path in (cache / "documents").rglob("*")) == 8
    assert sum(path.is_file() for path in (cache / "results").rglob("*")) == 16
    first = results.ResultFile(tmp_path / "out" / "results.jsonl")[0]
    assert {term.concept for mention in first.mentions for term in mention.terms} >= {"roads", "digitalisation"}


def test_a_damaged_cache_is_as_good_as_none(strategies: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(strategies, tmp_path / "out", cache)
    before = outputs(tmp_path / "out")
    for number, path in enumerate(p for p in cache.rglob("*") if p.is_file()):
        path.write_bytes(path.read_bytes()[: 20 * (number % 3)])
    summary = run(strategies, tmp_path / "out", cache)
    assert summary.cached == 0
    assert outputs(tmp_path / "out") == before
    assert run(strategies, tmp_path / "out", cache).cached == 8


def test_a_cache_that_cannot_be_written_to_is_done_without(strategies: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    summary = run(strategies, tmp_path / "out", tmp_path / "cache")
    assert (summary.statuses["ok"], summary.cached) == (8, 0)


def test_workers_find_the_models_loaded() -> None:
    code = """
import analyser.preload
from analyser.coder import coder, coders_for
from analyser.document import Document
from analyser.language.tagging import pipeline
loaded = coder.cache_info().misses, pipeline.cache_info().misses
assert loaded == (1, 1), loaded
coders_for(Document("a.txt", ""), "fi", None)[0].coded(Document("a.txt", ""))
assert (coder.cache_info().misses, pipeline.cache_info().misses) == loaded
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True)


def test_a_document_that_takes_too_long_fails_alone(strategies: Path, tmp_path: Path) -> None:
    (strategies / "endless.txt").write_text("Kunta parantaa digipalveluja. " * 400_000)
    summary = run(strategies, tmp_path / "out", None, timeout=1.0)
    assert summary.statuses == {"ok": 8, "failed": 1}
    (reason,) = summary.errors
    assert re.fullmatch(r"endless\.txt: could not be analysed: it took longer than 1 seconds; .*", reason)


def test_the_manifest_says_what_was_run_and_where_the_time_went(strategies: Path, tmp_path: Path) -> None:
    run(strategies, tmp_path / "out", None)
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["options"]["inputs"] == [str(strategies)]
    assert len(manifest["codebook"]["sha256"]) == 64
    assert manifest["program"]["libraries"]["spacy"].startswith("3.")
    seconds = manifest["seconds"]
    assert set(seconds["stages"]) == {"extract", "language", "detect"}
    assert seconds["all"] >= seconds["documents"] + seconds["cohort"] + seconds["report"] - 0.01


def test_progress_is_told_of_each_document(strategies: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int, str]] = []
    pipeline.run(
        [strategies], tmp_path / "out", Options(cache=None), images=False, progress=lambda *state: told.append(state)
    )
    numbers = range(1, 9)
    assert [state[:3] for state in told] == [(part, n, 8) for part in ("analysing", "reporting") for n in numbers]
    assert {name for part, *_, name in told if part == "analysing"} == {f"kunta-{n}.txt" for n in range(8)}


def test_many_files_of_one_organisation_do_not_all_name_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "strategies"
    folder.mkdir()
    for n in range(9):
        (folder / f"{n}.txt").write_text(f"HOPEAJÄRVEN KUNTA\n\nKunta hoitaa tiet. {max(n, 7)}\n", encoding="utf-8")
    run(folder, tmp_path / "out", None)
    found = list(results.ResultFile(tmp_path / "out" / "results.jsonl"))
    assert {result.organisation for result in found} == {"Hopeajärven kunta"}
    assert found[0].warnings == (
        "The same file as 1.txt, 2.txt, 3.txt, 4.txt, 5.txt and 2 more; leave one of them out.",
        "Hopeajärven kunta has another file as well: 8.txt; keep the one that is in force.",
    )
    assert (
        found[8]
        .warnings[0]
        .endswith("as well: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 3 more; keep the one that is in force.")
    )


def test_leftovers_of_a_killed_run_are_cleared(strategies: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "organisations").mkdir(parents=True)
    (out / "organisations" / ".page.html.123.part").write_text("half")
    run(strategies, out, None)
    assert not list(out.rglob("*.part"))


def test_an_unreadable_codebook_stops_the_run_before_any_work(strategies: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("language =")
    for path in (broken, tmp_path / "missing.toml"):
        with pytest.raises(InputError, match=re.escape(str(path))):
            pipeline.run([strategies], tmp_path / "out", Options(codebook=path, cache=None), images=False)
    assert not (tmp_path / "out").exists()


def test_cache_entries_come_back_as_they_were(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.get("results", "ab" * 32) is None
    cache.put("results", "ab" * 32, b"\x00line")
    assert cache.get("results", "ab" * 32) == b"\x00line"
    assert cache.size() == (1, 5)
    cache.clear()
    assert cache.size() == (0, 0)
