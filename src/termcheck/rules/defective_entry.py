"""A term written as no text would have it.

## What it does
Reports terms in the form of a dictionary or a spreadsheet cell: alternatives in one entry (`A / B`,
`A; B`), an explanation behind a comma or in brackets, an inverted heading (`Defense, Ministry of`),
brackets that are not closed, punctuation or spaces at an end, a number in front, dots for something
left out, an article alone. Regular expressions are not looked at.

## Why is this bad?
A term is sought as it is written. “Alaska, US state” stands in no text, so every text is said to lack it.

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
# Pairs that name one thing in everyday English, not two things to choose from.
_ONE_WORD = frozenset({"and/or", "either/or", "client/server", "input/output", "read/write", "true/false"})


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
    # Nearly all terms are words with single spaces or hyphens between them; only articles are defects then.
    tests = _DEFECTS if _WORDS.fullmatch(text) is None else (_ARTICLE,)
    return next((message for test, message in tests if _has(test, text)), None)


def _has(test: str | Callable[[str], bool], text: str) -> bool:
    return re.search(test, text) is not None if isinstance(test, str) else test(text)


def _spaced(text: str) -> bool:
    return text != text.strip()


def _wordless(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def _unbalanced(text: str) -> bool:
    still_open: list[str] = []
    # A list number such as `1)` is another defect.
    for char in re.sub(r"^\w{1,3}[)）]", "", text):
        if char in _OPENING:
            still_open.append(char)
        elif char in _BRACKETS and (not still_open or still_open.pop() != _BRACKETS[char]):
            return True
    return bool(still_open)


def _slashed(text: str) -> bool:
    """`Defense/Defence`, `甲方/乙方`; short pairs such as `TCP/IP` and `km/h` are names."""
    for word in re.findall(r"[^\W\d_]+/[^\W\d_]+", text):
        long = min(len(part) for part in word.split("/")) >= 4
        if word.lower() not in _ONE_WORD and (long or re.search(f"[{HAN_CLASS}]/[{HAN_CLASS}]", word)):
            return True
    return False


def _explained(text: str) -> bool:
    """`Alaska, US state`: a name, a comma, and a few words that end in a common noun."""
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


_ARTICLE = (r"^(?:[Tt]he|[Aa]n|le|la|les|der|das|el|los)$", "is an article and nothing more")

# A pattern to search for or a test, and what is said of a term that has it; the first one counts.
_DEFECTS: tuple[tuple[str | Callable[[str], bool], str], ...] = (
    (_spaced, "has a space at an end"),
    (_wordless, "has neither letter nor digit"),
    _ARTICLE,
    (_unbalanced, "has a bracket without its counterpart"),
    (r"\s[/|]\s|[/|]\s*$|[;；]\s*\S", "has alternatives in one text: write them as a list"),
    (_slashed, "has alternatives in one text: write them as a list"),
    (r"[^\W\d_]\((?:s|es|e|n|en)\)", "has an optional ending: endings are found without it"),
    (r"^[(（]?\d{1,3}[.)）、]\s*[^\W\d]", "begins with a list number"),
    (r"[,;:，；：、。]$|^[,;:，；：、。]", "has punctuation at an end"),
    (r"^[^.]*[a-z]{5,}\.$", "ends in a full stop"),
    (r"…|\.\.\.|\b(?:sb|sth|etc)\.", "has dots for what is left out; no text has them"),
    (r",\s(?:\w+\s)*(?:of|the|for)$", "is inverted: write it as it stands in a text"),
    (_explained, "has an explanation after the comma: put it in `note`"),
    (
        r"\S\s+[(（][^()（）]+[)）]$|[(（][^()（）]{5,}[)）]$",
        "has an explanation in brackets: put it in `note`, or an abbreviation in an item of its own",
    ),
)
