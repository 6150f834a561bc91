"""jieba's dictionary as termcheck looks words up in it: the same words, counts and cuts as jieba's own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import jieba
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from termcheck import cachedir
from termcheck.matching.strict import segmentation, word_dictionary
from termcheck.matching.strict.word_dictionary import WordDictionary

LINES = "乙 3 n\n甲乙 20 v\n丙丁 9 n\n甲 50 n\n甲乙丙 7\n丁 2 n\nA甲 4 n\n𠀀甲 5 n\n甲乙 21 v\n丁丁丁 0 n\n"
SENTENCES = [
    "这所学校重视对外交流和外交研究",
    "联合国产企业在发展中国家投资",
    "国防部长在台湾海峡问题上发表讲话",
    "中美防长会谈讨论了朝鲜半岛无核化",
    "研究生命起源的科学家来到北京大学生活",
    "二十一世纪海上丝绸之路和一百二十亿元",
    "圖中為累積分佈函數的積分",
    "江小大阿一不人龘靐㐀",
]


def jieba_counts(lines: bytes) -> tuple[dict[str, int], int]:
    file = BytesIO(lines)
    file.name = "dict.txt"
    counts: dict[str, int]
    counts, total = jieba.Tokenizer.gen_pfdict(file)
    return counts, total


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "dict.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_the_installed_dictionary_has_jiebas_words(tokenizer: jieba.Tokenizer) -> None:
    dictionary = WordDictionary.installed()
    assert dictionary.total == tokenizer.total
    # 中 and a word that begins with it must not disturb each other, whichever is asked for first.
    known = [*list(tokenizer.FREQ)[::7], "中国人", "中", "国", "国防部"]
    assert {text: dictionary.count(text) for text in known} == {text: tokenizer.FREQ[text] for text in known}
    unknown = ["", "a", "\n", " ", "中 ", "外x", "外交x", "外交 6143", "\ud800", "😀", "龘龘", "A&"]
    assert {text: dictionary.count(text) for text in unknown} == dict.fromkeys(unknown)


def jieba_cut(tokenizer: jieba.Tokenizer, text: str) -> list[tuple[int, int]]:
    parts, begin = [], 0
    for word in tokenizer.cut(text, HMM=False):
        parts.append((begin, begin + len(word)))
        begin += len(word)
    return parts


runs = st.one_of(
    st.text(st.sampled_from("中国防部长外交流对东海域山积分台湾海峡金融机构发展家㐀龥"), max_size=14),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)
    .map("".join)
    .flatmap(lambda text: st.slices(len(text)).map(lambda part: text[part])),
    st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=8),
)


@given(runs)
@example("发展中国家的国防部长对外交流")
@example("㐀国㐁")
@example("")
def test_a_run_is_cut_as_jieba_cuts_it(tokenizer: jieba.Tokenizer, text: str) -> None:
    assert list(segmentation._cut(text, len(text))) == jieba_cut(tokenizer, text)


def test_sentences_are_cut_as_jieba_cuts_them(tokenizer: jieba.Tokenizer) -> None:
    for text in SENTENCES:
        assert list(segmentation._cut(text, len(text))) == jieba_cut(tokenizer, text)


@given(
    st.lists(st.tuples(st.text("甲乙丙A&é𠀀", min_size=1, max_size=4), st.integers(0, 99)), min_size=1),
    st.lists(st.text("甲乙丙A&é𠀀", max_size=5)),
    st.booleans(),
)
@example([("甲乙", 1), ("甲丙", 2), ("甲乙丙", 3), ("甲丙乙", 4)], ["甲乙"], True)
@example([("A", 0), ("AA", 1), ("A", 0), ("AA", 0)], [], False)
def test_the_lines_may_have_any_order(words: list[tuple[str, int]], asked: list[str], ended: bool) -> None:
    lines = "\n".join(f"{word} {count} n" for word, count in words) + "\n" * ended
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dict.txt")
        path.write_text(lines, encoding="utf-8")
        dictionary = WordDictionary(str(path))
        known, total = jieba_counts(lines.encode())
        texts = [*asked, *known]
        assert {text: dictionary.count(text) for text in texts} == {text: known.get(text) for text in texts}
        assert dictionary.total == total


def test_it_forgets_rather_than_grow(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_dictionary, "_MOST_COUNTS", 3)
    dictionary = WordDictionary(str(small))
    known, _ = jieba_counts(LINES.encode())
    for _ in range(2):
        for text in [*known, "甲丁", "甲乙丁", "丁丁"]:
            assert dictionary.count(text) == known.get(text), text


def counts(dictionary: WordDictionary) -> list[int | None]:
    return [dictionary.total, *map(dictionary.count, ("甲", "甲乙", "甲乙丙", "丁丁", "𠀀甲", "丙"))]


EXPECTED = [121, 50, 21, 7, 0, 5, 0]


def test_the_index_is_kept(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "words.index"
    assert counts(WordDictionary(str(small), str(kept))) == EXPECTED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dict.txt", "words.index"]
    monkeypatch.delattr(word_dictionary, "_index")
    assert counts(WordDictionary(str(small), str(kept))) == EXPECTED


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[: len(whole) // 2],
    "emptied": lambda _: b"",
    "short": lambda whole: whole[:2],
    "changed": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "longer": lambda whole: whole + b"\0",
    "of something else": lambda _: b"\0\0\0\0",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(damage: str, small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "words.index"
    WordDictionary(str(small), str(kept))
    whole = kept.read_bytes()
    kept.write_bytes(DAMAGES[damage](whole))
    assert counts(WordDictionary(str(small), str(kept))) == EXPECTED
    assert kept.read_bytes() == whole


def test_a_whole_file_of_another_shape_is_no_index(small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "words.index"
    for data in (b"", b"\xc0", b"\x94\x93\xa1a\x01\x01\x02\xa1a\x90"):
        cachedir.write_cached(str(kept), data)
        assert counts(WordDictionary(str(small), str(kept))) == EXPECTED


def test_the_index_of_another_dictionary_is_not_used(small: Path, tmp_path: Path) -> None:
    kept = str(tmp_path / "words.index")
    stamp = small.stat()
    assert counts(WordDictionary(str(small), kept))[1] == 50
    # The size and the time are the same, as when a package is installed anew with fixed times.
    small.write_text(LINES.replace("甲 50", "甲 60"), encoding="utf-8")
    os.utime(small, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    changed = WordDictionary(str(small), kept)
    assert (changed.count("甲"), changed.total) == (60, 131)
    assert WordDictionary(str(small), kept).total == 131


def test_where_nothing_can_be_written_nothing_is_kept(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counts(WordDictionary(str(small), str(tmp_path / "none" / "words.index"))) == EXPECTED
    (tmp_path / "file").write_text("no directory")
    monkeypatch.setenv(cachedir.ENVIRONMENT, str(tmp_path / "file"))
    assert WordDictionary.installed().count("外交")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dict.txt", "file"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such permissions here")
def test_a_directory_that_others_may_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cachedir.ENVIRONMENT, str(tmp_path))
    (tmp_path / "jieba").mkdir()
    (tmp_path / "jieba").chmod(0o777)
    assert WordDictionary.installed().count("外交")
    assert list((tmp_path / "jieba").iterdir()) == []


def test_runs_at_the_same_time_agree(small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "words.index"
    kept.parent.mkdir()
    code = (
        "import sys; from pathlib import Path\n"
        "from termcheck.matching.strict.word_dictionary import WordDictionary\n"
        "for _ in range(50):\n"
        "    print(WordDictionary(*sys.argv[1:]).count('甲乙'))\n"
        "    Path(sys.argv[2]).unlink(missing_ok=True)\n"
    )
    command = [sys.executable, "-c", code, str(small), str(kept)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(4)]
    assert {process.communicate(timeout=120)[0] for process in running} == {"21\n" * 50}
    assert {path.name for path in kept.parent.iterdir()} <= {"words.index"}
