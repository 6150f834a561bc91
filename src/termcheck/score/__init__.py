"""Measures how a glossary performs on texts: `termcheck glossary score`."""

from __future__ import annotations

from termcheck.score.scoring import score_glossaries as score_glossaries
