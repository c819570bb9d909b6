"""Loading what a detector is made of besides the lexicon: the codebook, bundled or an analyst's, and the classifier."""

from __future__ import annotations

from pathlib import Path

from .classifier import Classifier
from .codebook import Codebook, read
from .weighing import Scale

CODEBOOKS = Path(__file__).parent.parent / "codebook"
CLASSIFIER = "mentions.skops"
SCALE = "verdicts.skops"


def codebook_for(language: str, own: Path | None = None) -> Codebook:
    """The analyst's `own` codebook where it is one in `language`, else the bundled one.

    Raises InputError if `own` cannot be read.
    """
    book = read(own) if own else None
    return book if book and book.language == language else read(CODEBOOKS / f"{language}.toml")


def classifier_in(models: Path) -> Classifier:
    """The trained classifier in the folder `models`. Raises InputError if it is missing or not a classifier."""
    return Classifier.load(models / CLASSIFIER)


def scale_in(models: Path) -> Scale:
    """The trained scale for verdicts in the folder `models`. Raises InputError if it is missing or none."""
    return Scale.load(models / SCALE)
