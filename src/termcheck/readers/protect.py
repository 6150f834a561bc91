"""Spans of running text that are not language: addresses, code, placeholders, tags, file names.

Such text neither accuses nor acquits: `sco` inside a URL does not mention the organisation. Most texts have
no such spans, so one search looks for the few characters that every such span contains, and only the text
around them is examined. The work is linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.text.search import find_all

# The character set in front lets the search skip ordinary text at full speed.
_TRIGGER = compile_later(r"[@%{$<\\:/.](?:(?<=[@%{$<\\])|(?<=:)(?=//)|(?<=[/.])(?=[A-Za-z0-9_*.~-]))")

_SCHEME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-"
_NAME = _SCHEME.replace("+", "") + "_"
_PATH = _NAME + "/~*"
# How far before a trigger a word may begin; longer “words” are data, not addresses.
_REACH = 256

# The characters of RFC 3986: in `https://x.test返回` the address ends where the Chinese begins. It also ends
# at `](`, which separates the text of a Markdown link from its target.
_URL = compile_later(r"://(?:[A-Za-z0-9\-._~:/?#\[@!$&'()*+,;=%]|\](?!\())+")
_MAIL = compile_later(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?<![.-])")
_PATH_REST = compile_later(r"[\w./~*-]*", re.ASCII)
_DRIVE = compile_later(r"\\[\w.\\$~%()+-]+", re.ASCII)

_PLACEHOLDER = {
    # printf and its descendants, but not `50% discount` and `100 % der`. `%s` and `%1$s` are complete,
    # whatever letters follow.
    "%": compile_later(
        r"(?<![\d%])%(?:[sd@]|\d+\$[sd@]|"
        r"(?:\(\w+\)|\d+\$)?[-+#0]?\d*(?:\.\d+)?(?:hh|ll|[hlLqjzt])?[sdiufFeEgGxXoscp@](?![A-Za-z0-9])"
        r"|[A-Z][A-Z0-9_]+%)",
        re.ASCII,
    ),
    "{": compile_later(
        r"\{\{[<%]?[^{}]+\}\}|\{%[^{}]+%\}|\{\s*(?:[A-Za-z_$][\w.$-]*|\d+)(?:\[\w*\])*(?:![rsa])?(?::[^{}\s]*)?\s*\}|\{\}",
        re.ASCII,
    ),
    "$": compile_later(
        r"\$\{[^{}\s]+\}|\$\([A-Za-z_]\w*\)|\$[A-Z_][A-Z0-9_]+(?![A-Za-z0-9])|\$t\([^()\s]+\)", re.ASCII
    ),
    "<": compile_later(
        r"</?[A-Za-z][\w:.-]*"
        r"(?:\s+[A-Za-z_:@#(\[*][\w:.@()\[\]*-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|\{[^{}<>]*\}|[^\s\"'<>=`{}]+))?)*"
        r"\s*/?>|<(?=[A-Za-z0-9.+_-]+@)[^<>\s]+>",
        re.ASCII,
    ),
}
_EXTENSIONS = (
    "txt|md|markdown|mdx|rst|adoc|html?|xhtml|xml|xsl|xsd|xlf|xliff|sdlxliff|tmx|tbx|pot?|mo|css|scss|less"
    "|json[cl]?|ndjson|ya?ml|toml|ini|cfg|conf|properties|csv|tsv|sql|db|sqlite|log"
    "|py|ipynb|rb|go|rs|c|h|cc|cpp|hpp|cs|java|kt|swift|php|pl|lua|jsx|tsx?|mjs|cjs|vue|sh|bash|zsh|bat|ps1"
    "|docx?|xlsx?|pptx?|pdf|odt|ods|odp|rtf|epub|srt|vtt|png|jpe?g|gif|svg|webp|ico|bmp|tiff?|mp[34]|wav|avi|mov"
    "|zip|gz|tgz|bz2|xz|7z|rar|tar|jar|war|whl|exe|dll|dylib|deb|rpm|apk|iso|tmpl|tpl|proto|crt|pem"
)
# No domains that are English words: “the end.it was” only lacks a space.
_DOMAINS = "com|org|net|gov|edu|mil|io|dev|cn|hk|tw|jp|kr|uk|eu|ru|de|fr|test|example"
# What a word with a dot or a slash must look like to be a path or a host, unlike `and/or`, `24/7`, `U.S.`,
# `3.5` and `Node.js`.
_PATH_LIKE = compile_later(
    rf"""
      (?:~|\.{{1,2}})?/(?:[\w.*-]+/)+[\w.*-]*             # /usr/bin, ./a/b
    | (?:~|\.{{1,2}})/[\w.*-]+                            # ~/notes, ../x
    | (?:[\w.*-]+/){{2,}}                                 # src/app/
    | (?:[\w.*~-]*/)*[\w*-][\w.*-]*\.(?:{_EXTENSIONS})    # docs/index.md
    | (?:[\w.*~-]*/)*[a-z0-9_*][a-z0-9_.*-]*\.js          # main.js, not Node.js
    | (?:[\w.*~-]*/)+\.[a-z][\w.-]*                       # src/.env
    | (?:[a-z0-9][a-z0-9-]*\.)+(?:{_DOMAINS})             # mod.example.cn
    | www\.[\w.-]+\.[a-z]{{2,}}(?:/[\w./~*-]*)?
    | (?:[a-z0-9-]+\.)+[a-z]{{2,}}/[\w./~*-]*             # k8s.example/docs/home
    | \*\.[a-z0-9]+                                       # *.po
    """,
    re.ASCII | re.VERBOSE,
)
_QUERY = compile_later(r"(?:\?[\w.~%-]+=[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?(?:#[\w./=&-]+)?", re.ASCII)
# The comments of HTML and of MDX.
COMMENTS = (("<!--", "-->"), ("{/*", "*/}"))
_LONGEST_WORD = 4096
_SENTENCE_END = ".,;:!?'\"*_~"
_TICKS = compile_later("`+")


# In reStructuredText's `visible text <target>`_ only the visible text is language.
_RST_LINK = compile_later(r"`([^`<>\n]+?)\s*<[^`<>\n]+>`__?(?!\w)")


def protected_spans(text: str, *, code: bool = True) -> tuple[Span, ...]:
    """The protected spans of a text, in order, disjoint and not empty; backticks count only with `code`."""
    spans = list(_short_spans(text)) if _TRIGGER.search(text) else []
    if code and "`" in text:
        spans.extend(code_spans(text))
    for opening, closing in COMMENTS:
        if opening in text:
            spans.extend(comment_spans(text, opening, closing))
    return merge(spans) if spans else ()


# Every protected span has at least one of these. The patterns begin with a literal character, which makes the
# search quick.
_TELLTALES = (*"@%{$<\\`", "://")
_JOINTS = ((".", compile_later(r"\.[A-Za-z0-9_*.~-]")), ("/", compile_later("/[A-Za-z0-9_*.~-]")))


def suspicious(text: str) -> Iterator[int]:
    """Offsets in a long text around which protected spans may stand, in no order.

    It is quicker than `protected_spans` where most of the text has none.
    """
    for telltale in _TELLTALES:
        yield from find_all(telltale, text)
    for mark, joint in _JOINTS:
        if mark in text:
            yield from (found.start() for found in joint.finditer(text))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order; spans that overlap or touch become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def code_spans(text: str) -> Iterator[Span]:
    """Code between two runs of backticks of the same length, with the runs, as CommonMark pairs them."""
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
        link = _RST_LINK.match(text, run.start()) if len(run[0]) == 1 else None
        if link:
            index = same[-1] if same else index
            yield Span(run.start(), link.start(1))
            yield Span(link.end(1), link.end())
        elif same and not _escaped(text, run.start()):
            index = same[-1]
            yield Span(run.start(), runs[index].end())
        index += 1


def _escaped(text: str, offset: int) -> bool:
    before = text[max(0, offset - _REACH) : offset]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


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
    """The spans around the trigger characters."""
    done = bound = 0
    for trigger in _TRIGGER.finditer(text):
        at = trigger.start()
        if at < done:
            continue
        start, end, done = _FINDERS[text[at]](text, at, bound)
        if start < end:
            yield Span(start, end)
            bound = done = end


# A finder looks around a trigger, not before `bound`. It returns the start and the end of what it found (both
# are equal if that is nothing) and the offset up to which other triggers can be skipped.
_Found = tuple[int, int, int]


def _word_start(text: str, at: int, bound: int, chars: str) -> int:
    """The start of the run of `chars` that ends at `at`."""
    low = max(bound, at - _REACH)
    return low + len(text[low:at].rstrip(chars))


def _placeholder(text: str, at: int, bound: int) -> _Found:
    match = _PLACEHOLDER[text[at]].match(text, at)
    return (at, match.end(), at) if match and at >= bound else (at, at, at)


def _url(text: str, at: int, bound: int) -> _Found:
    start = _word_start(text, at, bound, _SCHEME)
    match = _URL.match(text, at) if start < at else None
    return (start, at + len(_trimmed(match[0])), at) if match else (at, at, at)


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence around it."""
    for _ in range(4):
        shorter = address.rstrip(_SENTENCE_END)
        for opening, closing in ("()", "[]"):
            surplus = shorter.count(closing) - shorter.count(opening)
            trailing = len(shorter) - len(shorter.rstrip(closing))
            shorter = shorter[: len(shorter) - max(0, min(surplus, trailing))]
        if shorter == address:
            break
        address = shorter
    return address


