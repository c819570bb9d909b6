"""A run over damaged copies of PDFs: each must end as ok, partial or failed with a reason, in time, and stop nothing.

    python benchmarks/damaged_files.py FOLDER [COUNT] [SEED]

Prints how the documents ended, and exits with 1 if one was lost, made the program fail, or ended without a reason. Such
copies are kept in the folder `damaged` for a look. One whose pages all need OCR can be stopped at the time limit.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from damage import damaged  # noqa: E402

from analyser import pipeline, results  # noqa: E402
from analyser.analysis import Options  # noqa: E402

TIMEOUT = 60.0
FAULT = re.compile(r"could not be analysed: (?!it took longer)(.+)")


def main() -> int:
    originals = sorted(Path(sys.argv[1]).rglob("*.pdf"))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary) / "in", Path(temporary) / "out"
        folder.mkdir()
        for seed in range(first, first + count):
            original = originals[seed % len(originals)]
            (folder / f"{seed:06d}.pdf").write_bytes(damaged(original.read_bytes(), seed))
        waits: list[tuple[float, str]] = []
        last = time.perf_counter()

        def progress(part: str, done: int, of: int, name: str) -> None:
            nonlocal last
            if part == "analysing":
                waits.append((time.perf_counter() - last, name))
                last = time.perf_counter()

        pipeline.run([folder], out, Options(jobs=1, timeout=TIMEOUT, cache=None), images=False, progress=progress)
        found = list(results.ResultFile(out / "results.jsonl"))
        faults = [(r.file, match.group(1)) for r in found if (match := FAULT.search(r.error or ""))]
        silent = [r.file for r in found if r.status == "failed" and not re.fullmatch(r".+\.", r.error or "")]
        silent += [r.file for r in found if r.status == "partial" and not r.warnings]
        for file, _ in faults:
            kept = Path("damaged")
            kept.mkdir(exist_ok=True)
            shutil.copy(folder / file, kept)
    print(f"{len(found)} of {count} documents: {dict(Counter(r.status for r in found))}")
    reasons = Counter(re.sub(r"\S*\.pdf|\d+", "…", r.error or "") for r in found if r.status == "failed")
    for reason, times in reasons.most_common():
        print(f"{times:6}  {reason}")
    print("longest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in sorted(waits, reverse=True)[:5]))
    for file, reason in faults:
        print(f"fault: {file}: {reason}")
    for file in silent:
        print(f"no reason: {file}")
    return int(len(found) != count or bool(faults) or bool(silent))


if __name__ == "__main__":
    sys.exit(main())
