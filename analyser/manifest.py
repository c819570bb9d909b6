"""run.json: which program, codebook and options made these outputs, and where the time went."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser import __version__, resources
from analyser.analysis import Options, codebook_hash
from analyser.cache import LIBRARIES, library_version
from analyser.remote import Url

if TYPE_CHECKING:
    from analyser.correlation import Study


def of(
    documents: Mapping[str, int], given: Sequence[Path | Url], options: Options, asked: Study, images: bool
) -> dict[str, Any]:
    """What made a run's outputs: program, libraries, codebook, models, options, and how many `documents` there were."""
    return {
        "schema": 1,
        "program": {
            "version": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "libraries": {name: library_version(name) for name in LIBRARIES},
        },
        "codebook": {
            "file": str(options.codebook) if options.codebook else "bundled",
            "sha256": codebook_hash(options.codebook),
        },
        "models": {path.name: _sha256(path) for path in sorted(resources.folder("models").glob("*.skops"))},
        "options": {
            "inputs": [str(path) for path in given],
            **study(asked),
            "language": options.language,
            "report_language": options.report_language,
            "images": images,
            "jobs": options.jobs,
            "timeout": options.timeout,
            "cache": options.cache is not None,
        },
        "documents": dict(documents),
    }


def study(asked: Study) -> dict[str, Any]:
    """What was compared with what: the tables with their hashes, and how they were to be read."""
    tables = {"scores": asked.scores, "mapping": asked.mapping, "organisations": asked.organisations}
    return {
        **{name: {"file": str(path), "sha256": _sha256(path)} if path else None for name, path in tables.items()},
        "columns": dict(asked.columns),
        "year": asked.year,
        "reference": dict(asked.reference),
    }


def times(started: datetime, parts: Mapping[str, float], stages: Mapping[str, float]) -> dict[str, Any]:
    """When the run began and ended, its seconds by part, and the workers' seconds by stage, summed over workers."""
    ended = datetime.now(UTC)
    return {
        "started": started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": {
            "all": round((ended - started).total_seconds(), 3),
            **{part: round(value, 3) for part, value in parts.items()},
            "stages": {stage: round(value, 3) for stage, value in stages.items()},
        },
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
