"""Notices about a glossary: how it was understood, and which of its entries are left out."""

from __future__ import annotations

from collections.abc import Iterator

from termcheck.model import Glossary, LeftOut

_MOST = 3


def glossary_notices(glossary: Glossary) -> Iterator[str]:
    """A notice for each file with entries that cannot be used, after those that the readers gave."""
    yield from glossary.notices
    by_path: dict[str, list[LeftOut]] = {}
    for entry in glossary.left_out:
        by_path.setdefault(entry.origin.path, []).append(entry)
    for path, entries in by_path.items():
        shown = "; ".join(f"line {entry.origin.line}: {entry.reason}" for entry in entries[:_MOST])
        more = f" and {len(entries) - _MOST} more" if len(entries) > _MOST else ""
        count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
        yield f"{path}: left out {count} ({shown}{more}); `termcheck glossary check` shows all"
