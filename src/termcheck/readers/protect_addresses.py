"""Addresses: of pages, of people, and of files."""

from __future__ import annotations

import re

from termcheck.lazy import compile_later
from termcheck.readers.protect_trigger import Found, Trigger, word_start

_SCHEME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-"
_NAME = _SCHEME.replace("+", "") + "_"
_PATH = _NAME + "/~*"
_LONGEST_WORD = 4096

# The characters of RFC 3986: in `https://x.test返回` the address ends where the Chinese begins. It also ends
# at `](`, which separates the text of a Markdown link from its target.
_URL = compile_later(r"://(?:[A-Za-z0-9\-._~:/?#\[@!$&'()*+,;=%]|\](?!\())+")
_MAIL = compile_later(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?<![.-])")
_PATH_REST = compile_later(r"[\w./~*-]*", re.ASCII)
_DRIVE = compile_later(r"\\[\w.\\$~%()+-]+", re.ASCII)

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
_SENTENCE_END = ".,;:!?'\"*_~"


def _url(text: str, at: int, bound: int) -> Found:
    start = word_start(text, at, bound, _SCHEME)
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


def _mail(text: str, at: int, bound: int) -> Found:
    start = word_start(text, at, bound, _NAME + "+")
    match = _MAIL.match(text, at)
    return (start, match.end(), at) if match and start < at else (at, at, at)


def _drive(text: str, at: int, bound: int) -> Found:
    start = at - 2
    if start < bound or text[start + 1] != ":" or not text[start].isalpha():
        return at, at, at
    match = _DRIVE.match(text, at)
    return (start, match.end(), at) if match else (at, at, at)


def _path(text: str, at: int, bound: int) -> Found:
    start = word_start(text, at, bound, _PATH)
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


_JOINT = "(?=[A-Za-z0-9_*.~-])"
TRIGGERS = (
    Trigger(":", "(?=//)", _url),
    Trigger("@", "", _mail, "@"),
    Trigger("\\", "", _drive, "\\"),
    Trigger(".", _JOINT, _path),
    Trigger("/", _JOINT, _path),
)
