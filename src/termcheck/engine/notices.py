"""Notices about single files. A repository has hundreds of files in one language, and one line says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

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


def left_out_notice(path: str, counts: Mapping[str, int]) -> FileNotice:
    """The notice about texts of a file that were not checked because of their state."""
    listed = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    texts = "texts were" if sum(counts.values()) > 1 else "text was"
    advice = "; `--unfinished` checks the unfinished" if "unfinished" in counts else ""
    return FileNotice(path, f"{texts} not checked: {listed}{advice}", "have texts that were not checked")


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
