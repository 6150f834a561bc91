"""Budgets as read from budgets.toml, and how each is measured."""

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

Measure = Callable[[Sequence[Sample]], float]


@dataclass(frozen=True, slots=True)
class Budget:
    """An entry of the table; its fields are told there. `less` has one command for each side, or none."""

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
        """Whether a value is within the target; None where there is none."""
        if self.at_most is not None:
            return value <= self.at_most
        return value >= self.at_least if self.at_least is not None else None


@dataclass(frozen=True, slots=True)
class Round:
    """What one turn of all commands of a budget gave: its value and the samples, those of `work` first."""

    value: float
    samples: tuple[Sample, ...]


def read_table() -> tuple[tuple[Budget, ...], Mapping[str, Mapping[str, Any]]]:
    """The budgets, and the sizes by name."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    budgets = (
        Budget(**{key.replace("-", "_"): value for key, value in entry.items()}) for entry in table["budget"]
    )
    return tuple(budgets), table["sizes"]


@dataclass(frozen=True, slots=True)
class Bench:
    """Measures budgets on files of some sizes."""

    made: Made
    lengths: Sequence[int]
    run: Runner

    def rounds(self, budget: Budget, count: int) -> Iterator[Round]:
        """Measure a budget so many times; if several, after a turn that does not count and fills caches."""
        commands = [self._command(text, budget) for text in self._texts(budget)]
        less = [self._command(text, budget) for text in budget.less]
        watch = budget.measure in ("memory", "growth")
        for command in (*commands, *less) if count > 1 else ():
            self.run(command)
        value = _MEASURES.get(budget.measure) or _bend([_shape(one.words[-1]) for one in commands])
        for number in range(count):
            # Every second turn runs backwards, so that none always follows the same.
            order = range(len(commands))[:: -1 if number % 2 else 1]
            taken = {at: self.run(commands[at], watch=watch) for at in order}
            samples = [taken[at] for at in sorted(taken)]
            if less:
                starts = itertools.cycle([self.run(command) for command in less])
                samples = [one.less(start) for one, start in zip(samples, starts, strict=False)]
            yield Round(value(samples), tuple(samples))

    def _texts(self, budget: Budget) -> Sequence[str]:
        if budget.measure == "bend":
            return [budget.work.replace("LENGTH", str(length)) for length in self.lengths]
        return [text for text in (budget.work, budget.limit) if text]

    def _command(self, text: str, budget: Budget) -> Command:
        words = shlex.split(text)
        # In an accused text something must be found: a check that finds nothing measures nothing.
        accused = words[0] == "termcheck" and ("{corpus:" in text or "{briefing:accused}" in text)
        return Command(tuple(map(self.made.fill, words)), (1 if accused else 0,), budget.own_clock)


def _bend(shapes: Sequence[tuple[int, int]]) -> Measure:
    """How far the length that fits worst is off the line; `shapes` are the segments and characters of each.

    The line is so much a segment and so much a character, with the smallest squares of what it is off,
    as shares of what was measured.
    """

    def bend(samples: Sequence[Sample]) -> float:
        rows = [
            (segments / one.seconds, characters / one.seconds)
            for (segments, characters), one in zip(shapes, samples, strict=True)
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
