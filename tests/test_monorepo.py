"""A repository of three packages gets the same findings from everywhere: each file has its own configuration.

The packages have different languages, rules, pairs, baselines and lists of files. What is compared are the
findings with absolute paths, from the root, from each package, and file by file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from monorepo import EXPECTED, FILES, write
from support import Shell, Termcheck
from termcheck.engine import workers

PACKAGES = ("press", "manual", "site")


@pytest.fixture
def monorepo(tmp_path: Path, termcheck: Termcheck, shell: Shell) -> Path:
    """The repository; the baseline of `press` has the findings in its old texts."""
    root = tmp_path / "monorepo"
    write(root)
    shell("git", "init", "--quiet", cwd=root)
    termcheck("check", "--write-baseline", "known.json", "--extend-baseline", "old", cwd=root / "press")
    return root


def findings(termcheck: Termcheck, directory: Path, *arguments: str | Path) -> set[tuple[object, ...]]:
    """The findings of a check with absolute paths; those on glossaries depend on which texts are checked."""
    report = directory / "report.json"
    termcheck("check", *arguments, "--output-format", f"json:{report}", cwd=directory, status=None)
    if not report.exists():  # all files named are excluded
        return set()
    found = json.loads(report.read_text(encoding="utf-8"))["findings"]
    report.unlink()
    return {
        (
            os.path.normpath(directory / one["path"]),
            *(one[key] for key in ("line", "column", "code", "severity", "fingerprint")),
        )
        for one in found
        if not one["code"].startswith("GLO")
    }


def below(root: Path, all_findings: Iterable[tuple[object, ...]], package: str) -> set[tuple[object, ...]]:
    return {one for one in all_findings if str(one[0]).startswith(f"{root / package}{os.sep}")}


def named(all_findings: Iterable[tuple[object, ...]], root: Path) -> set[tuple[str, object, object]]:
    return {(Path(str(one[0])).relative_to(root).as_posix(), one[3], one[4]) for one in all_findings}


def test_the_root_has_the_findings_of_each_package_by_its_own_rules(
    monorepo: Path, termcheck: Termcheck
) -> None:
    assert named(findings(termcheck, monorepo), monorepo) == EXPECTED


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_the_same_findings_from_inside(
    package: str, monorepo: Path, termcheck: Termcheck
) -> None:
    expected = below(monorepo, findings(termcheck, monorepo), package)
    assert expected
    assert findings(termcheck, monorepo / package) == expected
    assert findings(termcheck, monorepo, package) == expected
    assert findings(termcheck, monorepo / "attic", f"../{package}") == expected


def test_the_files_have_the_same_findings_one_by_one(monorepo: Path, termcheck: Termcheck) -> None:
    files = [name for name in FILES if name.endswith(".md")]
    # A hook names all files that a commit has, which are none that git ignores.
    committed = [name for name in files if "built/" not in name]
    expected = findings(termcheck, monorepo)
    found: set[tuple[object, ...]] = set()
    for name in committed:
        found |= findings(termcheck, monorepo, "--force-exclude", name)
    assert found == expected
    assert findings(termcheck, monorepo, "--force-exclude", *committed) == expected
    assert findings(termcheck, monorepo, "--force-exclude", *reversed(committed)) == expected


def test_the_report_is_the_same_in_several_processes(
    monorepo: Path, termcheck: Termcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = termcheck("check", "--jobs", "1", "--output-format", "json", cwd=monorepo, status=1)
    monkeypatch.setattr(workers, "_BYTES_PER_PROCESS", 1)
    assert termcheck("check", "--jobs", "2", "--output-format", "json", cwd=monorepo, status=1) == alone


def test_the_coverage_is_the_sum_of_the_packages(monorepo: Path, termcheck: Termcheck) -> None:
    def summary(*arguments: str) -> dict[str, int]:
        printed = termcheck("check", "--output-format", "json", *arguments, cwd=monorepo, status=1)
        return dict(json.loads(printed[printed.index("{") : printed.rindex("}") + 1])["summary"])

    whole, parts = summary(), [summary(part) for part in (*PACKAGES, "note.md")]
    for key in ("files", "pairs", "unpaired", "errors", "warnings", "infos", "baselined"):
        assert whole[key] == sum(part[key] for part in parts), key
    # Terms count once, although `press` and `note.md` use one glossary.
    assert whole["terms"] == 3 + 2 + 1
