"""Reading glossary files, and several of them into one."""

from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.glossary import Loaded, load_glossary
from termcheck.model import TermcheckError


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def terms(loaded: Loaded) -> dict[str, list[str]]:
    return {concept.id: [term.text for term in concept.terms] for concept in loaded.glossary.concepts}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_with_and_without_signature(tmp_path: Path, encoding: str) -> None:
    loaded = load_glossary([write(tmp_path, "g.yaml", "东盟: ASEAN\n", encoding)])
    assert terms(loaded) == {"东盟": ["东盟", "ASEAN"]}
    assert loaded.conflicts == ()


@pytest.mark.parametrize(
    ("encoding", "offset", "line"), [("gb18030", 9, 2), ("utf-16", 0, 1), ("big5", 9, 2)]
)
def test_another_encoding_is_named_with_the_byte(
    tmp_path: Path, encoding: str, offset: int, line: int
) -> None:
    path = write(tmp_path, "g.yaml", "# remark\n東盟: ASEAN\n", encoding)
    with pytest.raises(TermcheckError) as caught:
        load_glossary([path])
    assert f"at offset {offset} " in caught.value.message
    assert caught.value.line == line
    assert "UTF-8" in caught.value.advice


def test_the_offset_counts_the_signature(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(b"\xef\xbb\xbfab: \xff\n")
    with pytest.raises(TermcheckError, match="byte 0xff at offset 7"):
        load_glossary([path])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.yaml", "there is no such glossary"),
        ("folder", "this is a directory"),
        ("terms.xls", "not read from .xls"),
    ],
)
def test_files_that_are_no_glossary(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path, "terms.xls", "东盟,ASEAN\n")
    with pytest.raises(TermcheckError) as caught:
        load_glossary([tmp_path / name])
    assert says in caught.value.message
    assert caught.value.advice
    assert caught.value.path.endswith(name)


def test_no_glossary_at_all() -> None:
    with pytest.raises(TermcheckError, match="no glossary is given"):
        load_glossary([])


def test_a_later_file_replaces_the_whole_entry(tmp_path: Path) -> None:
    house = write(
        tmp_path, "house.yaml", "languages: [zh, en]\nterms:\n  东盟: [ASEAN, Asean]\n  北约: NATO\n"
    )
    team = write(
        tmp_path, "team.yaml", "title: Team\nterms:\n  东盟: Association of Southeast Asian Nations\n"
    )
    loaded = load_glossary([house, team])
    assert terms(loaded) == {
        "北约": ["北约", "NATO"],
        "东盟": ["东盟", "Association of Southeast Asian Nations"],
    }
    (conflict,) = loaded.conflicts
    assert (conflict.term, conflict.winner.origin.path, conflict.loser.origin.path, conflict.differs) == (
        "东盟",
        team.as_posix(),
        house.as_posix(),
        True,
    )
    assert loaded.glossary.title == "Team"
    assert loaded.glossary.paths == (house.as_posix(), team.as_posix())
    assert terms(load_glossary([team, house]))["东盟"] == ["东盟", "ASEAN", "Asean"]


def test_the_same_id_is_the_same_entry(tmp_path: Path) -> None:
    house = write(tmp_path, "house.yaml", "上合组织: {concept: sco, en: SCO}\n")
    team = write(tmp_path, "team.yaml", "上海合作组织: {concept: sco, en: SCO}\n")
    loaded = load_glossary([house, team])
    assert terms(loaded) == {"sco": ["上海合作组织", "SCO"]}
    assert [conflict.differs for conflict in loaded.conflicts] == [False]


def test_only_a_shared_further_name_is_lost(tmp_path: Path) -> None:
    house = write(tmp_path, "house.yaml", "东盟: {zh: [东南亚国家联盟, 亚细安], en: ASEAN}\n")
    team = write(tmp_path, "team.yaml", "亚细安: Asean\n")
    loaded = load_glossary([house, team])
    assert terms(loaded) == {"东盟": ["东盟", "东南亚国家联盟", "ASEAN"], "亚细安": ["亚细安", "Asean"]}
    assert [conflict.term for conflict in loaded.conflicts] == ["亚细安"]


def test_a_higher_priority_is_not_replaced(tmp_path: Path) -> None:
    house = write(tmp_path, "house.yaml", "东盟: {en: ASEAN, priority: 1}\n")
    team = write(tmp_path, "team.yaml", "东盟: Asean\n北约: NATO\n")
    loaded = load_glossary([house, team])
    assert terms(loaded) == {"东盟": ["东盟", "ASEAN"], "北约": ["北约", "NATO"]}
    assert [conflict.loser.origin.path for conflict in loaded.conflicts] == [team.as_posix()]


def test_entries_of_one_file_do_not_replace_one_another(tmp_path: Path) -> None:
    text = "东盟: {zh: 亚细安, en: ASEAN}\n亚细安: Asean\n"
    one, other = write(tmp_path, "a.yaml", text), write(tmp_path, "b.yaml", "北约: NATO\n")
    assert len(load_glossary([other, one]).glossary.concepts) == 3


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "g.yaml", "东盟: ASEAN\n")
    loaded = load_glossary([path, str(path), tmp_path / "." / "g.yaml"])
    assert terms(loaded) == {"东盟": ["东盟", "ASEAN"]}
    assert loaded.conflicts == ()


def test_languages_of_several_files_are_joined(tmp_path: Path) -> None:
    one = write(tmp_path, "a.yaml", "languages: [zh, en]\nterms: {东盟: ASEAN}\n")
    two = write(tmp_path, "b.yaml", "languages: [zh-Hans, fr]\nterms: {北约: OTAN}\n")
    assert load_glossary([one, two]).glossary.languages == ("zh", "en", "fr")
