"""A line of results.jsonl is as the contract says, and says the same when it is read back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import results
from analyser.document import Block, Document, Exclusion, InputError, Mention, Page, Priority, Result, Term, Verdict

TERM = Term("digipalvelut", "digi|palvelu", "services", 0, 12)
BOX = (1.23456, 2, 3, 4)
MENTION = Mention(1, ("Painopisteet",), "Digipalvelut paranevat.", (TERM,), "goal", 0.87654321, "rule", BOX)
DOCUMENT = Document(
    file="kunta.pdf",
    sha256="ab" * 32,
    organisation="Hopeajärven kaupunki",
    status="partial",
    warnings=("Page 2 cannot be read.",),
    pages=(Page(1, 595.0, 842.0), Page(2, 595.0, 842.0)),
    blocks=(Block("paragraph", "Digipalvelut paranevat.", 1, None), Block("furniture", "12", 1, None)),
    language="fi",
    mentions=(MENTION,),
    excluded=(Exclusion(1, "Digipolis kasvaa.", "Digipolis", "name"),),
    priorities=(Priority("Elinvoima", 1, "heading"),),
    verdict=Verdict("mention", "goal", 0.912345, False, ("It is a goal.",)),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MENTIONS = st.builds(
    Mention,
    page=st.integers(1, 500),
    section=st.lists(TEXT, max_size=2).map(tuple),
    text=TEXT,
    terms=st.lists(st.builds(Term, TEXT, TEXT, TEXT, st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
    role=st.sampled_from(["priority", "goal", "context", "limited"]),
    probability=st.floats(0, 1),
    rule=TEXT,
    bbox=st.none() | st.tuples(*[st.floats(-1e6, 1e6)] * 4),
)
RESULTS = st.builds(
    Result,
    file=TEXT,
    sha256=TEXT,
    organisation=TEXT,
    status=st.sampled_from(["ok", "partial", "failed"]),
    error=st.none() | TEXT,
    warnings=st.lists(TEXT, max_size=2).map(tuple),
    language=TEXT,
    pages=st.integers(0, 500),
    words=st.integers(0, 10**6),
    label=st.sampled_from(["none", "mention", "priority"]),
    standing=st.sampled_from(["none", "context", "goal", "priority"]),
    probability=st.floats(0, 1),
    needs_review=st.booleans(),
    reasons=st.lists(TEXT, max_size=2).map(tuple),
    mentions=st.lists(MENTIONS, max_size=2).map(tuple),
    excluded=st.lists(st.builds(Exclusion, st.integers(1, 9), TEXT, TEXT, TEXT), max_size=2).map(tuple),
    priorities=st.lists(st.builds(Priority, TEXT, st.integers(1, 9), TEXT, st.booleans()), max_size=2).map(tuple),
)


def test_a_line_has_the_fields_of_the_contract_in_their_order() -> None:
    record = json.loads(results.to_line(results.of(DOCUMENT)))
    assert " ".join(record) == (
        "schema file sha256 organisation status error warnings language pages words label standing probability "
        "needs_review reasons mentions excluded priorities named_by"
    )
    assert record["schema"] == 1
    assert (record["pages"], record["words"], record["probability"]) == (2, 2, 0.9123)
    assert record["mentions"] == [
        {
            "page": 1,
            "section": ["Painopisteet"],
            "text": "Digipalvelut paranevat.",
            "terms": [
                {"text": "digipalvelut", "lemma": "digi|palvelu", "concept": "services", "start": 0, "end": 12},
            ],
            "role": "goal",
            "probability": 0.8765,
            "rule": "rule",
            "bbox": [1.23, 2, 3, 4],
            "language": "",
        }
    ]
    assert record["excluded"] == [{"page": 1, "text": "Digipolis kasvaa.", "term": "Digipolis", "reason": "name"}]


@given(RESULTS)
def test_any_result_survives_its_line(result: Result) -> None:
    line = results.to_line(result)
    assert "\n" not in line
    assert results.from_line(line) == result


def test_a_document_without_a_verdict_has_no_result() -> None:
    with pytest.raises(ValueError, match="no verdict"):
        results.of(replace(DOCUMENT, verdict=None))


def test_results_are_read_one_by_one_and_by_index(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    written = [replace(results.of(DOCUMENT), file=f"{n}-ä.pdf") for n in range(5)]
    results.write(path, written)
    read = results.ResultFile(path)
    assert list(read) == written
    assert (len(read), read[-1], read[1:3]) == (5, written[-1], written[1:3])


@pytest.mark.parametrize("line", ["", "{", "[]", '{"schema": 2}', '{"schema": 1, "file": "a.pdf"}'])
def test_a_line_that_is_no_result_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        results.from_line(line)


def test_a_bad_results_file_names_itself_and_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text("{}\n")
    with pytest.raises(InputError, match=r"results\.jsonl: result 1 .* run the analysis again"):
        list(results.ResultFile(path))
    with pytest.raises(InputError, match=r"none\.jsonl: .* check the path"):
        results.ResultFile(tmp_path / "none.jsonl")
