"""Long paragraphs and many comments are checked in linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from termcheck import check_text

GLOSSARY = """
languages: [zh, en]
terms:
  南海: {en: South China Sea, forbid: [South Sea]}
  国防部: [Ministry of National Defense, MND]
"""
PARAGRAPHS = {
    "emphasis": ("*国防部*和“南海”。", "*MND* and “South Sea”. "),
    "kept emphasis": ("*MND*国防部", "*MND* and "),
    "links": ("[国防部](http://x)", "[MND](http://x) "),
}
COMMENTS = {
    "disable": "<!-- termcheck: disable[TRM102] -->\n\n",
    "disable a term": "<!-- termcheck: disable[TRM102:南海] -->\n\n",
    "file-ignore": "<!-- termcheck: file-ignore[TRM102] -->\n\n",
}


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@pytest.mark.parametrize("pair", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_a_paragraph_with_many_marks(pair: tuple[str, str], glossary: Path) -> None:
    source, target = (text * 8_000 for text in pair)
    begin = time.process_time()
    check_text(f"{source}\n\n{target}\n", glossary, name="a.md")
    # A quadratic search takes 6 to 30 s.
    assert time.process_time() - begin < 4


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_many_comments_that_cover_the_same_places(comment: str, glossary: Path) -> None:
    text = f"{comment}南海会议。\n\nThe South Sea meeting.\n\n" * 4_000
    begin = time.process_time()
    report = check_text(text, glossary, name="a.md")
    assert time.process_time() - begin < 10
    assert not report.findings
