"""A compiled glossary as plain data: what an entry of the store holds, encoded with MessagePack.

Decoding it runs no code, whatever it holds. Only what every run needs is decoded at once; concepts, which are
most of it, are decoded one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from msgspec import Struct, msgpack

from termcheck.matching.index.compiled_glossary import GlossaryIndex
from termcheck.matching.index.form_index import FormIndex
from termcheck.model import Concept, Glossary, Ignore

if TYPE_CHECKING:
    from termcheck.glossary.merge import Loaded


class _Words(Struct, frozen=True, array_like=True):
    """Spellings as they are kept: words one a line, numbers as the machine has them."""

    language: str
    words: str
    ends: bytes
    uses: bytes
    regexes: tuple[tuple[int, int], ...]
    capitalised: bool
    names_only: bool

    @classmethod
    def of(cls, one: FormIndex) -> _Words:
        ends, uses = one.ends.tobytes(), one.uses.tobytes()
        habits = one.capitalised, one.names_only
        return cls(one.language, "\n".join(one.words), ends, uses, one.regexes, *habits)

    def spellings(self) -> FormIndex:
        words = self.words.split("\n") if self.words else []
        numbers = _numbers(self.ends), _numbers(self.uses)
        return FormIndex(self.language, words, *numbers, self.regexes, self.capitalised, self.names_only)


class GlossaryRecord(Struct, frozen=True, array_like=True):
    """An entry. `concepts` are encoded one after the other, the i-th ends at `ends[i]`."""

    key: bytes
    languages: tuple[str, ...]
    title: str
    paths: tuple[str, ...]
    conflicts: bytes
    source: _Words
    target: _Words
    checked: frozenset[str]
    related: dict[str, tuple[int, ...]]
    ignores: dict[str, tuple[Ignore, ...]]
    ends: bytes
    concepts: bytes

    @classmethod
    def of(cls, key: bytes, loaded: Loaded, blueprint: GlossaryIndex) -> GlossaryRecord:
        """The entry of a glossary; a lone surrogate in it raises ValueError."""
        glossary = loaded.glossary
        encoded = [msgpack.encode(concept) for concept in glossary.concepts]
        return cls(
            key,
            glossary.languages,
            glossary.title,
            glossary.paths,
            msgpack.encode(loaded.conflicts) if loaded.conflicts else b"",
            _Words.of(blueprint.source),
            _Words.of(blueprint.target),
            blueprint.checked,
            dict(blueprint.related),
            dict(blueprint.ignores),
            array("Q", accumulate(map(len, encoded))).tobytes(),
            b"".join(encoded),
        )

    def loaded(self) -> Loaded:
        """The glossary, with concepts that are decoded when they are asked for."""
        from termcheck.glossary.merge import Conflict, Loaded

        concepts = _Concepts(_numbers(self.ends), self.concepts)
        conflicts = msgpack.decode(self.conflicts, type=tuple[Conflict, ...]) if self.conflicts else ()
        return Loaded(Glossary(concepts, self.languages, self.title, self.paths), conflicts)

    def blueprint(self) -> GlossaryIndex:
        """What is worked out from the glossary."""
        source, target = self.source.spellings(), self.target.spellings()
        return GlossaryIndex(source, target, self.checked, self.related, self.ignores)


def _numbers(data: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(data)
    return numbers


class _Concepts(Sequence[Concept]):
    """Encoded concepts; each is decoded once, so that it is the same wherever it is met."""

    def __init__(self, ends: array[int], data: bytes) -> None:
        self._ends = ends
        self._data = memoryview(data)
        self._known: dict[int, Concept] = {}
        self._decoder = msgpack.Decoder(Concept)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> Concept: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Concept]: ...

    def __getitem__(self, number: int | slice) -> Concept | Sequence[Concept]:
        if isinstance(number, slice):
            return tuple(self[one] for one in range(len(self))[number])
        number = range(len(self))[number]
        if number not in self._known:
            begin = self._ends[number - 1] if number else 0
            self._known[number] = self._decoder.decode(self._data[begin : self._ends[number]])
        return self._known[number]
