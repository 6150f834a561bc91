"""Reads the attributes of a glossary, its entries and its renderings into typed values, by table.

One table a level is the whole truth about which attributes exist there and what they hold; the JSON Schema is
tested against these tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, TypeAlias

from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, kind_of, mistake
from termcheck.language_tags import subtags
from termcheck.lazy import compile_later
from termcheck.messages import alternatives, did_you_mean
from termcheck.model import (
    CaseMode,
    Count,
    FirstUse,
    Ignore,
    MatchMode,
    Origin,
    Severity,
    Status,
    TermcheckError,
    TermType,
    Where,
)

# Reads the value of an attribute: its node, the glossary's path, the attribute's name.
Reader: TypeAlias = Callable[[Node, str, str], Any]

_DATE = compile_later(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = compile_later(r"[+-]?\d{1,9}", re.ASCII)
_HASH = compile_later(r"[0-9A-Fa-f]{8,32}")
_TAG = compile_later(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def listed(words: Iterable[str]) -> str:
    """The words as alternatives in a sentence: `a`, `b` or `c`."""
    return alternatives([f"`{word}`" for word in words])


def empty_value(node: Node, path: str, name: str) -> TermcheckError:
    """The error for an attribute or a term without a value."""
    word = node.text if isinstance(node, ScalarNode) and node.text.strip() else ""
    advice = f"put it in quotes if the word itself is meant: '{word}'" if word else "write one, or remove it"
    return mistake(node, path, f"`{name}` has no value", advice)


def read_text(node: Node, path: str, name: str) -> str:
    """A text; lists, mappings and empty values are errors."""
    if not isinstance(node, ScalarNode):
        raise mistake(node, path, f"{kind_of(node)} where the text of `{name}` is expected", "write one text")
    if node.empty:
        raise empty_value(node, path, name)
    return node.text


def read_line(node: Node, path: str, name: str) -> str:
    """A text that is sought or named in one line; line breaks of a block text become spaces.

    A text without quotes that runs on into a line with a colon is two entries run together, and an error.
    """
    text = read_text(node, path, name)
    if isinstance(node, ScalarNode) and node.line != node.end_line:
        if node.plain and (":" in text or "：" in text):
            raise mistake(
                node,
                path,
                f"lines {node.line} to {node.end_line} are read as one text",
                "begin each entry under the one before it, or put the text in quotes",
            )
        return " ".join(text.split())
    return text


def read_texts(node: Node, path: str, name: str) -> tuple[str, ...]:
    """One text or a list of texts."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    mistakes = Mistakes()
    texts: list[str] = []
    for item in items:
        with mistakes:
            texts.append(read_line(item, path, name))
    mistakes.tell()
    return tuple(texts)


def read_boolean(node: Node, path: str, name: str) -> bool:
    """`true` or `false`, and nothing else YAML might take for them."""
    text = read_text(node, path, name)
    if text not in ("true", "false"):
        raise mistake(node, path, f"`{text}` is neither true nor false", f"write `{name}: true` or `false`")
    return text == "true"


def read_integer(node: Node, path: str, name: str) -> int:
    """A whole number of at most nine digits."""
    text = read_text(node, path, name)
    if not _INTEGER.fullmatch(text):
        raise mistake(node, path, f"`{text}` is no whole number", f"write a number, as in `{name}: 1`")
    return int(text)


def read_date(node: Node, path: str, name: str) -> str:
    """A day that exists, as ISO text: `2025-09-05`."""
    from datetime import date

    text = read_text(node, path, name)
    try:
        if not _DATE.fullmatch(text):
            raise ValueError("it is not written as YYYY-MM-DD")
        date.fromisoformat(text)
    except ValueError as reason:
        raise mistake(
            node, path, f"`{text}` is no date: {reason}", f"write it as in `{name}: 2025-09-05`"
        ) from None
    return text


def language_tag(text: str) -> str | None:
    """The tag in its usual spelling (`zh-Hant`; RFC 5646, section 2.1.1); None if the text is no tag."""
    if not _TAG.fullmatch(text):
        return None
    language, *others = subtags(text)
    return "-".join([language, *(_SUBTAG_CASE.get(len(tag), str.lower)(tag) for tag in others)])


_SUBTAG_CASE: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.title}


def read_language(node: Node, path: str, name: str) -> str:
    """A language tag: two or three letters, subtags allowed."""
    text = read_text(node, path, name)
    tag = language_tag(text)
    if tag is None:
        raise mistake(
            node,
            path,
            f"`{text}` is no language tag",
            "write two or three letters, as in `zh`, `en` or `zh-Hant`",
        )
    return tag


