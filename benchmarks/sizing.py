"""Measure how many pairs per second are checked, and print what corpora of millions of pairs cost.

    python benchmarks/sizing.py                            measure, in some minutes, and print
    python benchmarks/sizing.py --json FILE                keep what was measured as well
    python benchmarks/sizing.py --from FILE                print it again
    python benchmarks/sizing.py --size quick --no-spark    whether it works at all, in seconds

The output is part of docs/scaling.md. A rate excludes the first few pairs, because the cost of starting a
process and compiling the glossary is a figure of its own. All figures are medians of rounds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from made import Made
from report import machine, rounded, row
from runner import Command, FailedError, Runner

CACHE = Path(__file__).resolve().parents[1] / ".benchmark_cache"
SIZES: Mapping[str, Mapping[str, int]] = {
    "quick": {"pairs": 400, "few": 50, "terms": 60},
    "default": {"pairs": 100_000, "few": 100, "terms": 5_000},
    "full": {"pairs": 1_000_000, "few": 100, "terms": 5_000},
}
_PROCESSORS = (2, 16, 64, 256)
_CORPORA = {"1 million": 1e6, "100 million": 1e8, "1 billion": 1e9}
_HOUR = 3600
_GIGABYTE = 1e9
_TITLES = {
    "command-clean": "`termcheck check`, none accused",
    "command": "`termcheck check`, one pair in ten accused",
    "batches-clean": "`check_batches`, none accused",
    "batches": "`check_batches`, one pair in ten accused",
    "spark": "`check_dataframe`, one pair in ten accused",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one way of checking.

    `pairs`: pairs per processor second; `start`: processor seconds before the first pair; `memory`: peak
    memory in MB; `read` and `written`: bytes per pair.
    """

    pairs: float
    start: float = 0
    memory: float = 0
    read: float = 0
    written: float = 0


