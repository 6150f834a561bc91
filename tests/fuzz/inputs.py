"""Inputs for targets: those of the corpus, and others made of the pieces of a target."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from pieces import CHINESE, ENGLISH
from targets import TARGETS, Target

CORPUS = Path(__file__).parent / "corpus"
LARGEST = 10_000


def seeds(name: str) -> list[bytes]:
    """The corpus of a target: the files of its directory, and of that of its kind (`read-md`: `md`)."""
    folders = (CORPUS / name, CORPUS / name.rpartition("-")[2])
    return [path.read_bytes() for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]


def made_input(chance: random.Random, name: str, known: list[bytes]) -> bytes:
    """An input: pieces of the target in any order, or an input of the corpus with a few of them put in."""
    target = TARGETS[name]
    if target.pair and chance.random() < 0.4:
        return _pairs(chance, target).encode("utf-8", "surrogatepass")[:LARGEST]
    pieces = chance.choices(target.pieces, k=chance.choice((1, 3, 10, 30, 100, 1000)))
    if known and chance.random() < 0.5:
        data = bytearray(chance.choice(known))
        for piece in pieces[:10]:
            start = chance.randrange(len(data) + 1)
            encoded = piece.encode("utf-8", "surrogatepass") if chance.random() < 0.9 else chance.randbytes(2)
            data[start : start + chance.choice((0, 0, 1, 4, 50))] = encoded
        return bytes(data[:LARGEST])
    if chance.random() < 0.1:
        pieces = pieces[:3] * 1000
    text = (target.head if chance.random() < 0.8 else "") + "".join(pieces)
    text += target.tail if chance.random() < 0.8 else ""
    return text.encode("utf-8", "surrogatepass")[:LARGEST]


def _pairs(chance: random.Random, target: Target) -> str:
    """Texts with translations, made of terms and renderings, and now and then of anything."""

    def words(of: Sequence[str], between: str) -> str:
        return between.join(
            chance.choice(of if chance.random() < 0.9 else target.pieces) for _ in range(chance.randrange(8))
        )

    both = ((words(CHINESE, ""), words(ENGLISH, " ")) for _ in range(chance.randrange(1, 6)))
    return target.head + "".join(target.pair.format(*pair) for pair in both) + target.tail
