"""Finds files that look like translations of one another by their paths: `docs/en/a.md` and `docs/de/a.md`.

A path may name its language by a directory, by an ending (`a.de.md`, `a_de.md`) or by its whole name
(`de.md`). The original may name none: `README.md` beside `README.de.md`. The rest of the paths is the same.
"""

from __future__ import annotations

import itertools
import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct, field

from termcheck.file_pairs import LANG, PairPattern
from termcheck.language_tags import can_stand_for, primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError, same_language

_TAG = compile_later(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
# Tags that are words of English or abbreviations: they name a language only beside another.
_WORDS = frozenset(
    [
        "am",
        "an",
        "as",
        "be",
        "he",
        "id",
        "in",
        "is",
        "it",
        "la",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "pa",
        "so",
        "st",
        "to",
        "uk",
        "us",
    ]
)
_SEPARATORS = "._-"
# So many files are looked at. They show how a tree is laid out.
_MOST_FILES = 2_000
# A file that names no language may have neighbours without translations, so a few are named one by one.
_MOST_NAMED = 10
_ANY = "{path:**}"


class Form(Struct, frozen=True):
    """How paths name their languages: a tag between `head` and `tail`, or else `bare`, without a language.

    All three are halves of an entry of `pairs`; `bare` is empty if each file names its language.
    """

    head: str
    tail: str
    bare: str = ""

    def half(self, tag: str) -> str:
        """The half of an entry for a language."""
        return f"{self.head}{tag}{self.tail}" if tag else self.bare


class Layout(Struct, frozen=True):
    """Files that look like translations of one another: their languages, and the pairs of files.

    The first of the `tags` is that of the originals. It is empty if these name no language.
    """

    form: Form
    tags: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries of `pairs` that fit."""
        if self.form.bare and len(self.pairs) <= _MOST_NAMED:
            return tuple(f"{source} : {target}" for source, target in self.pairs)
        source, *targets = self.tags
        target = targets[0] if len(targets) == 1 and "" not in targets else LANG
        common = self._common_folder() if source == "" else ""
        halves = (self.form.half(tag).replace(_ANY, f"{common}{_ANY}") for tag in (source, target))
        return (" : ".join(halves),)

    def _common_folder(self) -> str:
        """The directory, with a slash, of all originals that name no language; others need no translation."""
        if self.form.tail != f"/{_ANY}":
            return ""
        originals = {original.removeprefix(self.form.head) for original, _ in self.pairs}
        levels = zip(*(path.split("/")[:-1] for path in originals), strict=False)
        return "".join(
            f"{names[0]}/" for names in itertools.takewhile(lambda names: len(set(names)) == 1, levels)
        )


class _Tree(Struct):
    """The files below a directory, which is given with a slash at its end, or empty; not those `left_out`."""

    top: str
    left_out: Collection[str] = ()
    _names: dict[str, list[str]] = field(default_factory=dict)
    _tags: dict[tuple[str, str, str], Sequence[str]] = field(default_factory=dict)

    def names(self, folder: str) -> list[str]:
        """The names in a directory, which is empty or ends in a slash."""
        if folder not in self._names:
            try:
                self._names[folder] = sorted(os.listdir(f"{self.top}{folder}" or "."))  # noqa: PTH208
            except (OSError, ValueError):
                self._names[folder] = []
        return self._names[folder]

    def tags(self, folder: str, start: str = "", ending: str = "") -> Sequence[str]:
        """The tags in the names in a directory that begin and end so."""
        key = folder, start, ending
        if key not in self._tags:
            names = self.names(folder)
            first = bisect_left(names, start)
            alike = itertools.takewhile(
                lambda name: name.startswith(start), itertools.islice(names, first, None)
            )
            wanted = (name for name in alike if name.endswith(ending) and folder + name not in self.left_out)
            tags = (name[len(start) : len(name) - len(ending)] for name in wanted)
            self._tags[key] = [tag for tag in tags if _is_tag(tag)]
        return self._tags[key]

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        folder, slash, name = path.rpartition("/")
        names = self.names(folder + slash)
        at = bisect_left(names, name)
        if path in self.left_out:
            return False
        return at < len(names) and names[at] == name and os.path.isfile(f"{self.top}{path}")  # noqa: PTH113


def language_layouts(
    paths: Iterable[str], top: str = "", languages: Sequence[str] = (), left_out: Collection[str] = ()
) -> list[Layout]:
    """The layouts of some files that name their languages, the one of most files first.

    The paths are relative to `top`, a directory with a slash at its end. The source is the first of
    `languages` if it is among the tags, or else the language that is not named, another of `languages`,
    English, or the first tag. Beside files in all `languages`, one that names none is a half of none.
    Files `left_out` are halves of none.
    """
    tree = _Tree(top, left_out)
    tags: defaultdict[Form, Counter[str]] = defaultdict(Counter)
    members: defaultdict[Form, dict[str, dict[str, str]]] = defaultdict(dict)
    for _, path in zip(range(_MOST_FILES), paths, strict=False):
        for form, rest, found in _forms(path, tree):
            if rest not in members[form]:
                members[form][rest] = found
                tags[form].update(found.keys())
    layouts, taken = [], set[str]()
    for form in sorted(tags, key=lambda form: (-len(members[form]), bool(form.bare), form.half(LANG))):
        groups = [group for group in members[form].values() if taken.isdisjoint(group.values())]
        if groups and (layout := _layout(form, tags[form], groups, languages)):
            layouts.append(layout)
            taken.update(path for group in groups for path in group.values())
    return layouts


def fitting_entry(path: str, top: str = "") -> str:
    """An entry of `pairs` that fits a file and the others like it, even if these are not there yet.

    The path is relative to `top`, a directory with a slash at its end. The result is empty if the path names
    no language.
    """
    for layout in language_layouts([path], top):
        return next((entry for entry in layout.entries if path in entry.split(" : ")), layout.entries[0])
    *folders, name = path.split("/")
    stem, dot, ending = name.rpartition(".")
    above = "".join(f"{folder}/" for folder in folders)
    for start in _before_tags(stem):
        if primary_subtag(stem[len(start) :]) not in _WORDS or not start:
            return f"{path} : {above}{start}{LANG}{dot}{ending}"
    for number in range(len(folders) - 1, -1, -1):
        if _is_tag(folders[number]):
            halves = ("/".join([*folders[:number], one, _ANY]) for one in (folders[number], LANG))
            return " : ".join(halves).replace(_ANY, _ANY + dot + ending)
    return ""


def _layout(
    form: Form, tags: Counter[str], groups: Sequence[dict[str, str]], languages: Sequence[str]
) -> Layout | None:
    ordered = tuple(_ordered(tags, languages))
    pairs = tuple(
        (group[ordered[0]], group[tag])
        for group in groups
        for tag in ordered[1:]
        if {ordered[0], tag} <= set(group) and (tag or not _are_named(languages, group))
    )
    try:
        layout = Layout(form, ordered, pairs)
        for entry in layout.entries if pairs else ():
            first, second = entry.split(" : ")
            PairPattern(first, second, "/")
    except (TermcheckError, ValueError):
        return None  # a name that a pattern cannot have
    return layout if pairs else None


def _are_named(languages: Sequence[str], tags: Iterable[str]) -> bool:
    """Whether tags name both languages, so that a file without a tag is a copy of one that has it."""
    return bool(languages) and all(any(tag and _fits(tag, one) for tag in tags) for one in languages)


def _ordered(tags: Counter[str], languages: Sequence[str]) -> Iterator[str]:
    """The tags of a layout, the source first."""

    source_is_named = any(tag and _fits(tag, one) for tag in tags for one in languages[:1])

    def rank(tag: str) -> tuple[int, bool, bool, str]:
        if not tag and not source_is_named:
            return 0, False, False, ""
        known = (number for number, one in enumerate(languages) if tag and _fits(tag, one))
        # An original without a tag comes before all languages but the source.
        place = next(known, len(languages)) if tag else min(1, len(languages))
        return place, bool(tag), not same_language(tag or "und", "en"), tag

    yield from sorted(tags, key=rank)


def _fits(tag: str, language: str) -> bool:
    return same_language(tag, language) and can_stand_for(tag, language)


def _forms(path: str, tree: _Tree) -> Iterator[tuple[Form, str, dict[str, str]]]:
    """Each way in which a path and others name their languages.

    Gives the form, what the paths share beside it, and the files by their tags.
    """
    *folders, _ = path.split("/")
    for number in range(len(folders) + 1):
        above = "".join(f"{folder}/" for folder in folders[:number])
        rest = path[len(above) :]
        for found in (_by_folder(above, rest, tree), _by_name(above, rest, tree)):
            for form, shared, files in found:
                if len(files) > 1 and path in files.values() and _is_telling(form, files):
                    yield form, shared, files


def _by_folder(above: str, rest: str, tree: _Tree) -> Iterator[tuple[Form, str, dict[str, str]]]:
    """The files in directories `de` beside that of a path, or below the one that it is in; also `docs-de`."""
    folder, slash, below = rest.partition("/")
    for start in _before_tags(folder) if slash else ():
        files = {
            other: f"{above}{start}{other}/{below}"
            for other in tree.tags(above, start)
            if tree.has(f"{above}{start}{other}/{below}")
        }
        form = Form(f"{above}{start}", f"/{_ANY}")
        bare = f"{above}{below}"
        if not start and tree.has(bare):
            form, files = Form(form.head, form.tail, f"{above}{_ANY}"), {"": bare, **files}
        yield form, below, files
    tags = [tag for tag in tree.tags(above) if tree.has(f"{above}{tag}/{rest}")]
    if tags and tree.has(f"{above}{rest}"):
        files = {"": f"{above}{rest}", **{tag: f"{above}{tag}/{rest}" for tag in tags}}
        yield Form(above, f"/{_ANY}", f"{above}{_ANY}"), rest, files


def _by_name(above: str, rest: str, tree: _Tree) -> Iterator[tuple[Form, str, dict[str, str]]]:
    """The files beside a path whose names differ by a tag: `a.de.md`, `a_de.md`, `de.md`."""
    stem, dot, ending = rest.rpartition(".")
    if "/" in rest or not stem:
        return
    ending = dot + ending
    for start in _before_tags(stem):
        separator = start[-1:]
        files = {tag: f"{above}{start}{tag}{ending}" for tag in tree.tags(above, start, ending)}
        bare = f"{above}{start[:-1]}{ending}"
        if len(start) > 1 and tree.has(bare):
            files = {"": bare, **files}
        head = f"{_ANY}{separator}" if start else above
        yield Form(head, ending, f"{_ANY}{ending}" if "" in files else ""), f"{above}{start}", files
    for separator in _SEPARATORS:
        start = f"{stem}{separator}"
        tagged = {tag: f"{above}{start}{tag}{ending}" for tag in tree.tags(above, start, ending)}
        if tagged:
            files = {"": f"{above}{rest}", **tagged}
            yield Form(f"{_ANY}{separator}", ending, f"{_ANY}{ending}"), f"{above}{start}", files


def _before_tags(name: str) -> Iterator[str]:
    """What stands before the tag, for each way to read the end of a name as one."""
    starts = [0, *(number + 1 for number, char in enumerate(name) if char in _SEPARATORS)]
    yield from (name[:start] for start in starts if _is_tag(name[start:]))


def _is_tag(text: str) -> bool:
    if not _TAG.fullmatch(text):
        return False
    from termcheck.languages import is_known

    return is_known(text)


def _is_telling(form: Form, files: dict[str, str]) -> bool:
    """Whether the tags surely name languages; in `notes-to.md` beside `notes.md` it is a word."""
    sure = any(primary_subtag(tag) not in _WORDS for tag in files if tag)
    return sure or form.head.endswith(".")
