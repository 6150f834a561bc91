"""`termcheck glossary fmt`: glossaries in one style, as a hook keeps them."""

from __future__ import annotations

import argparse

from termcheck.cli import CLEAN, FINDINGS
from termcheck.cli.console import say, show
from termcheck.cli.inputs import glossaries, settings_of
from termcheck.cli.outputs import print_errors
from termcheck.cli.streams import replace_file
from termcheck.messages import file_error
from termcheck.model import Glossary, TermcheckError
from termcheck.plain_files import read_plain
from termcheck.text.width import printable


def fmt(args: argparse.Namespace) -> int:
    """`termcheck glossary fmt`: exit code 1 with `--check` if a file would change."""
    settings = settings_of(args)
    errors: list[TermcheckError] = []
    changed = 0
    languages = [tag for tag in (settings.source_lang, settings.target_lang) if tag]
    for path in glossaries(args, settings):
        try:
            changed += _format(path, languages, check=args.check, sort=args.sort)
        except TermcheckError as error:
            errors.append(error)
    if not changed and not errors:
        say("every glossary is in the style", kind="notice")
    return print_errors(errors, args) or (FINDINGS if changed and args.check else CLEAN)


def _format(path: str, languages: list[str], *, check: bool, sort: bool) -> bool:
    """Format a file, and whether it was in another style."""
    from termcheck.glossary.format_text import formatted
    from termcheck.glossary.formats import FORMATS, format_of
    from termcheck.glossary.loader import decode_text

    try:
        data = read_plain(path)
    except OSError as error:
        raise file_error("the glossary cannot be read", error, path) from None
    if format_of(path, data) is not FORMATS["yaml"]:
        raise TermcheckError("only glossaries in YAML have a style", path=path, advice="leave it out")
    text = decode_text(data, path)
    result = formatted(text, path, sort=sort)
    if result.encode() == data:
        return False
    _require_same(text, result, path, languages, sort=sort)
    if not check:
        replace_file(path, result.encode(), expected=data)
    show(f"{'would format' if check else 'formatted'} {printable(path)}\n")
    return True


def _require_same(text: str, result: str, path: str, languages: list[str], *, sort: bool) -> None:
    """Raise TermcheckError if a formatted glossary would say anything else; that is a defect."""
    from termcheck.glossary.differences import differences
    from termcheck.glossary.format_text import comments_of
    from termcheck.glossary.loader import load_glossary_text

    old = load_glossary_text(text, path, languages)
    comments = [sorted(comments_of(each)) for each in (text, result)]
    same = comments[0] == comments[1]
    try:
        new = load_glossary_text(result, path, languages)
        same = same and not differences(old, new) and (sort or _ids(old) == _ids(new))
    except TermcheckError:
        same = False
    if not same:
        raise TermcheckError(
            "cannot be formatted without changing what it says; nothing was written",
            path=path,
            advice="please report this glossary as a defect of termcheck",
        )


def _ids(glossary: Glossary) -> list[str]:
    return [concept.id for concept in glossary.concepts]
