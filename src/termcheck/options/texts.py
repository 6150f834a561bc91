"""The options that say which texts to check, and how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from termcheck.globs import PathGlob
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.options.option import Group, Option, Place, ValueType
from termcheck.options.values import (
    FILE,
    NAME,
    SWITCH,
    choice_of,
    read_table,
    read_text,
    read_texts,
    split_at_commas,
    wrong_type,
)

if TYPE_CHECKING:
    from termcheck.file_pairs import PairPattern


def _read_encoding(value: object, place: Place) -> str:
    import codecs

    text = read_text(value, place)
    try:
        codecs.lookup(text)
    except (LookupError, ValueError):  # ValueError: a NUL character
        raise TermcheckError(
            f"there is no encoding '{text}'", advice="common ones are utf-8, utf-16, gb18030 and big5"
        ) from None
    return text


def _formats() -> Iterable[str]:
    from termcheck.readers import FORMATS

    return FORMATS


def _read_formats(value: object, place: Place) -> tuple[tuple[PathGlob, str], ...]:
    table = read_table(value, "a table of patterns, each with its format")
    return tuple(
        (PathGlob(pattern, place.root), _FORMAT.read(name, place)) for pattern, name in table.items()
    )


def _formats_table(texts: Sequence[str]) -> dict[str, str]:
    """`GLOB:FORMAT,GLOB:FORMAT` as a table of patterns."""
    table: dict[str, str] = {}
    for part in split_at_commas(texts):
        glob, _, name = part.rpartition(":")
        if not glob or not name:
            raise TermcheckError(f"'{part}' has no format", advice="write '*.rst:plain'")
        table[glob.strip()] = name.strip()
    return table


def _read_pairs(value: object, place: Place) -> tuple[PairPattern, ...]:
    from termcheck.options.pairs import read_pair

    if not isinstance(value, list):
        raise wrong_type(value, "a list of pairs")
    return tuple(read_pair(pair, place) for pair in value)


def _read_keys(value: object, place: Place) -> tuple[str, ...]:
    keys = read_texts(value, place)
    for key in keys:
        if not all(part.strip() for part in key.split(".")):
            advice = "write a key inside another as 'hero.tagline'"
            raise TermcheckError(f"a part of the key '{key}' is empty", advice=advice)
    return keys


def _read_attributes(value: object, place: Place) -> tuple[str, ...]:
    names = tuple(name.lower() for name in read_texts(value, place))
    for name in names:
        if not _ATTRIBUTE.fullmatch(name):
            raise TermcheckError(f"'{name}' is no attribute of HTML", advice="write names such as alt, title")
    return names


_ATTRIBUTE = compile_later(r"[^\s\"'<>/=]+")
_KEY = ValueType(read_text, "name", "KEY")


def _read_format(value: object, place: Place) -> str:
    """The name of a format of texts; other tools call the format of the output so."""
    try:
        name: str = choice_of(_formats)(value, place)
    except TermcheckError as error:
        from termcheck.report import FORMATS

        if place.flag and value in FORMATS:
            advice = f"did you mean '--output-format {value}'?"
            raise TermcheckError(error.message, advice=advice) from None
        raise
    return name


_FORMAT = ValueType(_read_format, metavar="NAME", choices=_formats)
# The keys of Jekyll, Hugo, Docusaurus, VitePress, MkDocs, Starlight and GitHub's documentation.
_FRONT_MATTER = (
    "title",
    "subtitle",
    "linkTitle",
    "shortTitle",
    "sidebar_label",
    "sidebar.label",
    "description",
    "short_description",
    "summary",
    "excerpt",
    "intro",
    "lead",
    "tagline",
    "hero.title",
    "hero.text",
    "hero.tagline",
    "features.title",
    "features.details",
    "params.description",
)

TEXTS = Group(
    "texts",
    (
        Option(
            flags=("--source",),
            type=FILE,
            help="the source of two parallel files, together with --target",
            brief="the source of two parallel files",
        ),
        Option(
            flags=("--target",),
            type=FILE,
            help="its translation",
        ),
        Option(
            flags=("--stdin-filename",),
            type=NAME,
            help="read standard input as if it were this file, such as talk.md",
            brief="read standard input as if it were this file",
        ),
        Option(
            key="encoding",
            flags=("--encoding",),
            type=ValueType(_read_encoding, "name of an encoding", "NAME"),
            help="encoding of the texts (default: {default})",
            documentation="Encoding of the texts.",
            example='encoding = "gb18030"',
            default_text="UTF-8, or what a byte order mark says",
            rare=True,
        ),
        Option(
            key="format",
            flags=("--format",),
            type=_FORMAT,
            help="{takes} (default: {default}; unnamed standard input is markdown if it begins "
            "with front matter, else plain)",
            documentation="How all texts are read, whatever their names, except for what `formats` says.",
            example='format = "markdown"',
            default_text="by the file's ending",
            brief="how to read all texts, such as plain or markdown",
        ),
        Option(
            key="formats",
            flags=("--formats",),
            type=ValueType(
                _read_formats,
                "table of patterns, each with a format",
                "GLOB:FORMAT",
                from_flag=_formats_table,
                repeatable=True,
            ),
            help="read files that match as this format, as in '*.rst:plain'; separated by commas",
            documentation="How the texts that match a pattern are read; the last pattern that matches "
            "decides. A pattern of an ending, such as `*.rst`, or of a file name makes these files texts "
            "that are found in directories. `--format` on the command line outweighs a configuration file.",
            example='[formats]\n"*.rst" = "plain"\n"notes/*.txt" = "markdown"',
            default=(),
            default_text="by the file's ending",
            rare=True,
        ),
        Option(
            key="source-key",
            flags=("--source-key",),
            type=_KEY,
            help="key or column of the source in files of rows (default: {default})",
            documentation="Key or column of the source in JSON lines and tables.",
            example='source-key = "zh_text"',
            default="source",
            default_text="source, or the language's name",
            rare=True,
        ),
        Option(
            key="target-key",
            flags=("--target-key",),
            type=_KEY,
            help="key or column of the translation (default: {default})",
            documentation="Key or column of the translation in JSON lines and tables.",
            example='target-key = "en_text"',
            default="target",
            default_text="target, or the language's name",
            rare=True,
        ),
        Option(
            key="front-matter",
            flags=("--front-matter",),
            type=ValueType(
                _read_keys, "list of keys", "KEYS", from_flag=split_at_commas, repeatable=True, commas=True
            ),
            help="keys of front matter whose texts are checked, separated by commas; '' for none",
            documentation="Keys of the front matter of pages whose values are texts to check. "
            "`hero.tagline` is a key inside another, `features.title` one in each item of a list. Capitals, "
            "hyphens and underscores make no difference. An empty list turns this off.",
            example='front-matter = ["title", "description", "params.teaser"]',
            default=_FRONT_MATTER,
            default_text="the usual keys of titles and descriptions, which `termcheck config` lists",
            rare=True,
        ),
        Option(
            key="unfinished",
            flags=("--unfinished",),
            rare=True,
            type=SWITCH,
            help="check translations that are marked as fuzzy or unfinished, too",
            documentation="Whether translations are checked that their file marks as unfinished: as fuzzy, "
            "as new or as a draft. Programs do not show them, because somebody still has to look at them. "
            "A notice counts how many are left out.",
            example="unfinished = true",
            default=False,
        ),
        Option(
            key="hidden-cells",
            flags=("--hidden-cells",),
            rare=True,
            type=SWITCH,
            help="check hidden rows, columns and sheets of Excel files too",
            documentation="Whether rows, columns and sheets of Excel files that are hidden, also by a "
            "filter, are checked. A notice counts the rows that are left out.",
            example="hidden-cells = true",
            default=False,
        ),
        Option(
            key="html-attributes",
            flags=("--html-attributes",),
            type=ValueType(
                _read_attributes,
                "list of attributes",
                "NAMES",
                from_flag=split_at_commas,
                repeatable=True,
                commas=True,
            ),
            help="attributes of HTML whose texts are checked too, separated by commas",
            documentation="Attributes of pages whose values are texts to check, such as `alt`, `title`, "
            "`placeholder` and `aria-label`. They are checked with the text that they stand in.",
            example='html-attributes = ["alt", "title"]',
            default=(),
            default_text="none",
            rare=True,
        ),
        Option(
            key="pairs",
            type=ValueType(_read_pairs, "list of pairs of files, patterns, or tables"),
            documentation="Which files belong together, where one does not hold both languages; either half "
            "finds the other. `{name}` stands for the same text in both halves, and `{name:**}` for any "
            "number of directories. `{lang}` in one half alone stands for any language, and the pair is "
            "checked in that language. Without names, the halves are two files, which no pattern pairs "
            "otherwise. A table `{source = '…', target = '…'}` may have a `source-lang` and a `target-lang`. "
            "With a `key`, its source and target are patterns such as `en/**/*.md`, and files with the same "
            "value of this key in their front matter are pairs.",
            example='pairs = [\n  "docs/en/{path:**}.md : docs/{lang}/{path:**}.md",\n'
            '  "docs/en/hours.md : docs/fr/horaires.md",\n'
            '  {source = "blog/en/**/*.md", target = "blog/{lang}/**/*.md", key = "translationKey"},\n]',
            default=(),
        ),
    ),
)
