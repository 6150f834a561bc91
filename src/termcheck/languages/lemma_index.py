"""A file that leads from the forms of a language's words to their lemmas, and from lemmas to their forms.

simplemma's tables take seconds to load and hundreds of megabytes to hold. So a table is turned into this file
once, and a look-up reads only the few bytes that it needs from the mapped file. Forms and lemmas are folded,
because matching compares folded words.

A paradigm is a lemma with all its forms, without the beginning that they have in common. A hash table leads
from each form to the paradigms that have it, so a form may have several lemmas. `lemma_endings` says how
lemmas of an ending usually inflect; its results are stored as paradigms too.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterable, Iterator
from typing import IO, Self
from zlib import crc32

from termcheck.languages.lemma_endings import usual_endings
from termcheck.text.search import shared_prefix

MAGIC = b"termcheck forms 1\0"
# The magic, then the number of slots and of paradigms.
_HEADER = struct.Struct(f"={len(MAGIC)}s2xII4x")
# The length of a shared beginning is one byte.
_LONGEST_SHARED = 255
# Ends a lemma and each form. Folded words have no control characters.
_END = b"\0"
# A hash table with twice as many slots as forms has room for lemmas, too; those of endings come on top.
_SLOTS_A_FORM = 2
_SLOTS_OF_ENDINGS = 65_536


def write_index(file: IO[bytes], records: Iterable[tuple[bytes, bytes]], count: int) -> None:
    """Write the index of `count` (form, lemma), both folded and in UTF-8.

    A lemma need not be among its own forms. The memory is about twice the size of the file.
    """
    numbers: dict[bytes, int] = {}
    paradigms: list[bytearray] = []
    size = count * _SLOTS_A_FORM + _SLOTS_OF_ENDINGS
    slots = array("I", bytes(4 * size))
    # This loop takes most of the time, so nothing in it is a function of ours.
    for form, lemma in records:
        number = numbers.get(lemma)
        if number is None:
            number = numbers[lemma] = len(paradigms)
            paradigms.append(bytearray())
            slots[_free_slot(slots, lemma)] = number + 1
        if form != lemma:
            paradigms[number] += form + _END
            slot = crc32(form) % size
            while slots[slot]:
                slot = (slot + 1) % size
            slots[slot] = number + 1
    for ending, forms in usual_endings(numbers, paradigms):
        slots[_free_slot(slots, ending)] = len(paradigms) + 1
        numbers[ending] = len(paradigms)
        paradigms.append(forms)
    file.write(_HEADER.pack(MAGIC, size, len(paradigms)))
    file.write(slots)
    offset, offsets, blobs = 0, array("I", (0,)), []
    for lemma, forms in zip(numbers, paradigms, strict=True):
        blobs.append(_paradigm(lemma, bytes(forms)))
        offset += len(blobs[-1])
        offsets.append(offset)
    file.write(offsets)
    file.writelines(blobs)


def _free_slot(slots: array[int], word: bytes) -> int:
    slot = crc32(word) % len(slots)
    while slots[slot]:
        slot = (slot + 1) % len(slots)
    return slot


def _paradigm(lemma: bytes, forms: bytes) -> bytes:
    """A lemma and its forms: the length of their common beginning, the lemma, and the forms without it."""
    single = sorted({*forms.split(_END), lemma} - {b""})
    cut = min(shared_prefix(single[0], single[-1]), _LONGEST_SHARED)
    return bytes((cut,)) + lemma + _END + _END.join([form[cut:] for form in single]) + _END


class LemmaIndex:
    """An index of forms, mapped or in memory; words are folded."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        """Read what `write_index` wrote; raises ValueError for anything else."""
        self.data = data
        if len(self.data) < _HEADER.size:
            raise ValueError("too short")
        magic, size, paradigms = _HEADER.unpack_from(self.data)
        self._blobs = _HEADER.size + 4 * (size + paradigms + 1)
        if magic != MAGIC or len(self.data) < self._blobs:
            raise ValueError("not an index of forms")
        numbers = memoryview(self.data)[_HEADER.size : self._blobs].cast("I")
        self._slots, self._offsets = numbers[:size], numbers[size:]
        if len(self.data) != self._blobs + self._offsets[-1]:
            raise ValueError("not complete")

    @classmethod
    def mapped(cls, file: IO[bytes]) -> Self:
        """The index in a file, which is read as it is needed; raises ValueError if there is none in it."""
        return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def lemmas(self, word: str) -> frozenset[str]:
        """The lemmas that a word may be a form of; none if it is unknown."""
        form = word.encode("utf-8", "surrogatepass")
        lemmas, whole, find = set(), self.data, self.data.find
        for start, end in self._paradigms(form):
            cut, stop = whole[start], find(_END, start + 1, end)
            has_form = find(_END + form[cut:] + _END, stop, end) >= 0
            if has_form and form[:cut] == whole[start + 1 : start + 1 + cut]:
                lemmas.add(whole[start + 1 : stop].decode())
        return frozenset(lemmas)

    def forms(self, lemma: str) -> frozenset[str]:
        """All forms of a lemma; none if it is no lemma."""
        sought = lemma.encode("utf-8", "surrogatepass")
        start, end = self._paradigm_of(sought)
        shared = sought[: self.data[start]] if end else b""
        return frozenset([(shared + form).decode() for form in self.data[start:end].split(_END)[1:-1]])

    def count_forms(self, lemma: str) -> int:
        """The number of forms of a lemma; 0 if it is no lemma."""
        start, end = self._paradigm_of(lemma.encode("utf-8", "surrogatepass"))
        return self.data[start + 1 : end].count(_END) - 1 if end else 0

    def _paradigm_of(self, lemma: bytes) -> tuple[int, int]:
        """(begin, end) of the paradigm of a lemma; 0 and 0 if it is no lemma."""
        marked, size = lemma + _END, len(lemma) + 2
        for start, end in self._paradigms(lemma):
            if self.data[start + 1 : start + size] == marked:
                return start, end
        return 0, 0

    def _paradigms(self, form: bytes) -> Iterator[tuple[int, int]]:
        """(begin, end) of each paradigm that may have a form, by its hash."""
        if not form or _END in form:
            return
        slots, offsets, size = self._slots, self._offsets, len(self._slots)
        slot = crc32(form) % size
        for _ in range(size):
            number = slots[slot]
            if not number or number >= len(offsets):
                return
            yield self._blobs + offsets[number - 1], self._blobs + offsets[number]
            slot += 1
            if slot == size:
                slot = 0
