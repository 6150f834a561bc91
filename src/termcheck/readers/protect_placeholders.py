"""Placeholders, tags and attributes: what programs put in or take out of a text."""

from __future__ import annotations

import re

from termcheck.lazy import compile_later
from termcheck.readers.protect_trigger import Trigger, here

# printf and its descendants, but not `50% discount` and `100 % der`. `%s` and `%1$s` are complete, whatever
# letters follow.
_PERCENT = compile_later(
    r"""
      (?<![\d%])%(?:
        [sd@] | \d+\$[sd@]                                                 # %s, %1$s
      | (?:\(\w+\)|\d+\$)?[-+#0]?\d*(?:\.\d+)?(?:hh|ll|[hlLqjzt])?[sdiufFeEgGxXoscp@](?![A-Za-z0-9])  # %-5.2f
      | [A-Za-z_]\w*%                                                      # %TEMP_DIR%, %count%
      | \{[A-Za-z_]\w*\}                                                   # %{count}
      )
    """,
    re.ASCII | re.VERBOSE,
)
_BRACES = compile_later(
    r"""
      \{\{[<%]?[^{}]+\}\}                                                # {{count}}, {{< note >}}
    | \{%[^{}]+%\}                                                       # {% if x %}
    | \{\s*(?:[A-Za-z_$][\w.$-]*|\d+)(?:\[\w*\])*(?:![rsa])?(?::[^{}\s]*)?\s*\}   # {name}, {0:.2f}
    | \{\}
    | \{:?\s*[#.][A-Za-z][\w-]*(?:\s[^{}\n]{0,200})?\}                     # {#anchor}, {: .class}
    | \{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,                   # {n, plural, one {# Datei}}
    | \{\s*\w+\s*,\s*(?:number|date|time|duration|spellout|ordinal)\s*(?:,[^{}\n]{0,100})?\}
    """,
    re.ASCII | re.VERBOSE,
)
_DOLLAR = compile_later(
    r"\$\{[^{}\s]+\}|\$\([A-Za-z_]\w*\)|\$[A-Z_][A-Z0-9_]+(?![A-Za-z0-9])|\$t\([^()\s]+\)", re.ASCII
)
_TAG = compile_later(
    r"""
      </?[A-Za-z][\w:.-]*
      (?:\s+[A-Za-z_:@#(\[*][\w:.@()\[\]*-]*
        (?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|\{(?:[^{}<>]|\{[^{}<>]*\})*\}|[^\s"'<>=`{}]+))?)*
      \s*/?>                                                               # <b>, <Tabs items={['a']}>
    | <(?=[A-Za-z0-9.+_-]+@)[^<>\s]+>                                      # <a@b.example>
    """,
    re.ASCII | re.VERBOSE,
)
# The target of a Markdown link in text that no Markdown parser reads: `[text](#anchor)`.
_TARGET = compile_later(
    r"\((?=[^\s()]*[#/.])(?![^\s()]*://)[!-'*-~]{1,500}(?:\([!-'*-~]{0,200}\)[!-'*-~]{0,200})?\)"
)

TRIGGERS = (
    Trigger("%", "", here(_PERCENT), "%"),
    Trigger("{", "", here(_BRACES), "{"),
    Trigger("$", "", here(_DOLLAR), "$"),
    Trigger("<", "", here(_TAG), "<"),
    Trigger("(", r"(?<=\]\()", here(_TARGET)),
)
