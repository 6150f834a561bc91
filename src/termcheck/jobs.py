"""What a run checks: each job is a text, or a pair of files, with its glossaries and its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.model import NO_TAGS, GlossaryUse, PathTags, Side, TermcheckError

if TYPE_CHECKING:
    from pathlib import Path


class Job(Struct, frozen=True):
    """One text to check: a bilingual file, or a source file and its target file.

    The names are the paths as the user wrote them, with forward slashes; standard input without a
    name is `-`. `glossaries` are the glossary files that apply, as paths to open and to print. `data`
    and `target_data` hold the bytes of standard input. If a `pairs` pattern requires another half that
    does not exist, `missing` is its name, `missing_side` its side, and `source` the half that exists.
    `source_lang`, `target_lang`, `lang_from_path` and `tags` are the languages of a pair as in `GlossaryUse`.
    `shared` counts the pairs that the source belongs to, and the pairs of the target, even outside this run.
    `config` is the path of the config file that holds for it, empty if there is none.
    `named` is false for a file found in a directory, or named by a program that passes `--force-exclude`;
    such a file need not be a text.
    """

    source: Path | str
    source_name: str
    target: Path | str | None = None
    target_name: str = ""
    glossaries: tuple[str, ...] = ()
    data: bytes | None = None
    target_data: bytes | None = None
    missing: str = ""
    missing_side: Side = Side.TARGET
    source_lang: str = ""
    target_lang: str = ""
    lang_from_path: bool = False
    shared: tuple[int, int] = (1, 1)
    named: bool = True
    tags: PathTags = NO_TAGS
    config: str = ""

    @property
    def use(self) -> GlossaryUse:
        """The glossaries and the languages, which many texts share."""
        return GlossaryUse(
            self.glossaries, self.source_lang, self.target_lang, self.lang_from_path, self.tags, self.config
        )


class Found(Struct, frozen=True):
    """What the paths led to; `excluded` counts the named files that `--force-exclude` left out.

    `unread` are the files in directories that may hold texts, but in a format that no reader reads. `linked`
    are the absolute paths of links to directories that were not followed, and whose texts are not checked;
    `dangling` are those of links to files that are not there, `special` those of pipes, sockets and devices.
    `empty` has a notice for each directory without files to check, where that is no error, and `unfit` one
    for each entry of `pairs` that fits no file. `faulty`: among the errors are some of configurations, so
    that nobody knows what should happen to some of the texts.
    """

    jobs: tuple[Job, ...]
    errors: tuple[TermcheckError, ...] = ()
    excluded: int = 0
    unread: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    faulty: bool = False
