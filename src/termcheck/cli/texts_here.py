"""What the texts below the working directory show to `termcheck init`: their languages, and which are pairs.

Paths say most: `docs/en/a.md` beside `docs/de/a.md`. Catalogues of messages declare the language of their
translations. Otherwise the words of the texts decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.globs import absolute_path, relative_path
from termcheck.language_layout import Layout, language_layouts
from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import Side, TermcheckError, same_language
from termcheck.readers import Format, ReadOptions, format_at, is_keyed

if TYPE_CHECKING:
    from termcheck.scope import Scope

# So much of a text, and so many texts, show what they are written in.
_MOST_FILES, _MOST_BYTES = 100, 40_000
# So many files show how they are laid out.
_MOST_PATHS = 2_000
# A glossary of more languages is not what one begins with.
_MOST_LANGUAGES = 12
# A language that fewer of the letters are in is that of names and quotations.
_LEAST_SHARE = 0.1
_ESCAPED = compile_later(r"\\u([0-9A-Fa-f]{4})")
_BETWEEN_VALUES = compile_later(r"[\t\r\n,\"{}]+")


class TextsHere(Struct, frozen=True):
    """The languages of the texts, the source first, and the reason; empty if there are no two.

    `only` is the language that all texts are in if it is a single one. `layouts` are those of parallel files.
    """

    languages: tuple[str, ...] = ()
    reason: str = ""
    only: str = ""
    layouts: tuple[Layout, ...] = ()


def texts_here(known: Sequence[str] = ()) -> TextsHere:
    """Look at the texts; if their languages are `known`, these decide which of two files is the source."""
    files = [(path, form) for path in _paths() if (form := format_at(path.as_posix(), ReadOptions()))]
    prose = (path.as_posix() for path, form in files if not (form.rows or form.keyed))
    layouts = tuple(filter(_is_for_pairs, language_layouts(chain(prose, _keyed_paths()), "", known)))
    if layouts:
        source, target = layouts[0].pairs[0]
        languages = tuple(_of_layout(layouts[0]))
        if len(languages) > 1:
            return TextsHere(languages, f"Their paths say so: {source} and {target}", layouts=layouts)
    looked_at = files[:_MOST_FILES]
    languages = _of_catalogs(looked_at)
    if languages:
        return TextsHere(languages, "The headers of the catalogues say so", layouts=layouts)
    languages = _of_words(looked_at)
    only = languages[0] if len(languages) == 1 else ""
    return TextsHere(() if only else languages, "Their words show it", only, layouts)


def _is_for_pairs(layout: Layout) -> bool:
    """Whether the entries of a layout can be written: one for all `.json` files would pair other data."""
    named = layout.form.bare and all(" : ".join(pair) in layout.entries for pair in layout.pairs)
    return bool(named) or not (layout.form.bare and is_keyed(layout.pairs[0][0]))


def languages_of(paths: Iterable[Path]) -> tuple[str, ...]:
    """The two languages of the first texts, the source first; empty if there are no two."""
    known = ((path, format_at(path.as_posix(), ReadOptions())) for path in paths)
    files = list(islice(((path, form) for path, form in known if form), _MOST_FILES))
    languages = _of_catalogs(files) or _of_words(files)
    return languages[:2] if len(languages) > 1 else ()


def _of_layout(layout: Layout) -> Iterator[str]:
    """The languages of a layout, each once; the text shows that of an original whose path names none."""
    found: list[str] = []
    for tag in layout.tags[:_MOST_LANGUAGES]:
        language = tag.replace("_", "-")
        if not language:
            path = Path(layout.pairs[0][0])
            form = format_at(path.as_posix(), ReadOptions())
            letters = Counter[str]()
            for one, count in _tagged(_paragraphs(path, form)) if form else ():
                letters[one] += count
            language = letters.most_common(1)[0][0] if letters else "en"
        if not any(same_language(language, other) for other in found):
            found.append(language)
    yield from found


def _of_catalogs(files: Iterable[tuple[Path, Format]]) -> tuple[str, ...]:
    """The language of the messages, and those that headers declare, the most frequent first."""
    sources, declared = Counter[str](), Counter[str]()
    messages: list[str] = []
    for path, form in files:
        if not form.catalog:
            continue
        text, reader = _beginning(path), form.load()
        source, target = reader.declared_languages(text)
        sources[source] += bool(source)
        declared[target] += bool(target)
        try:
            segments = reader.read(text, path.as_posix(), ReadOptions(unfinished=True)).segments
        except TermcheckError:
            continue
        messages += [segment.text for segment in segments if segment.side is Side.SOURCE]
    from termcheck.languages.identify import guess_languages

    named = (+sources).most_common(1)
    source = named[0][0] if named else guess_languages(messages, [])[0]
    targets: list[str] = []
    for language, _ in (+declared).most_common():
        if not any(same_language(language, other) for other in (source, *targets)):
            targets.append(language)
    return (source, *targets[: _MOST_LANGUAGES - 1]) if targets else ()


def _of_words(files: Iterable[tuple[Path, Format]]) -> tuple[str, ...]:
    """The two languages that texts are written in, the source first; or the only one, or none.

    Where the texts have both, the source is the one that comes first more often; where each text has its own,
    a translation is more often made from English than into it.
    """
    letters: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for path, form in files:
        if form.catalog:
            continue
        tags = list(_tagged(_paragraphs(path, form)))
        for tag, count in tags:
            letters[tag] += count
        if len({tag for tag, _ in tags}) > 1:
            first[tags[0][0]] += 1
    found = [tag for tag, count in letters.most_common(2) if count >= _LEAST_SHARE * letters.total()]
    if len(found) < 2:
        return tuple(found)
    leading = max(found, key=lambda tag: (first[tag], primary_subtag(tag) == "en"))
    return leading, next(tag for tag in found if tag != leading)


def _tagged(paragraphs: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The language and the number of letters of each paragraph that has a few words."""
    from termcheck.languages.identify import guess_languages

    for paragraph in paragraphs:
        count = sum(map(str.isalpha, paragraph))
        if count >= 4:
            yield guess_languages([paragraph], [])[0], count


def _paths() -> Iterator[Path]:
    from termcheck.walking import Search, walk

    scope = _scope()
    try:
        for number, path in enumerate(walk(".", Search(lambda _: scope))):
            if number >= _MOST_PATHS:
                return
            yield Path(path)
    except TermcheckError:  # there are none, or a directory cannot be read
        return


def _keyed_paths() -> Iterator[str]:
    """The files that may hold the texts of an app in one language. A walk passes over most of them."""
    from termcheck.scope import files_below

    here, scope = absolute_path("."), _scope()
    paths = (relative_path(path, here) for path in files_below(here, lambda _: scope) if is_keyed(path))
    yield from islice(paths, _MOST_PATHS)


def _scope() -> Scope:
    from termcheck.config import resolve
    from termcheck.scope import Scope

    return Scope(exclude=resolve([]).exclude)


def _beginning(path: Path) -> str:
    from termcheck.plain_files import open_plain

    try:
        with open_plain(path) as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig", "ignore")
    except OSError:
        return ""


def _paragraphs(path: Path, form: Format) -> Iterable[str]:
    """The lines of a text or, roughly, the values of its rows; readers would need the languages."""
    text = "" if form.binary else _beginning(path)
    if "\0" in text:
        return ()
    if not (form.rows or form.keyed):
        return text.splitlines()
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _BETWEEN_VALUES.split(unescaped)
