"""Load glossary files: decode and parse them, read their entries, and merge them into one glossary.

Only this part of the glossary package reads files. Everything that it cannot read is a TermcheckError with a
position, because a glossary that is only half read would pass texts that it never checked.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from termcheck.glossary.attributes import (
    DEFAULTS,
    GLOSSARY_KEYS,
    INHERITED,
    empty_value,
    language_tag,
    listed,
    read_attributes,
    read_line,
    read_text,
)
from termcheck.glossary.commas import rejoined
from termcheck.glossary.diagnose import colon_trouble, shorten
from termcheck.glossary.entries import EntryReader
from termcheck.glossary.events import read_nodes
from termcheck.glossary.formats import GlossaryOptions, format_of
from termcheck.glossary.languages import declared_languages, find_languages
from termcheck.glossary.merge import Loaded, merge
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, kind_of, mistake
from termcheck.messages import did_you_mean, file_error
from termcheck.model import Concept, Glossary, TermcheckError
from termcheck.plain_files import read_plain

_VERSION = "1"
_EXAMPLE = "write entries such as `上合组织: SCO`"


def load_glossary(
    paths: Sequence[Path | str],
    languages: Sequence[str] = (),
    piped: Mapping[str, bytes] = MappingProxyType({}),
    columns: Sequence[tuple[str, str]] = (),
) -> Loaded:
    """Read glossary files into one; a later file wins over an earlier one for the same term.

    `languages` is the pair to check, source first, for files that do not name their languages. `piped`
    holds, by path, what was read from pipes; `columns` says which columns of tables hold which language.
    Raises TermcheckError for files that cannot be read and for invalid glossaries; the error has all further
    errors in `others`.
    """
    if not paths:
        raise TermcheckError(
            "no glossary is given", advice="name one with `--glossary`, or run `termcheck init`"
        )
    unique = {os.path.realpath(path): Path(path) for path in reversed(paths)}
    mistakes = Mistakes()
    glossaries: list[Glossary] = []
    for path in reversed(unique.values()):
        with mistakes:
            glossaries.append(_load_file(path, GlossaryOptions(languages, columns), piped))
    mistakes.raise_all()
    return merge(glossaries)


def load_glossary_text(text: str, path: str, languages: Sequence[str] = ()) -> Glossary:
    """Read the text of one glossary; messages and origins call it `path`.

    Raises TermcheckError with all errors of the glossary.
    """
    with without_collection():
        return _read_text(text, path, languages)


def _read_text(text: str, path: str, languages: Sequence[str]) -> Glossary:
    mistakes = Mistakes()
    root = None
    with mistakes:
        root = read_nodes(text, path, mistakes)
    if root is None:
        mistakes.raise_all()
    return glossary_of_nodes(root, path, languages, mistakes)


def glossary_of_nodes(root: Node | None, path: str, languages: Sequence[str], mistakes: Mistakes) -> Glossary:
    """The glossary that the nodes of a file make; `mistakes` has what was wrong with them so far.

    Raises TermcheckError with all errors of the file.
    """
    glossary = Glossary(())
    with mistakes:
        if not isinstance(root, MappingNode) or not root.entries:
            raise _no_mapping(root, path)
        form = _full if _is_full(root, path) else _bare
        glossary = form(root, path, languages, mistakes)
    # The rest of a glossary is worth checking, unless there is no rest.
    if not glossary.concepts or not mistakes.only_unusable():
        mistakes.raise_all()
    if any("/" in term.text for concept in glossary.concepts for term in concept.terms):
        from termcheck.glossary.slashes import with_alternatives

        glossary = with_alternatives(glossary)
    return replace(glossary, left_out=mistakes.left_out()) if mistakes.errors else glossary


def _bare(root: MappingNode, path: str, wanted: Sequence[str], mistakes: Mistakes) -> Glossary:
    pair = find_languages(root, wanted, path, bare=True)
    concepts = tuple(_concepts(EntryReader(path, pair, {}, {}), root, None, mistakes))
    return Glossary(concepts, pair, paths=(path,))


def _load_file(path: Path, options: GlossaryOptions, piped: Mapping[str, bytes]) -> Glossary:
    name = path.as_posix()
    try:
        data = piped[name] if name in piped else read_plain(path)
    except FileNotFoundError:
        raise TermcheckError("there is no such glossary", path=name, advice="correct the path") from None
    except IsADirectoryError:
        raise TermcheckError(
            "this is a directory", path=name, advice="name the glossary file in it"
        ) from None
    except OSError as error:
        advice = "check its permissions" if isinstance(error, PermissionError) else ""
        raise file_error("the glossary cannot be read", error, name, advice=advice) from None
    with without_collection():
        return format_of(name, data).load().read(data, name, options)


@contextmanager
def without_collection() -> Iterator[None]:
    """Switch the garbage collector off, because walking a growing glossary takes a third of the loading time.

    Loading and compiling create no reference cycles, so there is nothing to collect.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def decode_text(data: bytes, path: str) -> str:
    """The text of a glossary in UTF-8. Raises TermcheckError at the first byte that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        # The offsets of the error do not count the signature that utf-8-sig strips.
        offset = reason.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise TermcheckError(
            f"byte 0x{data[offset]:02x} at offset {offset} is not UTF-8",
            path=path,
            line=line,
            advice="save the glossary as UTF-8",
        ) from None


def _no_mapping(root: Node | None, path: str) -> TermcheckError:
    if root is None:
        return TermcheckError("the glossary is empty", path=path, line=1, column=1, advice=_EXAMPLE)
    if isinstance(root, MappingNode):
        return mistake(root, path, "the glossary is empty", _EXAMPLE)
    if isinstance(root, ScalarNode):
        trouble = colon_trouble(root.text)
        if trouble is not None:
            offset, message, advice = trouble
            # In a text on several lines, offsets are not columns.
            column = root.column + offset if root.line == root.end_line else root.column
            return TermcheckError(message, path=path, line=root.line, column=column, advice=advice)
    return mistake(root, path, f"expected the entries of a glossary, found {kind_of(root)}", _EXAMPLE)


def _is_full(root: MappingNode, path: str) -> bool:
    """Whether this is the full form; in a bare mapping, `terms: 条款` may be an entry for “terms”."""
    keys = root.keys()
    others = [key for key in keys if key not in GLOSSARY_KEYS]
    if "terms" in keys:
        return not others or isinstance(root.get("terms"), MappingNode)
    if not any(_is_setting(key.text, value) for key, value in root.entries):
        return False
    if "keep" in keys and not others:
        return True
    node = next((key for key, _ in root.entries if key.text in others), root)
    raise mistake(
        node,
        path,
        "a glossary with settings needs its entries under `terms:`",
        _advice_for_top(node.text) if isinstance(node, ScalarNode) else "write `terms:` and indent them",
    )


def _is_setting(key: str, value: Node) -> bool:
    """Whether a key of a file without `terms:` is a setting of the full form and not a term."""
    if key == "version":
        return isinstance(value, ScalarNode) and value.text == _VERSION
    if key == "languages":
        return isinstance(value, SequenceNode) and all(
            isinstance(item, ScalarNode) and language_tag(item.text) for item in value.items
        )
    return (
        key == "defaults"
        and isinstance(value, MappingNode)
        and any(name.text in DEFAULTS for name, _ in value.entries)
    )


def _full(root: MappingNode, path: str, wanted: Sequence[str], mistakes: Mistakes) -> Glossary:
    for key, _ in root.entries:
        if key.text not in GLOSSARY_KEYS:
            advice = _advice_for_top(key.text)
            mistakes.add(mistake(key, path, f"unknown key `{shorten(key.text)}`", advice))
    title, name = root.get("title"), ""
    defaults: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    with mistakes:
        _check_version(root.get("version"), path)
    with mistakes:
        name = read_line(title, path, "title") if title is not None else ""
    with mistakes:
        defaults = _defaults(root.get("defaults"), path)
    terms = _terms_of(root, path)
    languages = _languages(root, terms, wanted, path)
    concepts = tuple(_concepts(EntryReader(path, languages, *defaults), terms, root.get("keep"), mistakes))
    return Glossary(concepts, languages, name, (path,))


def _advice_for_top(key: str) -> str:
    return did_you_mean(key, GLOSSARY_KEYS, "`") or "write `terms:` and indent the entries under it"


def _check_version(node: Node | None, path: str) -> None:
    if node is not None and read_text(node, path, "version") != _VERSION:
        raise mistake(
            node,
            path,
            f"unknown version {read_text(node, path, 'version')} of the glossary format",
            f"write `version: {_VERSION}`, or use a newer termcheck",
        )


def _terms_of(root: MappingNode, path: str) -> MappingNode:
    node = root.get("terms")
    if isinstance(node, MappingNode) and (node.entries or root.get("keep")):
        return node
    if node is None or (isinstance(node, ScalarNode) and node.empty) or kind_of(node) == "a mapping":
        if root.get("keep") is not None:
            return MappingNode((), root.line, root.column)
        raise mistake(node or root, path, "the glossary has no entries", _EXAMPLE)
    raise _no_mapping(node, path)


def _languages(root: MappingNode, terms: MappingNode, wanted: Sequence[str], path: str) -> tuple[str, ...]:
    node = root.get("languages")
    if node is None:
        if not terms.entries and not wanted:
            raise mistake(
                root, path, "this glossary does not name its languages", "write `languages: [zh, en]`"
            )
        return find_languages(terms, wanted, path) if terms.entries else tuple(wanted)
    return declared_languages(node, terms, path)


def _defaults(node: Node | None, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The defaults for concepts and the defaults for their terms."""
    if node is None:
        return {}, {}
    if not isinstance(node, MappingNode):
        raise (
            empty_value(node, path, "defaults")
            if isinstance(node, ScalarNode) and node.empty
            else mistake(
                node,
                path,
                f"expected a mapping of defaults, found {kind_of(node)}",
                f"it can have the keys {listed(tuple(DEFAULTS))}",
            )
        )
    values = read_attributes(node.entries, DEFAULTS, path)
    for_terms = {name: values.pop(name) for name in INHERITED if name in values}
    return values, for_terms


def _concepts(
    reader: EntryReader, terms: MappingNode, keep: Node | None, mistakes: Mistakes
) -> Iterator[Concept]:
    seen: dict[str, Concept] = {}
    for concept in _read(reader, terms, keep, mistakes):
        first = seen.setdefault(concept.id, concept)
        if first is not concept:
            error = TermcheckError(
                f"the concept `{shorten(concept.id)}` is already defined in line {first.origin.line}",
                path=reader.path,
                line=concept.origin.line,
                column=concept.origin.column,
                advice="give one of them another id with `concept:`, or merge them",
            )
            mistakes.add(error)
        yield concept


def _read(
    reader: EntryReader, terms: MappingNode, keep: Node | None, mistakes: Mistakes
) -> Iterator[Concept]:
    """The concepts of the entries that can be read; the errors of the others go to `mistakes`."""
    items = keep.items if isinstance(keep, SequenceNode) else (keep,) if keep is not None else ()
    for item in items:
        with mistakes:
            yield reader.kept(item)
    for key, value in rejoined(terms, lambda _: False, reader.path, mistakes):
        with mistakes:
            yield reader.concept(key, value)
