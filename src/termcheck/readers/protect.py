"""Spans of running text that are not language: addresses, code, placeholders, tags, roles, file names.

Such text neither accuses nor acquits: `sco` inside a URL does not mention the organisation. Most texts have
no such spans, so one search looks for the few characters that every such span contains, and only the text
around them is examined. The work is linear in the text, whatever it holds. Each family of such text is a
module of its own with a table of triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termcheck.lazy import compile_later
from termcheck.model import Span, merge
from termcheck.readers import (
    protect_addresses,
    protect_code,
    protect_placeholders,
    protect_rst,
    protect_sessions,
)
from termcheck.readers.protect_rst import code_spans
from termcheck.text.search import find_all

# At one trigger the first that finds something wins.
_TRIGGERS = (
    *protect_sessions.TRIGGERS,
    *protect_rst.TRIGGERS,
    *protect_code.TRIGGERS,
    *protect_placeholders.TRIGGERS,
    *protect_addresses.TRIGGERS,
)
_TRIGGER = compile_later("|".join(trigger.expression for trigger in _TRIGGERS))
_TRIGGERS_BY_MARK = {
    mark: tuple(trigger for trigger in _TRIGGERS if trigger.mark == mark)
    for mark in sorted({trigger.mark for trigger in _TRIGGERS})
}
# The comments of HTML and of MDX.
COMMENTS = (("<!--", "-->"), ("{/*", "*/}"))


def protected_spans(text: str, *, code: bool = True) -> tuple[Span, ...]:
    """The protected spans of a text, in order, disjoint and not empty; backticks count only with `code`."""
    spans: list[Span] = []
    if "{" in text and ("plural" in text or "select" in text):
        from termcheck.readers.protect_icu import icu_spans

        spans.extend(icu_spans(text))
        # A branch of one word is no placeholder.
        text = _blanked(text, spans)
    if _TRIGGER.search(text):
        spans.extend(_short_spans(text))
    if code and "`" in text:
        spans.extend(code_spans(text))
    for opening, closing in COMMENTS:
        if opening in text:
            spans.extend(comment_spans(text, opening, closing))
    return merge(spans) if spans else ()


_TELLTALES = tuple(sorted({"`", *(trigger.telltale for trigger in _TRIGGERS if trigger.telltale)}))
# Without a telltale the triggers are sought. Their patterns begin with a literal, which makes that quick.
_JOINTS = tuple(
    (mark, compile_later(re.escape(mark) + f"(?:{'|'.join(arounds)})"))
    for mark, triggers in _TRIGGERS_BY_MARK.items()
    if (arounds := [trigger.around for trigger in triggers if not trigger.telltale])
)


def suspicious(text: str) -> Iterator[int]:
    """Offsets in a long text around which protected spans may stand, in no order.

    It is quicker than `protected_spans` where most of the text has none.
    """
    for telltale in _TELLTALES:
        yield from find_all(telltale, text)
    for mark, joint in _JOINTS:
        if mark in text:
            yield from (found.start() for found in joint.finditer(text))


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """A text with blanks in place of spans, which are in order and disjoint."""
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += (text[end : span.start], " " * len(span))
        end = span.end
    return "".join([*parts, text[end:]])


def comment_spans(text: str, opening: str, closing: str) -> Iterator[Span]:
    """Closed comments."""
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            return
        end += len(closing)
        yield Span(start, end)
        start = text.find(opening, end)


def _short_spans(text: str) -> Iterator[Span]:
    """The spans around the triggers."""
    done = bound = 0
    for match in _TRIGGER.finditer(text):
        at = match.start()
        if at < done:
            continue
        for trigger in _TRIGGERS_BY_MARK[text[at]]:
            if trigger.pattern.match(text, at):
                start, end, skip = trigger.find(text, at, bound)
                done = max(done, skip)
                if start < end:
                    yield Span(start, end)
                    bound = done = end
                    break
