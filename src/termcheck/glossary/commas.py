"""Rejoin texts that a comma inside `{ }` has split, and report them.

YAML reads `{en: One Country, Two Systems}` as a rendering `One Country` and a key `Two Systems` without a
value. Nothing else looks like that, so the error can name the comma, and the rest of the entry is read as
intended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from termcheck.glossary.diagnose import shorten
from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, mistake
from termcheck.model import TermcheckError


def rejoined(
    node: MappingNode, known: Callable[[str], object], path: str, mistakes: Mistakes
) -> Sequence[tuple[ScalarNode, Node]]:
    """The entries of a mapping with split texts in one piece; each split is added to `mistakes`.

    A key that is `known` stays a key even without a value.
    """
    if not node.flow or not any(_is_split(before, after, known) for before, after in pairwise(node.entries)):
        return node.entries
    result: list[tuple[ScalarNode, Node]] = []
    splits: list[tuple[ScalarNode, int]] = []
    for entry in node.entries:
        if result and _is_split(result[-1], entry, known):
            if not splits or splits[-1][1] != len(result) - 1:
                splits.append((entry[0], len(result) - 1))
            result[-1] = result[-1][0], _joined(result[-1][1], entry[0])
        else:
            result.append(entry)
    for key, index in splits:
        mistakes.add(_mistake(key, result[index][1], path))
    return result


def _is_split(
    before: tuple[ScalarNode, Node], after: tuple[ScalarNode, Node], known: Callable[[str], object]
) -> bool:
    (_, text), (key, value) = before, after
    return (
        isinstance(value, ScalarNode)
        and value.plain
        and not value.text
        and isinstance(text, ScalarNode)
        and text.plain
        and bool(text.text)
        and key.plain
        and not known(key.text)
    )


def _joined(text: Node, more: ScalarNode) -> ScalarNode:
    assert isinstance(text, ScalarNode)
    adjacent = (text.end_line, text.end_column + 1) == (more.line, more.column)
    return replace(
        text,
        text=f"{text.text}{',' if adjacent else ', '}{more.text}",
        end_line=more.end_line,
        end_column=more.end_column,
    )


def _mistake(key: ScalarNode, whole: Node, path: str) -> TermcheckError:
    assert isinstance(whole, ScalarNode)
    return mistake(
        key,
        path,
        f"`{shorten(key.text)}` has no value: a comma inside {{ }} ends a text",
        f"put the text in quotes if the comma belongs to it: {_quoted(whole.text)}",
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
