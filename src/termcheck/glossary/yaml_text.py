"""Glossaries in YAML, the format that can say everything."""

from __future__ import annotations

from termcheck.glossary.formats import GlossaryOptions, Written
from termcheck.glossary.loader import decode_text, load_glossary_text
from termcheck.glossary.render import render_glossary
from termcheck.model import Glossary


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError with all errors of the file."""
    return load_glossary_text(decode_text(data, path), path, options.languages)


def write(glossary: Glossary) -> Written:
    """The glossary as YAML."""
    return Written(render_glossary(glossary).encode())
