"""Reads suppression comments: a verb, rules in brackets, and a reason.

    <!-- termcheck: ignore[missing-rendering, TRM105:sco] quoted as spoken -->

A comment that is addressed to termcheck but cannot be understood is an `InvalidDirective`, which is reported,
because it silences nothing although its author expects it to.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.messages import alternatives
from termcheck.model import Document, Span
from termcheck.suppress.meant import VERBS, is_selector, is_verb, meant, verb_meant

_ADDRESS = compile_later(
    r"(?:<!--|\{/\*|/\*|//|#{1,3}|!|\.\.|;|NOTE\b|(?i:comment)[ \t]*:(?:[^,\r\n]*,)*?)\s*"
    r"termcheck(?:[-_]|\s*(:?)\s*)((?:[A-Za-z][\w-]*)?)"
)
_CLOSING = ("-->", "*/}", "*/")
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
    verb, closing = address[2].lower(), _closing(text)
    if not address[1]:
        if not _is_addressed(verb, text, address.end(), closing):
            return None
        raise _without_colon(verb, text, address.start(2), closing)
    if verb not in VERBS:
        raise _unknown_verb(address[2], text, address.start(2), closing)
    bracket = _BRACKET.match(text, address.end(), closing)
    if bracket is None:
        _require_no_rules(text, address.span(2), closing)
        return Directive(raw, verb, reason=text[address.end() : closing].strip())
    items = tuple(_items(bracket[1], raw.start + bracket.start(1)))
    if not items:
        advice = "name a rule, or leave the brackets out to mean all rules"
        raise _InvalidError("has empty brackets", advice, bracket.span())
    inside = Span(raw.start + bracket.start(1), raw.start + bracket.end(1))
    return Directive(raw, verb, items, text[bracket.end() : closing].strip(), inside)


def _closing(text: str) -> int:
    """The offset at which the closing mark of a comment begins, or its end if its kind has no mark."""
    for mark in _CLOSING:
        if text.endswith(mark):
            return len(text.removesuffix(mark).rstrip())
    if text.startswith(("<!--", "{/*")):
        mark = _CLOSING[0] if text.startswith("<!--") else _CLOSING[1]
        raise _InvalidError("is not closed", f"end it with `{mark}`", (len(text), len(text)), f" {mark}")
    return len(text)


def _is_addressed(verb: str, text: str, start: int, end: int) -> bool:
    """Whether a comment without a colon is one; the words of other tools may begin a remark."""
    if verb in VERBS:
        return True
    return is_verb(verb) and (meant(verb, text, start, end).has_rules or not text[start:end].strip())


def _without_colon(verb: str, text: str, start: int, end: int) -> _InvalidError:
    before = text.index("termcheck") + len("termcheck")
    right = meant(verb_meant(verb), text, start + len(verb), end)
    if verb in VERBS and (_BRACKET.match(text, start + len(verb), end) or not right.has_rules):
        return _InvalidError("has no colon", f"write `termcheck: {verb}`", (before, start), ": ")
    wrong = before, right.end
    return _InvalidError("has no colon", f"write `termcheck: {right.text.strip()}`", wrong, f": {right.text}")


def _unknown_verb(verb: str, text: str, start: int, end: int) -> _InvalidError:
    span = start, start + len(verb)
    known = verb_meant(verb)
    if not known:
        problem = f"has the unknown verb '{verb}'" if verb else "has no verb"
        return _InvalidError(problem, f"write {alternatives(VERBS)}", span)
    right = meant(known, text, span[1], end)
    if not right.has_rules and not is_verb(verb):
        return _InvalidError(f"has the unknown verb '{verb}'", f"did you mean '{known}'?", span, known)
    advice = f"write `{right.text.strip()}`" if is_verb(verb) else f"did you mean '{known}'?"
    return _InvalidError(f"has the unknown verb '{verb}'", advice, (start, right.end), right.text)


def _require_no_rules(text: str, verb: tuple[int, int], end: int) -> None:
    """Refuse rules outside brackets and an unclosed bracket after the verb."""
    start = verb[1]
    rest = text[start:end]
    word = _FIRST_WORD.match(text, start, end)
    if not rest[:1].strip() and not rest.lstrip().startswith("[") and not (word and is_selector(word[1])):
        return
    right = meant(text[slice(*verb)].lower(), text, start, end)
    problem, advice = "has rules without brackets", f"write the rules in brackets: {right.text.strip()}"
    if rest.lstrip().startswith("["):
        problem = "has an unclosed bracket"
    elif not right.has_rules:
        problem, advice = f"has a `{rest.lstrip()[0]}` after its verb", "write a blank before the reason"
    raise _InvalidError(problem, advice, (verb[0], right.end), right.text)


def _items(bracket: str, offset: int) -> Iterator[Item]:
    for part in _ITEM.finditer(bracket):
        text = part[0].strip()
        if text:
            start = offset + bracket.index(text, part.start())
            selector, _, term = text.partition(":")
            yield Item(Span(start, start + len(text)), text, selector.strip(), term.strip().strip('"'))
