"""Applies the fixes of findings to a file's bytes, and changes nothing else of them.

Encoding the text anew could alter bytes that no fix speaks of, so that is proved first: a file whose bytes
do not come back from its text is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from termcheck.model import Applicability, Edit, Finding, Span, TermcheckError
from termcheck.readers.encoding import decode, recognised
from termcheck.text.positions import line_starts, position


class Fixed(Struct, frozen=True):
    """A file's bytes after its fixes, and the findings whose fixes were applied, in order of place."""

    data: bytes
    findings: tuple[Finding, ...]


def applicable(finding: Finding, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied: a safe one, or any if `unsafe` is wanted."""
    return finding.fix is not None and (unsafe or finding.fix.applicability is Applicability.SAFE)


def apply(data: bytes, path: str, encoding: str | None, findings: Iterable[Finding]) -> Fixed:
    """The bytes of the file at `path` with the fixes of its findings.

    All edits of a fix are made or none; of two fixes that overlap the earlier is made, the other waits for
    the next check. Raises TermcheckError where a fix needs a character that the encoding does not have, and
    where the bytes are not those that the encoding would write.
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
    taken: list[tuple[Span, str]] = []
    for finding in sorted(findings, key=lambda one: one.sort_key):
        spans = [_located(edit, starts) for edit in finding.fix.edits] if finding.fix else []
        if spans and not any(_clash(span, other) for (span, _) in spans for (other, _) in taken):
            taken += spans
            done.append(finding)
    text, end = [], 0
    for span, new in sorted(taken):
        text += [raw[end : span.start], _in_encoding(new, codec, path, starts, span)]
        end = span.end
    return Fixed(_joined(prefix, "".join((*text, raw[end:])), codec), tuple(done))


def _clash(one: Span, other: Span) -> bool:
    """Whether two edits touch the same characters, or the same place between two."""
    return one.overlaps(other) or one == other


def _located(edit: Edit, starts: Sequence[int]) -> tuple[Span, str]:
    begin = starts[edit.line - 1] + edit.column - 1
    end = starts[edit.end_line - 1] + edit.end_column - 1
    return Span(begin, end), edit.text


def _joined(prefix: bytes, text: str, codec: str) -> bytes:
    return prefix + text.encode(codec, "backslashreplace")


def _in_encoding(text: str, codec: str, path: str, starts: Sequence[int], span: Span) -> str:
    try:
        text.encode(codec)
    except UnicodeEncodeError as error:
        line, column = position(starts, span.start)
        raise TermcheckError(
            f"“{text}” has {text[error.start]!r}, which {codec.upper()} does not have, so nothing was fixed",
            path=path,
            line=line,
            column=column,
            advice="save the file as UTF-8",
        ) from None
    return text
