"""A run over URLs comes to what a run over files does, and every trouble with one is told in a sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from click.testing import CliRunner
from common import Typeset
from fsspec.implementations.memory import MemoryFileSystem

from analyser import pipeline, remote, results
from analyser.analysis import Options
from analyser.cli import main
from analyser.document import InputError
from analyser.inputs import find
from analyser.remote import Url, place

IN, OUT = Url("memory://in"), Url("memory://out/report")
TEXT = "KUNTA\n\nKunta parantaa digipalveluja joka vuosi. Kunta hoitaa tiet.\n"


@pytest.fixture(autouse=True)
def store() -> Iterator[MemoryFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def strategies(store: MemoryFileSystem) -> None:
    for n in range(4):
        store.pipe_file(f"/in/a/kunta-{n}.txt", f"{TEXT}Kunta {n}.\n".encode())
    for name in ("readme.md", ".hidden.txt", ".git/x.txt", "~$lock.docx"):
        store.pipe_file(f"/in/{name}", b"no strategy")


def run(*given: Path | Url, out: Path | Url = OUT, cache: Path | None = None, images: bool = False) -> pipeline.Summary:
    return pipeline.run(list(given), out, Options(jobs=1, cache=cache), images=images)


def local(folder: Path) -> dict[str, bytes]:
    names = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: p.read_bytes() for name, p in names.items() if name not in {"run.json", ".analyser.lock"}}


def published(store: MemoryFileSystem) -> dict[str, bytes]:
    names = [path.removeprefix("/out/report/") for path in store.find("/out/report")]
    own = {"run.json", ".analyser.files"}
    return {name: store.cat_file(f"/out/report/{name}") for name in names if name not in own}


@pytest.mark.parametrize(
    ("text", "is_url"),
    [
        ("s3://bucket/a", True),
        ("simplecache::s3://bucket/a", True),
        ("strategies", False),
        ("C:\\strategies", False),
        ("a:b", False),
        ("https//x", False),
    ],
)
def test_what_is_a_url(text: str, is_url: bool) -> None:
    assert place(text) == (Url(text) if is_url else Path(text))


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "ä b").mkdir()
    assert place((tmp_path / "ä b").as_uri()) == tmp_path / "ä b"


def test_a_password_in_an_address_is_not_shown() -> None:
    assert str(Url("ftp://me:secret@host/a@b")) == "ftp://host/a@b"


@pytest.mark.usefixtures("strategies")
def test_a_run_over_urls_comes_to_the_outputs_of_one_over_files(tmp_path: Path, store: MemoryFileSystem) -> None:
    store.get("/in/a", str(tmp_path / "in" / "a"), recursive=True)
    run(tmp_path / "in", out=tmp_path / "out")
    summary = run(IN, cache=tmp_path / "cache")
    assert summary.statuses == {"ok": 4}
    assert published(store) == local(tmp_path / "out")
    assert json.loads(store.cat_file("/out/report/run.json"))["options"]["inputs"] == ["memory://in"]
    assert run(IN, cache=tmp_path / "cache").cached == 4
    assert not [path for path in store.find("/out") if path.endswith(".lock")]


def test_pages_have_pictures_and_no_dead_links(typeset: Typeset, tmp_path: Path, store: MemoryFileSystem) -> None:
    path = typeset("kunta.pdf", "= Kunnan strategia\nKunta parantaa digipalveluja joka vuosi.")
    store.put_file(str(path), "/in/kunta.pdf")
    run(IN, images=True)
    page = next(text.decode() for name, text in published(store).items() if name.startswith("organisations/kun"))
    assert ".webp" in page
    assert '.pdf"' not in page
    assert [name for name in published(store) if name.endswith(".webp")]


@pytest.mark.usefixtures("strategies")
def test_a_file_named_outright_and_files_of_this_machine_are_one_run(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(TEXT)
    run(tmp_path / "own.txt", Url("memory://in/a/kunta-1.txt"), out=tmp_path / "out")
    found = results.ResultFile(tmp_path / "out" / "results.jsonl")
    assert [(result.file, result.status) for result in found] == [("kunta-1.txt", "ok"), ("own.txt", "ok")]


def test_equal_names_are_told_apart(store: MemoryFileSystem, tmp_path: Path) -> None:
    for name in ("2021/kunta.txt", "2025/kunta.txt"):
        store.pipe_file(f"/in/{name}", b"x")
    found = find([Url("memory://in/2021"), Url("memory://in/2025"), Url("memory://in/2025/kunta.txt")], spool=tmp_path)
    assert [source.file for source in found] == ["2021/kunta.txt", "2025/kunta.txt"]
    assert len({source.path for source in found}) == 2


@pytest.mark.usefixtures("strategies")
def test_a_document_that_cannot_be_fetched_fails_alone(
    monkeypatch: pytest.MonkeyPatch, store: MemoryFileSystem
) -> None:
    get = MemoryFileSystem.get_file

    def fail(self: MemoryFileSystem, path: str, *more: Any, **options: Any) -> None:
        if path.endswith("kunta-2.txt"):
            raise ConnectionError("the line\nwent dead.")
        get(self, path, *more, **options)

    monkeypatch.setattr(MemoryFileSystem, "get_file", fail)
    summary = run(IN)
    assert summary.statuses == {"ok": 3, "failed": 1}
    assert summary.errors == [
        "a/kunta-2.txt: could not be fetched (the line went dead); check the address and your access."
    ]


@pytest.mark.usefixtures("strategies")
def test_what_an_earlier_run_published_and_this_one_did_not_make_is_removed(store: MemoryFileSystem) -> None:
    run(IN)
    store.pipe_file("/out/report/organisations/notes.html", b"the analyst's own")
    store.rm_file("/in/a/kunta-3.txt")
    before = published(store)
    run(IN)
    gone = before.keys() - published(store).keys()
    assert len(gone) == 1 and next(iter(gone)).startswith("organisations/")
    assert "organisations/notes.html" in published(store)


@pytest.mark.usefixtures("strategies")
def test_publishing_that_breaks_off_leaves_no_results_and_is_made_good(
    monkeypatch: pytest.MonkeyPatch, store: MemoryFileSystem
) -> None:
    run(IN)
    whole = published(store)
    with monkeypatch.context() as patch:

        def fail(*more: Any, **options: Any) -> None:
            raise OSError("the line went dead")

        patch.setattr(MemoryFileSystem, "put", fail)
        with pytest.raises(InputError, match=r"memory://out/report: cannot be written to \(the line went dead\)"):
            run(IN)
    assert "results.jsonl" not in published(store)
    run(IN)
    assert published(store) == whole


@pytest.mark.usefixtures("strategies")
def test_a_second_run_is_refused_until_the_first_ends_or_shows_no_sign_of_life(store: MemoryFileSystem) -> None:
    with remote.published(OUT), pytest.raises(InputError, match=r"another run \(.+\) is writing to this folder"):
        run(IN)
    store.pipe_file("/out/report/.analyser.lock", json.dumps({"by": "gone", "at": time.time() - 301}).encode())
    assert run(IN).statuses == {"ok": 4}


@pytest.mark.usefixtures("strategies")
def test_a_run_that_fails_publishes_nothing(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.results, "write", lambda *arguments: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        run(IN)
    assert store.find("/out") == []


@pytest.mark.usefixtures("strategies")
def test_a_mapping_that_is_worked_on_stays(store: MemoryFileSystem) -> None:
    with remote.published(OUT) as folder:
        (folder / "mapping.csv").write_text("the analyst's decisions")
    with remote.published(OUT) as folder:
        assert (folder / "mapping.csv").read_text() == "the analyst's decisions"


class Forbidden(MemoryFileSystem):
    protocol = "forbidden"

    def _refuse(self, *more: Any, **options: Any) -> Any:
        raise RuntimeError("The specified bucket does not exist.")

    find = pipe_file = _refuse


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nowhere://x", "this kind of address is not known (Protocol not known: nowhere); check the address."),
        ("lacking://x", "this kind of address needs a library more (Install lackfs)."),
        ("memory://empty", "there is no such file or folder, or it is empty; check the address."),
        ("forbidden://x", "cannot be read (The specified bucket does not exist); check the address and your access."),
    ],
)
def test_an_address_that_cannot_be_read_is_one_sentence(url: str, says: str, tmp_path: Path) -> None:
    fsspec.register_implementation("forbidden", Forbidden, clobber=True)
    fsspec.register_implementation("lacking", "lackfs.System", clobber=True, errtxt="Install lackfs")
    outcome = CliRunner().invoke(main, ["run", url, "--out", str(tmp_path / "out")])
    assert (outcome.exit_code, outcome.stderr) == (2, f"Error: {url}: {says}\n")


def test_an_address_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    fsspec.register_implementation("forbidden", Forbidden, clobber=True)
    (tmp_path / "kunta.txt").write_text(TEXT)
    for url, says in (("forbidden://x", "cannot be written to"), ("nowhere://x", "this kind of address is not known")):
        outcome = CliRunner().invoke(main, ["run", str(tmp_path / "kunta.txt"), "--out", url])
        assert outcome.exit_code == 2
        assert outcome.stderr.startswith(f"Error: {url}: {says}")
        assert outcome.stderr.count("\n") == 1
