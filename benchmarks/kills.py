"""Runs ended by kill -9 at random moments: each must go on to the very outputs of a run that was left in peace.

    python benchmarks/kills.py [COUNT] [SEED] [FOLDER]

In each round an empty cache and output folder, one to four runs killed somewhere on their way, then a run that may end.
Half of the moments are drawn from the whole run, half from the time after its first document is done, as loading the
models is most of a small run. Compares every output but run.json byte for byte, and exits with 1 if one differs. FOLDER
is a sample of the bundled corpus unless given. POSIX only.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOADING = 5.0
"""Seconds before the first document is done, about."""
OWN = {"run.json", ".analyser.lock"}


def start(folder: Path, out: Path, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "analyser", "run", str(folder), "--out", str(out), "--jobs", "2"]
    environment = {**os.environ, "ANALYSER_CACHE": str(cache)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sample(folder: Path) -> Path:
    """Twelve texts and two PDFs, whose pages the report has pictures of."""
    folder.mkdir()
    corpora = ROOT / "corpora"
    for path in [*sorted((corpora / "text").glob("*.txt"))[:12], *sorted((corpora / "demo").glob("*.pdf"))[:2]]:
        shutil.copy(path, folder)
    return folder


def kill(process: subprocess.Popen[bytes], cache: Path, chance: random.Random, seconds: float) -> bool:
    """Kill the run at a random moment; whether it was still at it."""
    if chance.random() < 0.5:
        while process.poll() is None and not any(cache.glob("results/*/*")):
            time.sleep(0.02)
        seconds = max(seconds - LOADING, 1.0)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, seconds))
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def outputs(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name not in OWN}


def differing(a: dict[str, bytes], b: dict[str, bytes]) -> list[str]:
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    wrong = rounds = kept = killed = halves = 0
    with tempfile.TemporaryDirectory() as temporary:
        whole, broken, cache = (Path(temporary) / name for name in ("whole", "broken", "cache"))
        folder = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else sample(Path(temporary) / "sample")
        begun = time.perf_counter()
        start(folder, whole, cache).wait()
        seconds = time.perf_counter() - begun
        expected = outputs(whole)
        print(f"A run left in peace takes {seconds:.0f} s and writes {len(expected)} files.", flush=True)
        while killed < count:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.rmtree(broken, ignore_errors=True)
            for _ in range(chance.randint(1, 4)):
                killed += kill(start(folder, broken, cache), cache, chance, seconds)
            halves += any(broken.rglob("*.part"))
            start(folder, broken, cache).wait()
            different = differing(expected, outputs(broken))
            rounds, wrong = rounds + 1, wrong + bool(different)
            kept += json.loads((broken / "run.json").read_bytes())["documents"]["from_cache"]
            said = f"{len(different)} outputs differ: {', '.join(different)}" if different else "the same outputs"
            print(f"{killed} kills: {said}", flush=True)
    print(
        f"{killed} kills in {rounds} rounds: {wrong} rounds with other outputs, {kept} documents not done again, "
        f"{halves} rounds with a file half written"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