def _mail(text: str, at: int, bound: int) -> _Found:
    start = _word_start(text, at, bound, _NAME + "+")
    match = _MAIL.match(text, at)
    return (start, match.end(), at) if match and start < at else (at, at, at)


def _drive(text: str, at: int, bound: int) -> _Found:
    start = at - 2
    if start < bound or text[start + 1] != ":" or not text[start].isalpha():
        return at, at, at
    match = _DRIVE.match(text, at)
    return (start, match.end(), at) if match else (at, at, at)


def _path(text: str, at: int, bound: int) -> _Found:
    start = _word_start(text, at, bound, _PATH)
    rest = _PATH_REST.match(text, at)
    end = rest.end() if rest else at
    if end - start > _LONGEST_WORD:
        return at, at, end
    word = text[start:end]
    # Emphasis and the end of a sentence touch a path with their marks, but a pattern may begin with a star.
    for trim in (word.rstrip("."), word.strip("*_~.-")):
        if _PATH_LIKE.fullmatch(trim):
            start += word.index(trim)
            query = _QUERY.match(text, start + len(trim))
            return start, query.end() if query else start + len(trim), end
    return at, at, end


_FINDERS: dict[str, Callable[[str, int, int], _Found]] = {
    **dict.fromkeys("%{$<", _placeholder),
    ":": _url,
    "@": _mail,
    "\\": _drive,
    **dict.fromkeys("./", _path),
}
