"""Performance budgets: read from budgets.toml, and measured."""

from __future__ import annotations

import itertools
import json
import shlex
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made import Made
from runner import Command, Runner, Sample

TABLE = Path(__file__).with_name("budgets.toml")

# The texts with errors.
_ACCUSED = ("{corpus:", "{briefing:accused}", "{alternating:", "{rows:", "{sources:", "{docs:")

Measure = Callable[[Sequence[Sample]], float]


@dataclass(frozen=True, slots=True)
class Budget:
    """An entry of budgets.toml, which describes the fields. `less` has a command for each side, or none."""

    name: str
    title: str
    against: str
    work: str
    limit: str = ""
    less: Sequence[str] = ()
    at_most: float | None = None
    at_least: float | None = None
    measure: str = "ratio"
    own_clock: bool = False
    rounds: int = 1

    def meets(self, value: float) -> bool | None:
        """Whether a value is within the target, or None if there is no target."""
        if self.at_most is not None:
            return value <= self.at_most
        return value >= self.at_least if self.at_least is not None else None


@dataclass(frozen=True, slots=True)
class Round:
    """The result of a round of all commands of a budget: its value, and the samples with `work` first."""

    value: float
    samples: tuple[Sample, ...]


def read_table() -> tuple[tuple[Budget, ...], Mapping[str, Mapping[str, Any]]]:
    """Read the budgets, and the sizes by name."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    budgets = (
        Budget(**{key.replace("-", "_"): value for key, value in entry.items()}) for entry in table["budget"]
    )
    return tuple(budgets), table["sizes"]


@dataclass(frozen=True, slots=True)
class Bench:
    """Measures budgets on files of given sizes."""

    made: Made
    lengths: Sequence[int]
    run: Runner

    def rounds(self, budget: Budget, count: int) -> Iterator[Round]:
        """Measure a budget `count` times; if more than once, an additional first round fills the caches."""
        commands = [self._command(text, budget) for text in self._texts(budget)]
        less = [self._command(text, budget) for text in budget.less]
        watch = budget.measure in ("memory", "growth")
        for command in (*commands, *less) if count > 1 else ():
            self.run(command)
        value = _MEASURES.get(budget.measure) or _bend([_shape(command.words[-1]) for command in commands])
        for number in range(count):
            # Every second round runs backwards, so that no command always follows the same command.
            order = range(len(commands))[:: -1 if number % 2 else 1]
            taken = {index: self.run(commands[index], watch=watch) for index in order}
            samples = [taken[index] for index in sorted(taken)]
            if less:
                starts = itertools.cycle([self.run(command) for command in less])
                samples = [sample.less(start) for sample, start in zip(samples, starts, strict=False)]
            yield Round(value(samples), tuple(samples))

    def _texts(self, budget: Budget) -> Sequence[str]:
        if budget.measure == "bend":
            return [budget.work.replace("LENGTH", str(length)) for length in self.lengths]
        return [text for text in (budget.work, budget.limit) if text]

    def _command(self, text: str, budget: Budget) -> Command:
        words = shlex.split(text)
        # A text with errors must have findings; otherwise the measurement is meaningless.
        accused = words[0] == "termcheck" and any(kind in text for kind in _ACCUSED)
        return Command(tuple(map(self.made.fill, words)), (1 if accused else 0,), budget.own_clock)


def _bend(shapes: Sequence[tuple[int, int]]) -> Measure:
    """The largest deviation of a length from the fitted line; `shapes` are their segments and characters.

    The line is a cost per segment plus a cost per character, fitted by least squares of the deviations
    relative to the measurements.
    """

    def bend(samples: Sequence[Sample]) -> float:
        rows = [
            (segments / sample.seconds, characters / sample.seconds)
            for (segments, characters), sample in zip(shapes, samples, strict=True)
        ]
        aa, ab, bb = (sum(row[i] * row[j] for row in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
        a, b = (sum(row[i] for row in rows) for i in (0, 1))
        whole = aa * bb - ab * ab
        segment, character = (a * bb - b * ab) / whole, (b * aa - a * ab) / whole
        return max(abs(segment * row[0] + character * row[1] - 1) for row in rows)

    return bend


def _shape(path: str) -> tuple[int, int]:
    with Path(path).open(encoding="utf-8") as file:
        sources = [len(json.loads(line)["source"]) for line in file]
    return len(sources), sum(sources)


_MEASURES: Mapping[str, Measure] = {
    "ratio": lambda samples: samples[0].seconds / samples[1].seconds,
    "memory": lambda samples: samples[0].peak,
    "growth": lambda samples: samples[0].peak / samples[1].peak,
}
