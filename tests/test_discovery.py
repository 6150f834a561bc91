"""Path patterns, and the way from paths to jobs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.discovery import discover, discover_pair, nearest_glossary
from termcheck.file_pairs import PairPattern
from termcheck.globs import PathGlob, absolute_path, display_path
from termcheck.jobs import Found
from termcheck.model import Side, TermcheckError
from termcheck.scope import Scope

ROOT = "/base"


# Patterns


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("drafts", "drafts/a.md", True),
        ("drafts", "x/drafts/y/a.md", True),
        ("drafts", "drafts.md", False),
        ("drafts/", "drafts/a.md", True),
        ("*.md", "x/y/a.md", True),
        ("*.md", "a.mdx", False),
        ("x/*.md", "x/a.md", True),
        ("x/*.md", "x/y/a.md", False),
        ("x/*.md", "z/x/a.md", False),
        ("./x/*.md", "x/a.md", True),
        ("x/**", "x/y/a.md", True),
        ("x/**", "x", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("x/**/a.md", "x/a.md", True),
        ("x/**/a.md", "x/y/z/a.md", True),
        ("x/y", "x/y/z/a.md", True),
        ("?.md", "a.md", True),
        ("?.md", "ab.md", False),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("[^ab].md", "c.md", True),
        ("[b-a].md", "b.md", False),
        ("[[]a].md", "[a].md", True),
        ("[[]a].md", "a.md", False),
        ("\\[a\\].md", "[a].md", True),
        ("\\[a\\].md", "a.md", False),
        ("[]a].md", "].md", True),
        ("[!]a].md", "].md", False),
        ("[\\]a].md", "].md", True),
        ("[a\\-c].md", "b.md", False),
        ("\\*.md", "*.md", True),
        ("\\*.md", "a.md", False),
        ("\\{a,b\\}.md", "{a,b}.md", True),
        ("x\\y.md", "x\\y.md", True),
        ("[b-a].md", "[b-a].md", True),
        ("a.{md,txt}", "a.txt", True),
        ("a.{md,txt}", "a.csv", False),
        ("a+b(1).md", "a+b(1).md", True),
        ("*.md", "新闻\n稿.md", True),
        ("/base/x", "x/a.md", True),
        ("/other/x", "x/a.md", False),
        ("../up/*.md", "../up/a.md", True),
    ],
)
def test_a_pattern_means_files(pattern: str, path: str, expected: bool) -> None:
    assert PathGlob(pattern, ROOT).matches(absolute_path(f"{ROOT}/{path}")) is expected


NAME = st.text("ab.é文-[]{}*?!^,\\ ", min_size=1, max_size=6).filter(lambda name: name not in (".", ".."))
PATH = st.lists(NAME.map(lambda name: name.replace("\\", "_")), min_size=1, max_size=4).map("/".join)


@given(PATH, PATH)
@settings(max_examples=100)
def test_any_text_is_a_pattern(pattern: str, path: str) -> None:
    assert PathGlob(pattern, ROOT).matches(f"{ROOT}/{path}") in (True, False)


@given(st.lists(st.text("abé文-. ", min_size=1, max_size=5), min_size=1, max_size=4))
@settings(max_examples=100)
def test_a_plain_path_and_everything_in_it_match_themselves(parts: list[str]) -> None:
    parts = [part if part.strip(".") else f"{part}x" for part in parts]
    path = "/".join(parts)
    glob = PathGlob(path, ROOT)
    assert glob.matches(f"{ROOT}/{path}")
    assert glob.matches(f"{ROOT}/{path}/below.md")
    assert glob.names(f"{ROOT}/{path}")
    assert not glob.names(f"{ROOT}/{path}/below.md")
    assert not glob.matches(f"{ROOT}/{path}z")


@given(
    st.lists(st.text("abé文- ", min_size=1, max_size=5), min_size=1, max_size=3),
    st.sampled_from(
        [("zh/{p:**}.md", "en/{p:**}.md"), ("{p:**}.md", "t/{p:**}.en.md"), ("a/{p:**}", "{p:**}")]
    ),
)
@settings(max_examples=100)
def test_the_other_half_of_the_other_half_is_the_file_itself(
    parts: list[str], patterns: tuple[str, str]
) -> None:
    pattern = PairPattern(*patterns, ROOT)
    source = f"{ROOT}/{patterns[0].replace('{p:**}', '/'.join(parts))}"
    [half] = [half for half in pattern.halves(source) if half.side is Side.SOURCE]
    assert source in [back.other for back in pattern.halves(half.other) if back.side is Side.TARGET]


def test_a_placeholder_that_stands_twice_is_the_same_twice() -> None:
    pattern = PairPattern("{d}/zh/{d}.md", "{d}/en/{d}.md", ROOT)
    assert [half.other for half in pattern.halves(f"{ROOT}/a/zh/a.md")] == [f"{ROOT}/a/en/a.md"]
    assert not list(pattern.halves(f"{ROOT}/a/zh/b.md"))


@pytest.mark.parametrize(
    ("path", "root", "shown"),
    [
        ("/a/b/c.md", "/a/b", "c.md"),
        ("/a/b/c.md", "/a", "b/c.md"),
        ("/a/c.md", "/a/b", "../c.md"),
        ("/c.md", "/a/b", "../../c.md"),
        ("/x/c.md", "/a/b", "/x/c.md"),
        ("/ab/c.md", "/a", "/ab/c.md"),
        ("/a/c.md", "/", "a/c.md"),
    ],
)
def test_a_path_is_shown_relative_where_that_is_shorter(path: str, root: str, shown: str) -> None:
    assert display_path(path, root) == shown


# Files


Make = Callable[..., None]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes files by their names in an empty working directory."""
    monkeypatch.chdir(tmp_path)

    def make_files(*paths: str) -> None:
        for path in map(Path, paths):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x")

    return make_files


