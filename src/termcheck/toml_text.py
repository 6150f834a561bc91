"""Read TOML in a time that its length explains: Python's parser is slow on keys of thousands of parts."""

from __future__ import annotations

import re
from typing import Any

# A dotted key. Nobody nests so many tables.
_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){100}""")


def load_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises ValueError, or RecursionError if it is nested too deeply."""
    import tomllib  # imported here to keep the start-up short

    if _LONG_KEY.search(text):
        raise RecursionError
    return tomllib.loads(text)
