"""What a comment to termcheck says: a verb, rules in brackets, a reason.

    <!-- termcheck: ignore[missing-rendering, TRM105:sco] quoted as spoken -->

Whatever is addressed to termcheck and cannot be understood is a mistake to be told, for it silences nothing
although its author thinks it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.messages import nearest
from termcheck.model import Document, Span, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import select_rules

VERBS = ("ignore", "disable", "enable", "file-ignore")

_ADDRESS = compile_later(r"(?:<!--|\{/\*|#|\.\.)\s*termcheck\s*(:?)\s*((?:[A-Za-z][\w-]*)?)")
_CLOSING = compile_later(r"\s*(?:-->|\*/\})\Z")
# Rules are parted by commas; a term that has a comma or a bracket of its own stands in quotes.
_BRACKET = compile_later(r"\s*\[((?:[^\[\]\"]|\"[^\"]*\")*)\]")
_ITEM = compile_later(r"(?:[^,\"]|\"[^\"]*\")+")
_FIRST_WORD = compile_later(r"\s*([^\s,:\[\](){}]+)")


class Item(Struct, frozen=True):
    """A rule or several, and the term they are confined to, if any.

    `raw` is where it is written, and `text` how.
    """

    raw: Span
    text: str
    selector: str
    term: str = ""


class Directive(Struct, frozen=True):
    """A comment that is understood; without items it means all rules.

    `raw` is its stretch of the text, `inside` that of what stands between its brackets.
    """

    raw: Span
    verb: str
    items: tuple[Item, ...] = ()
    reason: str = ""
    inside: Span | None = None


class Misread(Struct, frozen=True):
    """A comment that is not understood: what is wrong, and what to do.

    `instead` should stand in place of the raw stretch `wrong`; it is empty where nobody can tell.
    """

    raw: Span
    problem: str
    advice: str
    wrong: Span
    instead: str = ""


class _WrongError(Exception):
    """What is wrong with a comment, at a stretch of it."""

    def __init__(self, problem: str, advice: str, place: tuple[int, int], instead: str = "") -> None:
        super().__init__(problem)
        self.problem, self.advice, self.place, self.instead = problem, advice, place, instead


def read_directives(document: Document) -> Iterator[Directive | Misread]:
    """The comments of a document, in order; a remark that merely begins with `termcheck` is none."""
    for raw in document.directives:
        text = document.raw[raw.start : raw.end]
        try:
            directive = _directive(text, raw)
        except _WrongError as wrong:
            start, end = wrong.place
            place = Span(raw.start + start, raw.start + end)
            yield Misread(raw, wrong.problem, wrong.advice, place, wrong.instead)
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
        place = text.index("termcheck") + len("termcheck"), address.start(2)
        raise _WrongError("has no colon", f"write `termcheck: {verb}`", place, ": ")
    closing = _closing(text)
    if verb not in VERBS:
        raise _no_such_verb(address[2], address.span(2))
    bracket = _BRACKET.match(text, address.end(), closing)
    if bracket is None:
        _require_no_rules(text, address.end(), closing)
        return Directive(raw, verb, reason=text[address.end() : closing].strip())
    items = tuple(_items(bracket[1], raw.start + bracket.start(1)))
    if not items:
        raise _WrongError(
            "names no rule", "write one, or leave the brackets out for all rules", bracket.span()
        )
    inside = Span(raw.start + bracket.start(1), raw.start + bracket.end(1))
    return Directive(raw, verb, items, text[bracket.end() : closing].strip(), inside)


def _closing(text: str) -> int:
    """Where the closing mark of a comment begins; a comment without marks has none."""
    found = _CLOSING.search(text)
    if found is None and text.startswith(("<!--", "{/*")):
        mark = "-->" if text.startswith("<!--") else "*/}"
        raise _WrongError("is not closed", f"end it with `{mark}`", (len(text), len(text)), f" {mark}")
    return found.start() if found else len(text)


def _no_such_verb(verb: str, place: tuple[int, int]) -> _WrongError:
    near = nearest(verb, VERBS)
    advice = f"did you mean '{near}'?" if near else f"write {', '.join(VERBS[:-1])} or {VERBS[-1]}"
    return _WrongError(f"says '{verb}'" if verb else "says nothing", advice, place, near)


def _require_no_rules(text: str, start: int, end: int) -> None:
    """Refuse rules that are not in brackets, and brackets that are not closed."""
    advice = "write the rules in brackets, as in ignore[missing-rendering]"
    rest = text[start:end]
    if rest.lstrip().startswith("["):
        raise _WrongError("has a bracket that is not closed", advice, (start, end))
    word = _FIRST_WORD.match(text, start, end)
    if rest[:1].strip() or (word and _is_selector(word[1])):
        raise _WrongError("has rules without brackets", advice, (start, end))


def _is_selector(word: str) -> bool:
    """Whether a word is meant for a rule; the `all` of a sentence is not."""
    with suppress(TermcheckError):
        select_rules(RULES, word)
        return "-" in word or not word.islower()
    return False


def _items(bracket: str, offset: int) -> Iterator[Item]:
    for found in _ITEM.finditer(bracket):
        text = found[0].strip()
        if text:
            start = offset + bracket.index(text, found.start())
            selector, _, term = text.partition(":")
            yield Item(Span(start, start + len(text)), text, selector.strip(), term.strip().strip('"'))
