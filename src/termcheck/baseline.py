"""Findings that are known and set aside, kept in a file by what they are and not by where they stand.

An entry is the fingerprint of a finding (its rule, file, term, and the texts of its pair), so that edits
elsewhere do not matter while an edit of the paragraph revives its finding. A paragraph that is there twice
word for word has one entry: the second is as well known as the first. Path, rule and term of an entry are
for people, and for telling which entries are stale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Applicability, Document, Edit, Finding, Fix, Span, TermcheckError
from termcheck.rules.context import BaselineContext
from termcheck.text.positions import line_starts, locate, position

VERSION = 1

_CONFLICT = compile_later(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_ANEW = "delete it, and write it anew with --write-baseline"
_FINGERPRINT = compile_later(r"[0-9a-f]{32}")
_FIELDS = ("path", "rule", "term", "fingerprint")


class Entry(Struct, frozen=True, order=True):
    """A finding that is known; `path` is from the project's root, `term` an id, or empty."""

    path: str
    rule: str
    term: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.rule}{f' ({self.term})' if self.term else ''} in {self.path}"


class Baseline(Struct, frozen=True):
    """The entries of a file, sorted, with the file's text; `path` is as the user wrote it."""

    path: str
    raw: str = ""
    entries: tuple[Entry, ...] = ()
    fingerprints: frozenset[str] = field(default_factory=frozenset)

    @property
    def document(self) -> Document:
        """The file as a document without segments, to quote from."""
        return Document(self.path, self.raw, (), line_starts(self.raw))


def parse_baseline(raw: str, path: str) -> Baseline:
    """Read a baseline. Raises TermcheckError, with the place of what is wrong with it."""
    marker = _CONFLICT.search(raw)
    if marker:
        line, column = position(line_starts(raw), marker.start())
        raise TermcheckError(
            "has the conflict markers of a merge",
            path=path,
            line=line,
            column=column,
            advice=f"keep the entries of both sides; `--write-baseline {path}` then takes out what is gone",
        )
    try:
        whole = json.loads(raw)
    except json.JSONDecodeError as error:
        raise TermcheckError(
            f"is no valid JSON: {error.msg}", path=path, line=error.lineno, column=error.colno, advice=_ANEW
        ) from None
    except RecursionError:
        raise TermcheckError("is no baseline: it is nested too deeply", path=path, advice=_ANEW) from None
    entries = tuple(sorted(set(_entries(whole, raw, path))))
    return Baseline(path, raw, entries, frozenset(entry.fingerprint for entry in entries))


def _entries(whole: object, raw: str, path: str) -> Iterable[Entry]:
    if not isinstance(whole, dict) or "version" not in whole:
        raise TermcheckError("is no baseline: it has no version", path=path, line=1, column=1, advice=_ANEW)
    if whole["version"] != VERSION:
        line, column = position(line_starts(raw), raw.index('"version"'))
        raise TermcheckError(
            f"is a baseline of version {json.dumps(whole['version'])}, and this termcheck knows {VERSION}",
            path=path,
            line=line,
            column=column,
            advice="use the termcheck that wrote it, or delete it and write it anew with --write-baseline",
        )
    rows = whole.get("findings")
    if not isinstance(rows, list):
        raise TermcheckError("is no baseline: it has no list of findings", path=path, advice=_ANEW)
    for number, row in enumerate(rows):
        if not _is_entry(row):
            line, column = position(line_starts(raw), _place(raw, number))
            wanted = "an entry has path, rule, term, and a fingerprint of 32 hexadecimal digits"
            raise TermcheckError(wanted, path=path, line=line, column=column, advice="remove the entry")
        yield Entry(*(row[name] for name in _FIELDS))


def _is_entry(row: object) -> bool:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _FIELDS):
        return False
    return _FINGERPRINT.fullmatch(row["fingerprint"]) is not None


def _place(raw: str, number: int) -> int:
    """The offset of the entry of a number, in a text that is valid JSON."""
    decoder, at = json.JSONDecoder(), raw.index("[", raw.index('"findings"')) + 1
    while True:
        at += len(raw[at:]) - len(raw[at:].lstrip(" \t\r\n,"))
        if not number:
            return at
        _, at = decoder.raw_decode(raw, at)
        number -= 1


def render_baseline(entries: Iterable[Entry]) -> str:
    """The text of a baseline: sorted, an entry a line, so that two branches can add to it side by side."""
    rows = ({name: getattr(entry, name) for name in _FIELDS} for entry in sorted(set(entries)))
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    inside = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {inside}\n}}\n'


def entry_of(finding: Finding, name: Callable[[str], str]) -> Entry:
    """The entry of a finding; `name` gives a file's path from the project's root."""
    term = finding.term.id if finding.term else ""
    return Entry(name(finding.location.path), finding.code, term, finding.fingerprint)


def baseline_context(baseline: Baseline, stale: Collection[Entry]) -> BaselineContext:
    """The entries that match nothing any more, at least one, with the fix that removes them."""
    document, first = baseline.document, min(stale)
    begin = document.raw.find(f'"{first.fingerprint}"')
    at = locate(document, Span(begin, begin + len(first.fingerprint) + 2))
    rest = render_baseline(entry for entry in baseline.entries if entry not in stale)
    if "\r\n" in document.raw:
        rest = rest.replace("\n", "\r\n")
    end = position(document.line_starts, len(document.raw))
    fix = Fix(Applicability.SAFE, (Edit(1, 1, *end, rest),))
    return BaselineContext(len(stale), len(baseline.entries), str(first), at, fix)
