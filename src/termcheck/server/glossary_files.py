"""Handlers of requests about glossaries in YAML: hover and completion of attributes, and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from termcheck.server import glossary_place
from termcheck.server.open_text import OpenText
from termcheck.text.positions import position
from termcheck.walking import GLOSSARY_NAMES

if TYPE_CHECKING:
    from termcheck.server.connection import Connection

_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]{}]+")
# What ends a sentence and not an address.
_TAIL = ".,;:!?)*"


def glossary_at(ls: Connection, uri: str) -> OpenText | None:
    """The open glossary at an address; None if another file, or none, is open there."""
    text = ls.session.text_at(uri)
    return text if text is not None and text.path.rpartition("/")[2] in GLOSSARY_NAMES else None


async def hover(ls: Connection, text: OpenText, place: lsp.Position) -> lsp.Hover | None:
    """What the attribute at a position says about an entry."""
    line, column = position(text.lines.starts, text.lines.offset(place))
    found = await ls.session.in_worker(glossary_place.property_at, text.lines.text, line, column)
    if found is None:
        return None
    said, key = found
    values = ", ".join(f"`{value}`" for value in said.values)
    parts = [f"**{said.name}**", said.description, f"Values: {values}" if values else ""]
    start, end = (text.lines.position(key.line, edge) for edge in (key.column, key.end_column))
    return lsp.Hover(
        lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n".join(filter(None, parts))), lsp.Range(start, end)
    )


async def completion(ls: Connection, text: OpenText, place: lsp.Position) -> lsp.CompletionList | None:
    """The attributes or values that can be written at a position."""
    offset = text.lines.offset(place)
    wanted = await ls.session.in_worker(glossary_place.wanted_at, text.lines.text, offset)
    if wanted is None:
        return None
    kind = lsp.CompletionItemKind.Property if wanted.is_key else lsp.CompletionItemKind.EnumMember
    items = [
        lsp.CompletionItem(
            one.name,
            kind=kind,
            documentation=one.description or None,
            sort_text=f"{number:04}",
            text_edit=lsp.TextEdit(
                text.lines.range_of(wanted.start, wanted.end), one.name + ": " * wanted.is_key
            ),
        )
        for number, one in enumerate(wanted.proposals)
    ]
    return lsp.CompletionList(is_incomplete=False, items=items)


async def links(ls: Connection, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
    """The addresses in a glossary, and the ways to the entries that `see_also` names."""
    text = glossary_at(ls, params.text_document.uri)
    return await ls.session.in_worker(lambda: list(_links(text))) if text else []


def _links(text: OpenText) -> Iterator[lsp.DocumentLink]:
    lines = text.lines
    for found in _ADDRESS.finditer(lines.text):
        address = found[0].rstrip(_TAIL)
        yield lsp.DocumentLink(lines.range_of(found.start(), found.start() + len(address)), target=address)
    root = glossary_place.tree(lines.text)
    entries = dict(glossary_place.concepts(root))
    for named in glossary_place.references(root):
        key = entries.get(named.text)
        if key is not None and named.line == named.end_line:
            start, end = (lines.position(named.line, edge) for edge in (named.column, named.end_column))
            yield lsp.DocumentLink(lsp.Range(start, end), f"{text.uri}#L{key.line}", f"the entry {key.text}")
