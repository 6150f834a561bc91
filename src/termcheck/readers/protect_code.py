"""Code that stands in a sentence without marks: calls, types, options, shortcuts, regular expressions.

Only what can be no natural word is code. `book(s)`, `Beijing(Peking, capital)`, `library[1]`, `end.it`,
`Nutzer_innen`, `iPhone` and `wait--no` are language.
"""

from __future__ import annotations

import re

from termcheck.lazy import compile_later
from termcheck.readers.protect_trigger import WORD, Found, Trigger, around, word_start

_FLAGS = re.ASCII | re.VERBOSE
# All repetitions have limits: on a long run of such characters the work would be quadratic.
_IDENT = r"[A-Za-z_]\w{0,80}"
_DOTTED = rf"{_IDENT}(?:\.{_IDENT}){{0,8}}"
_BASIC = (
    "str|string|int|integer|float|double|number|bool|boolean|bytes?|char|object|any|void|null|undefined|unknown"
    "|never|bigint|symbol|u?int(?:8|16|32|64)|float(?:32|64)"
)
# A type by itself: `string`, `MouseEvent`, `Node[]`, `number | null`, `'left' | 'right'`.
_ATOM = rf"(?:(?:{_BASIC})\b|[A-Z]\w{{0,80}}|'[^'\n]{{0,60}}'|\"[^\"\n]{{0,60}}\")(?:\[\]){{0,4}}"
_TYPE = rf"{_ATOM}(?:\s?\|\s?{_ATOM}){{0,8}}"
_FIELD = rf"(?:readonly\s)?{_IDENT}\??:\s?{_TYPE}"

# What stands between the brackets of a call: list, "any text", x=1.
_ARGUMENTS = r"(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|[\w.*=\[\]{}:-]|,[ ]?){0,100}"
# max_length, HTTP_PROXY, Py_BuildValue, get_name(list); not Nutzer_innen and New_York
_SNAKE = compile_later(
    rf"(?:[a-z0-9_]{{1,200}}|[A-Z0-9_]{{1,200}}|(?=\w{{0,100}}[a-z][A-Z])\w{{1,200}})(?!\w)(?:\({_ARGUMENTS}\))?",
    re.ASCII,
)
_CALL = compile_later(
    rf"""
      \.?(?:{_IDENT}(?:\.|::)){{0,8}}{_IDENT}\(\)                        # list(), loom.argument()
    | (?:{_IDENT}\.){{1,8}}[a-z]\w{{0,80}}                              # os.path.join(a, b)
      \((?=[^()\n]{{0,100}}[,=\"'\[\]{{}}_\d]){_ARGUMENTS}\)
    """,
    _FLAGS,
)
_ARRAY = compile_later(
    rf"""
      (?:\.\.\.|\*)?(?:\[\d{{0,9}}\]){{1,8}}\*?                 # []string, []list.Element, []interface{{}}
      (?:(?:{_BASIC}|byte|rune|error)\b|{_IDENT}\.[A-Z]\w{{0,80}}|{_IDENT}\{{\}})
    | {_DOTTED}(?:\[\]){{1,8}}                                        # Node[], args[]
    """,
    _FLAGS,
)
_GO_TYPE = compile_later(  # ...interface{}
    rf"(?:\.\.\.|\*|\[\]|map\[{_IDENT}\]){{0,8}}(?<![A-Za-z])(?:interface|struct)\{{\}}", _FLAGS
)
_SUBSCRIPT = compile_later(  # list[str], dict[str, int], map[string]int
    rf"{_DOTTED}\[(?:{_BASIC})(?:,\s?{_TYPE}){{0,8}}\](?:(?<=map\[string\])\*?{_IDENT}(?:\{{\}})?)?",
    _FLAGS,
)
_GENERIC = compile_later(  # Promise<void>, Map<String, Node>; <object> and <symbol> may be tags
    rf"{_DOTTED}<(?:(?!object|symbol)(?:{_BASIC})(?:\[\]){{0,4}}|{_TYPE}(?:,\s?{_TYPE}){{1,8}})>", _FLAGS
)
_SCOPED = compile_later(rf"(?:::)?{_IDENT}(?:::~?{_IDENT}){{1,8}}(?:\(\))?", _FLAGS)  # std::list
# { index: number, disabled: boolean }
_SHAPE = compile_later(rf"\{{\s*{_FIELD}(?:\s?[,;]\s*{_FIELD}){{0,30}}\s?[,;]?\s*\}}", _FLAGS)
_PARAMETERS = compile_later(rf"\((?:\s*{_FIELD}(?:,\s*{_FIELD}){{0,30}}\s*)?\)", _FLAGS)
_RESULT = compile_later(rf"=>\s?(?:{_TYPE}|\{{[^{{}}\n]{{0,200}}\}}|{_IDENT}[\w.()]{{0,200}})?", _FLAGS)
# What stands between the braces of MDX: {list.map(item => item.name)}, {count > 1 && title}.
_BRACED = compile_later(r"\{(?:[^{}\n]|\{[^{}\n]{0,200}\}){1,400}\}")
_EXPRESSION = compile_later(r"=>|[!=]==|&&|\|\||\?\.|\w\(\)|\w\.\w+\(", re.ASCII)

