"""Notices about files. A repository has hundreds of files in one language, and one line says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from termcheck.globs import absolute_path, display_path, relative_path
from termcheck.lazy import compile_later
from termcheck.messages import listing
from termcheck.model import Glossary, LeftOut
from termcheck.readers import ReadOptions, format_at
from termcheck.readers.base import HIDDEN, LOCKED

# So many notices of one kind are shown. Chosen by hand.
_MOST = 5
_ALIKE = "like a source and its translation; to check them as a pair"
_OUTSIDE = compile_later(r"\.\./|/|[A-Za-z]:")
_SINGULAR = {"have": "has", "were": "was"}


NO_PAIRS = "have no pairs"
"""The kind of the notices on files in which nothing could be compared."""


ONE_LANGUAGE = "one language only"
"""What a file of texts with names lacks if it is a half, and nothing pairs it."""


NOT_CHECKED = "were not checked: "
"""How the kind of the notices begins on files that are not bilingual; what they lack follows."""


class FileNotice(Struct, frozen=True):
    """What the user should know about one file; `str()` gives the notice.

    `kind` says the same of several files, beginning with a verb: `have no pairs`.
    """

    path: str
    text: str
    kind: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def left_out_notices(left_out: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Notices about texts that were not checked; `left_out` counts them by file and by a word for why."""
    hidden = {path: of_file[HIDDEN] for path, of_file in left_out.items() if HIDDEN in of_file}
    if hidden:
        count = sum(hidden.values())
        rows, them = ("row", "it") if count == 1 else ("rows", "them")
        yield f"not checked: {count} hidden {rows} in {_where(hidden)}; --hidden-cells checks {them}"
    states = {
        path: Counter(of_file) - Counter([HIDDEN] * of_file.get(HIDDEN, 0))
        for path, of_file in left_out.items()
    }
    states = {path: of_file for path, of_file in states.items() if of_file}
    if states:
        counts = sum(states.values(), Counter[str]())
        listed = listing([f"{count} {state}" for state, count in sorted(counts.items())], len(counts))
        translations, one = ("translation", "it") if counts.total() == 1 else ("translations", "them")
        checked = one if LOCKED not in counts else "all but the locked" if len(counts) > 1 else ""
        advice = f"; --unfinished checks {checked}" if checked else ""
        yield f"not checked: {listed} {translations} in {_where(states)}{advice}"


def _where(by_file: Mapping[str, object]) -> str:
    return next(iter(by_file)) if len(by_file) == 1 else f"{len(by_file)} files"


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


def halves_notice(
    notices: Iterable[FileNotice],
    languages: Mapping[str, tuple[str, str]],
    root: str,
    config: str,
    files: Collection[str] = (),
) -> Iterator[str]:
    """A notice that says how to pair files, if some without pairs look like translations of one another.

    `root` is the directory to which the entries of `pairs` are relative, and `config` the config file there,
    if there is one. `languages` are those of the files. Of the `files` that were checked, the others have
    pairs, so they are no halves.
    """
    lonely = [notice.path for notice in notices if notice.kind in (NO_PAIRS, NOT_CHECKED + ONE_LANGUAGE)]
    paths = [relative_path(absolute_path(path), root) for path in lonely if path != "-"]
    paths = [path for path in paths if not (_OUTSIDE.match(path) or _is_catalog(path))]
    if not paths:
        return
    from shlex import quote

    from termcheck.language_layout import language_layouts

    known = next((languages[path] for path in lonely if path in languages), ())
    others = {relative_path(absolute_path(path), root) for path in set(files).difference(lonely)}
    layouts = language_layouts(paths, f"{root.rstrip('/')}/", known, others)
    if not layouts:
        return
    here = absolute_path(".")
    pair = [display_path(f"{root.rstrip('/')}/{path}", here) for path in layouts[0].pairs[0]]
    entries = [f'"{entry}"' for layout in layouts for entry in layout.entries]
    shown = ", ".join(entries[:_MOST]) + (", …" if len(entries) > _MOST else "")
    where = display_path(config, here) if config else "termcheck.toml"
    more = sum(len(layout.pairs) for layout in layouts) - 1
    besides = f" (and {more} more {'pair' if more == 1 else 'pairs'})" if more else ""
    alike = "like sources and their translations; to check them in pairs" if more else _ALIKE
    named = "" if more else f", or give --source {quote(pair[0])} --target {quote(pair[1])}"
    yield f"{pair[0]} and {pair[1]}{besides} look {alike}, write pairs = [{shown}] into {where}{named}"


def _is_catalog(path: str) -> bool:
    """Whether a file holds both sides of its messages."""
    form = format_at(path, ReadOptions())
    return form is not None and form.catalog


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
