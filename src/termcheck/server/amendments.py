"""Code actions that write into glossaries: accept a wording as a rendering of a term, or forbid it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol.types import CodeAction, CodeActionKind, CodeActionParams, Diagnostic, TextEdit, WorkspaceEdit
from msgspec import Struct
from pygls.uris import from_fs_path

from termcheck.globs import absolute_path
from termcheck.glossary.amend import with_rendering
from termcheck.glossary.formats import FORMATS
from termcheck.model import Concept, Finding, Side, Status
from termcheck.server.diagnostics import of_finding
from termcheck.server.lines import Lines
from termcheck.server.lookup import Lookup
from termcheck.server.open_text import OpenText
from termcheck.server.pair_at import PairAt

if TYPE_CHECKING:
    from termcheck.server.connection import Connection

# Characters of the longest selection that counts as a wording, and terms that it is offered for.
_LONGEST, _MOST_TERMS = 80, 4
_VERBS = {Status.ADMITTED: "accept", Status.FORBIDDEN: "forbid"}


class _Wording(Struct):
    """A wording of a translation, the terms that it may render, and the diagnostics about it."""

    text: str
    pair: PairAt
    concepts: Sequence[Concept]
    about: list[Diagnostic]


async def amendments(
    ls: Connection, text: OpenText, params: CodeActionParams, here: Sequence[Finding]
) -> list[CodeAction]:
    """The actions that accept or forbid the selected wording, or the one that a finding is about."""

    def actions(lookup: Lookup) -> list[CodeAction]:
        wordings = [*_of_findings(lookup, text, here, params.context.diagnostics)]
        wordings += _selected(lookup, text, params, here)
        return [action for wording in wordings for action in _actions(ls, wording)]

    return await ls.look_up(actions, [])


def _of_findings(
    lookup: Lookup, text: OpenText, findings: Iterable[Finding], about: Sequence[Diagnostic]
) -> Iterator[_Wording]:
    for finding in findings:
        term = finding.term
        found = lookup.at(text, text.lines.range(finding.location).start) if term and term.found else None
        if term and term.found and found and found[0].side is Side.TARGET:
            concepts = [concept for concept in found[0].concepts if concept.id == term.id]
            yield _Wording(term.found, found[0], concepts, of_finding(finding, about))


def _selected(
    lookup: Lookup, text: OpenText, params: CodeActionParams, findings: Iterable[Finding]
) -> Iterator[_Wording]:
    """What is selected in a translation, in one line; a selected diagnostic is no wording of its own."""
    start, end = text.lines.offset(params.range.start), text.lines.offset(params.range.end)
    wording = text.lines.text[start:end].strip()
    is_finding = any(text.lines.range(finding.location) == params.range for finding in findings)
    if not 0 < len(wording) <= _LONGEST or "\n" in wording or "\r" in wording or is_finding:
        return
    found = lookup.in_target(text, start)
    if found is not None:
        yield _Wording(wording, found, (found.owed or found.concepts)[:_MOST_TERMS], [])


def _actions(ls: Connection, wording: _Wording) -> Iterator[CodeAction]:
    for concept in wording.concepts:
        path = absolute_path(concept.origin.path) if concept.origin.path else ""
        lines = _glossary(ls, path)
        if lines is None:
            continue
        languages = wording.pair.prepared.compiled.languages
        for status, verb in _VERBS.items():
            insertions = with_rendering(lines.text, concept, wording.text, languages[1], status, languages)
            if insertions:
                edits = [TextEdit(lines.range_of(one.start, one.end), one.text) for one in insertions]
                yield CodeAction(
                    f"termcheck: {verb} “{wording.text}” for {concept.terms[0].text} in the glossary",
                    kind=CodeActionKind.QuickFix,
                    diagnostics=wording.about,
                    edit=WorkspaceEdit(changes={_address(ls, path): edits}),
                )


def _glossary(ls: Connection, path: str) -> Lines | None:
    """The lines of a glossary in YAML that is in the workspace; None for another file."""
    is_inside = any(path.startswith(f"{folder.rstrip('/')}/") for folder in ls.folders)
    return ls.session.lines_at(path) if is_inside and path.endswith(FORMATS["yaml"].endings) else None


def _address(ls: Connection, path: str) -> str:
    text = ls.session.texts.get(path)
    return text.uri if text else from_fs_path(path) or ""
