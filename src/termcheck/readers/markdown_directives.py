"""Lines of Markdown that the page does not show, or not as text: they steer a site generator, or are code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from termcheck.lazy import compile_later
from termcheck.readers.paragraphs import Line
from termcheck.readers.protect_sessions import is_command

# Shortcodes, admonition fences, alert labels, attribute lists.
_DIRECTIVE = compile_later(
    r"(?:\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}|\{:[^{}]*\}|:{3,}.{0,200}|\[!\w+\]|\[\[?_?toc_?\]?\])$",
    re.IGNORECASE,
)
# The statements of MDX, which begin a block. `import books from "Library"` may be an item of a list.
_IMPORT = compile_later(
    r"""
    import\s+(?:
        ["'][^"'\s]+["']                                                       # import "./page.css"
      | [A-Z$_][\w$]*(?:,\s*\{[^{}"']*\})?\s+from\s+["'][^"'\n]+["']           # import Cards from "cards"
      | (?:[\w$]+,\s*)?(?:\{[^{}"']*\}|\*\s+as\s+[\w$]+)\s*from\s*["'][^"'\n]+["']   # import {a} from "x"
      | [\w$]+\s+from\s+["'](?=[^"'\s]*[./@:-])[^"'\s]+["']              # import styles from "./a.css"
    )[ \t]*;?[ \t]*(?=[\r\n]|\Z)
    """,
    re.ASCII | re.VERBOSE,
)
_EXPORT = compile_later(
    r"""
    export\s+(?:
        (?:const|let|var)\s+[\w$]+\s*[=:] | (?:default\s+)?(?:async\s+)?function\b[\s*]*[\w$]*\s*\(
      | (?:default\s+)?class\s+\w+\s*(?:\{|extends\b) | default\s*[({\[] | \{[^{}]*\}\s*(?:;|from\b|\Z)
      | \*\s+(?:as\s+\w+\s+)?from\s | default\s+[A-Z]\w*(?:\(|\s*;?\s*\Z)
    )
    """,
    re.ASCII | re.VERBOSE,
)


def without_statements(raw: str, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a paragraph without the imports and exports of MDX at its head.

    An export goes on to the end of the paragraph.
    """
    if not lines or not raw.startswith(("import", "export"), lines[0].span.start):
        return lines
    end = lines[-1].span.end
    rest = list(lines)
    while rest and _EXPORT.match(raw, rest[0].span.start, end) is None:
        statement = _IMPORT.match(raw, rest[0].span.start, end)
        if statement is None:
            return rest
        rest = [line for line in rest if line.span.start >= statement.end()]
    return ()


def is_directive(raw: str, line: Line) -> bool:
    """Whether a line only steers a tool, or is a command at a prompt."""
    start, end = line.span.start, line.span.end
    if raw.startswith("\\", start - 1):
        return False
    return (raw[start] in "{:[" and _DIRECTIVE.match(raw, start, end) is not None) or is_command(raw, start)
