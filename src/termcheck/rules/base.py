"""What a rule is: an identity, defaults, and a module whose docstring documents it."""

from __future__ import annotations

from msgspec import Struct

from termcheck.model import Applicability, Severity


class Rule(Struct, frozen=True):
    """One thing termcheck can report; `code` is never reused, `name` is what people read.

    `default` says whether the rule runs unless it is selected by name. `since` is the version that
    brought it. `fix` is set where the rule offers fixes.
    """

    code: str
    name: str
    severity: Severity
    since: str
    fix: Applicability | None = None
    default: bool = True


def digest(*parts: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of some texts."""
    import hashlib

    whole = "\x1f".join(parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
