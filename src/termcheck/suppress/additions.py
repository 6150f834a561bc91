"""The comments that silence findings, as edits of their text: for `--add-ignore`.

A comment goes on a line of its own above the paragraph. Whether the text is still read as before cannot be
told from here: inside a table or a list it may not be, so whoever writes it has to check the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from termcheck.lazy import compile_later
from termcheck.model import Applicability, Document, Edit, Finding, Fix, TermcheckError
from termcheck.text.positions import position

_HERE = compile_later(r"termcheck:\s*ignore\[([^\]]*)\]")
_NEWLINE = compile_later(r"\r\n|\n|\r")
_QUOTED = compile_later(r"[\[\],:\s]")
_OF_TEXTS = ("TRM", "ALN")


def silencing(document: Document, findings: Sequence[Finding], reason: str) -> Iterator[Finding]:
    """The findings of a text, one a paragraph, each with the fix that writes a comment for all of its own.

    Findings that no comment of their text can silence are left out. Raises TermcheckError for a reason that
    would end the comment, and for a table, which a comment would end.
    """
    if "--" in reason or "*/" in reason or _NEWLINE.search(reason):
        raise TermcheckError(
            "--add-ignore: the reason would end the comment", advice="leave out `--` and `*/`"
        )
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.code.startswith(_OF_TEXTS):
            by_line.setdefault(_first_line(document, finding), []).append(finding)
    for line, found in by_line.items():
        if "|" in _line(document, line) and "|" in _line(document, line - 1):
            raise TermcheckError(
                "a comment cannot stand inside a table, so nothing was written",
                path=document.path,
                line=line,
                advice="put `disable` and `enable` around the table by hand",
            )
        edit = _edit(document, line, list(dict.fromkeys(map(_item, found))), reason)
        yield Finding(
            found[0].code,
            found[0].name,
            found[0].severity,
            "",
            found[0].location,
            fix=Fix(Applicability.SAFE, (edit,)),
        )


def _first_line(document: Document, finding: Finding) -> int:
    """The line at which the paragraph of a finding begins."""
    offset = document.line_starts[finding.location.line - 1] + finding.location.column - 1
    starts = (
        one.raw.start for one in document.segments if one.raw.start <= offset < max(one.raw.end, offset + 1)
    )
    return position(document.line_starts, max(starts, default=offset))[0]


def _item(finding: Finding) -> str:
    term = finding.term.id if finding.term else ""
    if not term or '"' in term:
        return finding.name
    return f'{finding.name}:"{term}"' if _QUOTED.search(term) else f"{finding.name}:{term}"


def _edit(document: Document, line: int, items: Sequence[str], reason: str) -> Edit:
    above = _line(document, line - 1)
    there = _HERE.search(above)
    if there:
        known = [one.strip() for one in there[1].split(",")]
        new = "".join(f", {item}" for item in items if item not in known)
        column = there.end(1) + 1
        return Edit(line - 1, column, line - 1, column, new)
    newline = _NEWLINE.search(document.raw)
    comment = _comment(document, f"termcheck: ignore[{', '.join(items)}]{f' {reason}' if reason else ''}")
    return Edit(line, 1, line, 1, comment + (newline[0] if newline else "\n"))


def _line(document: Document, line: int) -> str:
    if line < 1:
        return ""
    end = document.line_starts[line] if line < len(document.line_starts) else len(document.raw)
    return document.raw[document.line_starts[line - 1] : end]


def _comment(document: Document, text: str) -> str:
    if document.path.lower().endswith(".mdx"):
        return f"{{/* {text} */}}"
    return f"# {text}" if document.format == "plain" else f"<!-- {text} -->"


def can_have_comments(documents: Iterable[Document]) -> bool:
    """Whether the formats of all these texts have comments."""
    return all(document.format in ("markdown", "plain") for document in documents)
