"""How an entry of `pairs` is written: as two halves with a colon between them, or as a table."""

from __future__ import annotations

from collections.abc import Mapping

from termcheck.file_pairs import PairPattern
from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError
from termcheck.options.option import Place
from termcheck.options.settings import read_language
from termcheck.options.values import read_text

_KEYS = ("source", "target", "key", "source-lang", "target-lang")


def read_pair(value: object, place: Place) -> PairPattern:
    """An entry of `pairs`. Raises TermcheckError if it is malformed."""
    if isinstance(value, dict):
        return _read_table(value, place)
    halves = [half.strip() for half in value.split(" : ")] if isinstance(value, str) else []
    if len(halves) != 2 or not all(halves):
        raise TermcheckError(
            "a pair has two halves",
            advice="write 'docs/zh/{name}.md : docs/en/{name}.md' or {source = '…', target = '…'}",
        )
    return PairPattern(halves[0], halves[1], place.root)


def _read_table(table: Mapping[str, object], place: Place) -> PairPattern:
    for key in table:
        if key not in _KEYS:
            advice = did_you_mean(key, _KEYS) or f"a pair has the keys {', '.join(_KEYS)}"
            raise TermcheckError(f"a pair has no key '{key}'", advice=advice)
    for key in ("source", "target"):
        if key not in table:
            raise TermcheckError(f"a pair lacks its '{key}'", advice="give it a source and a target")
    texts = {key: read_text(text, place).strip() for key, text in table.items()}
    source_lang, target_lang = (
        read_language(texts[key], place) if key in texts else "" for key in ("source-lang", "target-lang")
    )
    return PairPattern(
        texts["source"], texts["target"], place.root, texts.get("key", ""), source_lang, target_lang
    )
