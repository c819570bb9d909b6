"""Trained models on disk, in skops' format: data alone, no code that loading would run."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile

from ..document import InputError


def save(model: Any, path: Path) -> None:
    """Write a model made of scikit-learn's estimators to `path`."""
    from skops.io import dump

    dump(model, path, compression=ZIP_DEFLATED, compresslevel=9)


def load(path: Path) -> Any:
    """The model in `path`. Raises InputError if it is missing or holds types that scikit-learn has not."""
    from skops.io import load
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        return load(path)
    except UntrustedTypesFoundException as error:
        raise InputError(f"{path}: holds types that a classifier does not need ({error}).") from error
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{path}: the classifier cannot be read ({error}); run `analyser train`.") from error
