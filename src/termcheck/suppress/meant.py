"""What a comment means that is written as another tool would have it, or without its brackets.

<!-- termcheck: ignore TRM101 as spoken -->      ignore[TRM101] as spoken
<!-- termcheck: noqa: TRM101 -->                 ignore[TRM101]
<!-- termcheck-disable-next-line -->             ignore
"""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.messages import nearest
from termcheck.model import TermcheckError
from termcheck.rules import RULES
from termcheck.selection import select_rules

VERBS = ("ignore", "disable", "enable", "file-ignore")

_OTHER_VERBS = {
    "ignore": "noqa nolint skip suppress silence allow ignore-line ignore-next ignore-next-line "
    "ignore-paragraph disable-line disable-next disable-next-line skip-next",
    "disable": "off ignore-start ignore-begin ignore-on disable-start skip-start",
    "enable": "on ignore-end ignore-stop ignore-off disable-end disable-stop skip-end",
    "file-ignore": "ignore-file skip-file disable-file file-disable file-noqa ignore-all",
}
_OURS = {other: verb for verb, others in _OTHER_VERBS.items() for other in others.split()}
_OPENING = compile_later(r"\s*[:=,]?\s*[\[({]?\s*")
# A rule, maybe with a term, which is in quotes if it has a blank or a comma.
_RULE = compile_later(r"([^\s,:\[\](){}\"]+)(?::(?:\"[^\"]*\"|[^\s,\[\](){}\"]+))?")
_COMMA = compile_later(r"\s*,\s*")
_BLANKS = compile_later(r"\s+")
_CLOSING = compile_later(r"\s*[\])}]")
_CODE = compile_later(r"(?:TRM|ALN|GLO|DIR)\d+")


class Meant(Struct, frozen=True):
    """The right form of a comment from its verb to its rules, whose wrong form ends at `end`."""

    text: str
    end: int
    has_rules: bool


def verb_meant(verb: str) -> str:
    """The verb that another one stands for, or is a misspelling of; empty if none is known."""
    verb = verb.lower().replace("_", "-")
    return verb if verb in VERBS else _OURS.get(verb) or nearest(verb, VERBS)


def is_verb(verb: str) -> bool:
    """Whether a word is a verb of termcheck or of another tool."""
    return verb.lower() in (*VERBS, *_OURS)


def meant(verb: str, text: str, start: int, end: int) -> Meant:
    """What a comment with a verb means; `start` is where the verb ends, `end` where the comment does."""
    opening = _OPENING.match(text, start, end)
    begin = opening.end() if opening else start
    must = opening is not None and opening[0].rstrip().endswith(("[", "(", "{"))
    rules: list[str] = []
    after = at = begin
    while (rule := _RULE.match(text, at, end)) and (must or is_selector(rule[1])):
        rules.append(_spelled(rule[1]) + rule[0][len(rule[1]) :])
        after = rule.end()
        comma = _COMMA.match(text, after, end)
        # What follows a comma is one of the rules, too; what follows a blank may be the reason.
        must = comma is not None
        blanks = comma or _BLANKS.match(text, after, end)
        if blanks is None:
            break
        at = blanks.end()
    if not rules:
        return Meant(f"{verb} " if begin < end else verb, begin, has_rules=False)
    if closing := _CLOSING.match(text, after, end):
        after = closing.end()
    blank = " " if text[after:end][:1].strip() else ""
    return Meant(f"{verb}[{', '.join(rules)}]{blank}", after, has_rules=True)


def is_selector(word: str) -> bool:
    """Whether a word is meant as a rule, misspelled perhaps; a plain `all` may begin a sentence."""
    if _CODE.fullmatch(word.upper()) or _spelled(word) != word:
        return True
    with suppress(TermcheckError):
        select_rules(RULES, word)
        return "-" in word or not word.islower()
    return False


def _spelled(word: str) -> str:
    """The name of a rule that a word with a hyphen misspells, or else the word."""
    import difflib

    if "-" not in word:
        return word
    names = [rule.name for rule in RULES]
    return next(iter(difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.85)), word)