def find(paths: Sequence[str], **more: Any) -> Found:
    names = {name: more.pop(name) for name in ("stdin", "stdin_name") if name in more}
    return discover(paths, Scope(**({"glossaries": ("g.yaml",)} | more)), **names)


def names(found: Found) -> list[str]:
    assert found.errors == ()
    return [job.source_name for job in found.jobs]


def globs(*patterns: str) -> tuple[PathGlob, ...]:
    return tuple(PathGlob(pattern, absolute_path(".")) for pattern in patterns)


def test_a_directory_is_walked_in_order_files_before_directories(make: Make, tmp_path: Path) -> None:
    make("b.md", "a.txt", "c/a.md", "c/b/a.jsonl", "B.MD", "d.png", "e")
    assert names(find(["."])) == ["B.MD", "a.txt", "b.md", "c/a.md", "c/b/a.jsonl"]
    assert names(find(["c"])) == ["c/a.md", "c/b/a.jsonl"]
    assert names(find([str(tmp_path / "c")])) == [
        f"{tmp_path.as_posix()}/c/a.md",
        f"{tmp_path.as_posix()}/c/b/a.jsonl",
    ]
    assert names(find(["./c/"])) == ["c/a.md", "c/b/a.jsonl"]


def test_hidden_entries_glossaries_and_configs_are_not_walked_into(make: Make) -> None:
    make("a.md", ".b.md", ".c/a.md", "glossary.yaml", "terms.txt", "termcheck.toml")
    assert names(find(["."], glossaries=("terms.txt",))) == ["a.md"]
    assert names(find([".b.md", ".c/a.md"])) == [".b.md", ".c/a.md"]
    assert names(find([".c"])) == [".c/a.md"]


def test_include_chooses_the_endings(make: Make) -> None:
    make("a.md", "b.dat", "c/d.dat", "glossary.yaml")
    assert names(find(["."], include=globs("*.dat", "*.yaml"))) == ["b.dat", "c/d.dat"]


def test_exclude_in_a_walk(make: Make) -> None:
    make("a.md", "drafts/b.md", "c/drafts/d.md", "c/e.md", "f/g.md")
    assert names(find(["."], exclude=globs("drafts", "f/*.md"))) == ["a.md", "c/e.md"]


