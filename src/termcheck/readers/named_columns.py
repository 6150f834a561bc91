"""Which columns of a table in an office file hold the two sides: by their header, or by their scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from termcheck.lazy import compile_later
from termcheck.model import Side
from termcheck.readers.base import ReadOptions
from termcheck.readers.columns import sides
from termcheck.readers.paragraphs import main_script

MOST_BEFORE_HEADER = 3
"""CAT tools put a line or two about the file above their header, which is in one of so many rows."""

_IN_BRACKETS = compile_later(r"\s*[(\[（].*|\s*[:：]\Z")
_SIDE_NAMES: Mapping[str, Side] = {
    **dict.fromkeys(("source", "source segment", "source text", "原文", "源文", "源文本"), Side.SOURCE),
    **dict.fromkeys(
        ("target", "target segment", "target text", "translation", "译文", "譯文", "目标文本"), Side.TARGET
    ),
}


def named_sides(names: Sequence[str], options: ReadOptions) -> tuple[int, int] | None:
    """The indices of the source and the target among the names of a header; None if it is no header.

    What stands in brackets, such as a country, says nothing unless the whole name does.
    """
    for shown in (names, [_IN_BRACKETS.sub("", name) for name in names]):
        found = sides(shown, options) or _by_side_names(shown)
        if found is not None:
            return found
    return None


def _by_side_names(names: Sequence[str]) -> tuple[int, int] | None:
    known = [_SIDE_NAMES.get(name.strip().casefold()) for name in names]
    if known.count(Side.SOURCE) == known.count(Side.TARGET) == 1:
        return known.index(Side.SOURCE), known.index(Side.TARGET)
    return None


def columns_by_script(columns: Mapping[int, Iterable[str]]) -> tuple[int, int] | None:
    """The two columns whose texts are in two scripts, in order; None if there are not just two scripts.

    Of two columns in one script, such as a text and notes on it, the longer one counts. Columns of numbers
    have no script, and a column that says the same few words again and again, such as a status, is no text.
    """
    by_script: dict[str, tuple[int, int]] = {}
    for column, texts in columns.items():
        said = Counter(texts)
        if said.total() > 3 and len(said) * 3 <= said.total():
            continue
        script = Counter(map(main_script, said)).most_common(1)[0][0] if said else ""
        if script:
            by_script[script] = max(by_script.get(script, (0, 0)), (sum(map(len, said)), column))
    found = sorted(column for _, column in by_script.values())
    return (found[0], found[1]) if len(found) == 2 else None
