"""The generated files of benchmarks, made when a command first names them.

The files are kept, because generating a corpus of a million pairs takes longer than checking it.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import documentation
import generate

BRIEFING_KILOBYTES = 5
BRIEFING_TERMS = 100
# The share of paragraphs that one of two files lacks.
_DROPPED = 0.05


@dataclass(frozen=True, slots=True)
class Made:
    """Generated files in a directory; `sizes` maps the names in commands to numbers."""

    directory: Path
    sizes: Mapping[str, int]

    def fill(self, word: str) -> str:
        """A word of a command with `{kind:size}` replaced by paths; raises KeyError for an unknown name."""
        kinds = {kind: _Field(functools.partial(self._path, kind)) for kind in _KINDS}
        return word.format_map({**kinds, "here": str(Path(__file__).parent)})

    def _path(self, kind: str, size: str) -> str:
        number = self.sizes.get(size, size)
        # The name has everything that the content depends on, so that runs with different sizes never mix.
        used = [number, *(self.sizes[name] for name in _DEPENDS.get(kind, ()))]
        path = self.directory / f"{kind}-{'-'.join(map(str, used))}.{_ENDINGS[kind]}"
        if not path.exists():
            self.directory.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{os.getpid()}")
            if kind == "docs":
                documentation.write(beside, number, generate.entries(self.sizes["some-terms"]))
            else:
                with beside.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(_KINDS[kind](str(number), self.sizes))
            beside.replace(path)
        return str(path)


@dataclass(frozen=True, slots=True)
class _Field:
    path: Callable[[str], str]

    def __format__(self, size: str) -> str:
        return self.path(size)


def _glossary(size: str, _: Mapping[str, int]) -> Iterator[str]:
    return generate.glossary(int(size))


def _patterns(size: str, _: Mapping[str, int]) -> Iterator[str]:
    for entry in generate.entries(int(size)):
        for text in (entry.term, *entry.accepted, *filter(None, [entry.forbidden])):
            yield f"{text}\n"


def _corpus(size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    return generate.corpus(int(size), generate.entries(sizes["terms"]))


def _clean(size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    return generate.corpus(int(size), generate.entries(sizes["terms"]), accused=0)


def _briefing(kind: str, _: Mapping[str, int]) -> Iterator[str]:
    accused = {"clean": 0.0, "accused": 0.5}[kind]
    yield generate.briefing(BRIEFING_KILOBYTES, generate.entries(BRIEFING_TERMS), accused)


def _segments(size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """Pairs with sources of about `size` characters: whole sentences, or words below twenty characters."""
    length, remaining = int(size), sizes["characters"]
    made = generate.pairs(generate.entries(sizes["terms"]), accused=0)
    while remaining > 0:
        source, target = ("好" * length, "well " * length) if length < 20 else _joined(made, length)
        # Short segments cost more per character, so the total of characters is smaller for them.
        remaining -= max(len(source), 20)
        yield json.dumps({"source": source, "target": target.strip()}, ensure_ascii=False) + "\n"


def _joined(made: Iterator[tuple[str, str]], length: int) -> tuple[str, str]:
    sources, targets = [], []
    for source, target in made:
        sources.append(source)
        targets.append(target)
        length -= len(source)
        if length <= 0:
            break
    return "".join(sources), " ".join(targets)


def _nothing(_: str, __: Mapping[str, int]) -> Iterator[str]:
    """A directory is written by a module of its own."""
    return iter(())


def _terms(size: str, _: Mapping[str, int]) -> Iterator[str]:
    yield json.dumps([[entry.term, entry.accepted, entry.forbidden] for entry in generate.entries(int(size))])


def _paragraphs(size: str, sizes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs of paragraphs of so many kilobytes in all, with an error in about one of ten."""
    remaining = int(size) * 1000
    made = generate.pairs(generate.entries(sizes["some-terms"]), generate.ACCUSED / 3)
    while remaining > 0:
        sentences = list(itertools.islice(made, 3))
        source, target = "".join(zh for zh, _ in sentences), " ".join(en for _, en in sentences)
        remaining -= len(source.encode()) + len(target.encode())
        yield source, target


def _alternating(size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    for pair in _paragraphs(size, sizes):
        yield from (f"{text}\n\n" for text in pair)


def _rows(size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """The pairs of `alternating` as JSON lines."""
    for source, target in _paragraphs(size, sizes):
        yield json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n"


def _one_side(side: int, size: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """One side of so many pairs, without one paragraph in twenty."""
    dice = random.Random(side)
    made = generate.pairs(generate.entries(sizes["terms"]))
    for pair in itertools.islice(made, int(size)):
        if dice.random() > _DROPPED:
            yield f"{pair[side]}\n\n"


_KINDS: Mapping[str, Callable[[str, Mapping[str, int]], Iterable[str]]] = {
    "glossary": _glossary,
    "patterns": _patterns,
    "corpus": _corpus,
    "clean": _clean,
    "briefing": _briefing,
    "segments": _segments,
    "terms": _terms,
    "alternating": _alternating,
    "rows": _rows,
    "sources": functools.partial(_one_side, 0),
    "targets": functools.partial(_one_side, 1),
    "docs": _nothing,
}
_ENDINGS = {
    "glossary": "yaml",
    "patterns": "txt",
    "corpus": "jsonl",
    "clean": "jsonl",
    "briefing": "md",
    "segments": "jsonl",
    "terms": "json",
    "alternating": "md",
    "rows": "jsonl",
    "sources": "md",
    "targets": "md",
    "docs": "d",
}
_DEPENDS = {
    "segments": ("terms", "characters"),
    **dict.fromkeys(("corpus", "clean", "sources", "targets"), ("terms",)),
    **dict.fromkeys(("alternating", "rows", "docs"), ("some-terms",)),
}
