"""The languages: their lines and modules are complete, well-formed and loaded only when needed."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest
import Stemmer
from msgspec.structs import asdict

from termcheck import languages
from termcheck.languages.table import GUESSED, TABLE, Line
from termcheck.languages.word_keys import keys_of, stem_of
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.text.fold import fold
from termcheck.text.scripts import SCRIPT_CLASSES, letter_counts, letters_of

WITH_MODULE = [tag for tag, line in TABLE.items() if line.module]
# Modules of the package that are not about one language.
SHARED = {
    "dictionary",
    "identify",
    "inflected_terms",
    "language",
    "lemma_endings",
    "lemma_index",
    "simplemma_table",
    "simplemma_files",
    "table",
    "word_keys",
}
# Fields that the registry takes from the table.
FROM_TABLE = {"tag", "name", "scripts", "function_words", "dictionary"}


def module_of(tag: str) -> ModuleType:
    return import_module(f"termcheck.languages.{TABLE[tag].module_name}")


def declared_lists(tag: str) -> Iterator[list[str]]:
    """The words of each call of `words` in a module, as they are written."""
    for node in ast.walk(ast.parse(inspect.getsource(module_of(tag)))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "words":
            assert isinstance(node.args[0], ast.Constant)
            yield str(node.args[0].value).split()


def declared_texts(tag: str) -> Iterator[tuple[str, str]]:
    """(field, text) of all that is compared with folded text."""
    language = languages.get(tag)
    for field, value in asdict(language).items():
        if field in FROM_TABLE | {"small_in_titles", "deriving_endings"}:
            continue
        if isinstance(value, frozenset):
            yield from ((field, text) for text in value)
        elif isinstance(value, dict):
            yield from ((field, text) for pair in value.items() for text in pair)
    yield from (("same_coordinators", char) for char in language.same_coordinators)
    yield from (("particles", char) for char in language.particles)
    yield "droppable_link", language.droppable_link


def test_the_table_names_all_modules_and_no_others() -> None:
    modules = {module.name for module in pkgutil.iter_modules(languages.__path__)} - SHARED
    assert modules == {TABLE[tag].module_name for tag in WITH_MODULE}


@pytest.mark.parametrize("tag", TABLE)
def test_lines_are_well_formed(tag: str) -> None:
    line = TABLE[tag]
    assert re.fullmatch(r"[a-z]{2,3}", tag)
    assert re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+)*", line.name)
    assert [other for other in TABLE.values() if other.name == line.name] == [line]
    assert languages.base_tag(tag) == tag
    assert line.scripts
    assert set(line.scripts.split()) <= set(SCRIPT_CLASSES)


@pytest.mark.parametrize("tag", [tag for tag, line in TABLE.items() if line.words or line.letters])
def test_small_words_and_letters_are_in_the_language_s_script(tag: str) -> None:
    line = TABLE[tag]
    for word in line.words.split():
        assert word == word.lower()
        assert letter_counts(word), word
        assert set(letter_counts(word)) <= set(line.scripts.split()), word
    assert set(letter_counts(line.letters)) <= set(line.scripts.split())
    assert line.letters == line.letters.lower()
    for listed in (line.words.split(), line.letters):
        assert len(set(listed)) == len(listed), [each for each in listed if listed.count(each) > 1]


@pytest.mark.parametrize("tag", WITH_MODULE)
def test_modules_are_documented_with_their_sources(tag: str) -> None:
    doc = inspect.getdoc(module_of(tag)) or ""
    assert doc.startswith(TABLE[tag].name)
    assert re.search(r"^Sources: \S", doc, re.MULTILINE)
    if languages.get(tag).stemmer and TABLE[tag].module_name != "bosnian":
        assert f"https://snowballstem.org/algorithms/{languages.get(tag).stemmer}/" in doc


@pytest.mark.parametrize("tag", WITH_MODULE)
def test_modules_declare_something_that_the_table_does_not_have(tag: str) -> None:
    declared, default = asdict(module_of(tag).LANGUAGE), asdict(languages.Language())
    assert {field for field in declared if declared[field] != default[field]} - FROM_TABLE
    assert all(declared[field] == default[field] for field in FROM_TABLE)


@pytest.mark.parametrize("tag", WITH_MODULE)
def test_declared_words_are_folded_and_listed_once(tag: str) -> None:
    for listed in declared_lists(tag):
        assert len(set(listed)) == len(listed), [word for word in listed if listed.count(word) > 1]
    scripts = set(TABLE[tag].scripts.split())
    for field, text in declared_texts(tag):
        assert fold(text, tag).text == text, field
        assert set(letter_counts(text)) <= scripts, (field, text)


@pytest.mark.parametrize("tag", WITH_MODULE)
def test_fields_agree_with_one_another(tag: str) -> None:
    language = languages.get(tag)
    assert not language.links & language.fillers
    assert not language.fillers or language.links
    assert not language.droppable_link or language.droppable_link in language.links
    assert not language.plural_endings or language.stemmer
    assert not language.acronym_plural or language.source_forms
    assert set(language.same_coordinators) <= language.coordinators
    assert language.spaced or not language.articles | language.links
    assert not (language.spaced and language.particles + language.segmenter)
    assert not language.clitics or re.compile(language.clitics).fullmatch("") is None
    assert not language.clitics or languages.main_language(language.scripts[0]) == tag


@pytest.mark.parametrize("tag", TABLE)
def test_forms_of_source_terms_come_with_keys_of_target_words(tag: str) -> None:
    language = languages.get(tag)
    one_sided = language.has_forms is not language.has_keys
    assert one_sided is bool(language.one_sided)


@pytest.mark.parametrize("tag", [tag for tag in WITH_MODULE if languages.get(tag).stemmer])
def test_stemmers_exist(tag: str) -> None:
    assert languages.get(tag).stemmer in Stemmer.algorithms()


@pytest.mark.parametrize("tag", TABLE)
def test_a_word_is_among_its_own_keys(tag: str) -> None:
    words = languages.get(tag).function_words or {"port"}
    for word in (fold(word, tag).text for word in words):
        assert word in keys_of(tag)(word)
        assert stem_of(tag)(word)


@pytest.mark.parametrize("script", SCRIPT_CLASSES)
def test_a_language_is_spaced_where_edges_look_for_word_boundaries(script: str) -> None:
    letter = letters_of(script).search("".join(map(chr, range(0x2FFFF))))
    assert letter is not None
    assert languages.Language(scripts=(script,)).spaced is is_alphabetic(letter[0][0])


def test_a_language_without_a_module_is_what_its_line_says() -> None:
    language = languages.get("mt")
    assert (language.tag, language.name, language.scripts) == ("mt", "Maltese", ("latin",))
    assert "għal" in language.function_words
    assert not language.has_keys
    assert keys_of("mt")("karti") == {"karti"}


def test_an_unknown_language_is_compared_word_by_word() -> None:
    language = languages.get("tlh-Cyrl")
    assert (language.tag, language.name, language.scripts) == ("tlh", "tlh", ("cyrillic",))
    assert languages.line_of("tlh") == Line("tlh")
    assert keys_of("tlh")("qapla") == {"qapla"}


@pytest.mark.parametrize(
    ("tag", "name", "scripts"),
    [
        ("zh-Hant", "Chinese", ("han",)),
        ("EN-gb", "English", ("latin",)),
        ("nb", "Norwegian", ("latin",)),
        ("nn-NO", "Norwegian", ("latin",)),
        ("sr-Latn", "Serbian", ("latin",)),
        ("sr", "Serbian", ("cyrillic", "latin")),
        ("pt-BR", "Portuguese", ("latin",)),
    ],
)
def test_subtags_choose_only_the_script(tag: str, name: str, scripts: tuple[str, ...]) -> None:
    language = languages.get(tag)
    assert (language.name, language.scripts) == (name, scripts)
    module = module_of(language.tag).LANGUAGE
    assert language.coordinators == module.coordinators


def test_each_script_has_at_most_one_usual_language_and_it_comes_first() -> None:
    for script in SCRIPT_CLASSES:
        candidates = [tag for tag, line in GUESSED.items() if line.main_script == script]
        assert languages.main_language(script) == (candidates[0] if candidates else "")
    assert [languages.main_language(script) for script in ("latin", "cyrillic", "han")] == ["en", "ru", "zh"]


def loaded(code: str) -> set[str]:
    """The languages whose modules a fresh interpreter has imported after some code."""
    code += "\nimport sys; print(*[name for name in sys.modules if name.startswith('termcheck.languages')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {name.split(".")[2] for name in run.stdout.splitlines()[-1].split() if name.count(".") > 1}
    return names - SHARED


def test_the_version_needs_no_language() -> None:
    assert (
        loaded("from termcheck.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass") == set()
    )


def test_a_check_imports_only_the_languages_of_its_pair() -> None:
    text = "上合组织峰会。对外开放的港口。\\n\\nThe summits of the SPO, and open ports.\\n"
    code = f"""
import termcheck, pathlib, tempfile
from termcheck.cli import main
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "glossary.yaml").write_text("上合组织: SCO\\n开放港口: open port\\n", encoding="utf-8")
(folder / "text.md").write_text("{text}", encoding="utf-8")
main(["check", str(folder / "text.md"), "-g", str(folder / "glossary.yaml"), "--isolated", "--no-cache"])
"""
    assert loaded(code) == {"chinese", "english"}
