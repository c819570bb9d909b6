"""Results and the lines of results.jsonl: a finished document to a `Result`, a `Result` to its line, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, overload

from analyser.document import BBox, Document, InputError, Mention, Result
from analyser.files import write_bytes

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = 1
"""Version of the line format; it grows only when a reader of the old one would misread the new."""


def of(document: Document) -> Result:
    """What a run keeps of an analysed document.

    Raises ValueError if the document has no verdict yet.
    """
    verdict = document.verdict
    if verdict is None:
        raise ValueError(f"{document.file} has not been through detect/ and has no verdict")
    return Result(
        file=document.file,
        sha256=document.sha256,
        organisation=document.organisation,
        status=document.status,
        error=document.error,
        warnings=document.warnings,
        language=document.language,
        pages=len(document.pages),
        words=document.words,
        label=verdict.label,
        standing=verdict.standing,
        probability=round(verdict.probability, 4),
        needs_review=verdict.needs_review,
        reasons=verdict.reasons,
        mentions=tuple(_rounded(mention) for mention in document.mentions),
        excluded=document.excluded,
        priorities=document.priorities,
        named_by=document.named_by,
    )


def failed(file: str, sha256: str, error: str) -> Result:
    """The result of a document that could not be analysed; `error` says why in one sentence."""
    return Result(
        file=file,
        sha256=sha256,
        organisation="",
        status="failed",
        error=error,
        warnings=(),
        language="",
        pages=0,
        words=0,
        label="none",
        standing="none",
        probability=0.0,
        needs_review=True,
        reasons=(),
    )


def outline(result: Result) -> Result:
    """The result without what is long: its mentions, exclusions, priorities and reasons."""
    return replace(result, mentions=(), excluded=(), priorities=(), reasons=())


def to_line(result: Result) -> str:
    """The result as one line of JSON, without the line end."""
    return json.dumps({"schema": SCHEMA, **_adapter().dump_python(result, mode="json")}, ensure_ascii=False)


def from_line(line: str | bytes) -> Result:
    """The result that a line holds.

    Raises ValueError if the line is not JSON, is of another schema, or lacks or misspells a field.
    """
    record = json.loads(line)
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise ValueError(f"not a line of schema {SCHEMA}")
    return _adapter().validate_python({key: value for key, value in record.items() if key != "schema"})


def write(path: Path, results: Iterable[Result | str]) -> None:
    """Write results.jsonl from results or their lines, all or nothing, in the order given."""
    write_bytes(path, (f"{to_line(one) if isinstance(one, Result) else one}\n".encode() for one in results))


class ResultFile(Sequence[Result]):
    """The results in a results.jsonl, each read from disk when it is asked for, so that memory does not grow with them.

    Raises InputError, naming the line, if the file cannot be read or a line does not hold a result.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._offsets: list[int] = []
        try:
            with path.open("rb") as file:
                offset = 0
                for line in file:
                    if line.strip():
                        self._offsets.append(offset)
                    offset += len(line)
        except OSError as error:
            raise InputError(f"{path}: the results cannot be read ({error.strerror}); check the path.") from error

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        with self.path.open("rb") as file:
            file.seek(self._offsets[index])
            return self._parse(file.readline(), index)

    def __iter__(self) -> Iterator[Result]:
        with self.path.open("rb") as file:
            for index, line in enumerate(line for line in file if line.strip()):
                yield self._parse(line, index)

    def _parse(self, line: bytes, index: int) -> Result:
        try:
            return from_line(line)
        except ValueError as error:
            raise InputError(
                f"{self.path}: result {index + 1} is not as `analyser run` writes it; run the analysis again."
            ) from error


def _rounded(mention: Mention) -> Mention:
    """Drop the digits that say nothing: hundredths of a point and of a per cent are enough for a reader."""
    box: BBox | None = None
    if mention.bbox is not None:
        x0, top, x1, bottom = mention.bbox
        box = (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
    return replace(mention, bbox=box, probability=round(mention.probability, 4))


@cache
def _adapter() -> TypeAdapter[Result]:
    from pydantic import TypeAdapter

    return TypeAdapter(Result)
