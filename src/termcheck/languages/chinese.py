"""Chinese, in simplified characters, to which folding turns traditional ones.

Sources: Charles N. Li and Sandra A. Thompson, "Mandarin Chinese: A Functional Reference Grammar"; the
dictionary of jieba (https://github.com/fxsjy/jieba).
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("、 及 和 与 或 跟 并 暨 以"),
    same_coordinators="和与及跟暨",
    particles="的",
    segmenter="jieba",
    agreement=False,
)
