"""Read the attributes of a glossary, its entries and its renderings into typed values.

One table for each level defines which attributes exist there and how each is read. The JSON Schema is tested
against these tables.
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

# Reads the value of an attribute from its node, the path of the glossary and the name of the attribute.
Reader: TypeAlias = Callable[[Node, str, str], Any]

_DATE = compile_later(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = compile_later(r"[+-]?\d{1,9}", re.ASCII)
_HASH = compile_later(r"[0-9A-Fa-f]{8,32}")
# Programs write `pt_BR` for `pt-BR`; other names with an underscore are no tags.
_TAG = compile_later(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}|_(?:[A-Z]{2}|[A-Z][a-z]{3}|[0-9]{3}))*")


def listed(words: Iterable[str]) -> str:
    """The words as alternatives in a sentence: `a`, `b` or `c`."""
    return alternatives([f"`{word}`" for word in words])


def empty_value(node: Node, path: str, name: str) -> TermcheckError:
    """The error for an attribute or a term without a value."""
    word = node.text if isinstance(node, ScalarNode) and node.text.strip() else ""
    advice = (
        f"put it in quotes if you mean the word itself: '{word}'" if word else "add a value, or remove it"
    )
    return mistake(node, path, f"`{name}` has no value", advice)


def read_text(node: Node, path: str, name: str) -> str:
    """A text; lists, mappings and empty values are errors."""
    if not isinstance(node, ScalarNode):
        raise mistake(node, path, f"expected a text for `{name}`, found {kind_of(node)}", "write one text")
    if node.empty:
        raise empty_value(node, path, name)
    return node.text


def read_line(node: Node, path: str, name: str) -> str:
    """A text on one line; the line breaks of a block text become spaces.

    A text without quotes that continues in a line with a colon is an error, because it is two entries that
    YAML reads as one text.
    """
    text = read_text(node, path, name)
    if isinstance(node, ScalarNode) and node.line != node.end_line:
        if node.plain and (":" in text or "：" in text):
            raise mistake(
                node,
                path,
                f"lines {node.line} to {node.end_line} are read as one text",
                "align each entry with the one above it, or put the text in quotes",
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
    mistakes.raise_all()
    return tuple(texts)


def read_boolean(node: Node, path: str, name: str) -> bool:
    """`true` or `false`; the other spellings of YAML, such as `yes`, are errors."""
    text = read_text(node, path, name)
    if text not in ("true", "false"):
        raise mistake(node, path, f"`{text}` is neither true nor false", f"write `{name}: true` or `false`")
    return text == "true"


def read_integer(node: Node, path: str, name: str) -> int:
    """A whole number of at most nine digits."""
    text = read_text(node, path, name)
    if not _INTEGER.fullmatch(text):
        raise mistake(node, path, f"`{text}` is not a whole number", f"write a number, as in `{name}: 1`")
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
            node, path, f"`{text}` is not a date: {reason}", f"write it as in `{name}: 2025-09-05`"
        ) from None
    return text


def language_tag(text: str) -> str | None:
    """The tag in its usual spelling (`zh-Hant`; RFC 5646, section 2.1.1), or None if it is not a tag."""
    if not _TAG.fullmatch(text):
        return None
    language, *rest = subtags(text.replace("_", "-"))
    return "-".join([language, *(_SUBTAG_CASE.get(len(tag), str.lower)(tag) for tag in rest)])


_SUBTAG_CASE: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.title}


def read_language(node: Node, path: str, name: str) -> str:
    """A language tag: two or three letters, subtags allowed."""
    text = read_text(node, path, name)
    tag = language_tag(text)
    if tag is None:
        raise mistake(
            node,
            path,
            f"`{text}` is not a language tag",
            "write two or three letters, as in `zh`, `en` or `zh-Hant`",
        )
    return tag


def read_ignores(node: Node, path: str, name: str) -> tuple[Ignore, ...]:
    """Where to ignore a concept: path patterns, or mappings with a `path` or a `pair` and maybe a `note`."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    mistakes = Mistakes()
    ignores: list[Ignore] = []
    for item in items:
        with mistakes:
            ignores.append(_read_ignore(item, path, name))
    mistakes.raise_all()
    return tuple(ignores)


def _read_ignore(item: Node, path: str, name: str) -> Ignore:
    origin = Origin(path, item.line, item.column)
    if not isinstance(item, MappingNode):
        return Ignore(read_line(item, path, name), origin=origin)
    values = read_attributes(item.entries, IGNORE_ATTRIBUTES, path)
    if ("path" in values) == ("pair" in values):
        keys = "both `path` and `pair`" if "path" in values else "neither `path` nor `pair`"
        raise mistake(item, path, f"`{name}` has {keys}", "write exactly one of them in each item")
    return Ignore(**values, origin=origin)


def read_pair(node: Node, path: str, name: str) -> str:
    """The hash of a pair of texts, or at least its first eight hexadecimal digits."""
    text = read_text(node, path, name)
    if not _HASH.fullmatch(text):
        advice = "copy at least 8 characters of a finding's `pair` from --output-format json"
        raise mistake(node, path, f"`{text}` is not the hash of a pair of texts", advice)
    return text.lower()


def choice(values: type[Enum]) -> Reader:
    """A reader that accepts the values of an enumeration."""
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

# Keys of files in two languages that list renderings of a certain status.
SHORTHAND: Mapping[str, Status] = {
    "allow": Status.ADMITTED,
    "avoid": Status.DEPRECATED,
    "forbid": Status.FORBIDDEN,
}

# The attributes that terms inherit from their entry; `where` only comes from the defaults.
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

    For an unknown key, `explain` may return better advice than the closest known key, or an empty text.
    Raises all errors of the mapping at once.
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
    mistakes.raise_all()
    return values


def check_period(values: Mapping[str, Any], node: Node, path: str) -> None:
    """Raise TermcheckError if `valid_from` in `values` is later than `valid_until`."""
    begin, end = values.get("valid_from", ""), values.get("valid_until", "")
    if begin and end and begin > end:
        raise mistake(node, path, f"valid_from {begin} is later than valid_until {end}", "swap the two dates")
