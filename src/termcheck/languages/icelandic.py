"""Icelandic.

Sources: Höskuldur Thráinsson, "The Syntax of Icelandic".
"""

from __future__ import annotations

from termcheck.languages.language import Language

LANGUAGE = Language(compounds=True)
