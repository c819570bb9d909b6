"""Names that several test modules share."""

import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
Typeset = Callable[[str, str], Path]


def overfill(archive: Path, member: str, size: int) -> None:
    """Add to a ZIP archive a member that takes little room packed and `size` bytes unpacked."""
    packed = zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED)
    with packed, packed.open(member, "w", force_zip64=True) as out:
        for _ in range(0, size, 2**20):
            out.write(b" " * 2**20)
