"""Pairing stays linear on lines that look like bilingual lines and are none."""

from __future__ import annotations

import time

import pytest
from bilingual import no_anchors

from termcheck.align.bilingual_document import align_document
from termcheck.readers import ReadOptions, read_document

LINES = {
    "closing brackets": "中" + ")" * 50_000 + "a",
    "full stops": "中" + "." * 50_000 + "a",
    "ideographic blanks": "中" + "\u3000" * 50_000 + "a",
    "separators": "中 / a " * 8_000,
    "cells": " | ".join(["中文 cell"] * 5_000),
    "blanks": "中 " + "ab " * 20_000,
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_long_line_takes_no_long_time(line: str) -> None:
    text = f"短文\n\nThe text.\n\n{line}\n"
    begin = time.process_time()
    document = read_document("a.txt", text.encode(), ReadOptions(encoding="utf-8"))
    align_document(document, "zh", "en", no_anchors)
    # A quadratic search takes minutes.
    assert time.process_time() - begin < 5
