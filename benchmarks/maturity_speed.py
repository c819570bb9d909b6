"""How long the statistics of 10,000 organisations with 10 dimensions take, and how much memory.

    python benchmarks/maturity_speed.py [ORGANISATIONS]

Prints seconds and the greatest memory in use (MB); the bar is 60 s and 1,000 MB.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from analyser.document import STANDINGS, Result
from analyser.maturity import cohort
from analyser.maturity.scores import ScoreRow, ScoreSheet

DIMENSIONS = 10


def main(count: int) -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(50, 10, (count, DIMENSIONS)).round(1)
    results = [
        Result(
            file=f"{n}.pdf", sha256=str(n), organisation=f"Paikka {n}", status="ok", error=None, warnings=(),
            language="fi", pages=10, words=300 + n % 5000, label=("none", "mention", "mention", "priority")[n % 4],
            standing=STANDINGS[n % 4], probability=0.9, needs_review=n % 9 == 0, reasons=(),
        )
        for n in range(count)
    ]  # fmt: skip
    rows = tuple(
        ScoreRow(
            n + 2, f"Paikka {n}", float(own.mean()), ("Kunta", "Virasto", "Alue")[n % 3], 1000.0 + n,
            dimensions=tuple(map(float, own)),
        )
        for n, own in enumerate(scores)
    )  # fmt: skip
    sheet = ScoreSheet("scores.csv", rows, tuple(f"dimension {n}" for n in range(DIMENSIONS)))
    started = time.perf_counter()
    cohort(results, sheet)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{count} organisations, {DIMENSIONS} dimensions: {seconds:.1f} s, {megabytes:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