def test_a_directory_named_is_walked_although_it_is_excluded(make: Make) -> None:
    make("drafts/b.md", "drafts/drafts/c.md")
    assert names(find(["drafts"], exclude=globs("drafts"))) == ["drafts/b.md"]
    forced = find(["drafts"], exclude=globs("drafts"), force_exclude=True)
    assert (forced.jobs, forced.errors, forced.excluded) == ((), (), 1)


def test_force_exclude_counts_what_it_leaves_out(make: Make) -> None:
    make("a.md", "drafts/b.md", "drafts/c.md")
    found = find(["a.md", "drafts/b.md", "drafts/c.md"], exclude=globs("drafts"), force_exclude=True)
    assert names(found) == ["a.md"]
    assert found.excluded == 2


def test_links(make: Make) -> None:
    make("real/a.md")
    Path("link.md").symlink_to("real/a.md")
    Path("real/loop").symlink_to("..")
    Path("lost.md").symlink_to("nowhere")
    assert names(find(["."])) == ["link.md", "real/a.md"]
    assert find(["."]).dangling == (absolute_path("lost.md"),)
    assert names(find(["real/loop/real/a.md"])) == ["real/loop/real/a.md"]
    assert [str(error) for error in find(["lost.md"]).errors] == [
        "lost.md: cannot be opened: no such file or directory"
    ]


def test_a_pipe_is_not_walked_into(make: Make) -> None:
    make("a.md")
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    os.mkfifo("b.md")
    assert names(find(["."])) == ["a.md"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.md", "missing.md: cannot be opened: no such file or directory"),
        ("a.md/b.md", "a.md/b.md: cannot be opened: not a directory"),
        ("a\0.md", "a\0.md: cannot be opened: a name has no NUL character"),
        ("", "a path is empty"),
        ("empty", "empty: no files to check in this directory"),
        ("termcheck.toml", "termcheck.toml: is a glossary or a config, not a text to check"),
        ("g.yaml", "g.yaml: is a glossary or a config, not a text to check"),
    ],
)
def test_a_bad_path_is_an_error_beside_the_good_ones(path: str, message: str, make: Make) -> None:
    make("a.md", "z.md", "termcheck.toml", "g.yaml")
    Path("empty").mkdir()
    found = find(["a.md", path, "z.md"])
    assert [job.source_name for job in found.jobs] == ["a.md", "z.md"]
    [error] = found.errors
    assert str(error).startswith(message)


def test_a_directory_that_may_not_be_read(make: Make) -> None:
    make("a/b.md", "c.md")
    Path("a").chmod(0)
    try:
        if os.access("a", os.R_OK):
            pytest.skip("this user may read everything")
        found = find(["."])
    finally:
        Path("a").chmod(0o700)
    assert [error.message for error in found.errors] == ["cannot be opened: permission denied"]


def test_standard_input(make: Make) -> None:
    make("sub/a.md")
    [job] = find(["-"], stdin=lambda: b"text").jobs
    assert (job.source_name, job.data) == ("-", b"text")
    [job] = find(["-"], stdin=lambda: b"text", stdin_name="./sub/a.md").jobs
    assert (job.source_name, job.data) == ("sub/a.md", b"text")
    assert len(find(["-", "sub"], stdin=lambda: b"text", stdin_name="sub/a.md").jobs) == 1


# Glossaries


def test_the_nearest_glossary(make: Make, tmp_path: Path) -> None:
    make("glossary.yaml", "a/glossary.yml", "a/b/c.md", "d/e.md")
    (tmp_path / "d" / "glossary.yaml").mkdir()
    assert nearest_glossary(absolute_path("a/b")) == absolute_path("a/glossary.yml")
    assert nearest_glossary(absolute_path("d")) == absolute_path("glossary.yaml")
    make("a/glossary.yaml")
    assert nearest_glossary(absolute_path("a/b")) == absolute_path("a/glossary.yaml")