@dataclass(frozen=True, slots=True)
class Sizing:
    """All measurements; `two` has the share of two processors that each way of checking uses.

    `alone`: seconds per pair in the single process that reads and collects, whatever --jobs is.
    """

    machine: Mapping[str, object]
    sizes: Mapping[str, int]
    costs: Mapping[str, Cost]
    two: Mapping[str, float]
    alone: float

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the JSON of `as_json`."""
        told = json.loads(text)
        return cls(**{**told, "costs": {name: Cost(**cost) for name, cost in told["costs"].items()}})

    def as_json(self) -> str:
        """All measurements as JSON."""
        told = {name: getattr(self, name) for name in ("machine", "sizes", "two", "alone")}
        costs = {
            name: {key: getattr(cost, key) for key in Cost.__slots__} for name, cost in self.costs.items()
        }
        return json.dumps({**told, "costs": costs}, indent=1) + "\n"

    def hours(self, name: str, pairs: float, processors: int) -> float:
        """The wall-clock hours for a corpus; a command is never faster than its first process."""
        seconds = pairs / self.costs[name].pairs / processors / self.two[name]
        return max(seconds, pairs * self.alone if name == "command" else 0) / _HOUR


def main() -> int:
    """Measure or read the figures, and print them."""
    chosen = _arguments()
    if chosen.read:
        sizing = Sizing.from_json(chosen.read.read_text(encoding="utf-8"))
    else:
        try:
            sizing = _measured(chosen)
        except FailedError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
    if chosen.json:
        chosen.json.write_text(sizing.as_json(), encoding="utf-8")
    print("\n".join(markdown(sizing)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what corpora of millions of pairs cost.")
    parser.add_argument("--size", choices=SIZES, default="default", help="size of the texts (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="measure each so many times (%(default)s)")
    parser.add_argument("--no-spark", action="store_true", help="leave Spark out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured as JSON too")
    parser.add_argument(
        "--from", type=Path, metavar="FILE", dest="read", help="measure nothing, but read this"
    )
    parser.add_argument(
        "--directory", type=Path, default=CACHE, help="where the texts are kept (.benchmark_cache)"
    )
    return parser.parse_args()


class _Measurer:
    """Runs all ways of checking on files of one size, and collects the samples by name."""

    def __init__(self, directory: Path, sizes: Mapping[str, int]) -> None:
        self.made, self.sizes = Made(directory, sizes), sizes
        caches = directory / "compiled"
        caches.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.run = Runner.of(caches)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)
        self.peak: dict[str, list[float]] = defaultdict(list)
        self.here = Path(__file__).parent

    def file(self, kind: str, size: str) -> str:
        """The path of a text, which is generated if needed."""
        return self.made.fill(f"{{{kind}:{size}}}")

    def parquet(self, kind: str, size: str) -> str:
        """The directory of a corpus as Parquet files."""
        directory = self.file(kind, size).removesuffix(".jsonl")
        if not Path(directory).exists():
            self.run(Command(("python", f"{self.here}/rows.py", "parquet", f"{directory}.jsonl", directory)))
        return directory

    def findings(self, name: str) -> str:
        """The path for the findings of a run."""
        return str(self.made.directory / f"findings-{name}")

    def take(self, name: str, words: Sequence[str], *, own_clock: bool = False) -> None:
        """Run a command and add its sample."""
        print(f"{name} …", file=sys.stderr)
        sample = self.run(Command(tuple(words), own_clock=own_clock))
        self.seconds[name].append(sample.seconds)
        self.cpu[name].append(sample.cpu)
        self.peak[name].append(sample.peak)

    def cost(self, name: str, kind: str, *, parquet: bool) -> Cost:
        """The cost of a way of checking after all rounds."""
        pairs, few = self.sizes["pairs"], self.sizes["few"]
        start = statistics.median(self.cpu[f"{name} few"])
        # More than zero, so that it can be a divisor.
        taken = max(statistics.median(self.cpu[name]) - start, 1e-6)
        read = self.parquet(kind, "pairs") if parquet else self.file(kind, "pairs")
        return Cost(
            pairs=(pairs - few) / taken,
            start=start,
            memory=statistics.median(self.peak[name]),
            read=_bytes(Path(read)) / pairs,
            written=_bytes(Path(self.findings(name))) / pairs,
        )


def _bytes(path: Path) -> int:
    files = path.glob("*.parquet") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def _measured(chosen: argparse.Namespace) -> Sizing:
    sizes = SIZES[chosen.size]
    measurer = _Measurer(chosen.directory.resolve(), sizes)
    with_spark = not chosen.no_spark and _has_spark()
    works = list(_works(measurer, with_spark=with_spark))
    for turn in range(chosen.rounds):
        # Every second round runs backwards, so that no command always follows the same command.
        for name, words, own_clock in works[:: -1 if turn % 2 else 1]:
            measurer.take(name, words, own_clock=own_clock)
    costs = {
        "command-clean": measurer.cost("command-clean", "clean", parquet=False),
        "command": measurer.cost("command", "corpus", parquet=False),
        "batches-clean": measurer.cost("batches-clean", "clean", parquet=True),
        "batches": measurer.cost("batches", "corpus", parquet=True),
    }
    clock = {name: statistics.median(seconds) for name, seconds in measurer.seconds.items()}
    # Both include the same start-up time, which is negligible for a corpus of millions.
    start = clock["command few"]
    two = {"command": _share(clock["command"] - start, clock["command two"] - start)}
    if with_spark:
        costs["spark"] = Cost(sizes["pairs"] / clock["spark"])
        two["spark"] = _share(clock["spark"], clock["spark two"])
    alone = max(clock["command first"] - statistics.median(measurer.cpu["command few"]), 0) / sizes["pairs"]
    return Sizing(machine(), sizes, costs, two, alone)


def _share(one: float, two: float) -> float:
    """The share of two processors that is used, given the seconds with one and with two."""
    return one / max(two, 1e-6) / 2


def _has_spark() -> bool:
    there = importlib.util.find_spec("pyspark") and (shutil.which("java") or "JAVA_HOME" in os.environ)
    if not there:
        print("without Spark: pyspark or Java is not there", file=sys.stderr)
    return bool(there)


def _works(measurer: _Measurer, *, with_spark: bool) -> Iterator[tuple[str, list[str], bool]]:
    """Each command with its name, and whether it prints its own seconds."""
    glossary, rows = measurer.file("glossary", "terms"), ["python", f"{measurer.here}/rows.py"]

    def command(name: str, jobs: str, path: str, *more: str) -> list[str]:
        output = f"json-lines:{measurer.findings(name)}"
        words = ["termcheck", "check", "-q", "--isolated", "--exit-zero", "--jobs", jobs, "-g", glossary]
        return [*words, "--output-format", output, *more, path]

    for name, kind in (("-clean", "clean"), ("", "corpus")):
        # In the corpus without errors, two accepted renderings of a term are not an inconsistency.
        more = ["--ignore", "inconsistent-rendering"] if name else []
        for label, size in ((f"command{name} few", "few"), (f"command{name}", "pairs")):
            yield label, command(label, "1", measurer.file(kind, size), *more), False
        for label, size in ((f"batches{name} few", "few"), (f"batches{name}", "pairs")):
            words = ["batches", glossary, measurer.parquet(kind, size), measurer.findings(label)]
            yield label, [*rows, *words], False
    corpus = measurer.file("corpus", "pairs")
    yield "command two", command("command two", "2", corpus), False
    yield "command first", [*rows, "jobs", glossary, corpus, "2", measurer.findings("first")], True
    for name, tasks in (("spark", "1"), ("spark two", "2")) if with_spark else ():
        read = [measurer.parquet("corpus", size) for size in ("pairs", "few")]
        words = ["spark", glossary, *read, tasks, measurer.findings("spark")]
        yield name, [*rows, *words], True


def markdown(sizing: Sizing) -> Iterator[str]:
    """The measured part of the page in Markdown."""
    here, sizes = sizing.machine, sizing.sizes
    yield (
        f"{here['python']}, {here['system']}, {here['cores']} cores; {sizes['pairs']:,} pairs, "
        f"{sizes['terms']:,} concepts."
    )
    yield ""
    yield from _processor_hours(sizing)
    yield ""
    yield from _clock_hours(sizing)
    yield ""
    yield from _needs(sizing)


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield row(head)
    yield row(["---"] + ["---:"] * (len(head) - 1))
    yield from map(row, rows)


def _processor_hours(sizing: Sizing) -> Iterator[str]:
    head = ["Processor hours", "Pairs per processor second", *_CORPORA]
    return _table(
        head,
        (
            [_TITLES[name], f"{float(f'{cost.pairs:.3g}'):,.0f}"]
            + [_figure(pairs / cost.pairs / _HOUR) for pairs in _CORPORA.values()]
            for name, cost in sizing.costs.items()
        ),
    )


def _clock_hours(sizing: Sizing) -> Iterator[str]:
    head = [
        "Wall-clock hours for 1 billion pairs",
        "Efficiency of two",
        *(f"{n} processors" for n in _PROCESSORS),
    ]
    yield from _table(
        head,
        (
            [_TITLES[name], f"{share:.0%}"]
            + [_figure(sizing.hours(name, 1e9, processors)) for processors in _PROCESSORS]
            for name, share in sizing.two.items()
        ),
    )
    if sizing.alone:
        yield ""
        busy = 1 / sizing.alone / sizing.costs["command"].pairs / sizing.two["command"]
        yield (
            f"The first process of a command reads and collects at most {_figure(1 / sizing.alone)} pairs a "
            f"second, which keeps {_figure(busy)} processors busy."
        )


def _needs(sizing: Sizing) -> Iterator[str]:
    command, batches = sizing.costs["command"], sizing.costs["batches"]
    head = ["One pair in ten accused", "`termcheck check`, JSON lines", "`check_batches`, Parquet"]
    figures: Mapping[str, Sequence[float]] = {
        "seconds to start a process with the glossary": (command.start, batches.start),
        "MB held by a process": (command.memory, batches.memory),
        "bytes read per pair": (command.read, batches.read),
        "bytes of findings per pair": (command.written, batches.written),
        "GB read for 1 billion pairs": [one.read * 1e9 / _GIGABYTE for one in (command, batches)],
        "GB of findings of 1 billion pairs": [one.written * 1e9 / _GIGABYTE for one in (command, batches)],
    }
    return _table(head, ([title, *map(_figure, pair)] for title, pair in figures.items()))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else rounded(value)


if __name__ == "__main__":
    sys.exit(main())
