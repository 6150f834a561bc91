"""Load a glossary in one of several ways and print the seconds without the start-up time.

    python benchmarks/loading.py yaml|read|compile|cached SMALL LARGE

A small glossary is loaded before the clock starts, so that all imports are done. Each way has a process of
its own, because a second load of the same glossary would profit from the first.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path


def _yaml(path: str) -> object:
    import yaml

    with Path(path).open("rb") as file:
        return yaml.load(file, yaml.CSafeLoader)


def _read(path: str) -> object:
    from termcheck.glossary import load_glossary

    return load_glossary([path])


def _compiled(path: str, *, cache: bool) -> object:
    from termcheck.config import Settings
    from termcheck.engine import Glossaries
    from termcheck.model import GlossaryUse
    from termcheck.selection import Selection

    settings = Settings(Selection.build([], []), root=".", cache=cache)
    return Glossaries(settings).compiled(GlossaryUse((path,)))


WAYS: Mapping[str, Callable[[str], object]] = {
    "yaml": _yaml,
    "read": _read,
    "compile": functools.partial(_compiled, cache=False),
    "cached": functools.partial(_compiled, cache=True),
}


def main(way: str, small: str, large: str) -> None:
    """Load both glossaries and print the seconds for the large one."""
    load = WAYS[way]
    load(small)
    begin = time.perf_counter()
    kept = load(large)
    seconds = time.perf_counter() - begin
    assert kept
    print(seconds)


if __name__ == "__main__":
    main(*sys.argv[1:])
