"""Compares what texts propose with a glossary that is there already."""

from __future__ import annotations

from msgspec.structs import replace

from termcheck.extract.tokens import key_of_text
from termcheck.model import Glossary
from termcheck.report.extracted import Extraction


def without_known(extraction: Extraction, glossary: Glossary) -> Extraction:
    """The proposals that a glossary lacks; the terms with several renderings come first.

    A term is known in any of its forms.
    """
    language = extraction.languages[0]
    known = {
        key_of_text(term.text, language)
        for concept in glossary.concepts
        for term in concept.in_language(language)
    }
    missing = [found for found in extraction.proposals if key_of_text(found.source, language) not in known]
    return replace(
        extraction,
        proposals=tuple(sorted(missing, key=lambda found: not found.drifts)),
        known=len(extraction.proposals) - len(missing),
    )
