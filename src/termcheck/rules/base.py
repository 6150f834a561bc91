"""What defines a rule: its identity, its defaults, and what it needs from the engine.

The docstring of a rule's module is its documentation.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from termcheck.model import Applicability, Severity


class Scope(enum.Enum):
    """What a rule checks, and so which context its `check` receives."""

    PAIR = "pair"  # PairContext
    DOCUMENT = "document"  # DocumentContext
    FILE = "file"  # FileContext
    GLOSSARY = "glossary"  # GlossaryContext
    GLOSSARY_USE = "glossary use"  # GlossaryContext with the results of checked texts
    COMMENT = "comment"  # suppression comments; `termcheck.suppress` runs these rules
    BASELINE = "baseline"  # BaselineContext


class Rule(Struct, frozen=True):
    """One kind of finding. Its `code` is never reused, and its `name` is what people read.

    The fields after `default` declare what the rule needs, so that the engine names no rule itself:

    - `needs_every_pair`: the rule may report a pair whose verdict is clean. The engine passes only the other
      pairs to a rule without this flag.
    - `compares_pairs`: the rule compares the renderings of one pair with those of another.
    - `needs_pairs`: the rule reports nothing in a document without any pair.
    - `needs_document_start`: the rule checks the beginning of a document, so it skips later stretches.
    - `across_glossaries`: the glossary rule also runs with texts if merged glossary files disagree.
    - `replaces`: codes of less specific rules. Their findings on the same concept and pair are dropped
      beside a finding of this rule.
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
    """The first 32 hexadecimal digits of the SHA-256 of some texts, which fingerprints are made from."""
    import hashlib

    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]
