"""The glossary that `termcheck init` writes: for the languages asked for, or for those of the texts here.

Its terms are examples in these languages where we have them, or else placeholders that say what to put there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from termcheck.data import read_text
from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

USUAL = ("zh", "en")
"""The languages of the glossary if nothing says which."""

# So much of a text, and so many texts, show what they are written in.
_MOST_FILES, _MOST_BYTES = 100, 40_000
# A language that fewer of the letters are in is that of names and quotations.
_LEAST_SHARE = 0.1
_ESCAPED = compile_later(r"\\u([0-9A-Fa-f]{4})")
_BETWEEN_VALUES = compile_later(r"[\t\r\n,\"{}]+")
_NUMBERS = ("first", "second", "third")
_HEAD = """\
# Terms and their renderings. `termcheck check` reports where a text lacks them.
# The first rendering is preferred; the others are accepted as well.
version: 1
languages: [{languages}]        # source, target
terms:
"""


def glossary_text(languages: Sequence[str]) -> str:
    """A glossary for two or more languages, the source first."""
    if tuple(languages) == USUAL:
        return read_text("init/glossary.yaml")
    return _HEAD.format(languages=", ".join(languages)) + "\n".join(_entries(languages)).rstrip("\n") + "\n"


def _entries(languages: Sequence[str]) -> Iterator[str]:
    source, *targets = languages
    rows = list(zip(*(_terms(tag, "rendering") for tag in targets), strict=True))
    for term, renderings in zip(_terms(source, "term"), rows, strict=True):
        last = renderings is rows[-1]
        if last and len(targets) == 1:
            yield "  # Renderings that must not be used."
        if len(targets) == 1 and not last:
            yield f"  {term}: [{renderings[0]}, another rendering in {targets[0]}]\n"
            continue
        yield f"  {term}:"
        yield from (f"    {tag}: {text}" for tag, text in zip(targets, renderings, strict=True))
        yield f"    forbid: [a wrong rendering in {targets[0]}]\n" if len(targets) == 1 else ""


def _terms(tag: str, what: str) -> Sequence[str]:
    """Three terms in a language."""
    lines = (line.partition(": ") for line in read_text("init/terms.txt").splitlines())
    known = {name: terms.split(" | ") for name, _, terms in lines}
    return (
        known.get(tag)
        or known.get(primary_subtag(tag))
        or [f"{number} {what} in {tag}" for number in _NUMBERS]
    )


def languages_here() -> tuple[str, ...]:
    """The two languages of the texts below the working directory, as `languages_of` tells them."""
    return languages_of(_paths())


def languages_of(paths: Iterable[Path]) -> tuple[str, ...]:
    """The two languages that texts are written in, the source first.

    Empty if there are no two. Where the texts have both, the source is the one that comes first more often;
    where each text has its own, a translation is more often made from English than into it.
    """
    letters: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for path in islice(paths, _MOST_FILES):
        tags = list(_tagged(_paragraphs(path)))
        for tag, count in tags:
            letters[tag] += count
        if len({tag for tag, _ in tags}) > 1:
            first[tags[0][0]] += 1
    found = [tag for tag, count in letters.most_common(2) if count >= _LEAST_SHARE * letters.total()]
    if len(found) < 2:
        return ()
    leading = max(found, key=lambda tag: (first[tag], tag == "en"))
    return leading, next(tag for tag in found if tag != leading)


def _tagged(paragraphs: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The language and the number of letters of each paragraph that has a few words."""
    from termcheck.languages.identify import guess_languages

    for paragraph in paragraphs:
        count = sum(map(str.isalpha, paragraph))
        if count >= 4:
            yield guess_languages([paragraph], [])[0], count


def _paths() -> Iterator[Path]:
    from termcheck.config import resolve
    from termcheck.scope import Scope
    from termcheck.walking import Search, walk

    scope = Scope(exclude=resolve([]).exclude)
    try:
        yield from map(Path, walk(".", Search(lambda _: scope)))
    except TermcheckError:  # there are none, or a directory cannot be read
        return


def _paragraphs(path: Path) -> Iterable[str]:
    """The lines of a text or, roughly, the values of its rows; readers would need the languages."""
    from termcheck.plain_files import open_plain
    from termcheck.readers import ReadOptions, format_at

    form = format_at(path.as_posix(), ReadOptions())
    try:
        with open_plain(path) as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig", "ignore")
    except OSError:
        return ()
    if form is None or form.binary or "\0" in text:
        return ()
    if not form.rows:
        return text.splitlines()
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _BETWEEN_VALUES.split(unescaped)
