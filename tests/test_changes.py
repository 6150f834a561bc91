"""`--diff-base` in real git repositories: what counts as changed, and what git may have against it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support import Shell, Termcheck, commit_all

_GLOSSARY = "上合组织: SCO\n"
_OLD = "上合组织开会。\n\nThe bloc met.\n\n上合组织发言。\n\nThe bloc spoke.\n"
_CHECK = ("check", "--output-format", "concise", "--diff-base")

Git = Callable[..., str]


@pytest.fixture(scope="module")
def made(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one bad text of two pairs, committed on `main`; a branch `work` is checked out."""
    made = tmp_path_factory.mktemp("made")
    (made / "glossary.yaml").write_text(_GLOSSARY, encoding="utf-8")
    (made / "talk.md").write_text(_OLD, encoding="utf-8")
    commit_all(made, shell)
    shell("git", "checkout", "--quiet", "-b", "work", cwd=made)
    return made


@pytest.fixture
def git(made: Path, shell: Shell, tmp_path: Path) -> Git:
    """Runs git in a copy of that repository."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)

    def run(*arguments: str) -> str:
        return shell("git", *arguments, cwd=tmp_path)

    return run


def places(said: str) -> list[str]:
    return [line.split(": ")[0] for line in said.splitlines() if ": TRM" in line]


@pytest.mark.usefixtures("git")
def test_nothing_changed_nothing_is_reported(termcheck: Termcheck, tmp_path: Path) -> None:
    said = termcheck(*_CHECK, "main", cwd=tmp_path)
    assert "notice: findings on paragraphs unchanged since main, not shown: 2" in said
    assert "All checks passed!" in said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("The bloc spoke.", "The bloc has spoken.", ["talk.md:7:1"]),
        ("上合组织发言。", "上合组织今天发言。", ["talk.md:7:1"]),
        ("The bloc met.\n", "The bloc met\nthere.\n", ["talk.md:3:1"]),
        ("The bloc spoke.\n", "The bloc spoke.\n\n会议结束。\n\nIt ended.\n", []),
    ],
)
@pytest.mark.parametrize("state", ["in the tree", "staged", "committed"])
def test_a_pair_counts_if_a_line_of_either_side_changed(
    old: str, new: str, found: list[str], state: str, git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    (tmp_path / "talk.md").write_text(_OLD.replace(old, new), encoding="utf-8")
    if state != "in the tree":
        git("add", "--all")
    if state == "committed":
        git("commit", "--quiet", "--message", "Changed")
    said = termcheck(*_CHECK, "main", cwd=tmp_path, status=1 if found else 0)
    assert places(said) == found


def test_a_line_taken_out_of_a_paragraph_changes_it(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    long = _OLD.replace("The bloc met.\n", "The bloc\nand others\nmet.\n")
    (tmp_path / "talk.md").write_text(long, encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Longer")
    (tmp_path / "talk.md").write_text(long.replace("and others\n", ""), encoding="utf-8")
    assert places(termcheck(*_CHECK, "HEAD", cwd=tmp_path, status=1)) == ["talk.md:3:1"]


def test_what_others_changed_on_the_base_meanwhile_does_not_count(
    git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    git("checkout", "--quiet", "main")
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "On main")
    git("checkout", "--quiet", "work")
    assert places(termcheck(*_CHECK, "main", cwd=tmp_path)) == []


def test_a_new_file_is_new_as_a_whole(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "会 谈.md").write_text(_OLD, encoding="utf-8")
    assert len(places(termcheck(*_CHECK, "main", cwd=tmp_path, status=1))) == 2
    git("add", "--all")
    assert len(places(termcheck(*_CHECK, "main", "texts", cwd=tmp_path, status=1))) == 2
    assert places(termcheck(*_CHECK, "main", cwd=tmp_path / "texts", status=1))[0].startswith("会 谈.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_link_to_a_pipe_is_not_read(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "linked").symlink_to("pipe")
    git("add", "linked")
    assert places(termcheck(*_CHECK, "main", cwd=tmp_path)) == []


@pytest.mark.parametrize("name", ['a "b".md', "a\tb.md", "中文.md", "a\\b.md"])
def test_names_that_git_puts_in_quotes(name: str, git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    git("mv", "talk.md", name)
    git("commit", "--quiet", "--message", "Renamed")
    assert places(termcheck(*_CHECK, "main", cwd=tmp_path)) == []
    (tmp_path / name).write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    assert len(places(termcheck(*_CHECK, "main", cwd=tmp_path, status=1))) == 1


def test_only_changed_paragraphs_without_a_counterpart_are_counted(
    git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.md"
    talk.write_text(f"{_OLD}\n# 结束\n\n# 北京\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Longer")
    talk.write_text(talk.read_text(encoding="utf-8") + "\n# 上海\n\n# 天津\n", encoding="utf-8")
    said = termcheck(*_CHECK, "HEAD", cwd=tmp_path)
    assert "ALN201 unpaired-paragraph: 2 paragraphs have no counterpart" in said


def test_settings_of_git_do_not_matter(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    for setting in (
        "diff.noprefix true",
        "diff.mnemonicPrefix true",
        "color.ui always",
        "diff.external false",
    ):
        git("config", *setting.split())
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    assert places(termcheck(*_CHECK, "main", cwd=tmp_path, status=1)) == ["talk.md:7:1"]


@pytest.mark.usefixtures("git")
def test_a_changed_glossary_is_said(termcheck: Termcheck, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("上合组织: [SCO, S.C.O.]\n", encoding="utf-8")
    said = termcheck(*_CHECK, "main", cwd=tmp_path)
    assert "notice: glossary.yaml has changed too: check all texts without --diff-base" in said


def test_a_repository_without_a_commit(termcheck: Termcheck, shell: Shell, tmp_path: Path) -> None:
    shell("git", "init", "--quiet", cwd=tmp_path)
    said = termcheck(*_CHECK, "HEAD", cwd=tmp_path, status=2)
    assert "error: --diff-base: git does not know the revision 'HEAD'\n  help: " in said


def test_what_git_does_not_know_is_an_error(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    said = termcheck(*_CHECK, "mian", cwd=tmp_path, status=2)
    assert said.startswith("error: --diff-base: git does not know the revision 'mian'\n  help: ")
    assert "'--all' is not a revision" in termcheck(*_CHECK[:-1], "--diff-base=--all", cwd=tmp_path, status=2)
    git("checkout", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--message", "Alone")
    said = termcheck(*_CHECK, "main", cwd=tmp_path, status=2)
    assert "'main' and HEAD have no history in common\n  help: a shallow clone" in said


def test_outside_a_repository_and_without_git(termcheck: Termcheck, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(_GLOSSARY, encoding="utf-8")
    env = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    said = termcheck(*_CHECK, "main", cwd=tmp_path, status=2, **env)
    assert said.startswith("error: --diff-base: this is not a git repository\n  help: ")
    program = Path(shell.env["PATH"].split(":")[0])
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "termcheck").symlink_to(program / "termcheck")
    said = shell(
        "/bin/sh",
        "-c",
        "termcheck check --diff-base main",
        cwd=tmp_path,
        status=2,
        PATH=str(tmp_path / "bin"),
    )
    assert "needs git, which is not installed\n  help: install git" in said


def test_what_git_cannot_compare_is_never_passed_over(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    text = _OLD.partition("\n\n上合组织发言")[0] + "\n"
    (tmp_path / "wide.txt").write_text(text.replace("bloc", "SCO"), encoding="utf-16")
    (tmp_path / "plus.txt").write_text("x\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("private.txt\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "More texts")
    (tmp_path / "wide.txt").write_text(text, encoding="utf-16")
    (tmp_path / "plus.txt").write_text(f"x\n++ y\n\n{text}", encoding="utf-8")
    (tmp_path / "private.txt").write_text(text, encoding="utf-8")
    (tmp_path / "linked").symlink_to(".", target_is_directory=True)
    names = ["wide.txt", "plus.txt", "private.txt", "linked/private.txt", str(tmp_path / "linked/plus.txt")]
    for name in names:
        found = places(termcheck(*_CHECK, "HEAD", "-g", "glossary.yaml", name, cwd=tmp_path, status=1))
        assert [place.partition(":")[0] for place in found] == [name]


_PROGRAMS = {
    "core.fsmonitor": "{evil}",
    "core.hooksPath": "hooks",
    "core.pager": "{evil}",
    "pager.diff": "{evil}",
    "diff.external": "{evil}",
    "diff.evil.command": "{evil}",
    "diff.evil.textconv": "{evil}",
    "filter.evil.clean": "{evil}",
    "filter.evil.smudge": "{evil}",
    "filter.evil.required": "true",
    "filter.other.process": "{evil}",
    'filter.Od.d "x.clean': "{evil}",
    "hook.evil.command": "{evil}",
    "hook.evil.event": "post-index-change",
    "core.sshCommand": "{evil}",
    "core.askPass": "{evil}",
    "credential.helper": "!{evil}",
    "core.alternateRefsCommand": "{evil}",
    "remote.origin.uploadpack": "{evil}",
    "remote.origin.url": "ext::sh -c {evil}",
    "remote.origin.promisor": "true",
    "protocol.ext.allow": "always",
    "protocol.allow": "always",
    "gpg.program": "{evil}",
    "log.showSignature": "true",
    "diff.submodule": "log",
    "diff.autoRefreshIndex": "true",
}


@pytest.mark.parametrize("attribute", ["filter=evil", "filter=other", "diff=evil", 'filter=Od.d"x', "-diff"])
def test_no_program_of_the_repository_runs(
    attribute: str, git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    evil.chmod(0o755)
    (tmp_path / "hooks").mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(evil, tmp_path / "hooks" / hook)
        shutil.copy(evil, tmp_path / ".git" / "hooks" / hook)
    for key, value in _PROGRAMS.items():
        git("config", key, value.format(evil=evil))
    (tmp_path / ".git" / "info" / "attributes").write_text(f"*.md {attribute}\n")
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    (tmp_path / "glossary.yaml").touch()
    assert "talk.md:7:1" in places(termcheck(*_CHECK, "main", cwd=tmp_path, status=1))
    assert not mark.exists()


def test_a_missing_object_is_not_fetched_by_a_program(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::touch {mark}",
        "protocol.ext.allow": "always",
    }.items():
        git("config", key, value)
    blob = git("rev-parse", "HEAD:talk.md").strip()
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    assert "--diff-base: git failed" in termcheck(*_CHECK, "main", cwd=tmp_path, status=2)
    assert not mark.exists()


def test_a_filter_that_no_argument_can_name_is_refused(
    git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    git("config", "filter.a=b.clean", f"touch {tmp_path}/mark")
    (tmp_path / ".git" / "info" / "attributes").write_text("*.md filter=a=b\n")
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    said = termcheck(*_CHECK, "main", cwd=tmp_path, status=2)
    assert "the repository's own settings have a program under filter.a=b.clean" in said
    assert not (tmp_path / "mark").exists()


def test_a_filter_of_the_user_is_still_run(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    """The repository cannot replace it either."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[filter "mine"]\nclean = sed s/PRIVATE/spoke/\n')
    git("config", "filter.mine.clean", f"touch {tmp_path}/mark; cat")
    (tmp_path / ".git" / "info" / "attributes").write_text("*.md filter=mine\n")
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "PRIVATE"), encoding="utf-8")
    said = termcheck(
        *_CHECK, "main", cwd=tmp_path, HOME=str(home), GIT_CONFIG_GLOBAL=str(home / ".gitconfig")
    )
    assert not places(said)
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize(
    "sign", ["\r", "\r\r", "\x0b", "\x0c", "\x85", "\u2028", "\r\n", "\r+++ b\r@@ -1 +1 @@\r+"]
)
@pytest.mark.parametrize("state", ["in both", "in the new one"])
def test_lines_are_counted_as_git_counts_them(
    sign: str, state: str, git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    """Signs that end a line for one of the two only, before and in the changed paragraphs."""
    head = f"会议{sign}结束{sign}。\n\nIt{sign}ended{sign}.\n\n"
    old, new = head + _OLD, head + _OLD.replace("spoke", "has spoken")
    if state == "in the new one":
        new = head + _OLD.replace("spoke", f"has{sign}spoken")
    talk = tmp_path / "talk.md"
    talk.write_bytes(old.encode())
    git("commit", "--quiet", "--all", "--message", "Signs")
    assert places(termcheck(*_CHECK, "HEAD", cwd=tmp_path)) == []
    talk.write_bytes(new.encode())
    assert len(places(termcheck(*_CHECK, "HEAD", cwd=tmp_path, status=1))) == 1


def test_a_paragraph_taken_out_between_carriage_returns(
    git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.md"
    long = _OLD.replace("The bloc met.\n", "The bloc\rand others\nmet\rat last.\n")
    talk.write_bytes(long.encode())
    git("commit", "--quiet", "--all", "--message", "Longer")
    talk.write_bytes(long.replace("and others\nmet", "met").encode())
    assert places(termcheck(*_CHECK, "HEAD", cwd=tmp_path, status=1)) == ["talk.md:3:1"]


_PAIRS = '[tool.termcheck]\npairs = ["zh/{name}.md : en/{name}.md"]\n'


def halves(git: Git, tmp_path: Path) -> None:
    """Commit two halves that belong together, and one whose other half never was."""
    (tmp_path / "pyproject.toml").write_text(_PAIRS, encoding="utf-8")
    for name in ("zh/a.md", "en/a.md", "zh/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            "会议结束。\n" if name.startswith("zh") else "It ended.\n", encoding="utf-8"
        )
    git("rm", "--quiet", "talk.md")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Halves")


@pytest.mark.parametrize("change", ["rm --quiet en/a.md", "mv en/a.md en/c.md"])
@pytest.mark.parametrize("state", ["staged", "committed"])
def test_a_half_that_the_change_took_away_is_told(
    change: str, state: str, git: Git, termcheck: Termcheck, tmp_path: Path
) -> None:
    halves(git, tmp_path)
    assert "ALN204" not in termcheck(*_CHECK, "HEAD", "zh", cwd=tmp_path)
    git(*change.split())
    if state == "committed":
        git("commit", "--quiet", "--message", "One half")
    said = termcheck(*_CHECK, "HEAD" if state == "staged" else "HEAD~1", "zh", cwd=tmp_path, status=1)
    assert "zh/a.md:1:1: ALN204" in said
    assert "zh/b.md" not in said


def test_halves_that_are_named_in_part(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.termcheck]\npairs = [{source = "de/{name}.md", target = "{lang}/{name}.md"}]\n',
        encoding="utf-8",
    )
    for name in ("de/a.md", "de/b.md", "fr/a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Ende.\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Halves")
    git("rm", "--quiet", "fr/a.md")
    said = termcheck(*_CHECK, "HEAD", "de", cwd=tmp_path, status=1)
    assert "de/a.md:1:1: ALN204" in said
    assert "de/b.md" not in said


def test_a_half_that_is_named_by_a_key(git: Git, termcheck: Termcheck, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.termcheck]\npairs = [{source = "zh/*.md", target = "en/*.md", key = "id"}]\n', encoding="utf-8"
    )
    for name in ("zh/a.md", "en/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("---\nid: one\n---\n\n会议。\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Pages")
    assert "ALN204" not in termcheck(*_CHECK, "HEAD", "zh", cwd=tmp_path, status=None)
    git("rm", "--quiet", "en/b.md")
    assert "zh/a.md:1:1: ALN204" in termcheck(*_CHECK, "HEAD", "zh", cwd=tmp_path, status=1)


@pytest.fixture
def outer(made: Path, shell: Shell, tmp_path: Path) -> Path:
    """A repository, with a glossary of its own, that has the one of the other tests as its submodule."""
    outer = tmp_path / "outer"
    outer.mkdir()
    shell("git", "init", "--quiet", "--initial-branch", "main", cwd=outer)
    (outer / "glossary.yaml").write_text(_GLOSSARY, encoding="utf-8")
    command = ("git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "--branch", "work")
    shell(*command, str(made), "texts", cwd=outer)
    shell("git", "rm", "--quiet", "glossary.yaml", cwd=outer / "texts")
    shell("git", "commit", "--quiet", "--message", "Glossary of the others", cwd=outer / "texts")
    shell("git", "add", "--all", cwd=outer)
    shell("git", "commit", "--quiet", "--message", "Submodule", cwd=outer)
    return outer


@pytest.mark.parametrize("where", [".", "texts"])
@pytest.mark.parametrize("state", ["in the tree", "committed inside", "committed outside"])
def test_a_submodule_is_compared_with_its_own_commit(
    where: str, state: str, outer: Path, shell: Shell, termcheck: Termcheck
) -> None:
    said = termcheck(*_CHECK, "HEAD", cwd=outer / where)
    assert places(said) == []
    assert "has changed too" not in said
    talk = outer / "texts" / "talk.md"
    talk.write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    base = "HEAD"
    if state.startswith("committed"):
        shell("git", "commit", "--quiet", "--all", "--message", "Changed", cwd=outer / "texts")
    if state == "committed outside":
        shell("git", "commit", "--quiet", "--all", "--message", "Changed", cwd=outer)
        base = "HEAD~1"
    [place] = places(termcheck(*_CHECK, base, cwd=outer / where, status=1))
    assert place.endswith("talk.md:7:1")


def test_a_new_submodule_is_new_as_a_whole(outer: Path, shell: Shell, termcheck: Termcheck) -> None:
    empty = shell("git", "commit-tree", "-m", "Empty", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", cwd=outer)
    shell("git", "replace", "--graft", "HEAD", empty.strip(), cwd=outer)
    assert len(places(termcheck(*_CHECK, empty.strip(), cwd=outer, status=1))) == 2


@pytest.mark.usefixtures("git")
def test_the_repository_of_a_file_counts_and_not_that_of_the_directory(
    termcheck: Termcheck, shell: Shell, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    talk = str(tmp_path / "talk.md")
    assert places(termcheck(*_CHECK, "main", talk, cwd=elsewhere)) == []
    shell("git", "init", "--quiet", "--initial-branch", "other", cwd=elsewhere)
    assert places(termcheck(*_CHECK, "main", talk, cwd=elsewhere)) == []
    # As a hook of another repository calls it.
    hook = {"GIT_DIR": str(elsewhere / ".git"), "GIT_INDEX_FILE": str(elsewhere / ".git" / "index")}
    assert places(termcheck(*_CHECK, "main", talk, cwd=elsewhere, **hook)) == []
    (tmp_path / "talk.md").write_text(_OLD.replace("spoke", "has spoken"), encoding="utf-8")
    [place] = places(termcheck(*_CHECK, "main", talk, cwd=elsewhere, status=1))
    assert place.endswith("talk.md:7:1")
