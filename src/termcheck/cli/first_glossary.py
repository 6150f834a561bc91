"""The glossary that `termcheck init` writes: for the languages asked for, or for those of the texts here.

Its terms are examples in these languages where we have them, or else placeholders that say what to put there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.data import read_text
from termcheck.language_tags import primary_subtag

USUAL = ("zh", "en")
"""The languages of the glossary if nothing says which."""

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
