"""A glossary check with flashtext, which searches for all terms at once and knows word boundaries.

python benchmarks/peer_flashtext.py TERMS TEXT...
"""

from __future__ import annotations

import collections
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from flashtext import KeywordProcessor


class Lookup:
    """Finds the entries with a text in a sentence."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._entries = collections.defaultdict[str, set[int]](set)
        self._processor = KeywordProcessor()
        for entry, text in texts:
            self._entries[text.lower()].add(entry)
            self._processor.add_keyword(text, text.lower())

    def __call__(self, sentence: str) -> set[int]:
        """The numbers of the entries."""
        texts = self._processor.extract_keywords(sentence)
        return set().union(*(self._entries[text] for text in texts))


def main(terms: str, *texts: str) -> None:
    """Print each term without a rendering in its pair, and each forbidden rendering opposite its term."""
    entries = json.loads(Path(terms).read_text(encoding="utf-8"))
    owed = Lookup((number, term) for number, (term, _, _) in enumerate(entries))
    accepted = Lookup(
        (number, text) for number, (_, renderings, _) in enumerate(entries) for text in renderings
    )
    forbidden = Lookup((number, text) for number, (_, _, text) in enumerate(entries) if text)
    for path in texts:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
            pair = json.loads(line)
            source, target = owed(pair["source"]), pair["target"]
            for entry in (source - accepted(target)) | (source & forbidden(target)):
                print(f"{path}:{number}: {entries[entry][0]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
