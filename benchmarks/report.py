"""What was measured as a table for people, as JSON for programs, and as samples for pyperf."""

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
    """A budget with its rounds; without any, a command failed."""

    budget: Budget
    rounds: tuple[Round, ...] = ()

    def quartiles(self) -> tuple[float, float, float]:
        """The first quartile, the median and the third one."""
        return quartiles([one.value for one in self.rounds])

    def seconds(self) -> tuple[float, ...]:
        """The median time of each command."""
        return tuple(statistics.median(one.seconds for one in column) for column in self._columns())

    def cpu(self) -> float | None:
        """The median ratio of processor times: a busy machine bends it less than the other."""
        if self.budget.measure != "ratio" or self.budget.own_clock:
            return None
        return statistics.median(one.samples[0].cpu / one.samples[1].cpu for one in self.rounds)

    def met(self) -> bool | None:
        """Whether the median is within the target; None where there is none, or nothing was measured."""
        return self.budget.meets(self.quartiles()[1]) if self.rounds else None

    def _columns(self) -> Iterator[tuple[Any, ...]]:
        return zip(*(one.samples for one in self.rounds), strict=True)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third one; of one value it is all three."""
    # Of a single value there are none; the same twice has the same ones.
    first, middle, third = statistics.quantiles([*values, *values][: max(len(values), 2)], method="inclusive")
    return first, middle, third


def machine() -> dict[str, object]:
    """What a figure depends on besides the code."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }


def markdown(results: Sequence[Result], size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """The lines of a page's table, under the line that says where it was measured."""
    here = machine()
    yield f"{here['python']}, {here['system']}, {here['cores']} cores, sizes: {size}."
    yield ""
    yield row(_HEAD)
    yield row(["---"] * 2 + ["---:"] * 5 + ["---"])
    for result in results:
        yield row(_cells(result, sizes))


def row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
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
    """A figure to three places."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _target(budget: Budget) -> str:
    for word, bound in (("at most", budget.at_most), ("at least", budget.at_least)):
        if bound is not None:
            return f"{word} {_figure(bound, budget)}{_UNITS[budget.measure]}"
    return ""


def as_json(results: Sequence[Result], size: str) -> str:
    """All of it for programs; `values` are in the order measured."""
    rows = [
        {
            "name": one.budget.name,
            "measure": one.budget.measure,
            "at_most": one.budget.at_most,
            "at_least": one.budget.at_least,
            "met": one.met(),
            "median": one.quartiles()[1] if one.rounds else None,
            "values": [turn.value for turn in one.rounds],
        }
        for one in results
    ]
    return json.dumps({"machine": machine(), "sizes": size, "budgets": rows}, indent=1) + "\n"


def write_samples(results: Sequence[Result], path: Path) -> None:
    """The seconds of each command as a pyperf suite; `python -m pyperf compare_to` compares two."""
    # Imported late: its memory would count as that of the programs that are started from here.
    import pyperf

    suite = [
        pyperf.Benchmark(
            [
                pyperf.Run(
                    [turn.samples[at].seconds for turn in one.rounds],
                    metadata={"name": f"{one.budget.name}: {side}", "unit": "second", "loops": 1},
                )
            ]
        )
        for one in results
        for at, side in enumerate(("work", "limit"))
        if one.rounds and one.budget.measure == "ratio"
    ]
    pyperf.BenchmarkSuite(suite).dump(str(path), replace=True)