def test_each_text_has_the_nearest_glossary(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("glossary.yaml", "a/glossary.yml", "a/b/c.md", "d.md")
    found = find(["."], glossaries=())
    assert [(job.source_name, job.glossaries) for job in found.jobs] == [
        ("d.md", ("glossary.yaml",)),
        ("a/b/c.md", ("a/glossary.yml",)),
    ]
    monkeypatch.chdir("a/b")
    assert [job.glossaries for job in find(["c.md"], glossaries=()).jobs] == [("../glossary.yml",)]
    [job] = find([str(tmp_path / "d.md")], glossaries=()).jobs
    assert job.glossaries == (f"{tmp_path.as_posix()}/glossary.yaml",)


# Pairs


def pairs(*patterns: str) -> tuple[PairPattern, ...]:
    halves = (pattern.split(" : ") for pattern in patterns)
    return tuple(PairPattern(source, target, absolute_path(".")) for source, target in halves)


def shown(found: Found) -> list[str]:
    assert found.errors == ()
    return [f"{job.source_name} : {job.target_name}" if job.target else job.source_name for job in found.jobs]


@pytest.mark.parametrize(
    "paths", [["."], ["zh"], ["en"], ["en/a.md"], ["zh/a.md"], ["en/a.md", "./zh/a.md", "."]]
)
def test_either_half_finds_the_other_and_the_pair_comes_once(paths: list[str], make: Make) -> None:
    make("zh/a.md", "en/a.md")
    assert shown(find(paths, pairs=pairs("zh/{n}.md : en/{n}.md"))) == ["zh/a.md : en/a.md"]


def test_the_better_of_several_patterns(make: Make) -> None:
    make("a.md", "a.en.md", "b.en.md")
    several = pairs("{n}.md : {n}.en.md", "{n:**}.md : x/{n:**}.md")
    assert shown(find(["a.md", "a.en.md"], pairs=several)) == ["a.md : a.en.md"]
    [job] = find(["b.en.md"], pairs=several).jobs
    assert (job.source_name, job.missing, job.missing_side) == ("b.en.md", "b.md", Side.SOURCE)


@pytest.mark.parametrize("paths", [["."], ["docs/en/a.md"], ["docs/fr", "docs/de"]])
def test_a_file_has_a_counterpart_in_each_language(paths: list[str], make: Make) -> None:
    make("docs/en/a.md", "docs/fr/a.md", "docs/de/a.md", "docs/images/a.md")
    found = find(paths, pairs=pairs("docs/en/{n} : docs/{lang}/{n}")).jobs
    halves = {
        (job.source_name, job.target_name, job.source_lang, job.target_lang, job.shared)
        for job in found
        if job.target
    }
    assert halves == {
        ("docs/en/a.md", "docs/fr/a.md", "en", "fr", (2, 1)),
        ("docs/en/a.md", "docs/de/a.md", "en", "de", (2, 1)),
    }
    assert [job.source_name for job in found if not job.target] == ["docs/images/a.md"] * (paths == ["."])


def test_several_originals_of_one_translation(make: Make) -> None:
    make("fr/a.md", "de/a.md", "en/a.md")
    [first, second] = find(["en"], pairs=pairs("{lang}/{n} : en/{n}")).jobs
    assert [(job.source_name, job.source_lang, job.target_lang) for job in (first, second)] == [
        ("de/a.md", "de", "en"),
        ("fr/a.md", "fr", "en"),
    ]
    assert first.shared == (1, 2)


def test_what_only_looks_like_a_language_beside_one(make: Make) -> None:
    make("src/a.md", "fr/a.md")
    [job] = find(["src"], pairs=pairs("src/{n} : {lang}/{n}")).jobs
    assert (job.source_lang, job.target_lang) == ("", "fr")


def test_a_placeholder_called_lang_in_both_halves_is_like_any_other(make: Make) -> None:
    make("english/src/a.md", "english/en/a.md")
    [job] = find(["."], pairs=pairs("{lang}/src/{n} : {lang}/en/{n}")).jobs
    assert (job.target_name, job.target_lang, job.lang_from_path) == ("english/en/a.md", "", False)


def test_a_language_that_stands_twice_in_a_path(make: Make) -> None:
    make("a.md", "fr/a.fr.md", "fr/a.de.md", "pt-BR/a.pt-BR.md")
    assert shown(find(["a.md"], pairs=pairs("{n}.md : {lang}/{n}.{lang}.md"))) == [
        "a.md : fr/a.fr.md",
        "a.md : pt-BR/a.pt-BR.md",
    ]


def test_a_named_pair_beats_a_pattern_in_its_language_only(make: Make) -> None:
    make("en/a.md", "fr/a.md", "fr/b.md", "de/a.md")
    both = pairs("en/{n} : {lang}/{n}", "en/a.md : fr/b.md")
    assert sorted(shown(find(["."], pairs=both))) == ["en/a.md : de/a.md", "en/a.md : fr/b.md", "fr/a.md"]


def test_keys_of_the_front_matter_are_looked_for_where_the_globs_say(make: Make, tmp_path: Path) -> None:
    make("en/x/a.md", "fr/a.md", "fr/node_modules/b.md", "other/c.md")
    for name in ("en/x/a.md", "fr/a.md", "fr/node_modules/b.md", "other/c.md"):
        (tmp_path / name).write_text("---\nid: 1\n---\n", encoding="utf-8")
    root = tmp_path.as_posix()
    by_key = (PairPattern("en", "fr/**/*.md", root, "id"),)
    exclude = (PathGlob("node_modules", root),)
    assert shown(find(["en"], pairs=by_key, exclude=exclude)) == ["en/x/a.md : fr/a.md"]
    [error] = find(["fr/a.md"], pairs=by_key).errors
    assert (error.path, error.line, error.column) == ("fr/node_modules/b.md", 2, 5)


def test_a_half_that_is_missing(make: Make) -> None:
    make("zh/a.md", "en/b.md", "other.md")
    found = find(["."], pairs=pairs("zh/{n}.md : en/{n}.md"))
    assert [(job.source_name, job.missing, job.missing_side) for job in found.jobs] == [
        ("other.md", "", Side.TARGET),
        ("en/b.md", "zh/b.md", Side.SOURCE),
        ("zh/a.md", "en/a.md", Side.TARGET),
    ]


def test_the_other_half_is_written_as_the_first(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("zh/a.md", "en/a.md")
    both = pairs("zh/{n}.md : en/{n}.md")
    root = tmp_path.as_posix()
    assert shown(find([f"{root}/en/a.md"], pairs=both)) == [f"{root}/zh/a.md : {root}/en/a.md"]
    monkeypatch.chdir("en")
    assert shown(find(["a.md"], pairs=both)) == ["../zh/a.md : a.md"]


def test_standard_input_may_be_either_half(make: Make) -> None:
    make("zh/a.md", "en/a.md")
    both = pairs("zh/{n}.md : en/{n}.md")
    [job] = find(["-"], stdin=lambda: b"text", stdin_name="zh/a.md", pairs=both).jobs
    assert (job.source_name, job.data, job.target_data) == ("zh/a.md", b"text", None)
    [job] = find(["-"], stdin=lambda: b"text", stdin_name="en/a.md", pairs=both).jobs
    assert (job.source_name, job.data, job.target_data) == ("zh/a.md", None, b"text")


def test_two_files_named(make: Make) -> None:
    make("a.md", "b.md")
    scope = Scope(("g.yaml",))
    [job] = discover_pair("./a.md", "b.md", scope).jobs
    assert (job.source_name, job.target_name, job.glossaries) == ("a.md", "b.md", ("g.yaml",))
    [job] = discover_pair("a.md", "-", scope, stdin=lambda: b"text").jobs
    assert (job.data, job.target_data) == (None, b"text")
    errors = discover_pair("a.md", ".", scope).errors
    assert [str(error) for error in errors] == [".: is a directory where a file is asked for"]
    assert discover_pair("a.md", "./a.md", scope).jobs == ()


@pytest.mark.parametrize(
    "halves", [("a.md", "a.md"), ("{a}.md", "{b}.md"), ("{a}.md", "{a}.md"), ("*/{a}.md", "en/{a}.md")]
)
def test_a_pair_of_which_one_half_does_not_give_the_other(halves: tuple[str, str]) -> None:
    with pytest.raises(TermcheckError, match=r"has |pairs each file with itself"):
        PairPattern(*halves, ROOT)
