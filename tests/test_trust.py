"""Whose files are obeyed, and which names and reports are known. Whole commands are in cli/trust.yaml."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from termcheck import trust
from termcheck.api import check_paths
from termcheck.config_file import find_config
from termcheck.discovery import discover, nearest_glossary
from termcheck.model import Report, TermcheckError
from termcheck.report import FORMATS, RenderOptions, render
from termcheck.report.recognition import BEGINNING, is_report
from termcheck.scope import Scope

OURS, THEIRS = 1000, 2000


@pytest.fixture
def owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The owners of files by name; all others are ours."""
    by_name: dict[str, int] = {}
    monkeypatch.setattr(os, "getuid", lambda: OURS, raising=False)
    monkeypatch.setattr(
        trust, "owner", lambda path, **_: by_name.get(path.rstrip("/").rpartition("/")[2], OURS)
    )
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return by_name


@pytest.mark.parametrize("name", ["termcheck.toml", "pyproject.toml"])
def test_a_configuration_of_somebody_else_above_is_refused(
    name: str, tmp_path: Path, owners: dict[str, int]
) -> None:
    (tmp_path / name).write_text("[tool.termcheck]\n" if name == "pyproject.toml" else "")
    assert find_config(".") == str(tmp_path / name)
    owners[name] = THEIRS
    with pytest.raises(TermcheckError, match=r"belongs to another user \(number 2000\), so it is not used"):
        find_config(".")


def test_a_glossary_of_somebody_else_above_is_refused(tmp_path: Path, owners: dict[str, int]) -> None:
    (tmp_path / "glossary.yaml").write_text("上合: SCO\n", encoding="utf-8")
    (tmp_path / "work" / "a.md").write_text("text")
    assert nearest_glossary(f"{tmp_path}/work") == str(tmp_path / "glossary.yaml")
    owners["glossary.yaml"] = THEIRS
    found = discover(["."], Scope())
    assert not found.jobs
    assert [error.path for error in found.errors] == ["../glossary.yaml"]
    assert "name it with --glossary" in found.errors[0].advice


@pytest.mark.parametrize("trusted", [0, "the owner of the directory"])
def test_root_and_the_owner_of_the_texts_are_trusted(
    trusted: object, tmp_path: Path, owners: dict[str, int]
) -> None:
    (tmp_path / "termcheck.toml").write_text("")
    owners["termcheck.toml"] = 0 if trusted == 0 else THEIRS
    if trusted != 0:
        owners["work"] = THEIRS
    assert find_config(str(tmp_path / "work"))


def test_a_pyproject_of_somebody_else_that_is_not_about_us_is_passed_over(
    tmp_path: Path, owners: dict[str, int]
) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = ['termcheck']\n")
    owners["pyproject.toml"] = THEIRS
    assert not find_config(".")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_owners_are_those_of_the_file_and_of_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    ours = tmp_path / "ours.toml"
    ours.write_text("")
    link = tmp_path / "termcheck.toml"
    link.symlink_to(ours)
    assert find_config(".")
    os.chown(link, 1234, 1234, follow_symlinks=False)
    with pytest.raises(TermcheckError, match="another user"):
        find_config(".")
    monkeypatch.setenv("SUDO_UID", "1234")
    assert find_config(".")


def test_a_pyproject_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.termcheck]\n")

    # Permissions would not do: root may read everything.
    def refuse(path: str, _: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(TermcheckError, match=r"cannot be opened: permission denied"):
        find_config(str(tmp_path))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".git/hooks/x", True),
        ("a/.GIT/x", True),
        ("a/.git. /x", True),
        ("a/.git::$INDEX_ALLOCATION/x", True),
        ("a/.g\u200cit/x", True),
        ("GIT~1/x", True),
        (".hg/hgrc", True),
        (".git", True),
        (".github/x", False),
        (".gitignore", False),
        ("git/x", False),
        ("a.git/x", False),
        ("a:b.txt", False),
    ],
)
def test_directories_of_version_control(path: str, expected: bool) -> None:
    assert trust.in_version_control(path) is expected


# Reports


def reports(tmp_path: Path) -> dict[str, Report]:
    """A report with findings, one with none, and one with nothing but errors."""
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n'日内瓦': [Geneva, Genf]\n", encoding="utf-8")
    texts = {
        "found": "上合组织成员国代表在日内瓦出席会议。\n\nDelegates met.\n" * 12,
        "clean": "上合组织的代表出席会议。\n\nSCO delegates attended.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "broken.md").write_bytes(b"\xff\xfe\xfa\0")
    names = (*texts, "broken")
    return {name: check_paths([tmp_path / f"{name}.md"], tmp_path / "glossary.yaml") for name in names}


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_recognised(form: str, tmp_path: Path) -> None:
    for name, report in reports(tmp_path).items():
        assert bool(report.findings) == (name == "found")
        for options in (RenderOptions(), RenderOptions(statistics=True), RenderOptions(unsafe_fixes=True)):
            if not options.statistics or FORMATS[form].statistics:
                written = render(report, form, options).encode()
                assert is_report(written[:BEGINNING]), written[:300]


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        "#!/bin/sh\n",
        "export A=1\n",
        "{}\n",
        "[]",
        "[1]\n",
        '{"version": 1, "findings": []}\n',
        '{"version": 1, "tool": {"name": "ruff"}}\n',
        "<?xml version='1.0'?>\n<testsuites name=\"pytest\">",
        "<!doctype html>\n<html>",
        "a.py:1:1: F401 unused\n",
        "12\tapples\n",
        "::warning file=a.md::x\n",
        "\0\0",
        "\ufefffile",
    ],
)
def test_other_files_are_no_reports(text: str) -> None:
    assert not is_report(text.encode())
