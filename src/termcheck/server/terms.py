"""Handlers of requests about terms: hover, definition, references, completion, inlay hints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from termcheck.model import Concept, Side
from termcheck.server import entries, glossary_files
from termcheck.server.glossary_files import glossary_at
from termcheck.server.lookup import Lookup, span_of
from termcheck.server.open_text import OpenText
from termcheck.server.pair_at import PairAt, verdicts

if TYPE_CHECKING:
    from termcheck.server.connection import Connection


async def hover(ls: Connection, params: lsp.HoverParams) -> lsp.Hover | None:
    """The entries of the term or rendering at a position; in a glossary, what an attribute is for."""
    if glossary := glossary_at(ls, params.text_document.uri):
        return await glossary_files.hover(ls, glossary, params.position)
    found = await ls.pair_at(params.text_document.uri, params.position)
    span = span_of(*found[1:]) if found else None
    if found is None or span is None:
        return None
    text, pair, offset = found
    languages = pair.prepared.compiled.languages
    shown = (entries.as_markdown(concept, *languages) for concept in _concepts_at(pair, offset))
    contents = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(shown))
    return lsp.Hover(contents, text.lines.range_of(span.start, span.end))


async def definition(ls: Connection, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """The places in the glossary of the entries of the term at a position."""
    found = await ls.pair_at(params.text_document.uri, params.position)
    concepts = _concepts_at(*found[1:]) if found else []
    return [place for concept in concepts if (place := entries.place_of(concept.origin))]


async def references(ls: Connection, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """The places of the term at a position in all texts of the workspace."""
    found = await ls.pair_at(params.text_document.uri, params.position)
    concepts = _concepts_at(*found[1:]) if found else []
    if not concepts:
        return []

    def places(lookup: Lookup) -> list[lsp.Location]:
        return [place for folder in ls.folders for place in lookup.references(concepts[0], folder)]

    return await ls.look_up(places, [])


async def completion(ls: Connection, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """The renderings that the source of a paragraph asks for; in a glossary, attributes and values."""
    if glossary := glossary_at(ls, params.text_document.uri):
        return await glossary_files.completion(ls, glossary, params.position)
    found = await ls.pair_at(params.text_document.uri, params.position)
    if found is None or found[1].side is not Side.TARGET:
        return None
    return lsp.CompletionList(is_incomplete=False, items=list(_completions(found[1])))


async def inlay_hints(ls: Connection, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """The renderings that are owed, each after its term; none unless the client wants them."""
    text = ls.session.text_at(params.text_document.uri)
    if text is None or not ls.hints:
        return []
    return await ls.look_up(lambda lookup: list(_hints(lookup, text, params.range)), [])


def _concepts_at(pair: PairAt, offset: int) -> list[Concept]:
    found = {match.concept.id: match.concept for match, _ in pair.matches_at(offset)}
    return list(found.values())


def _completions(pair: PairAt) -> Iterator[lsp.CompletionItem]:
    """Items for the renderings of a pair; the ones that are still owed come first."""
    owed = {concept.id for concept in pair.owed}
    languages = pair.prepared.compiled.languages
    order = sorted(pair.concepts, key=lambda concept: concept.id not in owed)
    for number, concept in enumerate(order):
        source = concept.in_language(languages[0])
        for place, term in enumerate(pair.renderings(concept)):
            yield lsp.CompletionItem(
                term.text,
                kind=lsp.CompletionItemKind.Value,
                detail=f"{source[0].text if source else concept.id} ({term.status.value})",
                documentation=lsp.MarkupContent(
                    lsp.MarkupKind.Markdown, entries.as_markdown(concept, *languages)
                ),
                sort_text=f"{number:04}{place:02}",
                preselect=concept.id in owed and number == place == 0,
            )


def _hints(lookup: Lookup, text: OpenText, wanted: lsp.Range) -> Iterator[lsp.InlayHint]:
    start, end = text.lines.offset(wanted.start), text.lines.offset(wanted.end)
    for prepared, sides, settings in lookup.bitexts(text):
        if Side.SOURCE not in sides:
            continue
        for verdict in verdicts(prepared, settings):
            for obligation in verdict.obligations:
                if obligation.met or not obligation.accepted:
                    continue
                for match in obligation.occurrences:
                    place = match.segment.raw_span(match.span).end
                    if start <= place <= end:
                        label = f"→ {obligation.accepted[0].text}"
                        yield lsp.InlayHint(text.lines.position_at(place), label, padding_left=True)
