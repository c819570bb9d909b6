"""What fuzzing once found is read or refused with a sentence now."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from analyser import extract
from analyser.document import InputError
from analyser.maturity import scores

HERE = Path(__file__).parent
READERS = {"extract": extract.read, "scores": scores.read}
FOUND = [path for target in READERS for path in sorted((HERE / target).glob("*"))]


@pytest.mark.parametrize("path", FOUND, ids=[f"{path.parent.name}/{path.name}" for path in FOUND])
def test_a_finding_is_read_or_refused_with_a_sentence(path: Path) -> None:
    with contextlib.suppress(InputError):
        READERS[path.parent.name](path)
