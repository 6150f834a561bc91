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
from termcheck import engine
from termcheck.config import flags_layer, resolve
from termcheck.discovery import Scope, discover
from termcheck.engine import glossary_cache
from termcheck.glossary import Loaded, load_glossary_text
from termcheck.matching.index.compiled_glossary import index_glossary
from termcheck.model import Report, TermcheckError

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


def returned(loaded: Loaded) -> None:
    """Assert that a glossary and its index come back from the cache as they went in."""
    index = index_glossary(loaded.glossary, "zh", "en")
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
        entry.write_bytes(
            {
                "cut": whole[:middle],
                "emptied": b"",
                "changed": whole[:middle] + changed + whole[middle + 1 :],
            }[damage]
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
    entry.write_bytes(b"planted")
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
