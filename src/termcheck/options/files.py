"""The options that say which files to check."""

from __future__ import annotations

from termcheck.globs import PathGlob
from termcheck.model import TermcheckError
from termcheck.options.option import Combine, Group, Option, Place, ValueType
from termcheck.options.values import FILE, SWITCH, read_text, read_texts, split_at_commas


def _read_excluded(value: object, place: Place) -> tuple[PathGlob, ...]:
    """Patterns; one that begins with `!` takes back what the patterns before it leave out."""
    return tuple(
        PathGlob(pattern.removeprefix("!"), place.root, negated=pattern.startswith("!"))
        for pattern in read_texts(value, place)
    )


def _read_included(value: object, place: Place) -> tuple[PathGlob, ...]:
    globs = tuple(PathGlob(pattern, place.root) for pattern in read_texts(value, place))
    for glob in globs:
        if glob.pattern.startswith("!"):
            advice = f"write it into `exclude` without the `!`, or \\{glob.pattern} for such a name"
            raise TermcheckError(f"'{glob.pattern}' begins with `!`", advice=advice)
    return globs


_PATTERNS = ValueType(
    _read_excluded, "list of patterns", "GLOBS", from_flag=split_at_commas, repeatable=True, commas=True
)
_EXCLUDED = (
    ".eggs",
    ".git",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "node_modules",
    "site-packages",
    "venv",
)

FILES = Group(
    "files",
    (
        Option(
            flags=("--files-from",),
            type=FILE,
            help="check the files that this file names, each on a line or ended by NUL; - is standard input",
            brief="check the files that are named in this one, or -",
        ),
        Option(
            key="include",
            type=ValueType(_read_included, "list of patterns"),
            documentation="Files to look for in directories. A pattern that writes out the name of a hidden "
            "directory, as `.github/**/*.md` does, finds what is in it.",
            example='include = ["talks/*.md"]',
            default=(),
            default_text="every format that can be read",
        ),
        Option(
            key="exclude",
            flags=("--exclude",),
            type=_PATTERNS,
            help="leave these out, not the default ones",
            documentation="Files and directories to leave out, in place of the default ones. A pattern "
            "without a slash is meant at any depth. One that begins with `!` takes back what those before it "
            "leave out, except inside a directory that is left out.",
            example='exclude = ["drafts", "press/*.txt"]',
            default=_EXCLUDED,
            default_text="directories of tools, such as .git, .venv and node_modules",
        ),
        Option(
            key="extend-exclude",
            field="exclude",
            flags=("--extend-exclude",),
            type=_PATTERNS,
            combine=Combine.EXTEND,
            help="leave these out as well",
            documentation="Files and directories to leave out besides those of `exclude`.",
            example='extend-exclude = ["drafts"]',
            from_environment=True,
            brief="leave these out as well",
        ),
        Option(
            key="force-exclude",
            whole_run=True,
            flags=("--force-exclude",),
            type=SWITCH,
            help="leave excluded files out even when they are named as PATH",
            brief="leave them out even if they are named",
            documentation="Whether files that are excluded stay so when they are named on the command line, "
            "as hooks do.",
            example="force-exclude = true",
            default=False,
        ),
        Option(
            key="respect-gitignore",
            flags=("--no-respect-gitignore",),
            type=SWITCH,
            negatable=True,
            help="check what .gitignore and .ignore leave out, too",
            brief="check what git ignores, too",
            documentation="Whether files in directories are left out if git ignores them: by "
            "`.gitignore`, by `.git/info/exclude` or by the user's own list. `.ignore` has the form of "
            "`.gitignore`, outweighs it, and counts outside of repositories as well. A file that is named on "
            "the command line, or that `pairs` finds by its path, is always checked.",
            example="respect-gitignore = false",
            default=True,
        ),
        Option(
            key="hidden",
            flags=("--hidden",),
            type=SWITCH,
            negatable=True,
            help="check hidden files and directories, too",
            rare=True,
            documentation="Whether directories are searched for files whose names begin with a dot, and for "
            "files in such directories. Those of version control, such as `.git`, are always left out.",
            example="hidden = true",
            default=False,
        ),
        Option(
            flags=("--dependents",),
            type=SWITCH,
            help="a glossary or config file among the paths stands for all texts here, as a hook needs it",
            rare=True,
        ),
        Option(
            key="diff-base",
            whole_run=True,
            flags=("--diff-base",),
            type=ValueType(read_text, "git revision", "REV"),
            help="report only on paragraphs changed since this git revision, such as origin/main or HEAD",
            documentation="Only findings in paragraphs that changed since the working tree's branch left "
            "this revision, on either side. Untracked files are new as a whole. `HEAD` means all that is not "
            "committed yet.",
            example='diff-base = "origin/main"',
            default="",
            brief="report only on what changed since a git revision",
        ),
    ),
    "Patterns, such as drafts or press/*.txt, are separated by commas; !final.txt takes back.",
)
