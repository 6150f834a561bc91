"""What the header of a PO catalogue says: the language, and which plural form is for one thing.

The header is the translation of the empty msgid, a text of lines such as `Language: de`.
"""

from __future__ import annotations

import contextlib

from termcheck.lazy import compile_later

_LANGUAGE = compile_later(r"(?m)^Language:[ \t]*([A-Za-z]{2,3})((?:[_-][A-Za-z0-9]+)*)(?:@([a-z]+))?[ \t]*$")
_PLURAL = compile_later(
    r"(?m)^Plural-Forms:[ \t]*nplurals[ \t]*=[ \t]*(\d{1,3})[ \t]*;[ \t]*plural[ \t]*=([^;\n]+)"
)
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl"}


def language(header: str) -> str:
    """The tag of the language of the translations, such as `pt-BR`; empty if the header does not say it."""
    found = _LANGUAGE.search(header)
    if found is None:
        return ""
    script = _SCRIPTS.get(found[3] or "", "")
    return f"{found[1].lower()}{f'-{script}' if script else ''}{found[2].replace('_', '-')}"


def form_for_one(header: str) -> int | None:
    """The index of the plural form for one thing; None if there is one form for any number.

    Without a rule that can be read it is the first.
    """
    found = _PLURAL.search(header)
    if found is None or int(found[1]) == 2:
        return 0
    if int(found[1]) == 1:
        return None
    from gettext import c2py

    with contextlib.suppress(ValueError, ArithmeticError, RecursionError, SyntaxError):
        index = c2py(found[2].strip())(1)
        return index if 0 <= index < int(found[1]) else 0
    return 0
