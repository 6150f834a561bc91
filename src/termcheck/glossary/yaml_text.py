"""Glossaries in YAML, the format that can say everything."""

from __future__ import annotations

from termcheck.glossary.formats import GlossaryOptions, Written
from termcheck.glossary.loader import decode_text, load_glossary_text
from termcheck.model import Glossary


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError with all errors of the file."""
    return load_glossary_text(decode_text(data, path), path, options.languages)


def write(glossary: Glossary) -> Written:
    """The glossary as YAML."""
    # Nearly every run reads a glossary in YAML, and hardly any writes one.
    from termcheck.glossary.plain_data import lost_entries
    from termcheck.glossary.render import render_glossary

    keys = [concept.terms[0] for concept in glossary.concepts]
    unkeyed = sum(key.language != glossary.languages[0] for key in keys)
    repeated = len(keys) - unkeyed - len({key.text for key in keys if key.language == glossary.languages[0]})
    lost = lost_entries(repeated, unkeyed, glossary.languages[0])
    return Written(render_glossary(glossary).encode(), [f"{what}; they are comments" for what in lost])
