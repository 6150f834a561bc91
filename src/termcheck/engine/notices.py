"""Notices about single files. A repository has hundreds of files in one language, and one line says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from termcheck.messages import listing
from termcheck.readers.base import LOCKED

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


def left_out_notice(left_out: Mapping[str, Mapping[str, int]]) -> str:
    """The notice about translations that were not checked; `left_out` counts them by file and by state."""
    counts = Counter[str]()
    for of_file in left_out.values():
        counts.update(of_file)
    listed = listing([f"{count} {state}" for state, count in sorted(counts.items())], len(counts))
    translations = "translation" if counts.total() == 1 else "translations"
    where = next(iter(left_out)) if len(left_out) == 1 else f"{len(left_out)} files"
    one = "it" if counts.total() == 1 else "them"
    checked = one if LOCKED not in counts else "all but the locked" if len(counts) > 1 else ""
    advice = f"; --unfinished checks {checked}" if checked else ""
    return f"not checked: {listed} {translations} in {where}{advice}"


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
