"""`termcheck init`: write a first glossary and config file that work as they are."""

from __future__ import annotations

import argparse
import os

from termcheck.cli import CLEAN
from termcheck.cli.console import show
from termcheck.cli.streams import write_whole
from termcheck.config_file import CONFIG_NAMES
from termcheck.data import read_text
from termcheck.model import TermcheckError, same_language
from termcheck.options import Place
from termcheck.options.settings import read_language
from termcheck.walking import GLOSSARY_NAMES

_NAMES = ("glossary.yaml", "termcheck.toml")
_TAKEN = (*_NAMES, *GLOSSARY_NAMES, *(name for name in CONFIG_NAMES if name != "pyproject.toml"))


def init(args: argparse.Namespace) -> int:
    """`termcheck init`: write the files into the working directory, but never over an existing one."""
    from termcheck.cli.first_glossary import USUAL, glossary_text, languages_here

    asked = _languages(args.languages)
    present = [name for name in _TAKEN if os.path.lexists(name)]
    if present:
        raise TermcheckError(
            "is there already; nothing was written",
            path=present[0],
            advice="run `termcheck init` in another directory, or write what is missing by hand",
        )
    found = () if asked else languages_here()
    texts = glossary_text(asked or found or USUAL), read_text("init/termcheck.toml")
    for name, text in zip(_NAMES, texts, strict=True):
        write_whole(name, [text])
        show(f"wrote {name}\n")
    if found:
        show(f"The texts here are in {' and '.join(found)}; the first of them counts as the source.\n")
    show("Put your terms into glossary.yaml; then check a text: termcheck check FILE\n")
    return CLEAN


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
