"""Keeps the findings of a run until its end, in memory or, if there are many, in a temporary file.

The confidence of a finding depends on how all texts of the run render its term, so it is known only then.
"""

from __future__ import annotations

import heapq
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import IO, overload

from msgspec import Struct

from termcheck.model import Confidence, Finding, FindingCounts, GlossaryUse, kind
from termcheck.rules.confidence import rated
from termcheck.rules.term_usage import TermOutcomes
from termcheck.typed_data import decoder

# This many findings take about ten megabytes.
_MOST_IN_MEMORY = 4_000

_Key = tuple[str, int, int, str, str]


class _Block(Struct):
    """The sorted findings of one unit on one file, or their place in the temporary file once written."""

    use: GlossaryUse
    first: _Key
    last: _Key
    findings: tuple[Finding, ...] | None
    start: int = 0
    size: int = 0


class FindingSpool:
    """The findings of a run without their confidence, each with the use of its glossaries."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._in_memory = 0
        self._most = _MOST_IN_MEMORY
        self._file: IO[bytes] | None = None

    @property
    def spilled(self) -> bool:
        """Whether findings were written to a file."""
        return self._file is not None

    def add(self, use: GlossaryUse, findings: Iterable[Finding]) -> None:
        """Keep the findings of a unit."""
        ordered = sorted(findings, key=_key)
        for _, group in groupby(ordered, lambda finding: finding.location.path):
            block = tuple(group)
            self._blocks.append(_Block(use, _key(block[0]), _key(block[-1]), block))
            self._in_memory += len(block)
        if self._in_memory > self._most:
            try:
                self._write()
            except OSError:  # the temporary directory is full or missing; memory may do
                self._most = sys.maxsize

    def in_order(self) -> Iterator[tuple[GlossaryUse, Finding]]:
        """All findings in report order, each with the use of its glossaries."""
        blocks = sorted(self._blocks, key=lambda block: (block.first, block.last))
        while blocks:
            # Most blocks are units of a file in sequence, so only overlapping blocks are merged.
            count, last = 1, blocks[0].last
            while count < len(blocks) and blocks[count].first < last:
                last = max(last, blocks[count].last)
                count += 1
            runs = [self._read(block) for block in blocks[:count]]
            yield from heapq.merge(*runs, key=lambda item: item[1].sort_key) if count > 1 else runs[0]
            del blocks[:count]

    def _read(self, block: _Block) -> Iterator[tuple[GlossaryUse, Finding]]:
        findings = block.findings
        if findings is None:
            assert self._file is not None
            self._file.seek(block.start)
            findings = decoder(tuple[Finding, ...]).decode(self._file.read(block.size))
        return ((block.use, finding) for finding in findings)

    def _write(self) -> None:
        from tempfile import TemporaryFile

        from msgspec import msgpack

        if self._file is None:
            # Open as long as the spool exists. A buffer would hold what could not be written, and try again.
            self._file = TemporaryFile(prefix="termcheck-", buffering=0)  # noqa: SIM115
        for block in self._blocks:
            if block.findings is not None:
                try:
                    data = msgpack.encode(block.findings)
                except UnicodeEncodeError:  # the file name is not valid in any encoding
                    continue
                block.start, block.size = self._file.seek(0, 2), len(data)
                if self._file.write(data) < len(data):
                    raise OSError("not all was written")
                block.findings = None
        self._in_memory = 0


class RatedFindings(Sequence[Finding]):
    """The findings of a spool in report order, with confidence, without those below their least confidence.

    Every iteration reads the findings again. `counts` counts the findings by kind. `hidden` is the number of
    those below the least confidence, and `unsure` holds their fingerprints.
    """

    def __init__(
        self,
        spool: FindingSpool,
        usage: Mapping[GlossaryUse, Mapping[str, TermOutcomes]],
        least: Callable[[GlossaryUse], Confidence],
    ) -> None:
        self._spool, self._usage, self._least = spool, usage, least
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
        for use, unrated in self._spool.in_order():
            (finding,) = rated((unrated,), self._usage.get(use, {}))
            if is_sure(finding, self._least(use)):
                yield finding
            elif count:
                self.hidden += 1
                self.unsure.add(finding.fingerprint)


def is_sure(finding: Finding, least: Confidence) -> bool:
    """Whether a finding has at least some confidence, or is of a kind without confidence."""
    return finding.confidence is None or finding.confidence.rank >= least.rank


def _key(finding: Finding) -> _Key:
    return finding.sort_key
