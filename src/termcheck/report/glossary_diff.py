"""The differences between two glossaries as text, as JSON, or as Markdown for a pull request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from termcheck.glossary.differences import Difference
from termcheck.text.width import printable

_NO_CHANGE = "The glossaries are equal."


def _as_text(found: Sequence[Difference]) -> str:
    lines = []
    for one in found:
        lines.append(f"{one.kind} {_entry(one)}" if one.kind != "changed" else f"changed {one.term}:")
        lines += (f"  {change}" for change in one.changes)
    lines.append(_summary(found))
    return "".join(f"{printable(line)}\n" for line in lines)


def _as_json(found: Sequence[Difference]) -> str:
    entries = [
        {
            "kind": one.kind,
            "id": one.id,
            "term": one.term,
            "renderings": list(one.renderings),
            "changes": [
                {"what": change.what, "before": change.before, "after": change.after}
                for change in one.changes
            ],
        }
        for one in found
    ]
    return json.dumps({"differences": entries}, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(found: Sequence[Difference]) -> str:
    parts = []
    for kind, title in (("added", "Added"), ("changed", "Changed"), ("removed", "Removed")):
        chosen = [one for one in found if one.kind == kind]
        if chosen:
            parts.append(f"### {title}\n\n" + "".join(map(_item, chosen)) + "\n")
    return "".join(parts) + f"{_summary(found)}\n"


def _item(one: Difference) -> str:
    changes = "".join(f"  - {_escaped(str(change))}\n" for change in one.changes)
    return f"- **{_escaped(one.term)}**: {_escaped(', '.join(one.renderings))}\n{changes}"


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    plain = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in plain)


def _entry(one: Difference) -> str:
    return f"{one.term}: {', '.join(one.renderings)}" if one.renderings else one.term


def _summary(found: Sequence[Difference]) -> str:
    if not found:
        return _NO_CHANGE
    counts = Counter(one.kind for one in found)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in ("added", "changed", "removed") if counts[kind])
    return f"{said[0].upper()}{said[1:]}."


DIFF_FORMATS: Mapping[str, Callable[[Sequence[Difference]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "markdown": _as_markdown,
}
"""The renderers by name."""
