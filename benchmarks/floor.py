"""A lower bound for checking a corpus: read, decode, lower-case, and search for all terms at once.

    python benchmarks/floor.py PATTERNS CORPUS

It parses no JSON, examines no hit and reports nothing. It uses the same automaton as termcheck in its
fastest form, on UTF-8 bytes decoded as Latin-1.
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
            # The fastest way to exhaust an iterator, because it needs no loop in Python.
            last = collections.deque(enumerate(automaton.iter(text), 1), maxlen=1)
            hits += last[0][0] if last else 0
    print(hits)


if __name__ == "__main__":
    main(*sys.argv[1:])
