"""Reads a table of simplemma: the forms of a language, each with its lemma, both folded.

simplemma's public functions hold the whole table in memory, which takes up to 400 MB. Its stream of records
takes none of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed
from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

from termcheck.languages.dictionary import spelled
from termcheck.text.fold import fold, fold_in_place

# These tables lead to the roots of derived words: perbatasan (border) to batas (limit). What has a prefix is
# derived.
_OF_ROOTS = frozenset({"id", "ms", "tl"})
# So many forms are folded at once.
_AT_ONCE = 8_192
_LONGEST = 200
_SEPARATOR = "\0"


def records(table: str) -> tuple[Iterator[tuple[bytes, bytes]], int]:
    """The (form, lemma) of a table, in UTF-8, and how many there are at most."""
    data = _read_decompressed(table)
    backwards, count, begin = _read_header(data)
    written = ((form, lemma) for _, form, lemma in _iter_records(data, begin))
    return _folded(written, table, -1 if backwards else 1), count


def _folded(
    written: Iterator[tuple[bytes, bytes]], language: str, step: int
) -> Iterator[tuple[bytes, bytes]]:
    """Records with both words folded; words are read backwards if `step` is -1."""
    lemmas: dict[bytes, bytes] = {}
    derives = language in _OF_ROOTS
    while chunk := list(islice(written, _AT_ONCE)):
        new = list({lemma for _, lemma in chunk if lemma not in lemmas})
        words = [word[::step] for word in (*new, *[form for form, _ in chunk])]
        folded = _fold_all(words, language)
        lemmas.update(zip(new, folded, strict=False))
        for (_, lemma), form in zip(chunk, folded[len(new) :], strict=True):
            # No phrases, and nothing too long to be a word.
            derived = derives and not form.startswith(lemmas[lemma])
            if len(form) <= _LONGEST and b" " not in form and not derived:
                yield form, lemmas[lemma]


def _fold_all(words: list[bytes], language: str) -> list[bytes]:
    text = _SEPARATOR.join([word.decode() for word in words])
    folded = fold_in_place(text, language)
    if folded is None:
        folded = fold(text, language).text
    return spelled(folded).encode().split(_SEPARATOR.encode())
