"""Apply the fixes of findings to the bytes of a file, and change nothing else.

Decoding and encoding a text may alter bytes that no fix is about. So a file whose text does not encode to
exactly its own bytes is not fixed. A file that is a package of parts is changed by its format's reader.
"""

from __future__ import annotations

import bisect
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.model import Applicability, Edit, Finding, Location, Span, TermcheckError
from termcheck.readers import FORMATS
from termcheck.readers.encoding import decode, recognised
from termcheck.text.positions import line_starts

if TYPE_CHECKING:
    from termcheck.readers.protocols import PackageReader


class Fixed(Struct, frozen=True):
    """The fixed bytes of a file, the fixed findings in order, and the errors of fixes that failed."""

    data: bytes
    findings: tuple[Finding, ...]
    errors: tuple[TermcheckError, ...] = ()


# Raw offsets, and the text to write in their place.
_Change = tuple[Span, str]


def applicable(finding: Finding, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied: a safe one, or any fix if `unsafe` is set."""
    return finding.fix is not None and (unsafe or finding.fix.applicability is Applicability.SAFE)


def text_of(data: bytes, path: str, encoding: str | None, format_name: str = "") -> str:
    """The raw text of the bytes of a file, as its document has it; raises TermcheckError."""
    reader = _package_reader(format_name)
    return reader.text_of(data, path).raw if reader else decode(data, path, encoding)


def _package_reader(format_name: str) -> PackageReader | None:
    form = FORMATS.get(format_name)
    return form.load() if form is not None and form.package else None


def apply(
    data: bytes, path: str, encoding: str | None, findings: Iterable[Finding], format_name: str = ""
) -> Fixed:
    """The bytes of the file at `path` with the fixes of its findings.

    Makes all edits of a fix or none. If two fixes overlap, it makes the earlier one, and the other is left to
    the next check. A fix with a character that the encoding lacks is among the errors. Raises TermcheckError
    if the text does not encode to the bytes of the file, or if a package cannot be written.
    """
    if reader := _package_reader(format_name):
        starts = reader.text_of(data, path).line_starts
        made, changes, _ = _chosen(findings, starts, lambda *_: None)
        return Fixed(reader.rewrite(data, path, changes) if changes else data, tuple(made))
    mark, codec = recognised(data, path, encoding)
    raw = decode(data, path, encoding)
    prefix = _prefix(data, raw, mark, codec)
    if prefix is None:
        message = f"cannot be written back unchanged as {codec.upper()}, so nothing was fixed"
        raise TermcheckError(message, path=path, advice="save it as UTF-8, or fix it by hand")

    def error_of(finding: Finding, changes: Iterable[_Change]) -> TermcheckError | None:
        character = _not_encodable(changes, codec)
        return _encoding_error(finding, character, codec) if character else None

    fixed, applied, errors = _chosen(findings, line_starts(raw), error_of)
    return Fixed(_encoded(prefix, _spliced(raw, applied), codec), tuple(fixed), tuple(errors))


def _chosen(
    findings: Iterable[Finding],
    starts: Sequence[int],
    error_of: Callable[[Finding, list[_Change]], TermcheckError | None],
) -> tuple[list[Finding], list[_Change], list[TermcheckError]]:
    """The findings whose fixes can be made together, their changes, and the errors of those that cannot."""
    fixed: list[Finding] = []
    errors: list[TermcheckError] = []
    applied: list[_Change] = []
    spans: list[Span] = []
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        changes = [_change(edit, starts) for edit in finding.fix.edits] if finding.fix else []
        if any(_overlaps(span, spans) for span, _ in changes):
            continue
        if error := error_of(finding, changes):
            errors.append(error)
            continue
        fixed.append(finding)
        applied += changes
        for span, _ in changes:
            bisect.insort(spans, span)
    return fixed, applied, errors


def starts_of(data: bytes, path: str, encoding: str | None, format_name: str = "") -> Sequence[int]:
    """The raw offsets at which the lines of a file start, or what it has in their place."""
    if reader := _package_reader(format_name):
        return reader.text_of(data, path).line_starts
    return line_starts(decode(data, path, encoding))


def authors(
    findings: Sequence[Finding], before: Sequence[int], after: Sequence[int], accused: Iterable[Location]
) -> list[Finding]:
    """The fixed findings whose fix wrote something that one of some locations touches.

    `before` and `after` are the line starts of the text before and after the fixes; the locations are those
    of the text after them.
    """
    changes = sorted(
        (*_change(edit, before), number)
        for number, finding in enumerate(findings)
        for edit in (finding.fix.edits if finding.fix else ())
    )
    written: list[tuple[int, int, int]] = []
    shift = 0
    for span, text, number in changes:
        begin = span.start + shift
        written.append((begin, begin + len(text), number))
        shift += len(text) - (span.end - span.start)
    found = set[int]()
    for place in accused:
        begin = after[place.line - 1] + place.column - 1
        end = after[place.end_line - 1] + place.end_column - 1
        index = bisect.bisect_right(written, end, key=operator.itemgetter(0))
        while index and written[index - 1][1] >= begin:
            index -= 1
            found.add(written[index][2])
    return [findings[number] for number in sorted(found)]


def _prefix(data: bytes, raw: str, mark: bytes, codec: str) -> bytes | None:
    """The bytes before the text, or None if the text does not encode to the bytes of the file."""
    # Decoding drops a second byte order mark as well.
    prefixes = (mark, mark + "\ufeff".encode(codec, "ignore"))
    return next((prefix for prefix in prefixes if _encoded(prefix, raw, codec) == data), None)


def _encoded(prefix: bytes, text: str, codec: str) -> bytes:
    return prefix + text.encode(codec, "backslashreplace")


def _spliced(raw: str, changes: Iterable[_Change]) -> str:
    parts, end = [], 0
    for span, text in sorted(changes):
        parts += [raw[end : span.start], text]
        end = span.end
    return "".join((*parts, raw[end:]))


def _overlaps(span: Span, applied: Sequence[Span]) -> bool:
    """Whether an edit has characters in common with an applied one, or inserts text at the same offset.

    The applied spans are sorted and do not overlap, so only the neighbours need to be compared.
    """
    index = bisect.bisect_left(applied, span)
    return any(span.overlaps(other) or span == other for other in applied[max(0, index - 1) : index + 1])


def _change(edit: Edit, starts: Sequence[int]) -> _Change:
    begin = starts[edit.line - 1] + edit.column - 1
    end = starts[edit.end_line - 1] + edit.end_column - 1
    return Span(begin, end), edit.text


def _not_encodable(changes: Iterable[_Change], codec: str) -> str:
    """The first character of the changes that an encoding lacks, or an empty text if it has all of them."""
    for _, text in changes:
        try:
            text.encode(codec)
        except UnicodeEncodeError as error:
            return text[error.start]
    return ""


def _encoding_error(finding: Finding, character: str, codec: str) -> TermcheckError:
    location = finding.location
    return TermcheckError(
        f"“{location.text}” was not fixed: {codec.upper()} cannot encode {character!r}",
        path=location.path,
        line=location.line,
        column=location.column,
        advice="save the file as UTF-8",
    )
