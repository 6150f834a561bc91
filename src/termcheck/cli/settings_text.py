"""The settings in effect, written as a config file that would set them: for `termcheck config`.

Whoever wonders what termcheck does can read it in the spelling they would use to change it, and keep
what they like: the text is TOML, and as the only `termcheck.toml` at its root it means the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import fields

from termcheck.config import KEYS, Settings
from termcheck.globs import PairPattern, PathGlob, absolute_path, relative_path
from termcheck.model import Applicability, Confidence, Severity
from termcheck.report import Output
from termcheck.selection import Selection

_NOT_OPTIONS = ("selection", "root", "config_path", "changes")


def settings_text(settings: Settings) -> str:
    """Settings as TOML: where they come from, each key that is set, the tables; ends in a newline."""
    values = _values(settings)
    lines = [f"# config: {settings.config_path or 'none'}", f"# paths are relative to {settings.root}"]
    unset = [key for key, value in values.items() if value in ("", []) and key != "select"]
    if unset:
        lines.append(f"# not set: {', '.join(unset)}")
    lines += [f"{key} = {_toml(value)}" for key, value in values.items() if key not in unset]
    severities = {code: severity.value for code, severity in settings.selection.severities.items()}
    lines += _table("severity", severities)
    lines += _table("per-file-ignores", _per_file(settings.selection, settings))
    return "\n".join(lines) + "\n"


def setting_text(key: str, settings: Settings) -> str:
    """The value of one key as TOML; empty if it is not set, is a table, or is used up by the merge."""
    value = _values(settings).get(key, "")
    return "" if value in ("", []) else _toml(value)


def _values(settings: Settings) -> dict[str, object]:
    """Each key's value as a config file would have it; an empty text or list if it is not set."""
    selection = settings.selection
    how = selection.applicabilities
    values: dict[str, object] = {
        "select": sorted(selection.codes),
        "unfixable": sorted(selection.unfixable),
        "extend-safe-fixes": sorted(code for code in how if how[code] is Applicability.SAFE),
        "extend-unsafe-fixes": sorted(code for code in how if how[code] is Applicability.UNSAFE),
    }
    values |= {
        KEYS.get(field.name, field.name.replace("_", "-")): _value(getattr(settings, field.name), settings)
        for field in fields(settings)
        if field.name not in _NOT_OPTIONS
    }
    values["glossary"] = [_path(path, settings) for path in settings.glossaries]
    return values


def _value(value: object, settings: Settings) -> object:
    """A setting as a config file would have it; an empty text or list if it is not set."""
    if isinstance(value, tuple):
        return [_value(one, settings) for one in value]
    if isinstance(value, PathGlob):
        return _pattern(value, settings)
    if isinstance(value, PairPattern):
        return f"{value.source} : {value.target}"
    if isinstance(value, Severity | Confidence):
        return value.value
    if isinstance(value, Output):
        return f"{value.format}:{_path(value.path, settings)}" if value.path else value.format
    return "" if value is None else value


def _path(path: str, settings: Settings) -> str:
    return relative_path(absolute_path(path), settings.root)


def _pattern(glob: PathGlob, settings: Settings) -> str:
    # One without a slash is meant at any depth, one that begins with it is absolute already.
    if glob.root == settings.root or "/" not in glob.pattern.rstrip("/") or glob.pattern.startswith("/"):
        return glob.pattern
    return f"{glob.root}/{glob.pattern.removeprefix('./')}"


def _per_file(selection: Selection, settings: Settings) -> Mapping[str, Sequence[str]]:
    table: dict[str, set[str]] = {}
    for ignore, codes in selection.per_file:
        pattern = ("!" if ignore.negated else "") + _pattern(ignore.glob, settings)
        table.setdefault(pattern, set()).update(codes)
    return {pattern: sorted(codes) for pattern, codes in table.items()}


def _table(name: str, table: Mapping[str, object]) -> Iterator[str]:
    if table:
        yield ""
        yield f"[{name}]"
        yield from (f"{_toml(key)} = {_toml(table[key])}" for key in sorted(table))


def _toml(value: object) -> str:
    # What JSON writes for these (texts, lists of texts, true and false) is TOML too.
    return json.dumps(value, ensure_ascii=False)