def read_ignores(node: Node, path: str, name: str) -> tuple[Ignore, ...]:
    """Where nothing is to be reported: path patterns, or mappings of a `path` or a `pair` with a `note`."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    mistakes = Mistakes()
    found: list[Ignore] = []
    for item in items:
        with mistakes:
            found.append(_read_ignore(item, path, name))
    mistakes.tell()
    return tuple(found)


def _read_ignore(item: Node, path: str, name: str) -> Ignore:
    origin = Origin(path, item.line, item.column)
    if not isinstance(item, MappingNode):
        return Ignore(read_line(item, path, name), origin=origin)
    values = read_attributes(item.entries, IGNORE_ATTRIBUTES, path)
    if ("path" in values) == ("pair" in values):
        said = "both `path` and `pair`" if "path" in values else "neither `path` nor `pair`"
        raise mistake(item, path, f"`{name}` has {said}", "write one of them, and the other on its own")
    return Ignore(**values, origin=origin)


def read_pair(node: Node, path: str, name: str) -> str:
    """What a pair of texts is known by: its first hexadecimal digits at least."""
    text = read_text(node, path, name)
    if not _HASH.fullmatch(text):
        advice = "copy `pair` of a finding from --output-format json, or its first 8 characters or more"
        raise mistake(node, path, f"`{text}` names no pair of texts", advice)
    return text.lower()


def choice(values: type[Enum]) -> Reader:
    """A reader of one of an enumeration's values."""
    known = {member.value: member for member in values}

    def read(node: Node, path: str, name: str) -> Enum:
        text = read_text(node, path, name)
        if text not in known:
            raise mistake(node, path, f"`{name}` cannot be `{text}`", _advice(text, known))
        return known[text]

    return read


def _advice(text: str, known: Iterable[str]) -> str:
    advice = did_you_mean(text, known, "`")
    return f"{advice} It can be {listed(known)}" if advice else f"it can be {listed(known)}"


# ---- the tables

IGNORE_ATTRIBUTES: Mapping[str, Reader] = {"path": read_line, "pair": read_pair, "note": read_text}

TERM_ATTRIBUTES: Mapping[str, Reader] = {
    "term": read_line,
    "status": choice(Status),
    "type": choice(TermType),
    "part_of_speech": read_text,
    "usage": read_text,
    "match": choice(MatchMode),
    "case": choice(CaseMode),
    "note": read_text,
    "context": read_text,
    "sources": read_texts,
    "scope": read_texts,
    "valid_from": read_date,
    "valid_until": read_date,
    "where": choice(Where),
    "instead": read_line,
    "except_in": read_texts,
}

ENTRY_ATTRIBUTES: Mapping[str, Reader] = {
    "concept": read_line,
    "definition": read_text,
    "subject": read_text,
    "note": read_text,
    "sources": read_texts,
    "see_also": read_texts,
    "customer": read_text,
    "project": read_text,
    "scope": read_texts,
    "severity": choice(Severity),
    "count": choice(Count),
    "first_use": choice(FirstUse),
    "keep": read_boolean,
    "except_in": read_texts,
    "priority": read_integer,
    "valid_from": read_date,
    "valid_until": read_date,
    "match": choice(MatchMode),
    "case": choice(CaseMode),
    "ignore": read_ignores,
}

# Shorthand of two-language files: lists of renderings, and the standing it gives them.
SUGAR: Mapping[str, Status] = {
    "allow": Status.ADMITTED,
    "avoid": Status.DEPRECATED,
    "forbid": Status.FORBIDDEN,
}

# What an entry hands down to its terms; `where` only comes from the defaults.
INHERITED = ("scope", "valid_from", "valid_until", "match", "case", "where")

DEFAULTS: Mapping[str, Reader] = {
    **{
        name: ENTRY_ATTRIBUTES[name]
        for name in (
            "severity", "count", "first_use", "scope", "match", "case",
            "subject", "customer", "project", "priority", "sources",
        )
    },
    "where": TERM_ATTRIBUTES["where"],
}  # fmt: skip

GLOSSARY_KEYS = ("version", "title", "languages", "defaults", "keep", "terms")


def read_attributes(
    entries: Iterable[tuple[ScalarNode, Node]],
    table: Mapping[str, Reader],
    path: str,
    explain: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """The typed values of a mapping whose keys must all be in the table.

    `explain` may give better advice for an unknown key than the closest known one (empty: it has none).
    Raises all that is wrong with the mapping at once.
    """
    values: dict[str, Any] = {}
    mistakes = Mistakes()
    for key, value in entries:
        reader = table.get(key.text)
        if reader is None:
            advice = (explain(key.text) if explain else "") or did_you_mean(key.text, table, "`")
            advice = advice or f"it can be {listed(table)}"
            mistakes.add(mistake(key, path, f"unknown key `{key.text}`", advice))
            continue
        with mistakes:
            values[key.text] = reader(value, path, key.text)
    mistakes.tell()
    return values


def check_period(values: Mapping[str, Any], node: Node, path: str) -> None:
    """Refuse a period that ends before it begins; `values` may hold `valid_from` and `valid_until`."""
    begin, end = values.get("valid_from", ""), values.get("valid_until", "")
    if begin and end and begin > end:
        raise mistake(
            node, path, f"valid_from {begin} is later than valid_until {end}", "exchange the two dates"
        )
