"""A mistake that a paragraph repeats thousands of times is found in linear time, whatever kind it is."""

from __future__ import annotations

import time

import pytest

from termcheck import check_text

GLOSSARY = """
languages: [zh, en]
terms:
  引水员: {en: [pilot, harbour pilot], forbid: [helmsman]}
  港务局: port authority
"""
PARAGRAPHS = {
    "missing": ("引水员向港务局报告了天气。", "They reported the weather in the morning. "),
    "forbidden": ("引水员在港务局。", "The helmsman is at the quay. "),
    "misspelled": ("港务局的引水员", "The harbur pilt and the port authorty "),
    "in quotes": ("“引水员”和港务局", '"Helmsman" and "office" '),
    "in brackets": ("引水员（港务局）", "The (helmsman) "),
    "without punctuation": ("引水员港务局", "helmsman "),
}


@pytest.mark.parametrize("pair", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_a_repeated_mistake_takes_no_long_time(
    pair: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("repeats") / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    source, target = (text * 4_000 for text in pair)
    begin = time.process_time()
    report = check_text(f"{source}\n\n{target}\n", path)
    # A quadratic search takes minutes.
    assert time.process_time() - begin < 10
    assert report.findings
