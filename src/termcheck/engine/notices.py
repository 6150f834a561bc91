"""Notices about single files. A repository has hundreds of files in one language, and one line says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from termcheck.model import Glossary, LeftOut

# So many notices of one kind are shown. Chosen by hand.
_MOST = 5
_SINGULAR = {"have": "has", "were": "was"}


class FileNotice(Struct, frozen=True):
    """What the user should know about one file; `str()` gives the notice.

    `kind` says the same of several files, beginning with a verb: `have no pairs`.
    """

    path: str
    text: str
    kind: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def notice_texts(notices: Iterable[FileNotice], *, folded: bool) -> Iterator[str]:
    """The texts of notices; if `folded`, a line counts those of one kind beyond the first few."""
    by_kind: dict[str, list[FileNotice]] = {}
    for notice in notices:
        by_kind.setdefault(notice.kind if folded else "", []).append(notice)
    for kind, group in by_kind.items():
        more = len(group) - _MOST if folded else 0
        yield from map(str, group[:-more] if more > 0 else group)
        if more > 0:
            verb, _, rest = kind.partition(" ")
            said = f"1 more file {_SINGULAR[verb]}" if more == 1 else f"{more} more files {verb}"
            yield f"… and {said} {rest}; -v lists them"


_MOST_ENTRIES = 3


def glossary_notices(glossary: Glossary) -> Iterator[str]:
    """A notice for each file with entries that cannot be used, after those that the readers gave."""
    yield from glossary.notices
    by_path: dict[str, list[LeftOut]] = {}
    for entry in glossary.left_out:
        by_path.setdefault(entry.origin.path, []).append(entry)
    for path, entries in by_path.items():
        shown = "; ".join(f"line {entry.origin.line}: {entry.reason}" for entry in entries[:_MOST_ENTRIES])
        more = f" and {len(entries) - _MOST_ENTRIES} more" if len(entries) > _MOST_ENTRIES else ""
        count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
        yield f"{path}: left out {count} ({shown}{more}); `termcheck glossary check` shows all"
