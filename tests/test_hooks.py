"""The hooks, installed by the real pre-commit from this project into a git repository of its own."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import monorepo
from pages import README
from support import Shell, commit_all, copy_project

pytestmark = pytest.mark.slow

_GOOD = "上合组织将于六月举行会议。\n\nThe SCO will meet in June.\n"
_BAD = "上合组织将于六月举行会议。\n\nThe bloc will meet in June.\n"


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository whose commits go through the hooks; `shell` knows the environment."""

    path: Path
    shell: Shell

    def write(self, **files: str) -> None:
        """Write files and stage them; in a name `__` stands for `/` and `_` for the dot of its ending."""
        for name, text in files.items():
            path = self.path / ".".join(name.replace("__", "/").rsplit("_", 1))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.shell("git", "add", str(path), cwd=self.path)

    def commit(self, *options: str, status: int = 0, skip: str = "") -> str:
        """Commit what is staged and give what the hooks say; with `status` 1 they must stop it."""
        return self.shell(
            "git", "commit", "--message", "Change texts", *options, cwd=self.path, status=status, SKIP=skip
        )


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Shell:
    """A shell with one place for what pre-commit builds, so that it is built once."""
    return Shell({**shell.env, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))})


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Path:
    """The project as it is on the disk, committed in a repository of its own to be cloned."""
    path = copy_project(tmp_path_factory.mktemp("origin") / "termcheck")
    commit_all(path, shell)
    return path


