"""What the units of XLIFF and its dialects say about themselves: locked, or not translated to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from termcheck.readers.xml_spans import Element

# A text that waits for its review is translated, and the review is what terms are checked for.
_UNFINISHED = frozenset(("new", "initial", "needs-translation", "needs-l10n", "needs-adaptation"))
_TRADOS = "http://sdl.com/FileTypes/SdlXliff/1.0"
_TRADOS_UNFINISHED = frozenset(("unspecified", "nottranslated", "draft"))
_MEMOQ_STATUS, _MEMOQ_LOCKED = "MQXliff status", "MQXliff locked"
_MEMOQ_UNFINISHED = frozenset(
    ("notstarted", "partiallyedited", "pretranslated", "assembledfromfragments", "machinetranslated")
)
_PHRASE = "http://www.memsource.com/mxlf/2.0"
_PHRASE_CONFIRMED, _PHRASE_LOCKED = f"{_PHRASE} confirmed", f"{_PHRASE} locked"


def is_locked(unit: Element, segment: str) -> bool:
    """Whether nobody may change the text of a unit, or of its segment with a number."""
    said = unit.attributes
    locked = said.get(_MEMOQ_LOCKED), said.get(_PHRASE_LOCKED), _of_segment(unit, segment).get("locked")
    return any(value not in (None, "", "false") for value in locked)


def is_unfinished(holders: Sequence[Element], segment: str) -> bool:
    """Whether the target of a unit, or of its segment with a number, is not translated to the end.

    `holders` are the elements that may say so, the unit first.
    """
    if _of_segment(holders[0], segment).get("conf", "").casefold() in _TRADOS_UNFINISHED:
        return True
    return any(_says_unfinished(holder.attributes) for holder in holders if holder.attributes)


def _says_unfinished(attributes: Mapping[str, str]) -> bool:
    return (
        attributes.get("state") in _UNFINISHED
        or attributes.get(_MEMOQ_STATUS, "").casefold() in _MEMOQ_UNFINISHED
        or attributes.get(_PHRASE_CONFIRMED) == "0"
    )


def _of_segment(unit: Element, segment: str) -> Mapping[str, str]:
    """What Trados says of a segment, below the texts of its unit."""
    if not segment:
        return {}
    definitions = (one for part in unit.children if part.space == _TRADOS for one in part.named("seg"))
    return next((one.attributes for one in definitions if one.get("id") == segment), {})
