"""Placeholders that the flags of a PO entry announce: `#, c-format` says that `% d` is one.

In any text the plain placeholders are protected. The flags of an entry say which language formats it, and so
that rarer ones are placeholders too, which elsewhere could be language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from termcheck.lazy import compile_later
from termcheck.model import Span, merge

# `100% free` is no placeholder, although C would read one there.
_PRINTF_FORM = (
    r"%(?![^A-Za-z%]* [^A-Za-z%]*[A-Za-z]{2})"
    r"(?:[0-9]+\$)?[-+ #0'I]*(?:\*(?:[0-9]+\$)?|[0-9]+)?(?:\.(?:\*(?:[0-9]+\$)?|[0-9]+)?)?"
    r"(?:hh|ll|[hlLqjztw]|I64|I32)?(?:[A-Za-z@%]|<PRI[A-Za-z0-9]+>)"
)
_PRINTF = compile_later(_PRINTF_FORM)
# Java groups the digits of a number, as in `%,d`.
_JAVA = compile_later(rf"{_PRINTF_FORM}|%(?:[0-9]+\$)?[-+#0(]*,[-+#0(]*[0-9]*(?:\.[0-9]+)?[doxXeEfgG]")
_PYTHON = compile_later(
    r"%(?! +[A-Za-z]{2})(?:\([^()\s]+\))?[-+ #0]*(?:\*|[0-9]+)?(?:\.(?:\*|[0-9]+))?[hlL]?[diouxXeEfFgGcrsa%]"
)
_RUBY = compile_later(r"%<[^<>\s]+>[-+ #0]*[0-9]*(?:\.[0-9]+)?[A-Za-z]?|%\{[^{}]+\}|%[-+ #0]*[0-9]*[A-Za-z%]")
_BRACES = compile_later(r"\{(?:[^{}]|\{[^{}]*\})*\}")
_NUMBERED = compile_later(r"%L?[0-9]{1,2}|%n\b")
_BOOST = compile_later(r"%[0-9]+%|%\|[^|]*\||%[0-9]*\$?[A-Za-z]")
_SHELL = compile_later(r"\$(?:[A-Za-z_]\w*|\{[^{}]+\})", re.ASCII)
_LISP = compile_later(r"~[0-9,:@'#vV-]*[A-Za-z%&|~$*?^_()\[\]{};<>]")
_TAGS = compile_later(r"<[^<>\s]+>|%[0-9]")

_OF_FLAG: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("c-format", "objc-format", "gcc-internal-format", "gfc-internal-format", "lua-format", "awk-format",
         "php-format", "perl-format", "tcl-format", "object-pascal-format", "modula2-format", "d-format",
         "elisp-format", "librep-format", "go-format", "javascript-format"),
        _PRINTF,
    ),
    "java-printf-format": _JAVA,
    "python-format": _PYTHON,
    "ruby-format": _RUBY,
    **dict.fromkeys(
        ("python-brace-format", "perl-brace-format", "java-format", "csharp-format", "c++-format",
         "rust-format"),
        _BRACES,
    ),
    **dict.fromkeys(
        ("qt-format", "qt-plural-format", "kde-format", "kde-kuit-format", "ycp-format"), _NUMBERED
    ),
    "boost-format": _BOOST,
    "sh-format": _SHELL,
    **dict.fromkeys(("lisp-format", "scheme-format"), _LISP),
    "smalltalk-format": _TAGS,
}  # fmt: skip
_MARKS = "%{$~<"


def protected_by(flags: Iterable[str], text: str, protected: tuple[Span, ...]) -> tuple[Span, ...]:
    """The protected spans of a text, with the placeholders of the formats among the flags."""
    if not any(mark in text for mark in _MARKS):
        return protected
    found = [
        Span(*match.span()) for flag in flags if flag in _OF_FLAG for match in _OF_FLAG[flag].finditer(text)
    ]
    return merge((*protected, *found)) if found else protected
