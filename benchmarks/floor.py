"""The least that any check of a corpus must do: read it, decode it, lower it, look for all terms at once.

    python benchmarks/floor.py PATTERNS CORPUS

No JSON is parsed, no hit is looked at, nothing is reported. The automaton is the one termcheck uses, in the
form in which it is fastest: on UTF-8 bytes that are called Latin-1.
"""

from __future__ import annotations

import collections
import sys
from pathlib import Path

import ahocorasick

PIECE = 4 * 1024 * 1024


def narrow(text: str) -> str:
    """The text's UTF-8 bytes as characters."""
    return text.encode().decode("latin-1")


def main(patterns: str, corpus: str) -> None:
    """Scan a corpus and print the number of hits."""
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for pattern in Path(patterns).read_text(encoding="utf-8").splitlines():
        automaton.add_word(narrow(pattern.lower()))
    automaton.make_automaton()
    hits = 0
    with Path(corpus).open("rb") as file:
        while lines := file.readlines(PIECE):
            text = narrow(b"".join(lines).decode().lower())
            # The quickest way to run through an iterator: without a loop in Python.
            last = collections.deque(enumerate(automaton.iter(text), 1), maxlen=1)
            hits += last[0][0] if last else 0
    print(hits)


if __name__ == "__main__":
    main(*sys.argv[1:])
