"""Compiled glossaries on disk: the same report with and without, and no trust in what others may write."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from support import ROOT
from termcheck import cachedir, engine
from termcheck.config import flags_layer, resolve
from termcheck.discovery import discover
from termcheck.engine import glossary_cache
from termcheck.glossary import Loaded, load_glossary_text
from termcheck.languages import simplemma_files
from termcheck.matching.index.compiled_glossary import GlossaryIndex, index_glossary
from termcheck.model import Glossary, Report, TermcheckError
from termcheck.scope import Scope

TALK = "上合组织与北约的会议在南海举行。\n\nThe bloc and NATO met in the south sea.\n"
# What an entry can hold: names, forbidden terms, patterns, phrases, kin, severities, dates, conflicts.
GLOSSARIES = {
    "bare": ["上合组织: SCO\n南海: [South China Sea, SCS]\n北约: [NATO, N.A.T.O.]\n"],
    "full": [
        "languages: [zh, en]\nkeep: [X]\nterms:\n"
        "  上合组织: {concept: sco, zh: 上海合作组织, en: [SCO], severity: error, note: a bloc}\n"
        "  上合: {en: SCO}\n"
        "  南海: {en: South China Sea, forbid: [South Sea], except_in: [南海路]}\n"
        "  北约: {en: [{term: 'N[Aa]TO', match: regex}], valid_from: 2020-01-01}\n"
    ],
    "overruled": ["上合组织: Shanghai Pact\n南海: South Sea\n", "上合组织: SCO\n南海: South China Sea\n"],
}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def check(where: Path, glossaries: list[str], talk: str = TALK, **flags: object) -> Report:
    paths = []
    for number, text in enumerate(glossaries):
        paths.append(str(where / f"glossary{number}.yaml"))
        Path(paths[-1]).write_text(text, encoding="utf-8")
    (where / "talk.txt").write_text(talk, encoding="utf-8")
    settings = resolve([flags_layer({"date": "2025-12-25", "glossary": paths, "select": ["ALL"], **flags})])
    return engine.check(discover([str(where / "talk.txt")], Scope(settings.glossaries)).jobs, settings)


def put(entry: Path, data: bytes) -> None:
    """Write an entry as the cache does: with permissions that no checkout has."""
    entry.unlink(missing_ok=True)
    entry.write_bytes(data)
    entry.chmod(0o400)


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "glossaries").glob("*"))


@pytest.mark.parametrize("name", GLOSSARIES)
def test_a_kept_glossary_gives_the_same_report(name: str, tmp_path: Path, cache: Path) -> None:
    without = check(tmp_path, GLOSSARIES[name], cache=False)
    assert without.findings
    for _ in range(2):
        assert check(tmp_path, GLOSSARIES[name], **{"cache-dir": str(cache)}) == without
    assert len(entries(cache)) == 1


def test_the_habits_of_a_glossary_are_kept_too(tmp_path: Path, cache: Path) -> None:
    words = ["harbour", "ship", "pilot", "quay", "crane", "cargo", "tide", "berth", "crew"]
    entries = "".join(f"  {word}: 词{number}\n" for number, word in enumerate(words))
    glossary = [f"languages: [en, zh]\nterms:\n  Treasury: 库务署\n{entries}"]
    talk = "It was a treasury of maps about every harbour.\n\n那里藏有许多地图。\n"
    without = check(tmp_path, glossary, talk, cache=False, select=["TRM101"])
    assert [finding.term.source for finding in without.findings if finding.term] == ["harbour"]
    for _ in range(2):
        flags = {"cache-dir": str(cache), "select": ["TRM101"]}
        assert check(tmp_path, glossary, talk, **flags) == without


def test_the_terms_asked_for_are_no_part_of_what_is_kept(tmp_path: Path, cache: Path) -> None:
    for terms in ([], ["南海"], ["sco"]):
        flags = {"term": terms} if terms else {}
        without = check(tmp_path, GLOSSARIES["full"], cache=False, **flags)
        assert check(tmp_path, GLOSSARIES["full"], **{"cache-dir": str(cache)}, **flags) == without
    assert len(entries(cache)) == 1


def test_our_own_glossary_is_read_back_as_it_was() -> None:
    glossary = load_glossary_text((ROOT / "glossary.yaml").read_text("utf-8"), "glossary.yaml")
    returned(Loaded(glossary))


words = st.text(st.sampled_from("上合组织南海abSCO -'é."), min_size=1, max_size=6).filter(str.strip)


@given(st.dictionaries(words, st.lists(words, min_size=1, max_size=3, unique=True), min_size=1, max_size=6))
def test_whatever_is_kept_is_read_back(terms: dict[str, list[str]]) -> None:
    lines = [f"  {quoted(term)}: [{', '.join(map(quoted, accepted))}]\n" for term, accepted in terms.items()]
    try:
        glossary = load_glossary_text("languages: [zh, en]\nterms:\n" + "".join(lines), "g.yaml")
    except TermcheckError:
        reject()
    returned(Loaded(glossary))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def index_of(glossary: Glossary) -> GlossaryIndex:
    return index_glossary(glossary, "zh", "en")


def returned(loaded: Loaded) -> None:
    """Assert that a glossary and its index come back from the cache as they went in."""
    index = index_of(loaded.glossary)
    with tempfile.TemporaryDirectory() as folder:
        cache = glossary_cache.GlossaryCache(folder)
        cache.write(b"key", loaded, index)
        entry = cache.read(b"key")
    assert entry is not None
    found, cached_index = entry
    assert tuple(found.glossary.concepts) == loaded.glossary.concepts
    assert replace(found.glossary, concepts=()) == replace(loaded.glossary, concepts=())
    assert cached_index == index
    assert found.glossary.concepts[-1] is found.glossary.concepts[len(found.glossary.concepts) - 1]


def test_a_changed_glossary_is_read_again(tmp_path: Path, cache: Path) -> None:
    for rendering, count in (("the bloc", 0), ("SCO", 1), ("the bloc", 0)):
        report = check(tmp_path, [f"上合组织: {rendering}\n"], select=["TRM101"], **{"cache-dir": str(cache)})
        assert len(report.findings) == count


@pytest.mark.parametrize("damage", ["cut", "emptied", "changed", "of another"])
def test_a_damaged_entry_is_written_anew(damage: str, tmp_path: Path, cache: Path) -> None:
    flags = {"cache-dir": str(cache)}
    without = check(tmp_path, GLOSSARIES["full"], cache=False)
    check(tmp_path, GLOSSARIES["full"], **flags)
    (entry,) = entries(cache)
    whole = entry.read_bytes()
    middle = len(whole) // 2
    if damage == "of another":
        check(tmp_path, GLOSSARIES["bare"], **flags)
        (other,) = (one for one in entries(cache) if one != entry)
        other.replace(entry)
    else:
        changed = bytes([whole[middle] ^ 1])
        put(
            entry,
            {
                "cut": whole[:middle],
                "emptied": b"",
                "changed": whole[:middle] + changed + whole[middle + 1 :],
            }[damage],
        )
    assert check(tmp_path, GLOSSARIES["full"], **flags) == without
    assert entry.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such permissions here")
@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_directory_that_others_may_write_to_is_not_used(mode: int, tmp_path: Path, cache: Path) -> None:
    flags = {"cache-dir": str(cache)}
    check(tmp_path, GLOSSARIES["bare"], **flags)
    (entry,) = entries(cache)
    (cache / "glossaries").chmod(mode)
    # Were it read, it would be read as another glossary.
    put(entry, b"planted")
    assert check(tmp_path, GLOSSARIES["bare"], **flags) == check(tmp_path, GLOSSARIES["bare"], cache=False)
    assert entry.read_bytes() == b"planted"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such permissions here")
def test_a_directory_of_somebody_else_is_not_used(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache / "glossaries").mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})
    assert not entries(cache)


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file, where a directory is asked for")
    report = check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})
    assert report == check(tmp_path, GLOSSARIES["bare"], cache=False)


def test_what_was_not_used_for_longest_goes_first(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary_cache, "MOST_ENTRIES", 2)
    names = []
    for age, name in enumerate(("bare", "full")):
        check(tmp_path, GLOSSARIES[name], **{"cache-dir": str(cache)})
        (new,) = set(entries(cache)) - set(names)
        os.utime(new, (1000 + age, 1000 + age))
        names.append(new)
    check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})  # the older one is used again
    check(tmp_path, GLOSSARIES["overruled"], **{"cache-dir": str(cache)})
    assert len(entries(cache)) == 2
    assert names[0].exists()
    assert not names[1].exists()


def test_all_entries_together_are_bounded(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary_cache, "MOST_BYTES", 0)
    check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})
    assert not entries(cache)


def test_runs_at_the_same_time_agree(tmp_path: Path, cache: Path) -> None:
    without = check(tmp_path, GLOSSARIES["full"], cache=False, select=["TRM"])
    command = [
        sys.executable,
        "-m",
        "termcheck",
        "check",
        "--isolated",
        "--cache-dir",
        str(cache),
        "--select",
        "TRM",
    ]
    command += ["--date", "2025-12-25", "-q", "-g", "glossary0.yaml", "talk.txt"]
    running = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(4)
    ]
    outputs = {process.communicate(timeout=120)[0] for process in running}
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == len(without.findings)
    assert len(entries(cache)) == 1


def test_a_mistake_in_a_glossary_is_told_every_time(tmp_path: Path, cache: Path) -> None:
    for _ in range(2):
        report = check(tmp_path, ["上合组织: SCO\n上合组织: Pact\n"], **{"cache-dir": str(cache)})
        assert [error.line for error in report.errors] == [2]
    assert not entries(cache)


def test_only_entries_are_deleted(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary_cache, "MOST_ENTRIES", 0)
    folder = cache / "glossaries"
    folder.mkdir(parents=True, mode=0o700)
    outside = tmp_path / "outside"
    outside.write_bytes(b"termcheck cache 1\n")
    others = ["picture.jpg", "00000000.glossary", "0000000.glossary", "00000001.glossary.bak", "link", "dir"]
    for name in others[:4]:
        # The name alone does not make it ours, and neither do the contents.
        (folder / name).write_bytes(b"\xff\xd8" if name == "00000000.glossary" else b"termcheck cache 1\n")
    (folder / "00000002.glossary").symlink_to(outside)
    (folder / "00000003.glossary").mkdir()
    check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})
    kept = {path.name for path in folder.iterdir()}
    assert kept == {*others[:4], "00000002.glossary", "00000003.glossary"}
    assert outside.exists()


def test_what_a_process_left_unfinished_is_deleted_later(tmp_path: Path, cache: Path) -> None:
    flags = {"cache-dir": str(cache)}
    check(tmp_path, GLOSSARIES["bare"], **flags)
    (entry,) = entries(cache)
    left = [cache / "glossaries" / f"{entry.name}.12-{number}" for number in range(2)]
    for path in left:
        path.write_bytes(b"termcheck cache 1\n")
    os.utime(left[0], (1000, 1000))
    check(tmp_path, GLOSSARIES["full"], **flags)
    assert [path.exists() for path in left] == [False, True]


def test_entries_from_the_future_go_first(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary_cache, "MOST_ENTRIES", 2)
    flags = {"cache-dir": str(cache)}
    check(tmp_path, GLOSSARIES["bare"], **flags)
    (entry,) = entries(cache)
    for number in range(3):
        future = entry.with_name(f"0000000{number}.glossary")
        put(future, entry.read_bytes())
        os.utime(future, (4e9, 4e9))
    check(tmp_path, GLOSSARIES["full"], **flags)
    kept = entries(cache)
    assert entry in kept
    assert len(kept) == 2
    assert not any(path.name.startswith("0000000") for path in kept)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such permissions here")
def test_an_entry_that_a_checkout_may_have_brought_is_not_read(tmp_path: Path, cache: Path) -> None:
    flags = {"cache-dir": str(cache)}
    planted = check(tmp_path, GLOSSARIES["bare"], **flags)
    assert planted.findings
    (entry,) = entries(cache)
    paths = [str(tmp_path / "glossary0.yaml")]
    loaded = load_glossary_text("languages: [zh, en]\nterms: {天: sky}\n", paths[0])
    planting = glossary_cache.GlossaryCache(str(entry.parent))
    planting.write(planting.key(paths, ("", "", "", "", "", "")), Loaded(loaded), index_of(loaded))
    (same,) = entries(cache)
    assert same == entry
    # As written by us it is believed, and with the permissions that git gives it is not.
    assert check(tmp_path, GLOSSARIES["bare"], **flags) != planted
    data = entry.read_bytes()
    put(entry, data)
    entry.chmod(0o644)
    assert check(tmp_path, GLOSSARIES["bare"], **flags) == planted


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_an_entry_that_is_no_file_is_not_read(kind: str, tmp_path: Path, cache: Path) -> None:
    flags = {"cache-dir": str(cache)}
    without = check(tmp_path, GLOSSARIES["bare"], **flags)
    (entry,) = entries(cache)
    if kind == "pipe":
        entry.unlink()
        os.mkfifo(entry, 0o400)
    else:
        entry.replace(tmp_path / "elsewhere")
        entry.symlink_to(tmp_path / "elsewhere")
    assert check(tmp_path, GLOSSARIES["bare"], **flags) == without
    assert entry.is_file()
    assert not entry.is_symlink()


def test_a_linked_directory_is_not_used(tmp_path: Path, cache: Path) -> None:
    cache.mkdir()
    (tmp_path / "pictures").mkdir(mode=0o700)
    (cache / "glossaries").symlink_to(tmp_path / "pictures")
    check(tmp_path, GLOSSARIES["bare"], **{"cache-dir": str(cache)})
    assert not list((tmp_path / "pictures").iterdir())


def test_new_tables_of_simplemma_make_new_entries(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "en.plzma").write_bytes(b"old")
    monkeypatch.setattr(simplemma_files, "tables_directory", lambda: str(tables))
    (tmp_path / "g.yaml").write_text("a: b\n")
    (tmp_path / "cache").mkdir()
    keys = glossary_cache.GlossaryCache(str(cache))
    before = keys.key([str(tmp_path / "g.yaml")], ())
    assert keys.key([str(tmp_path / "g.yaml")], ()) == before
    (tables / "en.plzma").write_bytes(b"newer")
    assert keys.key([str(tmp_path / "g.yaml")], ()) != before


@pytest.mark.parametrize("home", ["", "relative", "~"])
def test_without_a_home_directory_there_is_no_cache(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TERMCHECK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    assert cachedir.cache_directory() == ""
    assert cachedir.private_directory(cachedir.cache_directory(), "glossaries") == ""
    assert check(tmp_path, GLOSSARIES["bare"]) == check(tmp_path, GLOSSARIES["bare"], cache=False)
    assert not list(tmp_path.glob("*/glossaries"))
