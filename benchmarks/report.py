"""Results of benchmarks as a table for people, as JSON for programs, and as samples for pyperf."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgets import Budget, Round

_HEAD = ("Work", "Compared with", "Median", "Middle half", "Processor time", "Seconds", "Target", "Met")
_UNITS = {"ratio": " ×", "growth": " ×", "memory": " MB", "bend": " %"}
_SHOWN = {"bend": 100}


@dataclass(frozen=True, slots=True)
class Result:
    """A budget with its rounds, which are empty if a command failed."""

    budget: Budget
    rounds: tuple[Round, ...] = ()

    def quartiles(self) -> tuple[float, float, float]:
        """The first quartile, the median and the third quartile of the values."""
        return quartiles([turn.value for turn in self.rounds])

    def seconds(self) -> tuple[float, ...]:
        """The median time of each command."""
        return tuple(statistics.median(sample.seconds for sample in column) for column in self._columns())

    def cpu(self) -> float | None:
        """The median ratio of processor times, which a busy machine distorts less than wall-clock time."""
        if self.budget.measure != "ratio" or self.budget.own_clock:
            return None
        return statistics.median(turn.samples[0].cpu / turn.samples[1].cpu for turn in self.rounds)

    def met(self) -> bool | None:
        """Whether the median is within the target; None without a target or a measurement."""
        return self.budget.meets(self.quartiles()[1]) if self.rounds else None

    def _columns(self) -> Iterator[tuple[Any, ...]]:
        return zip(*(turn.samples for turn in self.rounds), strict=True)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third quartile; a single value is all three."""
    # A single value has no quartiles, but the same value twice has.
    first, middle, third = statistics.quantiles([*values, *values][: max(len(values), 2)], method="inclusive")
    return first, middle, third


def machine() -> dict[str, object]:
    """The properties of the machine that figures depend on."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }


def markdown(results: Sequence[Result], size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """The lines of the table in a page, under a line about the machine."""
    here = machine()
    yield f"{here['python']}, {here['system']}, {here['cores']} cores, sizes: {size}."
    yield ""
    yield row(_HEAD)
    yield row(["---"] * 2 + ["---:"] * 5 + ["---"])
    for result in results:
        yield row(_cells(result, sizes))


def row(cells: Iterable[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _cells(result: Result, sizes: Mapping[str, int]) -> Iterator[str]:
    budget = result.budget
    yield from (text.format_map(sizes) for text in (budget.title, budget.against))
    if result.rounds:
        first, middle, third = (_figure(value, budget) for value in result.quartiles())
        cpu = result.cpu()
        yield middle + _UNITS[budget.measure]
        yield f"{first} – {third}"
        yield "" if cpu is None else f"{rounded(cpu)} ×"
        yield " / ".join(map(rounded, result.seconds())) if budget.measure == "ratio" else ""
    else:
        yield from ("failed", "", "", "")
    yield _target(budget)
    yield {True: "yes", False: "no", None: ""}[result.met()]


def _figure(value: float, budget: Budget) -> str:
    return rounded(value * _SHOWN.get(budget.measure, 1))


def rounded(value: float) -> str:
    """A number with three significant digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _target(budget: Budget) -> str:
    for word, bound in (("at most", budget.at_most), ("at least", budget.at_least)):
        if bound is not None:
            return f"{word} {_figure(bound, budget)}{_UNITS[budget.measure]}"
    return ""


def as_json(results: Sequence[Result], size: str) -> str:
    """All results for programs; `values` are in the order of measurement."""
    rows = [
        {
            "name": result.budget.name,
            "measure": result.budget.measure,
            "at_most": result.budget.at_most,
            "at_least": result.budget.at_least,
            "met": result.met(),
            "median": result.quartiles()[1] if result.rounds else None,
            "values": [turn.value for turn in result.rounds],
        }
        for result in results
    ]
    return json.dumps({"machine": machine(), "sizes": size, "budgets": rows}, indent=1) + "\n"


def write_samples(results: Sequence[Result], path: Path) -> None:
    """The seconds of each command as a pyperf suite; `python -m pyperf compare_to` compares two."""
    # Imported late, because its memory would count as memory of the programs started here.
    import pyperf

    suite = [
        pyperf.Benchmark(
            [
                pyperf.Run(
                    [turn.samples[at].seconds for turn in result.rounds],
                    metadata={"name": f"{result.budget.name}: {side}", "unit": "second", "loops": 1},
                )
            ]
        )
        for result in results
        for at, side in enumerate(("work", "limit"))
        if result.rounds and result.budget.measure == "ratio"
    ]
    pyperf.BenchmarkSuite(suite).dump(str(path), replace=True)