@pytest.fixture
def repository(hooks: Shell, origin: Path, tmp_path: Path) -> Repository:
    """A repository with a glossary and the hooks that README.md recommends, taken from the project."""
    config = yaml.safe_load(README.block("yaml", "repos:").text)
    (source,) = config["repos"]
    assert [hook["id"] for hook in source["hooks"]] == ["termcheck"]
    source["repo"] = str(origin)
    source["rev"] = hooks("git", "rev-parse", "HEAD", cwd=origin).strip()

    made = Repository(tmp_path / "texts", hooks)
    made.path.mkdir()
    hooks("git", "init", "--quiet", cwd=made.path)
    hooks(sys.executable, "-m", "pre_commit", "install", cwd=made.path)
    (made.path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    hooks("git", "add", "--all", cwd=made.path)
    made.write(glossary_yaml="上合组织: SCO\n")
    made.commit("--no-verify")
    return made


def test_a_bad_text_is_stopped_and_a_good_one_passes(repository: Repository) -> None:
    repository.write(talk_md=_BAD)
    said = repository.commit(status=1)
    assert re.search(r"^talk\.md:3:1: TRM101 |^ *--> talk\.md:3:1$", said, re.MULTILINE), said

    repository.write(talk_md=_GOOD)
    assert "Passed" in repository.commit()


def test_only_the_changed_texts_are_checked(repository: Repository) -> None:
    repository.write(old_md=_BAD)
    repository.commit("--no-verify")
    repository.write(new_md=_GOOD)
    repository.commit()


def test_files_that_are_not_about_two_languages_stop_nothing(repository: Repository) -> None:
    repository.write(talk_md=_GOOD, data_csv="id,name\n1,x\n", log_jsonl='{"id": 1}\n', empty_md="")
    assert "Passed" in repository.commit()

    repository.write(rows_csv="source,target\n上合组织\n")
    assert "rows.csv:2:1" in repository.commit(status=1)


def test_what_holds_no_text_is_left_alone(repository: Repository) -> None:
    repository.write(program_py="print('上合组织')\n", page_tex=_BAD)
    assert "Skipped" in repository.commit()


def test_a_changed_glossary_checks_every_text(repository: Repository) -> None:
    repository.write(talks__june_md=_GOOD)
    repository.commit()

    repository.write(glossary_yaml="上合组织: Shanghai Cooperation Organization\n")
    said = repository.commit(status=1)
    assert "TRM101" in said
    assert "talks/june.md" in said


def test_a_text_and_its_glossary_that_change_are_reported_on_once(repository: Repository) -> None:
    repository.write(talks__june_md=_GOOD, other_md=_GOOD)
    repository.commit()
    repository.write(
        glossary_yaml="上合组织: Shanghai Cooperation Organization\n", talks__june_md=f"{_GOOD}\n"
    )
    said = repository.commit(status=1)
    assert said.count("TRM101") == 2, said
    assert said.count("talks/june.md") == 1


def test_a_changed_configuration_checks_every_text(repository: Repository) -> None:
    repository.write(talks__june_md=_BAD, termcheck_toml='ignore = ["missing-rendering"]\n')
    repository.commit()

    repository.write(termcheck_toml="")
    assert "talks/june.md" in repository.commit(status=1)


def test_excluded_texts_pass_even_when_they_are_named(repository: Repository) -> None:
    repository.write(termcheck_toml='extend-exclude = ["drafts/"]\n')
    repository.commit("--no-verify")
    repository.write(drafts__june_md=_BAD)
    assert "Passed" in repository.commit()


@pytest.mark.parametrize("halves", [("zh",), ("en",), ("zh", "en")])
def test_either_half_of_a_pair_finds_the_other_and_the_pair_is_reported_once(
    repository: Repository, halves: tuple[str, ...]
) -> None:
    texts = {"zh": "上合组织将于六月举行会议。\n", "en": "The bloc will meet in June.\n"}
    repository.write(
        termcheck_toml='pairs = ["zh/{name}.md : en/{name}.md"]\n',
        **{f"{language}__june_md": text for language, text in texts.items()},
    )
    repository.commit("--no-verify")

    repository.write(**{f"{language}__june_md": f"{texts[language]}\n" for language in halves})
    said = repository.commit(status=1)
    assert said.count("TRM101") == 1, said
    assert "en/june.md:1:1" in said


def test_many_pairs_changed_at_once_are_each_reported_once(repository: Repository) -> None:
    # Enough files for pre-commit to hand them to several processes, if it may.
    repository.write(termcheck_toml='pairs = ["zh/{name}.md : en/{name}.md"]\n')
    for number in range(8):
        repository.write(**{f"zh__{number}_md": "上合组织开会。\n", f"en__{number}_md": "The bloc meets.\n"})
    said = repository.commit(status=1)
    places = re.findall(r"en/\d\.md:1:1", said)
    assert sorted(places) == [f"en/{number}.md:1:1" for number in range(8)]


def test_the_fixing_hook_stops_the_commit_and_mends_the_text(repository: Repository) -> None:
    path = repository.path / ".pre-commit-config.yaml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["repos"][0]["hooks"] = [{"id": "termcheck-fix"}]
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    entry = "  南海: {en: South China Sea, forbid: [South Sea]}\n"
    repository.write(glossary_yaml=f"languages: [zh, en]\nterms:\n{entry}")
    repository.shell("git", "add", "--all", cwd=repository.path)
    repository.commit("--no-verify")
    repository.write(talk_md="南海局势稳定。\n\nThe South Sea is calm.\n")
    said = repository.commit(status=1)
    assert "files were modified by this hook" in said
    assert "Fixed 1 finding in talk.md" in said
    fixed = (repository.path / "talk.md").read_text(encoding="utf-8")
    assert fixed == "南海局势稳定。\n\nThe South China Sea is calm.\n"
    repository.write(talk_md=fixed)
    assert "Passed" in repository.commit()


def test_a_hook_checks_each_package_by_its_own_configuration(repository: Repository) -> None:
    monorepo.write(repository.path)
    # The baseline of `press` is empty here, so the finding in its old text is new.
    repository.shell("git", "add", "--all", cwd=repository.path)
    said = repository.commit(status=1, skip="termcheck-all")
    expected = {(path, code) for path, code, _ in monorepo.EXPECTED} | {("press/old/talk.md", "TRM101")}
    assert set(re.findall(r"^(\S+\.md):\d+:\d+: ([A-Z]{3}\d{3}) ", said, re.MULTILINE)) == expected


def test_a_repository_without_texts_passes(repository: Repository) -> None:
    repository.write(glossary_yaml="上合组织: Shanghai Cooperation Organization\n")
    assert "Passed" in repository.commit()
