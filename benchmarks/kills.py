"""Runs ended by kill -9 at random moments: each must go on to the very outputs of a run that was left in peace.

    python benchmarks/kills.py [COUNT] [SEED] [FOLDER]

In each round an empty output folder, one to four runs killed somewhere on their way, then a run that may end. Loading
the models is most of a small run, so every fourth round begins with an empty cache, where half of the moments come
after the first document is done, and the others with a full one, where runs do nothing but write the outputs. Compares
every output but run.json byte for byte, and exits with 1 if one differs. FOLDER is a sample of the bundled corpus
unless given. POSIX only.
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


def peaceful(folder: Path, out: Path, cache: Path) -> float:
    """Seconds that a run takes which nobody kills."""
    begun = time.perf_counter()
    start(folder, out, cache).wait()
    return time.perf_counter() - begun


def wait_for_a_result(process: subprocess.Popen[bytes], cache: Path) -> None:
    while process.poll() is None and not any(cache.glob("results/*/*")):
        time.sleep(0.02)


def kill(process: subprocess.Popen[bytes], moment: float) -> bool:
    """Kill the run after so many seconds; whether it was still at it."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment)
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
        whole, broken, cache, full = (Path(temporary) / name for name in ("whole", "broken", "cache", "full"))
        folder = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else sample(Path(temporary) / "sample")
        seconds, again = peaceful(folder, whole, full), peaceful(folder, whole, full)
        expected = outputs(whole)
        print(
            f"A run left in peace takes {seconds:.0f} s, again {again:.0f}; it writes {len(expected)} files.",
            flush=True,
        )
        while killed < count:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.rmtree(broken, ignore_errors=True)
            if known := rounds % 4 > 0:
                shutil.copytree(full, cache)
            for _ in range(chance.randint(1, 4)):
                process = start(folder, broken, cache)
                if not known and chance.random() < 0.5:
                    wait_for_a_result(process, cache)
                killed += kill(process, chance.uniform(0, again if known else seconds))
            halves += any(broken.rglob("*.part"))
            if code := start(folder, broken, cache).wait():
                sys.exit(f"After {killed} kills a run that nobody killed ended with code {code}.")
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
