"""Make a release: write the version, date the changelog, build and check the packages, commit, tag.

usage: python tools/release.py [--dry-run] VERSION

Nothing is pushed or uploaded: the last lines say how. A dry run shows what would change, and changes nothing.
If a step fails, the files are as before, and there is no commit and no tag.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION_FILE, CHANGELOG = "src/termcheck/__init__.py", "CHANGELOG.md"
# Pages with snippets that install a tag.
PAGES = ("README.md", "docs/*.md")
_UNRELEASED = re.compile(r"^## \[(?:[\d.]+|Unreleased)\](?: - unreleased)?\n", re.MULTILINE)
_VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
_NUMBER = r"\d+\.\d+\.\d+"
_PLACEHOLDER = re.compile(r"example\.org/termcheck|example-org/termcheck")


def refusals(version: str) -> list[str]:
    """Why the release cannot be made, in sentences."""
    said, released = [], _released()
    if not re.fullmatch(_NUMBER, version):
        said.append(f"{version} is no version such as 1.2.0.")
    elif version in released:
        said.append(f"There is a tag v{version} already.")
    elif any(_ordered(one) > _ordered(version) for one in released):
        said.append(f"{version} is lower than {max(released, key=_ordered)}, which is released.")
    if _git("status", "--porcelain"):
        said.append("There are changes that are not committed.")
    section = _UNRELEASED.split(_read(CHANGELOG))[1:]
    if not section or "\n- " not in section[0].partition("\n## ")[0]:
        said.append(f"{CHANGELOG} has no unreleased section with a change.")
    unaddressed = [path for path in ("pyproject.toml", *_pages()) if _PLACEHOLDER.search(_read(path))]
    return said + [f"{path} has no real address of the project yet." for path in unaddressed]


def changes(version: str, today: datetime.date) -> dict[str, str]:
    """The new text of each file that changes, by its path."""
    new = {
        VERSION_FILE: _VERSION.sub(f'__version__ = "{version}"', _read(VERSION_FILE)),
        CHANGELOG: _UNRELEASED.sub(f"## [{version}] - {today}\n", _read(CHANGELOG), count=1),
    }
    for path in _pages():
        text = re.sub(rf"((?:rev: |@)v){_NUMBER}\b", rf"\g<1>{version}", _read(path))
        new[path] = re.sub(rf'("termcheck", "version": "){_NUMBER}"', rf'\g<1>{version}"', text)
    return {path: text for path, text in new.items() if text != _read(path)}


def make(version: str, new: dict[str, str]) -> None:
    """Write, build and check; then commit and tag."""
    old = {path: _read(path) for path in new}
    try:
        for path, text in new.items():
            (ROOT / path).write_text(text, encoding="utf-8")
        _run(sys.executable, "-m", "build", "--outdir", "dist")
        built = sorted(str(one) for one in (ROOT / "dist").glob(f"termcheck-{version}*"))
        _run(sys.executable, "-m", "twine", "check", "--strict", *built)
        _run("git", "commit", "--quiet", "--message", f"Release {version}", "--", *new)
    except (OSError, subprocess.CalledProcessError) as error:
        for path, text in old.items():
            (ROOT / path).write_text(text, encoding="utf-8")
        raise SystemExit(f"error: {error}; nothing is released") from None
    _run("git", "tag", "--annotate", f"v{version}", "--message", f"termcheck {version}")
    print(f"Released {version} here. To publish it:")
    print(f"  git push origin HEAD v{version}")
    print(
        f"  {Path(sys.executable).name} -m twine upload {' '.join(f'dist/{Path(one).name}' for one in built)}"
    )


def show(new: dict[str, str]) -> None:
    """Print what would change, as a patch."""
    for path, text in new.items():
        before, after = (one.splitlines(keepends=True) for one in (_read(path), text))
        sys.stdout.writelines(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", n=0))


def main(arguments: list[str]) -> int:
    """Make a release, or show it."""
    parser = argparse.ArgumentParser(description="Make a release of termcheck.")
    parser.add_argument("version", help="the new version, such as 1.2.0")
    parser.add_argument("--dry-run", action="store_true", help="show what would change; change nothing")
    args = parser.parse_args(arguments)
    said = refusals(args.version)
    for one in said:
        print(f"error: {one}", file=sys.stderr)
    new = changes(args.version, datetime.datetime.now(tz=datetime.UTC).date())
    if args.dry_run:
        show(new)
        print(f"Then: build and check the packages, commit, tag v{args.version}.")
    elif not said:
        make(args.version, new)
    return 2 if said else 0


def _pages() -> list[str]:
    found = (path for pattern in PAGES for path in sorted(ROOT.glob(pattern)))
    return [path.relative_to(ROOT).as_posix() for path in found]


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _released() -> list[str]:
    return [tag[1:] for tag in _git("tag", "--list", "v*").split() if re.fullmatch(f"v{_NUMBER}", tag)]


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
