"""Which files look like translations of one another, and that the entries of `pairs` for them pair them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.file_pairs import LANG, PairPattern
from termcheck.language_layout import Layout, language_layouts


def layouts_of(paths: Sequence[str], root: Path, languages: Sequence[str] = ()) -> list[Layout]:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return language_layouts(sorted(paths), f"{root.as_posix()}/", languages)


@pytest.mark.parametrize(
    ("paths", "entries"),
    [
        ("docs/en/a.md docs/de/a.md", ["docs/en/{path:**} : docs/de/{path:**}"]),
        ("docs/en/g/a.md docs/pt-BR/g/a.md", ["docs/en/{path:**} : docs/pt-BR/{path:**}"]),
        ("en/a.md zh_CN/a.md fr/a.md", ["en/{path:**} : {lang}/{path:**}"]),
        ("docs-en/a.md docs-zh/a.md", ["docs-en/{path:**} : docs-zh/{path:**}"]),
        ("x/a.en.md x/a.es.md", ["{path:**}.en.md : {path:**}.es.md"]),
        ("x/a_en.md x/a_es.md", ["{path:**}_en.md : {path:**}_es.md"]),
        ("x/a-ja.txt x/a-zh-Hant.txt", ["{path:**}-ja.txt : {path:**}-zh-Hant.txt"]),
        ("i18n/en.md i18n/zh-Hans.md", ["i18n/en.md : i18n/zh-Hans.md"]),
        ("README.md README.de.md", ["README.md : README.de.md"]),
        ("README.md README_zh-CN.md", ["README.md : README_zh-CN.md"]),
        ("a.md de/a.md b.md de/b.md c.md", ["a.md : de/a.md", "b.md : de/b.md"]),
        ("README.md README.it.md", ["README.md : README.it.md"]),
        # The originals name no language, and there are many of them.
        (
            " ".join(f"docs/{name}.md docs/de/{name}.md" for name in "abcdefghijkl"),
            ["docs/{path:**} : docs/de/{path:**}"],
        ),
        (
            " ".join(f"guide/x/{name}.md de/guide/x/{name}.md" for name in "abcdefghijkl"),
            ["guide/x/{path:**} : de/guide/x/{path:**}"],
        ),
        # These are words, or other files.
        ("notes.md notes-to.md", []),
        ("it/a.md no/a.md", []),
        ("x/is.md x/it.md", []),
        ("en/a.md de/b.md", []),
        ("en/a.md api/a.md", []),
        ("en/a.md", []),
        ("a.v1.md a.v2.md", []),
        ("way-to-go.md way-to-come.md", []),
    ],
)
def test_entries(paths: str, entries: list[str], tmp_path: Path) -> None:
    found = layouts_of(paths.split(), tmp_path)
    assert [entry for layout in found for entry in layout.entries] == entries


def test_the_source_is_in_the_language_of_the_glossary(tmp_path: Path) -> None:
    paths = ("en/a.md", "zh-CN/a.md")
    assert [one.tags for one in layouts_of(paths, tmp_path, ("zh-Hans", "en"))] == [("zh-CN", "en")]
    assert [one.tags for one in layouts_of(paths, tmp_path, ("zh-TW", "ja"))] == [("en", "zh-CN")]


def test_files_that_are_not_listed_count_too(tmp_path: Path) -> None:
    layouts_of(("de/a.md", "en/a.md"), tmp_path)
    (layout,) = language_layouts(["de/a.md"], f"{tmp_path.as_posix()}/")
    assert layout.pairs == (("en/a.md", "de/a.md"),)


_TAGS = st.sampled_from(["en", "de", "zh-CN", "pt_BR", "fr", "it", "no", "x", "api"])
_NAMES = st.sampled_from(["a", "b", "notes", "x.y", "{name}", "a b", "*", " : "])
_PATHS = st.builds(
    lambda form, tag, name: form.format(tag=tag, name=name),
    st.sampled_from(
        [
            *("{tag}/{name}.md", "x/{tag}/{name}.md", "{name}.{tag}.md", "{name}-{tag}.md"),
            *("x-{tag}/{name}.md", "{name}.md", "x/{name}.md", "{tag}.md", "x/{tag}/y/{name}.md"),
        ]
    ),
    _TAGS,
    _NAMES,
)


@settings(max_examples=100)
@given(paths=st.lists(_PATHS, min_size=1, max_size=12, unique=True))
def test_the_entries_pair_the_files(paths: list[str]) -> None:
    with TemporaryDirectory() as directory:
        root = Path(directory)
        for layout in layouts_of(paths, root):
            patterns = [PairPattern(*entry.split(" : "), root.as_posix()) for entry in layout.entries]
            for source, target in layout.pairs:
                assert {source, target} <= set(paths)
                assert any(_pairs(pattern, root, source, target) for pattern in patterns), (layout, source)


def _pairs(pattern: PairPattern, root: Path, source: str, target: str) -> bool:
    """Whether an entry leads from the source to the target."""
    for half in pattern.halves((root / source).as_posix()):
        start, placeholder, end = half.other.partition(LANG)
        other = (root / target).as_posix()
        if other == half.other or (placeholder and other.startswith(start) and other.endswith(end)):
            return True
    return False
