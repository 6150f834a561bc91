"""The name of a layout: what `--show-pairs` says about how a text was understood."""

from __future__ import annotations

import pytest

from termcheck.align.bilingual_document import align_document
from termcheck.align.layout_name import Layout, layout_of
from termcheck.align.parallel_documents import align_documents
from termcheck.readers import ReadOptions, read_document

ZH = ("国防部举行例行记者会。", "发言人介绍了演习的安排。", "各方讨论了南海的局势。")
EN = (
    "The ministry held a press conference.",
    "The spokesperson set out the exercise.",
    "They discussed the sea.",
)

TEXTS = {
    "alternating": ("a.md", "\n\n".join(text for pair in zip(ZH, EN, strict=True) for text in pair)),
    "blocks": ("a.md", "\n\n".join((*ZH, *EN))),
    "lines": ("a.md", "\n\n".join(f"{zh}<br/>{en}" for zh, en in zip(ZH, EN, strict=True))),
    "comments": ("a.md", "\n\n".join(f"<!--\n{en}\n-->\n{zh}" for zh, en in zip(ZH, EN, strict=True))),
    "rows": (
        "a.md",
        "| 中文 | English |\n|---|---|\n"
        + "".join(f"| {zh} | {en} |\n" for zh, en in zip(ZH, EN, strict=True)),
    ),
}


def _none(segments, _side):
    return [frozenset() for _ in segments]


@pytest.mark.parametrize("name", TEXTS)
def test_the_layout_of_a_text(name: str) -> None:
    path, text = TEXTS[name]
    document = read_document(path, text.encode(), ReadOptions(source_lang="zh", target_lang="en"))
    assert layout_of(align_document(document, "zh", "en", _none)) is Layout(name)


def test_lines_that_are_split_by_their_punctuation_are_lines() -> None:
    text = "\n".join(f"{en} / {zh}" for zh, en in zip(ZH, EN, strict=True))
    document = read_document("a.txt", text.encode())
    assert layout_of(align_document(document, "zh", "en", _none)) is Layout.LINES


def test_two_files() -> None:
    source, target = (
        read_document(name, "\n\n".join(texts).encode()) for name, texts in (("a.md", ZH), ("b.md", EN))
    )
    assert layout_of(align_documents(source, target, _none)) is Layout.FILES


def test_most_pairs_decide() -> None:
    text = f"{TEXTS['alternating'][1]}\n\n{ZH[0]}<br/>{EN[0]}\n"
    document = read_document("a.md", text.encode())
    assert layout_of(align_document(document, "zh", "en", _none)) is Layout.ALTERNATING


def test_a_text_in_one_language_has_none() -> None:
    document = read_document("a.md", "\n\n".join(ZH).encode())
    assert layout_of(align_document(document, "zh", "en", _none)) is None
