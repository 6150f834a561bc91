"""Edits of suppression comments: writing one for a finding, correcting one, and removing one.

A new comment is a line of its own above the paragraph. This module cannot tell whether the text is still read
in the same way: inside a table or a list it may not be, so the caller has to check the result.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck.lazy import compile_later
from termcheck.model import Applicability, Document, Edit, Finding, Fix, Segment, Span, TermcheckError
from termcheck.readers import FORMATS, as_comment
from termcheck.suppress.syntax import Directive, Item
from termcheck.text.positions import line_start, locate, position

if TYPE_CHECKING:
    from termcheck.readers.protocols import CommentPlacer

_EXISTING = compile_later(r"termcheck:\s*ignore\[([^\]]*)\]")
_NEWLINE = compile_later(r"\r\n|\n|\r")
_NEEDS_QUOTES = compile_later(r"[\[\],:\s]")
# Rules whose findings a comment in the text can silence.
_FAMILIES = ("TRM", "ALN")
# What may precede a comment on a line that is otherwise empty.
_INDENTATION = compile_later(r"[ \t]*")
_NOT_BLANK = compile_later(r"[^ \t]")
_MARGIN = compile_later(r"[ \t>]*")


def silencing_fixes(document: Document, findings: Sequence[Finding], reason: str) -> Iterator[Finding]:
    """For each paragraph the first of its findings, with a fix that writes a comment for all of them.

    Leaves out findings that no comment in their text can silence. Raises TermcheckError for a reason that
    would end the comment, and for a table, which a comment would interrupt.
    """
    if "--" in reason or "*/" in reason or _NEWLINE.search(reason):
        raise TermcheckError(
            "--add-ignore: the reason would end the comment", advice="leave out `--` and `*/`"
        )
    segments = sorted(document.segments, key=_start)
    form = FORMATS.get(document.format)
    placer: CommentPlacer | None = form.load() if form is not None and form.places_comments else None
    by_line: dict[tuple[int, bool], list[Finding]] = {}
    for finding in findings:
        if finding.code.startswith(_FAMILIES):
            place = _first_line(document, finding, segments, placer)
            by_line.setdefault(place, []).append(finding)
    for (line, is_front_matter), in_paragraph in by_line.items():
        if placer is None:
            _require_place(document, line, is_front_matter=is_front_matter)
        first = in_paragraph[0]
        text = f"termcheck: ignore[{{}}]{f' {reason}' if reason else ''}"
        comment = f"# {text}" if is_front_matter else as_comment(document, text)
        margin = _INDENTATION.match(_line(document, line))
        # Elsewhere blanks at the beginning of a line might make the comment a piece of code.
        if margin is not None and (is_front_matter or placer is not None):
            comment = f"{margin[0]}{comment}"
        edit = _new_comment(document, line, list(dict.fromkeys(map(_item, in_paragraph))), comment)
        fix = Fix(Applicability.SAFE, (edit,))
        yield Finding(first.code, first.name, first.severity, "", first.location, fix=fix)


def removed(document: Document, comment: Span) -> Fix:
    """The safe fix that removes a comment, and its line if nothing else is on it."""
    raw, starts = document.raw, document.line_starts
    begin = line_start(starts, comment.start)
    last, _ = position(starts, comment.end)
    after = _end_of_line(document, last)
    # A line may have thousands of comments, so none of this copies it or searches all of it.
    rest = _NOT_BLANK.search(raw, comment.end, after)
    is_last = rest is None or rest[0] in "\r\n"
    if _MARGIN.fullmatch(raw, begin, comment.start) and is_last:
        return _fix(document, Span(begin, after))
    before = comment.start
    while before > begin and raw[before - 1] in " \t":
        before -= 1
    if before < comment.start:
        return _fix(document, Span(before, comment.end))
    return _fix(document, Span(comment.start, rest.start() if rest else after))


def without(document: Document, directive: Directive, items: Collection[Item]) -> Fix:
    """The safe fix that removes items of a comment, or the whole comment if no item remains."""
    remaining = [item.text for item in directive.items if item not in items]
    if not remaining or directive.inside is None:
        return removed(document, directive.raw)
    return _fix(document, directive.inside, ", ".join(remaining))


def corrected(document: Document, wrong: Span, correction: str) -> Fix:
    """The fix that corrects a comment; it is unsafe, because the comment silences findings from then on."""
    return _fix(document, wrong, correction, Applicability.UNSAFE)


def _fix(
    document: Document, span: Span, text: str = "", applicability: Applicability = Applicability.SAFE
) -> Fix:
    place = locate(document, span)
    return Fix(applicability, (Edit(place.line, place.column, place.end_line, place.end_column, text),))


def _start(segment: Segment) -> int:
    return segment.raw.start


def _first_line(
    document: Document, finding: Finding, segments: Sequence[Segment], placer: CommentPlacer | None
) -> tuple[int, bool]:
    """The line on which the paragraph of a finding begins, and whether it is a text in front matter.

    Such a text begins with its key, and others where the reader of their format says.
    """
    offset = document.line_starts[finding.location.line - 1] + finding.location.column - 1
    last = bisect_right(segments, offset, key=_start)
    segment = segments[last - 1] if last else None
    if segment is not None and placer is not None:
        return placer.comment_line(document, segment), False
    line, column = position(document.line_starts, segment.raw.start if segment else offset)
    if segment is None or not segment.key:
        return line, False
    name = re.escape(segment.key.rpartition(".")[2].partition("[")[0])
    key, before = re.compile(rf"(?<![\w-]){name}[\"']?[ \t]*[:=]"), _line(document, line)[: column - 1]
    while line > 1 and not key.search(before):
        line -= 1
        before = _line(document, line)
    return line, True


def _require_place(document: Document, line: int, *, is_front_matter: bool) -> None:
    if is_front_matter and "<!--" in _line(document, line):
        raise TermcheckError(
            "a comment cannot be written on the line that opens another, so nothing was written",
            path=document.path,
            line=line,
            advice="begin the text on a line of its own",
        )
    if not is_front_matter and "|" in _line(document, line) and "|" in _line(document, line - 1):
        raise TermcheckError(
            "a comment cannot be written inside a table, so nothing was written",
            path=document.path,
            line=line,
            advice="put `disable` and `enable` around the table by hand",
        )


def _item(finding: Finding) -> str:
    """The item of a comment that silences a finding: its rule, and its term if it has one."""
    term = finding.term.id if finding.term else ""
    if not term or '"' in term:
        return finding.name
    return f'{finding.name}:"{term}"' if _NEEDS_QUOTES.search(term) else f"{finding.name}:{term}"


def _new_comment(document: Document, line: int, items: Sequence[str], form: str) -> Edit:
    """The edit that writes a comment above a line, or adds the items to an existing comment there.

    In `form`, `{}` stands for the items.
    """
    # A comment that needs a blank line below it stands one line higher.
    above = line - 1 - form.count("\n")
    existing = _EXISTING.search(_line(document, above))
    if existing:
        known = [item.strip() for item in existing[1].split(",")]
        column = existing.end(1) + 1
        added = "".join(f", {item}" for item in items if item not in known)
        return Edit(above, column, above, column, added)
    newline = _NEWLINE.search(document.raw)
    comment = f"{form}\n".replace("{}", ", ".join(items), 1)
    return Edit(line, 1, line, 1, comment.replace("\n", newline[0]) if newline else comment)


def _line(document: Document, line: int) -> str:
    """The text of a 1-based line, or nothing for a line before the first."""
    if line < 1:
        return ""
    return document.raw[document.line_starts[line - 1] : _end_of_line(document, line)]


def _end_of_line(document: Document, line: int) -> int:
    """The raw offset at which a 1-based line ends, with its newline."""
    starts = document.line_starts
    return starts[line] if line < len(starts) else len(document.raw)
