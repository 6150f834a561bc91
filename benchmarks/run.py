"""Measure the performance of termcheck against its budgets and print the table; `make bench` runs it.

    python benchmarks/run.py                     all budgets, in some minutes
    python benchmarks/run.py start briefing      some of them
    python benchmarks/run.py --size full         a corpus of a million pairs
    python benchmarks/run.py --size quick        whether it works at all, in seconds

Ratios are comparable between machines, but seconds are not. Nothing is asserted: people judge whether a
budget is met, on a machine that is quiet enough.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from budgets import Bench, Budget, read_table
from made import Made
from report import Result, as_json, markdown, write_samples
from runner import FailedError, Runner

CACHE = Path(__file__).resolve().parents[1] / ".benchmark_cache"


def main() -> int:
    """Measure the requested budgets."""
    budgets, sizes = read_table()
    chosen = _arguments([one.name for one in budgets], list(sizes))
    profile = sizes[chosen.size]
    directory = chosen.directory.resolve()
    caches = directory / "compiled"
    caches.mkdir(parents=True, exist_ok=True, mode=0o700)
    lengths = profile["lengths"]
    numbers = {**profile, "longest": lengths[-1]}
    # The user's own cache is not touched.
    runner = Runner.of(caches)
    bench = Bench(Made(directory, numbers), lengths, runner)
    wanted = [one for one in budgets if not chosen.names or one.name in chosen.names]
    rounds = chosen.rounds or (1 if chosen.size == "quick" else 0)
    results = [_measured(budget, bench, rounds or budget.rounds) for budget in wanted]
    print("\n".join(markdown(results, chosen.size, numbers)))
    if chosen.json:
        chosen.json.write_text(as_json(results, chosen.size), encoding="utf-8")
    if chosen.samples:
        write_samples(results, chosen.samples)
    return 0 if all(one.rounds for one in results) else 2


def _arguments(names: Sequence[str], sizes: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what termcheck costs against its budgets.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(names)}")
    parser.add_argument("--size", choices=sizes, default="default", help="size of the texts (%(default)s)")
    parser.add_argument(
        "--rounds", type=int, help="measure each so many times; 1: without filling caches before"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON too")
    parser.add_argument(
        "--samples", type=Path, metavar="FILE", help="write the seconds as a pyperf suite too"
    )
    parser.add_argument(
        "--directory", type=Path, default=CACHE, help="where the texts are kept (.benchmark_cache)"
    )
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in names:
            parser.error(f"there is no budget {name}; there are {', '.join(names)}")
    return chosen


def _measured(budget: Budget, bench: Bench, rounds: int) -> Result:
    print(f"{budget.name} …", file=sys.stderr)
    try:
        return Result(budget, tuple(bench.rounds(budget, rounds)))
    except FailedError as error:
        print(f"error: {error}", file=sys.stderr)
        return Result(budget)


if __name__ == "__main__":
    sys.exit(main())
