"""The baseline: a file of known findings, which are not reported.

An entry identifies a finding by its fingerprint, which is made from its rule, file, term and the texts of its
pair. So edits elsewhere do not matter, but an edit of the paragraph brings its finding back. Two paragraphs
with the same text share an entry. The path, rule and term of an entry are for people to read, and to find out
which entries are stale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Applicability, Document, Edit, Finding, Fix, Span, TermcheckError
from termcheck.rules.context import BaselineContext
from termcheck.text.positions import line_starts, locate, position
from termcheck.text.whole_numbers import whole_number

VERSION = 1

_CONFLICT_MARKER = compile_later(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_REWRITE = "delete it and write a new one with --write-baseline"
_FINGERPRINT = compile_later(r"[0-9a-f]{32}")
_FIELDS = ("path", "rule", "term", "fingerprint")


class Entry(Struct, frozen=True, order=True):
    """A known finding; `path` is relative to the project's root, `term` is a concept id or empty."""

    path: str
    rule: str
    term: str
    fingerprint: str

    def __str__(self) -> str:
        # The fingerprint of a stale-baseline finding contains this text.
        return f"{self.rule}{f' ({self.term})' if self.term else ''} in {self.path}"


class Baseline(Struct, frozen=True):
    """The sorted entries of a baseline file, with its text; `path` is as the user wrote it."""

    path: str
    raw: str = ""
    entries: tuple[Entry, ...] = ()
    fingerprints: frozenset[str] = field(default_factory=frozenset)

    @property
    def document(self) -> Document:
        """The file as a document without segments, to locate findings in it."""
        return Document(self.path, self.raw, (), line_starts(self.raw))


def parse_baseline(raw: str, path: str) -> Baseline:
    """Read a baseline from its text. Raises TermcheckError, with line and column, if it is invalid."""
    marker = _CONFLICT_MARKER.search(raw)
    if marker:
        line, column = position(line_starts(raw), marker.start())
        raise TermcheckError(
            "has unresolved merge conflicts",
            path=path,
            line=line,
            column=column,
            advice=f"keep the entries of both sides; `--write-baseline {path}` then removes the stale ones",
        )
    try:
        data = json.loads(raw, parse_int=whole_number)
    except json.JSONDecodeError as error:
        message = f"is not valid JSON: {error.msg}"
        raise TermcheckError(
            message, path=path, line=error.lineno, column=error.colno, advice=_REWRITE
        ) from None
    except RecursionError:
        raise TermcheckError(
            "is not a baseline: it is nested too deeply", path=path, advice=_REWRITE
        ) from None
    entries = tuple(sorted(set(_entries(data, raw, path))))
    return Baseline(path, raw, entries, frozenset(entry.fingerprint for entry in entries))


def _entries(data: object, raw: str, path: str) -> Iterator[Entry]:
    if not isinstance(data, dict) or "version" not in data:
        message = "is not a baseline: it has no version"
        raise TermcheckError(message, path=path, line=1, column=1, advice=_REWRITE)
    if data["version"] != VERSION:
        line, column = position(line_starts(raw), raw.index('"version"'))
        version = json.dumps(data["version"])
        raise TermcheckError(
            f"is a baseline of version {version}, but this termcheck reads version {VERSION}",
            path=path,
            line=line,
            column=column,
            advice=f"use the termcheck that wrote it, or {_REWRITE}",
        )
    rows = data.get("findings")
    if not isinstance(rows, list):
        message = "is not a baseline: it has no list of findings"
        raise TermcheckError(message, path=path, advice=_REWRITE)
    for number, row in enumerate(rows):
        if not _is_entry(row):
            line, column = position(line_starts(raw), _offset_of_row(raw, number))
            message = "an entry has path, rule, term, and a fingerprint of 32 hexadecimal digits"
            raise TermcheckError(message, path=path, line=line, column=column, advice="remove the entry")
        yield Entry(*(row[name] for name in _FIELDS))


def _is_entry(row: object) -> bool:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _FIELDS):
        return False
    return _FINGERPRINT.fullmatch(row["fingerprint"]) is not None


def _offset_of_row(raw: str, number: int) -> int:
    """The offset of a finding, by its number from 0, in the text of a baseline that is valid JSON."""
    decoder, offset = json.JSONDecoder(parse_int=whole_number), raw.index("[", raw.index('"findings"')) + 1
    while True:
        offset += len(raw[offset:]) - len(raw[offset:].lstrip(" \t\r\n,"))
        if not number:
            return offset
        _, offset = decoder.raw_decode(raw, offset)
        number -= 1


def render_baseline(entries: Iterable[Entry]) -> str:
    """The text of a baseline, sorted and with one entry on each line, so that git can merge two branches."""
    rows = ({name: getattr(entry, name) for name in _FIELDS} for entry in sorted(set(entries)))
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'


def entry_of(finding: Finding, project_path: Callable[[str], str]) -> Entry:
    """The entry of a finding; `project_path` gives the path of a file relative to the project's root."""
    term = finding.term.id if finding.term else ""
    return Entry(project_path(finding.location.path), finding.code, term, finding.fingerprint)


def baseline_context(baseline: Baseline, stale: Collection[Entry]) -> BaselineContext:
    """The context of the rule on stale entries, at least one, with the fix that removes them."""
    document, first = baseline.document, min(stale)
    begin = document.raw.find(f'"{first.fingerprint}"')
    location = locate(document, Span(begin, begin + len(first.fingerprint) + 2))
    remaining = render_baseline(entry for entry in baseline.entries if entry not in stale)
    if "\r\n" in document.raw:
        remaining = remaining.replace("\n", "\r\n")
    end = position(document.line_starts, len(document.raw))
    fix = Fix(Applicability.SAFE, (Edit(1, 1, *end, remaining),))
    return BaselineContext(len(stale), len(baseline.entries), str(first), location, fix)
