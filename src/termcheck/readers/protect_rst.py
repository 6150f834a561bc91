"""Code between backticks, and the roles, links and directives of reStructuredText and MyST.

Names of roles and targets are no language. The title that a reference shows is: in `:ref:` and a title before
`<target>`, only the title is. Translators leave `:term:` and a single name as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.protect_trigger import REACH, Finder, Found, Trigger, begins_line, here

_TICKS = compile_later("`+")
_NAME = r"[A-Za-z][\w.+-]{0,40}"
# `:class:`, `:c:type:`, `{ref}`, right before a backtick.
_ROLE = compile_later(rf":(?:{_NAME}:){{1,3}}(?=`)", re.ASCII)
_ROLE_BEFORE = compile_later(
    rf"(?::(?:{_NAME}:){{0,2}}({_NAME}):|\{{(?:{_NAME}:){{0,2}}({_NAME})\}})\Z", re.ASCII
)
# `title <target>`, also over the line break of a wrapped text.
_TITLED = compile_later(r"([^`<>]{1,500}?)\s*<[^`<>\n]{1,500}>\s*\Z")
_LINK_END = compile_later(r"__?(?!\w)", re.ASCII)
# These show their text as it is.
_WORDED = frozenset(
    [
        "guilabel",
        "menuselection",
        "abbr",
        "dfn",
        "emphasis",
        "strong",
        "sub",
        "sup",
        "subscript",
        "superscript",
        "title",
    ]
)
# These refer to texts, whose titles are words; others to code, whose title may be its name.
_REFERENCES = frozenset(["ref", "doc", "term", "numref", "any", "download", "eq"])
_WORDS = compile_later(r"\s|[^\x00-\x7f]")

# The names of directives, and their argument if it is not text.
_DIRECTIVE = compile_later(
    rf"""
      \.\.[ ]\|[^|\n]{{1,100}}\|[ ]{_NAME}::[^\n]{{0,500}}                  # .. |logo| image:: logo.png
    | \.\.[ ](?:
        (?:{_NAME}:){{1,2}}{_NAME}
      | code|code-block|sourcecode|highlight|parsed-literal|literalinclude|include|image|figure|math|raw
      | role|toctree
      | (?:current|auto)?module|(?:auto)?(?:function|class|method|attribute|exception|data|decorator)
      | (?:static|class|abstract)method|describe|object|option|envvar|program|index|only|default-role|testcode
      )::[^\n]{{0,500}}                                                     # .. code-block:: python
    | \.\.[ ]{_NAME}::                                                      # .. note::
    | \.\.[ ]_[^\n:]{{1,200}}:                                              # .. _target:
    """,
    re.ASCII | re.VERBOSE,
)
# :param list items: text; :rtype: list
_FIELD = compile_later(
    rf":(?:(?:rtype|type|vartype)\b[^:\n]{{0,80}}:[^\n]{{0,200}}|{_NAME}(?:[ ][^:\n`]{{1,80}})?:(?=\s|\Z))"
)
_SUBSTITUTION = compile_later(r"\|[A-Za-z][\w.-]{0,60}\|(?![\w|])", re.ASCII)


def code_spans(text: str) -> Iterator[Span]:
    """Code between two runs of backticks of the same length, with the runs, as CommonMark pairs them.

    Text that reStructuredText shows in words is left out.
    """
    runs = list(_TICKS.finditer(text))
    # The later runs of each length, so that an unclosed one does not cost a search to the end of the text.
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(len(runs[index][0]), []).append(index)
    index = 0
    while index < len(runs):
        run = runs[index]
        same = later[len(run[0])]
        while same and same[-1] <= index:
            same.pop()
        if same and not _escaped(text, run.start()):
            index = same[-1]
            code = Span(run.start(), runs[index].end())
            words = words_in_code(text, code)
            if len(words):
                yield Span(code.start, words.start)
                yield Span(words.end, code.end)
            else:
                yield code
        index += 1


def words_in_code(text: str, code: Span, *, links: bool = True) -> Span:
    """The span of the words that code in single backticks shows, such as a title; empty if there are none.

    Without `links`, the underscore behind it makes no link: Markdown has none of these.
    """
    start, end = code.start + 1, code.end - 1
    if text.startswith("``", code.start) or end <= start:
        return Span(end, end)
    is_link = links and _LINK_END.match(text, code.end) is not None
    before = _ROLE_BEFORE.search(text, max(0, code.start - REACH), code.start) if code.start else None
    if not is_link and before is None:
        return Span(end, end)
    name = (before[1] or before[2]).lower() if before else "ref"
    titled = _TITLED.match(text, start, end)
    if titled:
        is_words = name in _REFERENCES or _WORDS.search(titled[1]) is not None
        return Span(start, titled.end(1)) if is_words else Span(end, end)
    return Span(start, end) if is_link or name in _WORDED else Span(end, end)


def _escaped(text: str, offset: int) -> bool:
    before = text[max(0, offset - REACH) : offset]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _at_line_start(pattern: re.Pattern[str]) -> Finder:
    find = here(pattern)
    return lambda text, at, bound: find(text, at, bound) if begins_line(text, at) else (at, at, at)


def _substitution(text: str, at: int, bound: int) -> Found:
    """A name between bars, unless the bars around it are those of a table."""
    match = _SUBSTITUTION.match(text, at)
    if match is None or "|" in _SUBSTITUTION.sub("", text[max(bound, at - 100) : at + 100]):
        return at, at, at
    return at, match.end(), at


TRIGGERS = (
    Trigger(":", rf"(?={_NAME}:)(?<![A-Za-z0-9_:]:)", here(_ROLE), "`"),
    Trigger(":", "(?=[a-z])(?<![A-Za-z0-9_:]:)", _at_line_start(_FIELD)),
    Trigger(".", r"(?=\.\ [A-Za-z_|])", _at_line_start(_DIRECTIVE)),
    Trigger("|", r"(?=[A-Za-z])(?<![A-Za-z0-9_|]\|)", _substitution, "|"),
)
