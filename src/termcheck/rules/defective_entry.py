"""A term is written in a form that no text would use.

## What it does
Reports terms that look like dictionary entries or spreadsheet cells: several alternatives in one term
(`A / B`, `A; B`), an explanation after a comma or in brackets, an inverted heading (`Defense, Ministry of`),
an unbalanced bracket, punctuation or a space at either end, a list number, a placeholder such as `sth.` or
`…`, or an article alone. Regular expressions are not checked.

## Why is this bad?
termcheck looks for a term as it is listed. No text contains “Alaska, US state”, so every text that mentions
Alaska is reported.

## Example
```yaml
glossary:
  languages: [zh, en]
  terms:
    阿拉斯加: Alaska, US state
    国防部: MND / Ministry of National Defense
```

## Use instead
```yaml
glossary:
  languages: [zh, en]
  terms:
    阿拉斯加: {en: Alaska, note: US state}
    国防部: [MND, Ministry of National Defense]
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from termcheck.lazy import compile_later
from termcheck.model import Finding, MatchMode, Severity
from termcheck.rules.base import Rule, Scope
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.text.scripts import HAN_CLASS

RULE = Rule("GLO307", "defective-entry", Severity.WARNING, scope=Scope.GLOSSARY, since="0.1.0")

_BRACKETS = {
    ")": "(",
    "]": "[",
    "}": "{",
    "）": "（",
    "】": "【",
    "》": "《",
    "」": "「",
    "』": "『",
    "〉": "〈",
}
_OPENING = frozenset(_BRACKETS.values())
_WORDS = compile_later(r"[^\W_]+(?:[ -][^\W_]+)*")
# Words with a slash that are not alternatives.
_WORDS_WITH_SLASH = frozenset(
    {"and/or", "either/or", "client/server", "input/output", "read/write", "true/false"}
)


def check(ctx: GlossaryContext) -> Iterator[Finding]:
    """One finding for each term, for the first defect it has."""
    for concept in ctx.glossary.concepts:
        for term in concept.terms:
            if term.match is MatchMode.REGEX:
                continue
            defect = _defect(term.text)
            if defect is not None:
                yield ctx.finding(RULE, f"“{term.text}” {defect}", concept, term)


def _defect(text: str) -> str | None:
    # Nearly all terms are words separated by single spaces or hyphens, and only an article is a defect then.
    tests = _DEFECTS if _WORDS.fullmatch(text) is None else (_ARTICLE,)
    return next((message for test, message in tests if _applies(test, text)), None)


def _applies(test: str | Callable[[str], bool], text: str) -> bool:
    return re.search(test, text) is not None if isinstance(test, str) else test(text)


def _has_outer_space(text: str) -> bool:
    return text != text.strip()


def _has_no_word(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def _is_unbalanced(text: str) -> bool:
    still_open: list[str] = []
    # A list number such as `1)` is a defect of its own.
    for char in re.sub(r"^\w{1,3}[)）]", "", text):
        if char in _OPENING:
            still_open.append(char)
        elif char in _BRACKETS and (not still_open or still_open.pop() != _BRACKETS[char]):
            return True
    return bool(still_open)


def _has_slash(text: str) -> bool:
    """Matches `Defense/Defence` and `甲方/乙方`, but not short names such as `TCP/IP` and `km/h`."""
    for word in re.findall(r"[^\W\d_]+/[^\W\d_]+", text):
        long = min(len(part) for part in word.split("/")) >= 4
        if word.lower() not in _WORDS_WITH_SLASH and (
            long or re.search(f"[{HAN_CLASS}]/[{HAN_CLASS}]", word)
        ):
            return True
    return False


def _has_explanation(text: str) -> bool:
    """Matches `Alaska, US state`: a name, a comma, and a few words with a common noun at the end."""
    head, comma, tail = text.partition(", ")
    words = tail.split()
    return bool(
        comma
        and head[:1].isupper()
        and len(head.split()) <= 4
        and 1 <= len(words) <= 4
        and words[-1].islower()
        and "," not in tail
        and not {"and", "or", "of", "with", "to"} & set(words)
    )


_ALTERNATIVES = "contains several alternatives: write them as a list"
_ARTICLE = (r"^(?:[Tt]he|[Aa]n|le|la|les|der|das|el|los)$", "is only an article")

# A test, or a pattern to search for, and the message about a term with that defect. The first is reported.
_DEFECTS: tuple[tuple[str | Callable[[str], bool], str], ...] = (
    (_has_outer_space, "begins or ends with a space"),
    (_has_no_word, "has no letter or digit"),
    _ARTICLE,
    (_is_unbalanced, "has an unbalanced bracket"),
    (r"\s[/|]\s|[/|]\s*$|[;；]\s*\S", _ALTERNATIVES),
    (_has_slash, _ALTERNATIVES),
    (r"[^\W\d_]\((?:s|es|e|n|en)\)", "has an optional ending: remove it, inflected forms match anyway"),
    (r"^[(（]?\d{1,3}[.)）、]\s*[^\W\d]", "begins with a list number"),
    (r"[,;:，；：、。]$|^[,;:，；：、。]", "begins or ends with punctuation"),
    (r"^[^.]*[a-z]{5,}\.$", "ends with a full stop"),
    (r"…|\.\.\.|\b(?:sb|sth|etc)\.", "has a placeholder for omitted words, which no text contains"),
    (r",\s(?:\w+\s)*(?:of|the|for)$", "is inverted: write it as in a text"),
    (_has_explanation, "has an explanation after the comma: move it to `note`"),
    (
        r"\S\s+[(（][^()（）]+[)）]$|[(（][^()（）]{5,}[)）]$",
        "has an explanation in brackets: move it to `note`, or list an abbreviation separately",
    ),
)
