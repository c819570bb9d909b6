"""Names that several test modules share."""

from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
Typeset = Callable[[str, str], Path]
