"""Damaged PDFs end as ok, partial or failed, each with its reason (benchmarks/damaged_files.py has thousands)."""

from __future__ import annotations

from pathlib import Path

from common import Typeset
from damage import damaged

from analyser import pipeline, results
from analyser.analysis import Options

MARKUP = """
= Kunnan strategia
Kunta parantaa digipalveluja joka vuosi. Kunta hoitaa tiet.
#table(columns: 2, [Tavoite], [Mittari], [Sähköinen asiointi], [Osuus])
- Osaava kunta
- Elävä kunta
"""


def test_damaged_copies_end_with_a_reason_and_stop_nothing(typeset: Typeset, tmp_path: Path) -> None:
    original = typeset("alku.pdf", MARKUP)
    data, folder = original.read_bytes(), original.parent
    for seed in range(60):
        (folder / f"{seed:02}.pdf").write_bytes(damaged(data, seed))
    pipeline.run([folder], tmp_path / "out", Options(jobs=2, timeout=60, cache=None), images=True)
    found = {result.file: result for result in results.ResultFile(tmp_path / "out" / "results.jsonl")}
    assert len(found) == 61
    assert (found["alku.pdf"].status, found["alku.pdf"].label) == ("ok", "mention")
    for file, result in found.items():
        if result.status == "failed":
            assert result.error and file in result.error and result.error.endswith(".")
            assert "the program failed" not in result.error
        elif result.status == "partial":
            assert result.warnings
