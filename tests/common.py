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


def written_strategies(folder: Path, count: int) -> Path:
    """The new `folder` with so many little strategies in it, no two alike."""
    folder.mkdir()
    for n in range(count):
        text = f"KUNTA {n}\n\nKunta {n} parantaa digipalveluja joka vuosi. Kunta hoitaa tiet.\n" * (n + 1)
        (folder / f"kunta-{n}.txt").write_text(text, encoding="utf-8")
    return folder


def outputs(out: Path) -> dict[str, bytes]:
    """The bytes of every output of a run, but for what tells when and how it was made."""
    own = {"run.json", ".analyser.lock"}
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name not in own}
