"""File names for organisations' pages, safe on every file system whatever an organisation is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LENGTH = 60
# Names that Windows keeps for devices, with any extension.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def slug(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and single hyphens, at most 60 long, never empty or reserved."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LENGTH].strip("-") or "organisation"
    return f"{short}-page" if short in RESERVED else short


def slugs(names: Sequence[str]) -> list[str]:
    """A slug for each name, in order, no two alike; a repeated one gets a number (`kunta`, `kunta-2`)."""
    taken: set[str] = set()
    result = []
    for name in names:
        base, number = slug(name), 1
        candidate = base
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        taken.add(candidate)
        result.append(candidate)
    return result
