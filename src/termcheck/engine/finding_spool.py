"""The findings of a run until all of it is known: in memory while they are few, else in a temporary file.

How sure a finding is depends on what the whole run does with its term, so none can be told before the end.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import IO, overload

from msgspec import Struct

from termcheck.model import Confidence, Finding, FindingCounts, kind
from termcheck.rules.confidence import rated
from termcheck.rules.term_usage import TermOutcomes

# So many findings take about ten megabytes.
_MOST_IN_MEMORY = 4_000

_Key = tuple[str, int, int, str, str]


class _Block(Struct):
    """Sorted findings on one file from one unit; once they are written, where they are in the file."""

    glossaries: tuple[str, ...]
    first: _Key
    last: _Key
    findings: tuple[Finding, ...] | None
    start: int = 0
    size: int = 0


class FindingSpool:
    """Findings without confidence, by the glossaries they come from."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._in_memory = 0
        self._file: IO[bytes] | None = None

    @property
    def spilled(self) -> bool:
        """Whether there are so many that some had to be written to a file."""
        return self._file is not None

    def add(self, glossaries: tuple[str, ...], findings: Iterable[Finding]) -> None:
        """Keep the findings of a unit."""
        ordered = sorted(findings, key=_key)
        for _, group in groupby(ordered, lambda finding: finding.location.path):
            block = tuple(group)
            self._blocks.append(_Block(glossaries, _key(block[0]), _key(block[-1]), block))
            self._in_memory += len(block)
        if self._in_memory > _MOST_IN_MEMORY:
            self._write()

    def in_order(self) -> Iterator[tuple[tuple[str, ...], Finding]]:
        """All findings in the order of a report, each with its glossaries."""
        blocks = sorted(self._blocks, key=lambda block: (block.first, block.last))
        while blocks:
            # Blocks are mostly units of one file, one after the other; only what overlaps is merged.
            count, last = 1, blocks[0].last
            while count < len(blocks) and blocks[count].first < last:
                last = max(last, blocks[count].last)
                count += 1
            read = [self._read(block) for block in blocks[:count]]
            yield from heapq.merge(*read, key=lambda one: one[1].sort_key) if count > 1 else read[0]
            del blocks[:count]

    def _read(self, block: _Block) -> Iterator[tuple[tuple[str, ...], Finding]]:
        findings = block.findings
        if findings is None:
            from msgspec import msgpack

            assert self._file is not None
            self._file.seek(block.start)
            findings = msgpack.decode(self._file.read(block.size), type=tuple[Finding, ...])
        return ((block.glossaries, finding) for finding in findings)

    def _write(self) -> None:
        from tempfile import TemporaryFile

        from msgspec import msgpack

        if self._file is None:
            self._file = TemporaryFile(prefix="termcheck-")  # noqa: SIM115 - it lives as long as this does
        for block in self._blocks:
            if block.findings is not None:
                try:
                    data = msgpack.encode(block.findings)
                except UnicodeEncodeError:  # the path of a file whose name is in no encoding
                    continue
                block.start, block.size = self._file.seek(0, 2), len(data)
                self._file.write(data)
                block.findings = None
        self._in_memory = 0


class RatedFindings(Sequence[Finding]):
    """The findings that are kept, in order and with confidence, without those that have too little.

    It can be gone through any number of times, and reads them anew each time. `tally` counts them by kind,
    `hidden` those without, of which `unsure` has the fingerprints.
    """

    def __init__(
        self,
        kept: FindingSpool,
        usage: Mapping[tuple[str, ...], Mapping[str, TermOutcomes]],
        least: Confidence,
    ) -> None:
        self._kept, self._usage, self._least = kept, usage, least
        self.hidden = 0
        self.unsure: set[str] = set()
        self.counts: FindingCounts = Counter(map(kind, self._all(count=True)))

    def __len__(self) -> int:
        return self.counts.total()

    def __iter__(self) -> Iterator[Finding]:
        return self._all()

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return tuple(islice(self, start, stop, step)) if step > 0 else tuple(self)[index]
        return next(islice(self, range(len(self))[index], None))

    def _all(self, *, count: bool = False) -> Iterator[Finding]:
        for glossaries, found in self._kept.in_order():
            (finding,) = rated((found,), self._usage.get(glossaries, {}))
            if is_sure(finding, self._least):
                yield finding
            elif count:
                self.hidden += 1
                self.unsure.add(finding.fingerprint)


def is_sure(finding: Finding, least: Confidence) -> bool:
    """Whether a finding has confidence enough, or is none that needs it."""
    return finding.confidence is None or finding.confidence.rank >= least.rank


def _key(finding: Finding) -> _Key:
    return finding.sort_key
