"""Say which entries of `pairs` fit no file: their paths are wrong, or the files have moved."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.file_pairs import PairPattern
from termcheck.globs import absolute_path, display_path
from termcheck.trust import is_below
from termcheck.walking import Search


def unfit_entries(search: Search) -> Iterator[str]:
    """A notice for each pattern of `pairs` that fits no file to check, when all files were looked at."""
    here = absolute_path(".")
    for scope in list(search.scopes.values()):
        counterparts = search.counterparts(scope)
        for pair in counterparts.pairs if counterparts else ():
            if _was_walked(pair, search) and counterparts and not counterparts.fits_any(pair):
                where = f" in {display_path(absolute_path(scope.config), here)}" if scope.config else ""
                key = f" with the key “{pair.key}”" if pair.key else ""
                yield (
                    f"the entry '{pair.source} : {pair.target}' of `pairs`{where} fits no file to check{key}"
                )


def _was_walked(pair: PairPattern, search: Search) -> bool:
    """Whether the walks went to all files that a pattern may fit. Two files that are named are none."""
    if pair.is_single or any(half.startswith(("../", "/")) for half in (pair.source, pair.target)):
        return False
    return any(is_below(pair.root, top) for top in search.walked)
