"""`termcheck init`: write a first glossary and config file that work as they are, and say why they are so."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.cli import CLEAN
from termcheck.cli.console import show
from termcheck.cli.streams import write_whole
from termcheck.config_file import CONFIG_NAMES, config_in, load_config
from termcheck.data import read_text
from termcheck.messages import listing
from termcheck.model import TermcheckError, same_language
from termcheck.options import Place
from termcheck.options.settings import read_language
from termcheck.text.width import printable
from termcheck.walking import GLOSSARY_NAMES

if TYPE_CHECKING:
    from termcheck.cli.texts_here import TextsHere

_GLOSSARY, _CONFIG = "glossary.yaml", "termcheck.toml"
_COMMENTED_PAIRS = """\
# Parallel files, if source and target are in separate files:
# pairs = ["zh/{name}.md : en/{name}.md"]
"""
# So many entries of `pairs` are shown.
_MOST_ENTRIES = 3


def init(args: argparse.Namespace) -> int:
    """`termcheck init`: write into the working directory what is not there yet."""
    from termcheck.cli.first_glossary import USUAL, glossary_text
    from termcheck.cli.texts_here import texts_here

    asked = _languages(args.languages)
    glossary, config = _present()
    if glossary and (config or asked):
        raise _is_there(
            glossary, "write what is missing by hand, or run `termcheck init` in another directory"
        )
    known = _languages_of(glossary) if glossary else asked
    here = texts_here(known)
    if not glossary:
        write_whole(_GLOSSARY, [glossary_text(asked or here.languages or USUAL)])
        show(f"wrote {_GLOSSARY}\n")
    if not config:
        write_whole(_CONFIG, [_config_text(_entries(here))])
        show(f"wrote {_CONFIG}\n")
    for name in filter(None, (glossary, config)):
        show(f"left {name} as it is\n")
    if not (asked or glossary):
        show(_about_languages(here, USUAL))
    if (entries := _entries(here)) and not _has_pairs(config):
        shown = listing(entries, _MOST_ENTRIES)
        show(
            f"Add to {config}: pairs = {_toml(entries)}\n" if config else f"{_CONFIG} pairs files: {shown}\n"
        )
    path = "" if entries else " FILE"
    show(f"Put your terms into {glossary or _GLOSSARY}; then check a text: termcheck check{path}\n")
    return CLEAN


def _present() -> tuple[str, str]:
    """The glossary and the config file that are in the working directory, empty if there is none.

    Raises TermcheckError for a link that leads nowhere: writing would put the file elsewhere.
    """
    names = (*GLOSSARY_NAMES, *CONFIG_NAMES)
    if lost := next((name for name in names if os.path.lexists(name) and not os.path.exists(name)), ""):  # noqa: PTH110
        raise _is_there(lost, "it is a link to a file that is not there: remove it first")
    glossary = next((name for name in GLOSSARY_NAMES if os.path.lexists(name)), "")
    return glossary, config_in("./").removeprefix("./")


def _is_there(name: str, advice: str) -> TermcheckError:
    return TermcheckError("is there already; nothing was written", path=name, advice=advice)


def _languages_of(glossary: str) -> Sequence[str]:
    """The languages of a glossary; none if it cannot be read, which a check will say."""
    from termcheck.glossary import load_glossary

    try:
        return load_glossary([glossary]).glossary.languages
    except TermcheckError:
        return ()


def _has_pairs(config: str) -> bool:
    """Whether a config file pairs files already, or cannot be read, which a check will say."""
    try:
        return any("pairs" in layer.values for layer in load_config(config)) if config else False
    except TermcheckError:
        return True


def _entries(here: TextsHere) -> list[str]:
    return [entry for layout in here.layouts for entry in layout.entries]


def _config_text(entries: Sequence[str]) -> str:
    """The text of the config file, with these entries of `pairs`."""
    text = read_text("init/termcheck.toml")
    if not entries:
        return text
    pairs = f"# Parallel files: each source and its translation.\npairs = {_toml(entries)}\n"
    return text.replace(_COMMENTED_PAIRS, pairs)


def _toml(entries: Sequence[str]) -> str:
    # For texts JSON is TOML too.
    quoted = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    return f"[{quoted[0]}]" if len(quoted) == 1 else "[\n  " + ",\n  ".join(quoted) + ",\n]"


def _about_languages(here: TextsHere, usual: Sequence[str]) -> str:
    """Which languages were taken, and why."""
    if here.languages:
        names = listing(here.languages, len(here.languages))
        first = "the first of them counts as the source"
        return f"The texts here are in {names}; {first}. {printable(here.reason)}.\n"
    why = (
        f"The texts here seem to be in {here.only} alone" if here.only else "No text here shows its languages"
    )
    return (
        f"{why}, so the glossary is for {' and '.join(usual)}.\n"
        "For other languages, delete the files and name yours: termcheck init --languages de,en\n"
    )


def _languages(text: str | None) -> tuple[str, ...]:
    """The languages of `--languages de,en`; none if the flag was not given."""
    if text is None:
        return ()
    advice = "name the source and the target, as in --languages de,en"
    try:
        tags = [read_language(tag.strip(), Place("")) for tag in text.split(",")]
    except TermcheckError as error:
        raise TermcheckError(f"--languages: {error.message}", advice=error.advice or advice) from None
    if len(tags) < 2:
        raise TermcheckError("--languages: a glossary has two languages or more", advice=advice)
    for number, tag in enumerate(tags):
        if same := next((other for other in tags[:number] if same_language(other, tag)), None):
            raise TermcheckError(
                f"--languages: `{tag}` and `{same}` count as the same language", advice=advice
            )
    return tuple(tags)
