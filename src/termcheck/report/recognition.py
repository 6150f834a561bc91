"""Tells our own reports from all other files, so that a configuration cannot have another file overwritten.

A report in any of our formats is known by its beginning. An empty file is what a format for people writes
when it has found nothing.
"""

from __future__ import annotations

from termcheck.lazy import compile_later

BEGINNING = 65_536
"""How many bytes of a file are enough to tell."""

_FINDING = r"[A-Z]{3}\d{3} (?:\[\*\] )?[a-z][a-z-]+: "
# One expression for each kind of beginning, in the order of `FORMATS`.
_BEGINNINGS = (
    rf"{_FINDING}.*\n +--> .+:\d+:\d+\n",  # full
    rf".+:\d+:\d+: {_FINDING}",  # concise
    rf".+:\n +\d+:\d+ +{_FINDING}",  # grouped
    r" *\d+\t[A-Z]{3}\d{3}\t[a-z-]+\n",  # statistics
    r"\{\s*\"version\": 1,\s*\"tool\": \{\"name\": \"termcheck\"",  # json, and its statistics
    r"\{\"code\": \"[A-Z]{3}\d{3}\", \"name\": \"[a-z-]+\", \"severity\": "  # json-lines
    r"|\{\"problem\": \{\"path\": ",
    r"\{\"\$schema\": \"[^\"]+\", \"version\": \"2\.1\.0\", \"runs\": "
    r"\[\{\"tool\": \{\"driver\": \{\"name\": \"termcheck\"",  # sarif
    r"::(?:error|warning|notice) [^\n]*\btitle=termcheck\b",  # github
    r"\[\]\n\Z|\[\n  \{\"description\": \"[^\n]*\", "  # gitlab
    r"\"check_name\": \"(?:[A-Z]{3}\d{3}|termcheck)\"",
    r"<\?xml [^\n]*\n<testsuites name=\"termcheck\"",  # junit
    r"\{\s*\"source\": \{\"name\": \"termcheck\"",  # rdjson
    r"\{\"message\": [^\n]*\"source\": \{\"name\": \"termcheck\"",  # rdjsonl
    r"<\?xml [^\n]*\n<checkstyle version=\"4\.3\"(?: />\n\Z|>\n  <file [^\n]*\n    <error [^\n]* "
    r"source=\"termcheck[.\"])",  # checkstyle
    r"<!doctype html>\n[^\0]*?<meta name=\"generator\" content=\"termcheck",  # html
)
_OURS = compile_later("|".join(f"(?:{beginning})" for beginning in _BEGINNINGS))


def is_report(beginning: bytes) -> bool:
    """Whether the first `BEGINNING` bytes of a file, or all of it, are those of a report of ours."""
    text = beginning.decode("utf-8", "replace")
    return not text or _OURS.match(text) is not None