_VALUE = r"=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[\w./:,@%+=(){}\[\]$*?-]{0,200}[\w/)}\]$*])"
_OPTION = compile_later(
    rf"""
      --[A-Za-z][A-Za-z0-9]{{0,80}}(?:-[A-Za-z0-9]{{1,80}}){{1,8}}(?:{_VALUE})?        # --no-cache
    | --[A-Za-z][A-Za-z0-9]{{0,80}}{_VALUE}                               # --type=list
    """,
    _FLAGS,
)
_PLAIN_OPTION = compile_later(r"(?<=[\s(“‘（「])--[a-z][a-z0-9]{1,80}\b(?!-)")  # --verbose
# Authors also write dashes as two hyphens: `the library --which is new-- closed`.
_DASHES = compile_later(r"[\w.,;!?]--(?!-)|\A--")
# Ctrl+Shift+P, Ctrl + Enter
_MODIFIER = (
    "Ctrl|Control|Cmd|Command|Alt|AltGr|Option|Opt|Shift|Meta|Super|Win|Fn|Strg|Umschalt|Maj|Mayús|[⌘⌥⇧⌃]"
)
_KEY = (
    "Enter|Return|Delete|Del|Backspace|Tab|Esc|Escape|Space|Home|End|Page ?(?:Up|Down)|Insert|Ins|Up|Down"
    rf"|Left|Right|F\d\d?|[A-Za-z0-9]\b|{_MODIFIER}"
)
_SHORTCUT = compile_later(rf"(?:{_MODIFIER})(?:\+\w{{1,20}}| \+ (?:{_KEY})(?!\w)){{1,4}}", re.ASCII)
_KEYS = WORD + "úÚ⌘⌥⇧⌃"

# Characters that a regular expression may have in a row.
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
_PRINTED_RUN = compile_later(r"[!-~]{1,256}")
_AROUND_EXPRESSION = ".,;:!'\"`"


def _shape(text: str, at: int, bound: int) -> Found:  # noqa: ARG001 (the signature of all finders)
    """The type of an object, or an expression, in braces."""
    match = _SHAPE.match(text, at)
    if match is None:
        match = _BRACED.match(text, at)
        if match and not _EXPRESSION.search(match[0]):
            match = None
    return (at, match.end(), at) if match else (at, at, at)


def _arrow(text: str, at: int, bound: int) -> Found:
    """A function with its parameters: `(value: string) => void`."""
    low = max(bound, at - 200)
    before = text[low:at].rstrip(" ")
    start = low + before.rfind("(")
    if start < low or not _PARAMETERS.fullmatch(text, start, low + len(before)):
        return at, at, at
    match = _RESULT.match(text, at)
    return start, match.end() if match else at, at


def _option(text: str, at: int, bound: int) -> Found:  # noqa: ARG001 (the signature of all finders)
    match = _OPTION.match(text, at)
    if match is None and not _DASHES.search(text[max(0, at - 200) : at + 200]):
        match = _PLAIN_OPTION.match(text, at)
    return (at, match.end(), at) if match else (at, at, at)


def _shortcut(text: str, at: int, bound: int) -> Found:
    start = word_start(text, at - (text[at - 1 : at] == " "), bound, _KEYS)
    match = _SHORTCUT.match(text, start)
    return (start, match.end(), at) if match and match.end() > at else (at, at, at)


def _expression(text: str, at: int, bound: int) -> Found:
    """A regular expression: all that stands without a blank around something that only these have."""
    start = word_start(text, at, bound, _PRINTED)
    match = _PRINTED_RUN.match(text, start)
    if match is None:
        return at, at, at
    word = match[0].rstrip(_AROUND_EXPRESSION + ")" * (match[0].count(")") > match[0].count("(")))
    kept = word.lstrip("'\"`")
    start += len(word) - len(kept)
    end = start + len(kept)
    return (start, end, at) if start <= at < end else (at, at, at)


TRIGGERS = (
    Trigger("_", "(?<=[A-Za-z0-9]_)(?=_{0,3}[A-Za-z0-9])", around(_SNAKE, WORD), "_"),
    Trigger("(", r"(?<=[A-Za-z0-9_]\()(?=[\w\"'\[{.*)-])", around(_CALL, WORD + ".:")),
    Trigger("[", r"(?=\])", around(_ARRAY, WORD + ".*[]")),
    Trigger("[", r"(?=[a-z][a-z0-9]{1,8}[\],])", around(_SUBSCRIPT, WORD + ".")),
    Trigger("{", r"(?=\})", around(_GO_TYPE, WORD + ".*[]"), "{"),
    Trigger("{", "", _shape, "{"),
    Trigger("<", "", around(_GENERIC, WORD + "."), "<"),
    Trigger(":", "(?=:[A-Za-z_~])", around(_SCOPED, WORD + ":")),
    Trigger("=", "(?=>)", _arrow, ">"),
    Trigger("-", r"(?=-[A-Za-z])(?<![\w-]-)", _option),
    Trigger("+", "(?<=[A-Za-z⌘⌥⇧⌃ ][+])(?=[ ]?[A-Za-z0-9⌘⌥⇧⌃])", _shortcut, "+"),
    # \d+, \w*; ^.*x, .+$; (?:…); [a-z]
    Trigger("\\", "(?=[dwsDWS](?![A-Za-z]))", _expression, "\\"),
    Trigger(".", r"(?:(?<=[\^(|]\.)(?=[*+])|(?=[*+](?:\\[.\w/]|\$(?!\w)|\|)))", _expression),
    Trigger("(", r"(?=\?[:=!<P])", _expression),
    Trigger("[", r"(?=[^\]\s]{0,12}(?:a-z|A-Z|0-9)[^\]\s]{0,20}\])", _expression),
)
