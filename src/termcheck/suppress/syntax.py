"""Reads suppression comments: a verb, rules in brackets, and a reason.

    <!-- termcheck: ignore[missing-rendering, TRM105:sco] quoted as spoken -->

A comment that is addressed to termcheck but cannot be understood is an `InvalidDirective`, which is reported,
because it silences nothing although its author expects it to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.messages import alternatives, nearest
from termcheck.model import Document, Span, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import select_rules

VERBS = ("ignore", "disable", "enable", "file-ignore")

_ADDRESS = compile_later(
    r"(?:<!--|\{/\*|#|\.\.|;|NOTE\b|(?i:comment)[ \t]*:(?:[^,\r\n]*,)*?)\s*"
    r"termcheck\s*(:?)\s*((?:[A-Za-z][\w-]*)?)"
)
_CLOSING = ("-->", "*/}")
# Commas separate the items; a term with a comma or a bracket of its own is in quotes.
_BRACKET = compile_later(r"\s*\[((?:[^\[\]\"]|\"[^\"]*\")*)\]")
_ITEM = compile_later(r"(?:[^,\"]|\"[^\"]*\")+")
_FIRST_WORD = compile_later(r"\s*([^\s,:\[\](){}]+)")


class Item(Struct, frozen=True):
    """A rule selector and the term it is restricted to, if any; `raw` and `text` are its span and text."""

    raw: Span
    text: str
    selector: str
    term: str = ""


class Directive(Struct, frozen=True):
    """A valid comment; without items it applies to all rules.

    `raw` is the span of the comment, `inside` the span between its brackets.
    """

    raw: Span
    verb: str
    items: tuple[Item, ...] = ()
    reason: str = ""
    inside: Span | None = None


class InvalidDirective(Struct, frozen=True):
    """A comment that is not understood, with its problem and advice.

    `correction` replaces the raw span `wrong`; it is empty if the intended text is unknown.
    """

    raw: Span
    problem: str
    advice: str
    wrong: Span
    correction: str = ""


class _InvalidError(Exception):
    """A problem with a comment, at offsets of its text."""

    def __init__(self, problem: str, advice: str, wrong: tuple[int, int], correction: str = "") -> None:
        super().__init__(problem)
        self.problem, self.advice, self.wrong, self.correction = problem, advice, wrong, correction


def read_directives(document: Document) -> Iterator[Directive | InvalidDirective]:
    """The comments of a document that are addressed to termcheck, in order.

    A remark that only begins with the word `termcheck` is not one of them.
    """
    for raw in document.directives:
        text = document.raw[raw.start : raw.end]
        try:
            directive = _directive(text, raw)
        except _InvalidError as error:
            start, end = error.wrong
            wrong = Span(raw.start + start, raw.start + end)
            yield InvalidDirective(raw, error.problem, error.advice, wrong, error.correction)
        else:
            if directive is not None:
                yield directive


def _directive(text: str, raw: Span) -> Directive | None:
    address = _ADDRESS.match(text)
    if address is None:
        return None
    verb = address[2].lower()
    if not address[1]:
        if verb not in VERBS:
            return None
        wrong = text.index("termcheck") + len("termcheck"), address.start(2)
        raise _InvalidError("has no colon", f"write `termcheck: {verb}`", wrong, ": ")
    closing = _closing(text)
    if verb not in VERBS:
        raise _unknown_verb(address[2], address.span(2))
    bracket = _BRACKET.match(text, address.end(), closing)
    if bracket is None:
        _require_no_rules(text, address.end(), closing)
        return Directive(raw, verb, reason=text[address.end() : closing].strip())
    items = tuple(_items(bracket[1], raw.start + bracket.start(1)))
    if not items:
        advice = "name a rule, or leave the brackets out to mean all rules"
        raise _InvalidError("has empty brackets", advice, bracket.span())
    inside = Span(raw.start + bracket.start(1), raw.start + bracket.end(1))
    return Directive(raw, verb, items, text[bracket.end() : closing].strip(), inside)


def _closing(text: str) -> int:
    """The offset at which the closing mark of a comment begins, or its end if its kind has no mark."""
    if text.endswith(_CLOSING):
        return len(text[: -len(_CLOSING[0])].rstrip())
    if text.startswith(("<!--", "{/*")):
        mark = _CLOSING[0] if text.startswith("<!--") else _CLOSING[1]
        raise _InvalidError("is not closed", f"end it with `{mark}`", (len(text), len(text)), f" {mark}")
    return len(text)


def _unknown_verb(verb: str, wrong: tuple[int, int]) -> _InvalidError:
    known = nearest(verb, VERBS)
    advice = f"did you mean '{known}'?" if known else f"write {alternatives(VERBS)}"
    return _InvalidError(f"has the unknown verb '{verb}'" if verb else "has no verb", advice, wrong, known)


def _require_no_rules(text: str, start: int, end: int) -> None:
    """Refuse rules outside brackets and an unclosed bracket after the verb."""
    advice = "write the rules in brackets, as in ignore[missing-rendering]"
    rest = text[start:end]
    if rest.lstrip().startswith("["):
        raise _InvalidError("has an unclosed bracket", advice, (start, end))
    word = _FIRST_WORD.match(text, start, end)
    if rest[:1].strip() or (word and _is_selector(word[1])):
        raise _InvalidError("has rules without brackets", advice, (start, end))


def _is_selector(word: str) -> bool:
    """Whether a word is meant as a rule; a plain `all` may begin a sentence."""
    with suppress(TermcheckError):
        select_rules(RULES, word)
        return "-" in word or not word.islower()
    return False


def _items(bracket: str, offset: int) -> Iterator[Item]:
    for part in _ITEM.finditer(bracket):
        text = part[0].strip()
        if text:
            start = offset + bracket.index(text, part.start())
            selector, _, term = text.partition(":")
            yield Item(Span(start, start + len(text)), text, selector.strip(), term.strip().strip('"'))
