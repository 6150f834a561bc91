"""Find the other half of a file, or its other halves: the translations of a page, or its original.

Several entries of `pairs` may fit a file. Two files that are named come first, then a key of the front
matter, then patterns of paths; of several patterns, those whose other half exists, and the most exact. A file
has a counterpart in each language that the entries give, and entries without a language count as one.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from termcheck.file_pairs import LANG, PairPattern, lang_expression
from termcheck.front_values import FrontValue, front_value
from termcheck.globs import absolute_path, display_path
from termcheck.model import NO_TAGS, PathTags, Side, TermcheckError
from termcheck.readers import ENDINGS, ending_of

_BY_PATH, _BY_KEY, _BY_NAME = range(3)
_exists, _is_file = os.path.exists, os.path.isfile


class Counterpart(Struct, frozen=True):
    """The other half of a file that is on the `side`.

    `other` is an absolute path. If it does not `exist`, it may be words instead, or a path with `{lang}` in
    it (`open`). `rank` and `literals` say how well the entry fits. `source_lang`, `target_lang`,
    `lang_from_path` and `tags` are as in `model.GlossaryUse`.
    """

    side: Side
    other: str
    exists: bool
    rank: int
    literals: int
    source_lang: str = ""
    target_lang: str = ""
    lang_from_path: bool = False
    open: bool = False
    tags: PathTags = NO_TAGS

    @property
    def order(self) -> tuple[int, bool, int]:
        """How well it fits; the greatest wins."""
        return self.rank, self.exists, self.literals


def _known_tags(pair: PairPattern) -> PathTags:
    """The parts of the paths of two named files that are known languages."""
    tags = pair.tags()
    if not any(tags):
        return NO_TAGS
    from termcheck.languages import is_known

    source, target = (tuple(filter(is_known, side)) for side in tags)
    return source, target


class _Keyed(Struct, frozen=True):
    """A file with the key of an entry: its side, its `{lang}`, and the value with its place."""

    path: str
    side: Side
    lang: str
    value: FrontValue


class _Index(Struct):
    """The files of an entry with a key: by path (None for a file without it), and by its value."""

    by_path: dict[str, _Keyed | None] = field(default_factory=dict)
    by_value: defaultdict[str, list[_Keyed]] = field(default_factory=lambda: defaultdict(list))

    def add(self, pair: PairPattern, path: str) -> None:
        """Read the key of one more file."""
        fit = pair.side_by_glob(path)
        value = front_value(path, pair.key) if fit else None
        keyed = _Keyed(path, *fit, value) if fit and value else None
        self.by_path[path] = keyed
        if keyed:
            self.by_value[keyed.value.text].append(keyed)


class Counterparts(Struct):
    """The entries of `pairs`, and what was learned of the files; `walk` gives the files below a directory.

    `errors` are pages of one side with the same value of a key.
    """

    pairs: Sequence[PairPattern]
    walk: Callable[[str], Iterable[str]]
    errors: list[TermcheckError] = field(default_factory=list)
    _known: dict[str, list[Counterpart]] = field(default_factory=dict)
    _indexes: dict[PairPattern, _Index] = field(default_factory=dict)
    _listings: dict[str, list[str]] = field(default_factory=dict)

    def of(self, path: str) -> list[Counterpart]:
        """The counterparts of the file at an absolute path; empty if no entry fits."""
        if path not in self._known:
            self._known[path] = self._best(list(self._all(path)))
        return self._known[path]

    def count(self, path: str) -> int:
        """How many files that exist are counterparts of the one at an absolute path."""
        return sum(counterpart.exists for counterpart in self.of(path))

    def _best(self, found: Sequence[Counterpart]) -> list[Counterpart]:
        if not found:
            return []
        best = max(found, key=lambda one: one.order)
        groups: defaultdict[tuple[str, str], list[Counterpart]] = defaultdict(list)
        for one in found:
            if one.side is best.side:
                groups[one.source_lang, one.target_lang].append(one)
        chosen = []
        for group in groups.values():
            top = max(group, key=lambda one: one.order)
            chosen += [one for one in group if one.order == top.order] if top.exists else [top]
        return [one for one in chosen if not one.open] or chosen[:1]

    def is_named(self, path: str) -> bool:
        """Whether an entry names this very file."""
        return any(pair.is_single and path in pair.files() for pair in self.pairs)

    def fits_ending(self, path: str) -> bool:
        """Whether a pattern fits a file and names its ending, which must be one that a reader reads."""
        ending = ending_of(path)
        return ending in ENDINGS and any(pair.fits_ending(path, ending) for pair in self.pairs)

    def fits_any(self, pair: PairPattern) -> bool:
        """Whether an entry fits a file that was asked for; one with a key, any file that has the key."""
        if pair.key:
            return bool(self._index(pair).by_value)
        return any(any(pair.halves(path)) for path in self._known)

    def lost_pairs(self, directory: str) -> Iterator[TermcheckError]:
        """An error for each entry that names files in a directory, if none of them exists."""
        prefix = directory.rstrip("/") + "/"
        for pair in self.pairs:
            inside = pair.is_single and any(file.startswith(prefix) for file in pair.files())
            if inside and not any(map(_is_file, pair.files())):
                folders = any(map(os.path.isdir, pair.files()))
                problem = "directories, not files" if folders else "two files that do not exist"
                advice = "correct their paths, or remove the pair"
                if folders:
                    advice = f"write '{pair.source}/{{path:**}} : {pair.target}/{{path:**}}'"
                yield TermcheckError(
                    f"`pairs` names {problem}: {pair.source} and {pair.target}", advice=advice
                )

    def _all(self, path: str) -> Iterator[Counterpart]:
        has_key = any(self._entry(pair, path) for pair in self.pairs if pair.key)
        for pair in self.pairs:
            if pair.key:
                yield from self._by_key(pair, path)
            elif pair.is_single or not has_key:
                yield from self._by_path(pair, path)

    def _by_path(self, pair: PairPattern, path: str) -> Iterator[Counterpart]:
        """The counterparts by a pattern, or by the names of both files."""
        rank = _BY_NAME if pair.is_single else _BY_PATH
        for half in pair.halves(path):
            others = [(half.other, half.lang)]
            if LANG in half.other and pair.has_lang:
                others = [one for one in self._in_all_languages(half.other) if one[0] != path]
                if not others:
                    languages = self._languages(pair, "")
                    yield Counterpart(
                        half.side, half.other, False, rank, half.literals, *languages, open=True
                    )
            for other, lang in others:
                files = (path, other)[:: 1 if half.side is Side.SOURCE else -1]
                if other == path or (rank == _BY_PATH and self._is_taken(files, other)):
                    continue
                by_path = pair.has_lang
                languages = self._languages(pair, lang)
                if not any(languages):
                    languages = self._languages_of_files(*files)
                    by_path = any(languages)
                yield Counterpart(
                    half.side,
                    other,
                    _exists(other),
                    rank,
                    half.literals,
                    *languages,
                    by_path,
                    tags=_known_tags(pair) if pair.is_single and not any(languages) else NO_TAGS,
                )

    def _is_taken(self, files: Sequence[str], other: str) -> bool:
        """Whether one of two files that fit a pattern is paired otherwise, by name or by its key."""
        if any(self._entry(pair, other) for pair in self.pairs if pair.key):
            return True
        languages = self._languages_of_files(*files)
        for pair in self.pairs:
            if pair.is_single and pair.files() != tuple(files) and set(pair.files()) & set(files):
                named = self._languages(pair, "")
                if not any(named):
                    named = self._languages_of_files(*pair.files())
                if named[1] == languages[1] or not (named[1] and languages[1]):
                    return True
        return False

    def _in_all_languages(self, template: str) -> Iterator[tuple[str, str]]:
        """The files at a path with `{lang}` in it, each with its language."""
        head, _, tail = template.partition(LANG)
        folder, _, start = head.rpartition("/")
        end, slash, rest = tail.partition("/")
        expression = lang_expression(f"{start}{LANG}{end}")
        names = self._listing(folder or "/")
        for number in range(bisect_left(names, start), len(names)):
            if not names[number].startswith(start):
                break
            match = expression.fullmatch(names[number])
            if match:
                file = f"{folder}/{names[number]}{slash}{rest.replace(LANG, match['lang'])}"
                if _exists(file):
                    yield file, match["lang"]

    def _listing(self, folder: str) -> list[str]:
        if folder not in self._listings:
            try:
                self._listings[folder] = sorted(os.listdir(folder))  # noqa: PTH208 - pathlib is slower
            except OSError:
                self._listings[folder] = []
        return self._listings[folder]

    def _languages(self, pair: PairPattern, lang: str) -> tuple[str, str]:
        """The languages of a pair; `en` in `en/{name} : {lang}/{name}` is one if it is known as such."""
        source, target = pair.languages(lang)
        beside = pair.lang_beside()
        if beside and not (source and target):
            from termcheck.languages import is_known

            if is_known(beside):
                return (source, target or beside) if source else (beside, target)
        return source, target

    def _languages_of_files(self, source: str, target: str) -> tuple[str, str]:
        """The languages that a pattern with `{lang}` gives to two files that another entry pairs."""
        for pair in self.pairs:
            lang = pair.lang_of_files(source, target) if pair.has_lang else ""
            if lang:
                return self._languages(pair, lang)
        return "", ""

    def _by_key(self, pair: PairPattern, path: str) -> Iterator[Counterpart]:
        """The counterparts with the same value of the key."""
        own = self._entry(pair, path)
        if own is None:
            return
        same = self._index(pair).by_value[own.value.text]
        self._add_duplicates(pair, same)
        others = {one.lang: one for one in reversed(same) if one.side is not own.side}
        for other in reversed(others.values()):
            languages = self._languages(pair, own.lang or other.lang)
            if not any(languages):
                languages = self._languages_of_files(
                    *(path, other.path)[:: 1 if own.side is Side.SOURCE else -1]
                )
            yield Counterpart(own.side, other.path, True, _BY_KEY, 0, *languages, pair.has_lang)
        if not others:
            where = pair.target if own.side is Side.SOURCE else pair.source
            missing = f"page with {pair.key} “{own.value.text}” in {where}"
            languages = self._languages(pair, own.lang)
            is_open = pair.has_lang and not own.lang
            yield Counterpart(own.side, missing, False, _BY_KEY, 0, *languages, pair.has_lang, is_open)

    def _add_duplicates(self, pair: PairPattern, same: Sequence[_Keyed]) -> None:
        """Add an error for each page that shares its value with a page of its own side and language."""
        first: dict[tuple[Side, str], _Keyed] = {}
        here = absolute_path(".")
        for one in same:
            known = first.setdefault((one.side, one.lang), one)
            if known is not one:
                error = TermcheckError(
                    f"has the {pair.key} “{one.value.text}” of {display_path(known.path, here)}",
                    path=display_path(one.path, here),
                    line=one.value.line,
                    column=one.value.column,
                    advice="give each page of one language a value of its own",
                )
                if str(error) not in map(str, self.errors):
                    self.errors.append(error)

    def _entry(self, pair: PairPattern, path: str) -> _Keyed | None:
        """A file as one half of a pair with a key; None if it does not fit, or lacks the key."""
        index = self._index(pair)
        if path not in index.by_path:
            index.add(pair, path)
        return index.by_path[path]

    def _index(self, pair: PairPattern) -> _Index:
        """All files of an entry with a key, in the order of paths."""
        if pair not in self._indexes:
            index = self._indexes[pair] = _Index()
            for file in sorted({file for top in set(pair.glob_directories()) for file in self.walk(top)}):
                index.add(pair, file)
        return self._indexes[pair]
