"""Memory and processor time of runs over more and more documents, and over the same with more workers.

    python benchmarks/growth.py [COUNT...]

For each COUNT (10, 100 and 1000 unless given) a run over so many documents, made from the bundled corpus so that no two
are alike: texts, and every tenth a PDF with pictures in the report. Then one over the least but one with one, two and
three workers. No cache. Memory is what the processes hold together at most, pages that they share counted once, and of
that the run's own process and the largest worker. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
MB = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """Seconds of the processor; the most memory in MB that all processes, the run's own and the largest worker held."""

    seconds: float
    together: float = 0.0
    own: float = 0.0
    worker: float = 0.0


def documents(folder: Path, count: int) -> Path:
    """So many documents, each with a heading of its own."""
    folder.mkdir()
    texts = sorted((ROOT / "corpora" / "text").glob("*.txt"))
    pdfs = sorted((ROOT / "corpora" / "demo").glob("*.pdf"))
    for n in range(count):
        if n % 10 == 9:
            (folder / f"strategia-{n:05}.pdf").write_bytes(pdfs[n % len(pdfs)].read_bytes() + b"\n%% %d\n" % n)
        else:
            text = texts[n % len(texts)].read_text(encoding="utf-8")
            (folder / f"strategia-{n:05}.txt").write_text(f"{text}\nLiite {n}.\n", encoding="utf-8")
    return folder


def family(process: int) -> Iterator[tuple[int, int, float]]:
    """The process and those under it, each with the steps between them and the seconds that it has used."""
    fields = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
    for number, found in fields.items():
        steps, ancestor = 0, number
        while ancestor in fields and ancestor != process:
            steps, ancestor = steps + 1, int(fields[ancestor][1])
        if ancestor == process:
            yield number, steps, (int(found[11]) + int(found[12])) / TICKS


def held(process: int) -> float:
    """Megabytes that a process holds, its share of what it shares with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")) / MB


def run(folder: Path, jobs: int) -> Cost:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "analyser", "run", str(folder), "--out", out, "--no-cache"]
        process = subprocess.Popen([*command, "--jobs", str(jobs)], cwd=ROOT, stdout=subprocess.DEVNULL)
        cost, used = Cost(0.0), dict[int, float]()
        while process.poll() is None:
            members = list(family(process.pid))
            used |= {number: seconds for number, _, seconds in members}
            found = [(held(number), steps) for number, steps, _ in members]
            cost.together = max(cost.together, sum(size for size, _ in found))
            cost.own = max([cost.own, *(size for size, steps in found if steps == 0)])
            cost.worker = max([cost.worker, *(size for size, steps in found if steps >= 2)])
            time.sleep(0.2)
        cost.seconds = sum(used.values())
        if process.returncode:
            sys.exit(f"The run over {folder} ended with code {process.returncode}.")
    return cost


def line(first: str, cost: Cost) -> str:
    return f"{first:>16} {cost.seconds:9.1f} {cost.together:14.0f} {cost.own:11.0f} {cost.worker:11.0f}"


def main() -> None:
    counts = sorted(int(argument) for argument in sys.argv[1:]) or [10, 100, 1000]
    jobs = len(os.sched_getaffinity(0))
    head = f"{'':>16} {'seconds':>9} {'MB together':>14} {'own':>11} {'a worker':>11}"
    with tempfile.TemporaryDirectory() as temporary:
        folders = {count: documents(Path(temporary) / str(count), count) for count in counts}
        print(head, flush=True)
        costs = {}
        for count, folder in folders.items():
            costs[count] = run(folder, jobs)
            print(line(f"{count} documents", costs[count]), flush=True)
        if len(counts) > 1:
            few, many = counts[0], counts[-1]
            print(
                f"From {few} to {many} documents: {costs[many].together - costs[few].together:+.0f} MB together, "
                f"{costs[many].own - costs[few].own:+.0f} MB own, {costs[many].worker - costs[few].worker:+.0f} MB a "
                f"worker; {(costs[many].seconds - costs[few].seconds) / (many - few):.3f} s a further document."
            )
        if len(counts) > 2:
            middle, last = counts[1], counts[-1]
            early = (costs[middle].seconds - costs[counts[0]].seconds) / (middle - counts[0])
            late = (costs[last].seconds - costs[middle].seconds) / (last - middle)
            print(f"A further document beyond {middle} costs {late / early:.2f} times what one before does.")
        chosen = folders[counts[min(1, len(counts) - 1)]]
        workers = [run(chosen, number) for number in (1, 2, 3)]
        for number, cost in enumerate(workers, 1):
            print(line(f"{number} workers", cost))
        print(f"A further worker: {(workers[2].together - workers[0].together) / 2:+.0f} MB.")


if __name__ == "__main__":
    main()
