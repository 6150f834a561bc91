"""The dictionary of forms: what its index holds, and where it is kept."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import DefaultDictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from termcheck import languages
from termcheck.config import flags_layer, resolve
from termcheck.engine.glossaries import Glossaries
from termcheck.languages import dictionary
from termcheck.languages.dictionary import dictionary_of, spelled
from termcheck.languages.lemma_index import LemmaIndex, write_index
from termcheck.languages.table import DICTIONARIES, TABLE
from termcheck.languages.word_keys import keys_of
from termcheck.text.fold import fold

words = st.text(st.sampled_from("abcé漢"), min_size=1, max_size=4)
tables = st.dictionaries(words, words, max_size=40)


def index_of(records: dict[str, str]) -> LemmaIndex:
    with tempfile.TemporaryFile() as file:
        write_index(file, ((form.encode(), lemma.encode()) for form, lemma in records.items()), len(records))
        file.flush()
        return LemmaIndex.mapped(file)


@given(tables)
def test_an_index_knows_the_lemmas_and_forms_of_its_records(records: dict[str, str]) -> None:
    index = index_of(records)
    lemmas = set(records.values())
    for word in {*records, *lemmas, "d", "aaaaaaaa"}:
        expected = {records[word]} if word in records else set()
        assert index.lemmas(word) == expected | ({word} & lemmas)
        own = {form for form, lemma in records.items() if lemma == word}
        assert index.forms(word) == (own | {word} if word in lemmas else set())


def test_a_form_may_have_several_lemmas() -> None:
    with tempfile.TemporaryFile() as file:
        write_index(file, [(b"saw", b"see"), (b"saw", b"saw"), (b"sees", b"see")], 3)
        file.flush()
        index = LemmaIndex.mapped(file)
    assert index.lemmas("saw") == {"saw", "see"}
    assert index.forms("see") == {"saw", "see", "sees"}


def test_a_damaged_index_is_refused() -> None:
    whole = io.BytesIO()
    write_index(whole, [(b"sees", b"see")], 1)
    data = whole.getvalue()
    for damaged in (b"", data[:20], data[:-1], data + b"x", b"x" + data[1:]):
        with tempfile.TemporaryFile() as file:
            file.write(damaged)
            file.flush()
            with pytest.raises(ValueError, match=r"\w"):
                LemmaIndex.mapped(file)
        with pytest.raises(ValueError, match=r"\w"):
            LemmaIndex(damaged)


def test_words_that_no_index_can_hold_are_unknown() -> None:
    index = index_of({"sees": "see"})
    for word in ("", "a b", "a\0b", "\ud800", "a" * 1000):
        assert not index.lemmas(word)
        assert not index.forms(word)


def test_the_dictionary_agrees_with_simplemma() -> None:
    known = dictionary_of("lv")
    assert known is not None
    table = DefaultDictionaryFactory().get_dictionary("lv")
    for form in islice(table, 0, None, 97):
        form_folded, lemma = (spelled(fold(word, "lv").text) for word in (form, table[form]))
        if " " not in form_folded + lemma:
            assert lemma in known.lemmas(form_folded), form
            assert form_folded in known.forms(lemma), form


@pytest.fixture
def no_dictionaries() -> Iterator[None]:
    dictionary._dictionary.cache_clear()
    yield
    dictionary._dictionary.cache_clear()


@pytest.mark.usefixtures("no_dictionaries")
def test_the_index_is_made_once_and_replaces_those_of_other_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path))
    (tmp_path / "forms").mkdir(mode=0o700)
    former = tmp_path / "forms" / "ms-00000000.forms"
    former.write_bytes(b"termcheck forms 1\0 of another version")
    others = [
        tmp_path / "forms" / name for name in ("ms-00000001.forms", "ms-holiday.forms", "de-00000000.forms")
    ]
    for other in others:
        other.write_bytes(b"somebody's own" if other is others[0] else former.read_bytes())
    announced: list[str] = []
    monkeypatch.setattr(dictionary, "announce", [announced.append])
    for _ in range(2):
        dictionary._dictionary.cache_clear()
        known = dictionary_of("ms")
        assert known is not None
        assert known.forms("rumah")
    assert announced == ["ms"]
    assert all(other.exists() for other in others)
    assert not former.exists()
    (kept,) = {*(tmp_path / "forms").glob("ms-*.forms")} - {*others}
    kept.unlink()
    kept.write_bytes(b"damaged")
    kept.chmod(0o400)
    dictionary._dictionary.cache_clear()
    assert dictionary_of("ms") is not None
    assert announced == ["ms", "ms"]


@pytest.mark.usefixtures("no_dictionaries")
def test_the_dictionary_works_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(blocked))
    known = dictionary_of("ms")
    assert known is not None
    assert known.forms("rumah")


@pytest.mark.usefixtures("no_dictionaries")
def test_an_index_that_a_checkout_may_have_brought_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path))
    assert dictionary_of("ms") is not None
    (index,) = (tmp_path / "forms").glob("*.forms")
    of_another = io.BytesIO()
    write_index(of_another, [(b"houses", b"rumah")], 1)
    for mode, known in ((0o644, False), (0o400, True)):
        index.unlink(missing_ok=True)
        index.write_bytes(of_another.getvalue())
        index.chmod(mode)
        dictionary._dictionary.cache_clear()
        found = dictionary_of("ms")
        assert found is not None
        assert ("houses" in found.forms("rumah")) is known


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_of_two_first_runs_one_makes_the_index(tmp_path: Path) -> None:
    program = (
        "from termcheck.languages import dictionary\n"
        "made = dictionary._made\n"
        "dictionary._made = lambda table: print('made', flush=True) or made(table)\n"
        "assert dictionary.dictionary_of('ms').forms('rumah')\n"
    )
    environment = {**os.environ, "TERMCHECK_CACHE_DIR": str(tmp_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sorted(said) == [b"", b"", b"made\n"]


@pytest.mark.usefixtures("no_dictionaries")
def test_the_index_is_in_the_cache_that_the_settings_name(tmp_path: Path) -> None:
    settings = resolve([flags_layer({"cache-dir": str(tmp_path / "own")})])
    Glossaries(settings)
    assert dictionary_of("ms") is not None
    assert [path.suffix for path in (tmp_path / "own" / "forms").iterdir()].count(".forms") == 1


@pytest.mark.usefixtures("no_dictionaries")
def test_a_full_disk_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(dictionary, "replacing", full)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    known = dictionary_of("ms")
    assert known is not None
    assert known.forms("rumah")
    assert not list((tmp_path / "forms").glob("*.forms*"))


@pytest.mark.parametrize("tag", DICTIONARIES)
def test_dictionaries_are_of_languages_in_the_table_and_exist(tag: str) -> None:
    assert tag in TABLE
    assert languages.get(tag).has_forms
    assert languages.get(tag).has_keys
    assert DICTIONARIES[tag] in SUPPORTED_LANGUAGES


def same(tag: str, sought: str, written: str) -> bool:
    """Whether a sought word and a word of a text are the same."""
    return not keys_of(tag, sought=True)(sought).isdisjoint(keys_of(tag)(written))


@pytest.mark.parametrize(
    ("tag", "sought", "written"),
    [
        ("es", "puerta", "puertas"),
        ("es", "procesar", "procesa"),
        ("it", "marchio", "marchi"),
        ("it", "trasportare", "trasporta"),
        ("fr", "afficher", "affiche"),
        ("de", "speichern", "gespeichert"),
        ("nl", "naam", "namen"),
        ("es", "microservicio", "microservicios"),
        ("id", "pencetak", "pencetaknya"),
    ],
)
def test_forms_of_one_word(tag: str, sought: str, written: str) -> None:
    assert same(tag, sought, written)


@pytest.mark.parametrize(
    ("tag", "sought", "written"),
    [
        ("es", "puerta", "puerto"),
        ("es", "puerto", "puerta"),
        ("es", "procesar", "proceso"),
        ("es", "proceso", "procesar"),
        ("it", "marchio", "marca"),
        ("it", "trasportare", "trasporto"),
        ("it", "trasporto", "trasportare"),
        ("de", "regel", "regler"),
        ("id", "batas", "perbatasan"),
    ],
)
def test_words_of_one_stem_are_not_the_same(tag: str, sought: str, written: str) -> None:
    assert not same(tag, sought, written)
