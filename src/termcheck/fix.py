"""Applies the fixes of findings to a file's bytes, and changes nothing else of them.

Encoding the text anew could alter bytes that no fix speaks of, so that is proved first: a file whose bytes
do not come back from its text is left alone.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from msgspec import Struct

from termcheck.model import Applicability, Edit, Finding, Span, TermcheckError
from termcheck.readers.encoding import decode, recognised
from termcheck.text.positions import line_starts


class Fixed(Struct, frozen=True):
    """A file's bytes after its fixes, the findings they were made for, in order of place, and what failed."""

    data: bytes
    findings: tuple[Finding, ...]
    errors: tuple[TermcheckError, ...] = ()


_Change = tuple[Span, str]


def applicable(finding: Finding, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied: a safe one, or any if `unsafe` is wanted."""
    return finding.fix is not None and (unsafe or finding.fix.applicability is Applicability.SAFE)


def apply(data: bytes, path: str, encoding: str | None, findings: Iterable[Finding]) -> Fixed:
    """The bytes of the file at `path` with the fixes of its findings.

    All edits of a fix are made or none; of two fixes that overlap the earlier is made, the other waits for
    the next check. A fix that needs a character which the encoding does not have is among the errors. Raises
    TermcheckError where the bytes are not those that the encoding would write.
    """
    mark, codec = recognised(data, path, encoding)
    raw = decode(data, path, encoding)
    # A second byte order mark, which reading passes over, belongs to what stays as it is.
    marks = (mark, mark + "\ufeff".encode(codec, "ignore"))
    prefix = next((one for one in marks if _joined(one, raw, codec) == data), None)
    if prefix is None:
        raise TermcheckError(
            f"is not written as {codec.upper()} would write it, so nothing was fixed",
            path=path,
            advice="save it as UTF-8, or fix it by hand",
        )
    starts = line_starts(raw)
    done: list[Finding] = []
    errors: list[TermcheckError] = []
    taken: list[_Change] = []
    spans: list[Span] = []
    for finding in sorted(findings, key=lambda one: one.sort_key):
        changes = [_located(edit, starts) for edit in finding.fix.edits] if finding.fix else []
        if any(_clashes(span, spans) for span, _ in changes):
            continue
        if lacking := _lacking(changes, codec):
            errors.append(_not_in_encoding(finding, lacking, codec))
        else:
            taken += changes
            for span, _ in changes:
                bisect.insort(spans, span)
            done.append(finding)
    return Fixed(_joined(prefix, _spliced(raw, taken), codec), tuple(done), tuple(errors))


def _spliced(raw: str, changes: Iterable[_Change]) -> str:
    text, end = [], 0
    for span, new in sorted(changes):
        text += [raw[end : span.start], new]
        end = span.end
    return "".join((*text, raw[end:]))


def _clashes(span: Span, taken: Sequence[Span]) -> bool:
    """Whether an edit touches characters that one of `taken` touches, or the same place between two.

    Those are in order and apart, so that only the neighbours can be in the way.
    """
    index = bisect.bisect_left(taken, span)
    return any(span.overlaps(other) or span == other for other in taken[max(0, index - 1) : index + 1])


def _located(edit: Edit, starts: Sequence[int]) -> _Change:
    begin = starts[edit.line - 1] + edit.column - 1
    end = starts[edit.end_line - 1] + edit.end_column - 1
    return Span(begin, end), edit.text


def _joined(prefix: bytes, text: str, codec: str) -> bytes:
    return prefix + text.encode(codec, "backslashreplace")


def _lacking(changes: Iterable[_Change], codec: str) -> str:
    """The first character of some changes that an encoding does not have; empty if it has all."""
    for _, text in changes:
        try:
            text.encode(codec)
        except UnicodeEncodeError as error:
            return text[error.start]
    return ""


def _not_in_encoding(finding: Finding, character: str, codec: str) -> TermcheckError:
    place = finding.location
    return TermcheckError(
        f"“{place.text}” is not fixed: {codec.upper()} does not have {character!r}",
        path=place.path,
        line=place.line,
        column=place.column,
        advice="save the file as UTF-8",
    )
