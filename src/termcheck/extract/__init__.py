"""Proposes a glossary from bilingual texts: `termcheck glossary extract`."""

from __future__ import annotations

from termcheck.extract.extraction import extract_glossary as extract_glossary
