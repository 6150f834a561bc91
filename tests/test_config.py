"""Config files and flags become settings, and mistakes in them have places; the messages are in `cli`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from support import Termcheck
from termcheck.cli.config import settings_text
from termcheck.config import Settings, flags_layer, resolve
from termcheck.config_file import find_config, load_config, locate_key
from termcheck.file_pairs import PairPattern
from termcheck.globs import PathGlob
from termcheck.model import Confidence, Severity, TermcheckError
from termcheck.options import OPTIONS, Place, read_option
from termcheck.report import Output


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path | str, **flags: Any) -> Settings:
    return resolve([*load_config(str(path)), flags_layer(flags)])


# Where a config is found


def test_the_nearest_config_counts(here: Path) -> None:
    outer = write(here / "termcheck.toml", "")
    assert find_config(str(here / "a" / "b")) == outer.as_posix()
    inner = write(here / "a" / "pyproject.toml", "[tool.termcheck]\n")
    assert find_config(str(here / "a" / "b")) == inner.as_posix()
    assert find_config(str(here)) == outer.as_posix()


@pytest.mark.parametrize(
    "text", ["", "[tool.other]\n", "[project]\nname = 'termcheck'\n", "tool = 1 # termcheck\n"]
)
def test_a_pyproject_without_our_table_does_not_count(text: str, here: Path) -> None:
    outer = write(here / "termcheck.toml", "")
    write(here / "a" / "pyproject.toml", text)
    assert find_config(str(here / "a")) == outer.as_posix()


def test_a_broken_pyproject_matters_only_if_it_speaks_of_us(here: Path) -> None:
    outer = write(here / "termcheck.toml", "")
    inner = write(here / "a" / "pyproject.toml", "[[[")
    assert find_config(str(here / "a")) == outer.as_posix()
    inner.write_text("[tool.termcheck\n")
    with pytest.raises(TermcheckError, match=r"a/pyproject\.toml:1:16: is no valid TOML"):
        find_config(str(here / "a"))


# What it says


def test_every_key(here: Path) -> None:
    path = write(
        here / "sub" / "termcheck.toml",
        """\
        select = ["TRM101", "wrong-case"]
        extend-select = "ALN2"
        ignore = ["ALN203"]
        glossary = ["terms.yaml", "../more.yaml"]
        source-lang = "zh-Hant"
        target-lang = "en"
        date = 2025-09-05
        term = ["sco"]
        ignore-term = "asean"
        fail-on = "error"
        min-confidence = "high"
        output-format = "json"
        encoding = "gb18030"
        formats = {"*.rst" = "plain"}
        format = "plain"
        source-key = "zh"
        target-key = "en"
        include = ["*.md"]
        exclude = ["drafts"]
        extend-exclude = ["old/*.md"]
        force-exclude = true
        pairs = [
            "zh/{n}.md : en/{n}.md",
            {source = "{n}.zh.txt", target = "{n}.en.txt", source-lang = "zh", target-lang = "en"},
            {source = "zh/*", target = "en/*", key = "id"},
        ]
        [severity]
        TRM1 = "info"
        missing-rendering = "error"
        [per-file-ignores]
        "minutes/**" = ["TRM107"]
        """,
    )
    settings = load(path)
    root = (here / "sub").as_posix()
    assert settings.root == root
    assert settings.config_path == "sub/termcheck.toml"
    assert settings.selection.codes == {"TRM101", "TRM105", "ALN201", "ALN202", "ALN204", "ALN205"}
    assert settings.selection.severities["TRM101"] is Severity.ERROR
    assert settings.selection.severities["TRM105"] is Severity.INFO
    assert len(settings.selection.per_file) == 1
    assert settings.glossaries == ("sub/terms.yaml", "more.yaml")
    assert (settings.source_lang, settings.target_lang, settings.date) == ("zh-Hant", "en", "2025-09-05")
    assert (settings.terms, settings.ignore_terms) == (("sco",), ("asean",))
    assert settings.fail_on is Severity.ERROR
    assert settings.min_confidence is Confidence.HIGH
    assert (settings.outputs, settings.encoding, settings.format) == ((Output("json"),), "gb18030", "plain")
    assert (settings.source_key, settings.target_key) == ("zh", "en")
    assert [glob.pattern for glob in settings.include] == ["*.md"]
    assert [glob.pattern for glob in settings.exclude] == ["drafts", "old/*.md"]
    assert settings.force_exclude
    assert settings.formats == ((PathGlob("*.rst", root), "plain"),)
    assert settings.pairs == (
        PairPattern("zh/{n}.md", "en/{n}.md", root),
        PairPattern("{n}.zh.txt", "{n}.en.txt", root, "", "zh", "en"),
        PairPattern("zh/*", "en/*", root, "id"),
    )


WRONG = [
    ("select", 1), ("select", [1]), ("select", [""]), ("select", "NOPE"),
    ("glossary", 1), ("glossary", [""]), ("date", "yesterday"), ("date", 20250905),
    ("fail-on", "fatal"), ("fail-on", True), ("min-confidence", "sure"), ("output-format", "xml"),
    ("encoding", "utf-9"),
    ("encoding", "a\0b"), ("format", "odt"), ("force-exclude", "yes"), ("force-exclude", 1),
    ("pairs", "a : b"), ("pairs", ["a"]), ("pairs", ["a : b : c"]), ("pairs", ["zh/a.md : zh/a.md"]),
    ("pairs", ["zh/{a}.md : en/{b}.md"]), ("pairs", ["{a}.md : {a}.md"]), ("pairs", ["*/{a}.md : en/{a}.md"]),
    ("pairs", [{"source": "{a}.md"}]), ("pairs", [{"source": "a", "target": "b", "kee": "id"}]),
    ("pairs", [{"source": "a/{n}", "target": "b/*", "key": "id"}]), ("pairs", ["a/{n} : {lang}/{m}"]),
    ("formats", "plain"), ("formats", {"*.rst": "plane"}), ("formats", {"*.rst": 1}),
    ("per-file-ignores", ["a:TRM101"]),
    ("per-file-ignores", {"a": "NOPE"}), ("per-file-ignores", {"a": 1}),
    ("severity", "error"), ("severity", {"TRM101": "fatal"}),
    ("severity", {"NOPE": "error"}), ("source-lang", "chinese"), ("source-lang", "z"), ("source-key", " "),
    ("unknown", 1),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG, ids=lambda one: str(one))
def test_a_wrong_value_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(TermcheckError) as caught:
        read_option(key, value, Place("/"))
    assert key in caught.value.message


@pytest.mark.parametrize("key", OPTIONS.by_key)
def test_every_option_refuses_a_value_of_another_type(key: str) -> None:
    with pytest.raises(TermcheckError, match=f"'{key}': expected .*, not a number"):
        read_option(key, 1.5, Place("/"))


# Layers


def test_the_last_layer_decides_and_extend_keys_add_up(here: Path) -> None:
    write(
        here / "base.toml", "fail-on = 'info'\nexclude = ['a']\nextend-exclude = ['b']\nencoding = 'big5'\n"
    )
    path = write(here / "termcheck.toml", "extend = 'base.toml'\nfail-on = 'error'\nextend-exclude = ['c']\n")
    settings = load(path, **{"extend-exclude": ["d"], "encoding": "utf-8"})
    assert settings.fail_on is Severity.ERROR
    assert settings.encoding == "utf-8"
    assert [glob.pattern for glob in settings.exclude] == ["a", "b", "c", "d"]


def test_paths_of_an_extended_config_are_relative_to_it(here: Path) -> None:
    write(here / "shared" / "base.toml", "glossary = 'terms.yaml'\nexclude = ['x/*.md']\n")
    settings = load(write(here / "project" / "termcheck.toml", "extend = '../shared/base.toml'\n"))
    assert settings.root == (here / "project").as_posix()
    assert settings.glossaries == ("shared/terms.yaml",)
    assert settings.exclude[0].matches((here / "shared/x/a.md").as_posix())
    assert not settings.exclude[0].matches((here / "project/x/a.md").as_posix())


def test_a_chain_of_configs(here: Path) -> None:
    write(here / "c.toml", "[severity]\nTRM101 = 'info'\nTRM105 = 'info'\n")
    write(here / "b.toml", "extend = 'c.toml'\n[severity]\nTRM105 = 'error'\n")
    layers = load_config(str(write(here / "a.toml", "extend = 'b.toml'\n")))
    assert [layer.path for layer in layers] == ["c.toml", "b.toml", "a.toml"]
    severities = resolve(layers).selection.severities
    assert severities == {"TRM101": Severity.INFO, "TRM105": Severity.ERROR}


def test_a_config_that_extends_itself(here: Path) -> None:
    with pytest.raises(TermcheckError, match="circle"):
        load_config(str(write(here / "a.toml", "extend = './a.toml'\n")))


def test_paths_in_flags_stay_as_written() -> None:
    assert resolve([flags_layer({"glossary": ["../x/terms.yaml"]})]).glossaries == ("../x/terms.yaml",)


# Places


@pytest.mark.parametrize(
    ("text", "key", "words", "expected"),
    [
        ("select = []\nignore = []\n", "ignore", (), (2, 1)),
        ("  ignore=[]\n", "ignore", (), (1, 3)),
        ("'ignore' = []\n", "ignore", (), (1, 1)),
        ("[severity]\n", "severity", (), (1, 2)),
        ("severity.TRM101 = 'error'\n", "severity", (), (1, 1)),
        ("[tool.termcheck.severity]\n", "severity", (), (1, 17)),
        ("[a]\nselect = 1\n[tool.termcheck]\nselect = 2\n", "select", (), (4, 1)),
        ("select = ['A',\n 'B']\n", "select", ("B",), (2, 3)),
        ("select = ['AB',\n 'B']\n", "select", ("B",), (2, 3)),
        ("# ignore = 1\nignore = 2\n", "ignore", (), (2, 1)),
        ("select = 1\n", "ignore", (), (0, 0)),
    ],
)
def test_the_place_of_a_key(text: str, key: str, words: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert locate_key(text, key, words) == expected


def test_lines_are_counted_in_windows_newlines_and_after_a_signature(here: Path) -> None:
    (here / "termcheck.toml").write_bytes(b"\xef\xbb\xbffail-on = 'error'\r\n\r\nnope = 1\r\n")
    with pytest.raises(TermcheckError, match=r"^termcheck\.toml:3:1: unknown key 'nope'"):
        load_config("termcheck.toml")


# The settings as text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select = []\n",
        "glossary = ['a.yaml', '../b.yaml']\nencoding = 'big5'\nforce-exclude = true\n",
        "exclude = ['a \"b\".md', '/abs/x', 'c\\d']\ninclude = ['*.md']\ndate = 2025-01-01\n",
        "pairs = ['zh/{n}.md : en/{n}.md', {source = '{n:**}.zh.md', target = '{n:**}.en.md'}]\n",
        "[formats]\n'*.rst' = 'plain'\n[[pairs]]\nsource = 'zh/*'\ntarget = 'en/*'\nkey = 'id'\n",
        "[severity]\nTRM = 'info'\nTRM101 = 'error'\n[per-file-ignores]\n'!a/*.md' = ['TRM101']\nb = 'ALL'\n",
    ],
)
def test_settings_shown_are_a_config_that_sets_them(text: str, here: Path) -> None:
    path = write(here / "sub" / "termcheck.toml", text)
    settings = load(path)
    shown = settings_text(settings)
    write(path, shown)
    assert settings_text(load(path)) == shown
    again = load(path)
    assert again.selection.codes == settings.selection.codes
    assert again.selection.severities == settings.selection.severities
    assert (again.glossaries, again.pairs, again.exclude) == (
        settings.glossaries,
        settings.pairs,
        settings.exclude,
    )


@pytest.mark.parametrize("name", ["termcheck.toml", "a.md"])
def test_a_key_of_many_parts_takes_no_time(name: str, tmp_path: Path, termcheck: Termcheck) -> None:
    key = ".".join("a" * 100_000) + " = 1\n"
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(f"+++\n{key}+++\n上合组织开会。\n\nThe SCO met.\n", encoding="utf-8")
    if name == "termcheck.toml":
        (tmp_path / name).write_text(key)
    begin = time.process_time()
    said = termcheck("check", "a.md", cwd=tmp_path, status=2 if name == "termcheck.toml" else 0)
    assert time.process_time() - begin < 3
    if name == "termcheck.toml":
        assert said == "error: termcheck.toml: is no valid TOML: it is nested too deeply\n"
