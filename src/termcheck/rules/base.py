"""What a rule is: an identity, defaults, what it needs, and a module whose docstring documents it."""

from __future__ import annotations

import enum

from msgspec import Struct

from termcheck.model import Applicability, Severity


class Scope(enum.Enum):
    """What a rule looks at, and so what its `check` is given."""

    PAIR = "pair"  # PairContext
    DOCUMENT = "document"  # DocumentContext
    FILE = "file"  # FileContext
    GLOSSARY = "glossary"  # GlossaryContext
    GLOSSARY_USE = "glossary use"  # GlossaryContext of a run of texts
    COMMENT = "comment"  # the comments that suppress findings; `termcheck.suppress` runs these rules
    BASELINE = "baseline"  # BaselineContext


class Rule(Struct, frozen=True):
    """One thing termcheck can report. `code` is never reused; `name` is what people read.

    The fields after `default` tell the engine what the rule needs, so that it names no rule itself:

    - `needs_every_pair`: the rule may report a pair whose verdict is clean. Without it the engine shows the
      rule only the other pairs.
    - `compares_pairs`: the rule compares the renderings of one pair with those of another.
    - `needs_pairs`: the rule is quiet in a document that has no pair at all.
    - `needs_document_start`: the rule looks at the beginning of a document, so it skips later stretches.
    - `across_glossaries`: a glossary rule that also runs with texts if merged glossary files disagree.
    - `replaces`: codes of rules that say less about the same concept in the same pair; their findings are
      dropped beside one of this rule.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    since: str
    fix: Applicability | None = None
    default: bool = True
    needs_every_pair: bool = False
    compares_pairs: bool = False
    needs_pairs: bool = False
    needs_document_start: bool = False
    across_glossaries: bool = False
    replaces: tuple[str, ...] = ()


def digest(*parts: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of some texts."""
    import hashlib

    whole = "\x1f".join(parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
