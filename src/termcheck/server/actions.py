"""Code actions: the fixes of findings, all safe fixes at once, comments that silence, ways to entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CodeActionParams,
    Command,
    Diagnostic,
    Range,
    ShowDocumentParams,
    TextEdit,
    WorkspaceEdit,
)

from termcheck.fix import applicable, apply
from termcheck.globs import absolute_path
from termcheck.model import Document, Edit, Finding, Origin, TermcheckError
from termcheck.server.amendments import amendments
from termcheck.server.diagnostics import of_finding
from termcheck.server.entries import place_of
from termcheck.server.lookup import Lookup
from termcheck.server.open_text import OpenText
from termcheck.suppress.edits import silencing_fixes

if TYPE_CHECKING:
    from termcheck.server.connection import Connection

FIX_ALL = "source.fixAll.termcheck"
"""The kind of the action that makes all safe fixes."""
OPEN_ENTRY = "termcheck.openEntry"
"""The command that opens an entry of a glossary, given its place as in `glossary.yaml:12`."""

# The longest text that the title of an action quotes.
_QUOTED = 60


async def code_actions(ls: Connection, params: CodeActionParams) -> list[CodeAction]:
    """What can be done about the findings at a range."""
    text = ls.session.text_at(params.text_document.uri)
    if text is None:
        return []
    findings = ls.session.results.findings(text.path)
    here = [one for one in findings if _touch(text.lines.range(one.location), params.range)]
    only, about = params.context.only, params.context.diagnostics
    found = list(_fix_all(text, findings)) if _wants(only, FIX_ALL) else []
    if _wants(only, CodeActionKind.QuickFix.value):
        found += _fixes(text, here, about)
        found += await amendments(ls, text, params, here)
        found += await ls.look_up(lambda lookup: list(_silence(lookup, text, here, about)), [])
        found += _openings(here, about)
    return found


async def open_entry(ls: Connection, *arguments: object) -> None:
    """Show an entry in the editor."""
    path, _, line = str(arguments[0] if arguments else "").rpartition(":")
    place = place_of(Origin(path, int(line), 1)) if path and line.isdecimal() else None
    if place is not None:
        await ls.window_show_document_async(
            ShowDocumentParams(place.uri, take_focus=True, selection=place.range)
        )


def _fixes(text: OpenText, findings: Iterable[Finding], about: Sequence[Diagnostic]) -> Iterator[CodeAction]:
    """An action for each fix; safe ones are preferred, and the title of another says that it is not."""
    for finding in findings:
        if finding.fix is not None:
            safe = applicable(finding, unsafe=False)
            yield CodeAction(
                f"termcheck: {_what(finding)}" + ("" if safe else " (unsafe)"),
                kind=CodeActionKind.QuickFix,
                diagnostics=of_finding(finding, about),
                is_preferred=safe,
                edit=_workspace_edit(text, finding.fix.edits),
            )


def _fix_all(text: OpenText, findings: Iterable[Finding]) -> Iterator[CodeAction]:
    """The action that makes all safe fixes which do not overlap, if there are any."""
    safe = [finding for finding in findings if applicable(finding, unsafe=False)]
    if safe:
        made = apply(text.data, text.name, None, safe).findings
        edits = [edit for finding in made if finding.fix for edit in finding.fix.edits]
        edit = _workspace_edit(text, edits)
        yield CodeAction("termcheck: make all safe fixes", kind=FIX_ALL, edit=edit)


def _silence(
    lookup: Lookup, text: OpenText, findings: Sequence[Finding], about: Sequence[Diagnostic]
) -> Iterator[CodeAction]:
    """For each finding the action that writes a comment against it, where a comment can be written."""
    document = _document(lookup, text) if findings else None
    if document is None:
        return
    for finding in findings:
        try:
            silencing = list(silencing_fixes(document, [finding], "reason"))
        except TermcheckError:
            continue
        for one in silencing:
            if one.fix is not None and one.fix.edits[0].text:
                yield CodeAction(
                    f"termcheck: ignore {finding.name} here, with a comment",
                    kind=CodeActionKind.QuickFix,
                    diagnostics=of_finding(finding, about),
                    edit=_workspace_edit(text, one.fix.edits),
                )


def _openings(findings: Iterable[Finding], about: Sequence[Diagnostic]) -> Iterator[CodeAction]:
    """For each finding on an entry the action that opens the entry."""
    for finding in findings:
        term = finding.term
        if term is not None and term.origin:
            title = f"termcheck: open the entry of {term.name or term.source}"
            yield CodeAction(
                title,
                kind=CodeActionKind.QuickFix,
                diagnostics=of_finding(finding, about),
                command=Command(title, OPEN_ENTRY, arguments=[term.origin]),
            )


def _document(lookup: Lookup, text: OpenText) -> Document | None:
    """The text as it was read for one of its bitexts."""
    for prepared, _, _ in lookup.bitexts(text):
        for document in (prepared.bitext.source, prepared.bitext.target):
            if absolute_path(document.path) == text.path:
                return document
    return None


def _workspace_edit(text: OpenText, edits: Iterable[Edit]) -> WorkspaceEdit:
    made = [TextEdit(text.lines.range(edit), edit.text) for edit in edits]
    return WorkspaceEdit(changes={text.uri: made})


def _what(finding: Finding) -> str:
    """What a fix does, in words."""
    edits = finding.fix.edits if finding.fix else ()
    written = next((edit.text.strip() for edit in edits if edit.text.strip()), "")
    if finding.label.startswith("use "):
        return finding.label
    if not written:
        return "take it out"
    return f"write “{written}”" if len(written) <= _QUOTED else "mend it"


def _wants(only: Sequence[CodeActionKind | str] | None, kind: str) -> bool:
    """Whether the client asks for a kind of action: for all, for this one, or for a wider one."""
    kinds = [one.value if isinstance(one, CodeActionKind) else str(one) for one in only or ()]
    return not kinds or any(kind == one or kind.startswith(f"{one}.") for one in kinds)


def _touch(first: Range, second: Range) -> bool:
    """Whether two ranges overlap or touch."""
    edges = [(place.line, place.character) for place in (first.start, first.end, second.start, second.end)]
    return edges[0] <= edges[3] and edges[2] <= edges[1]
