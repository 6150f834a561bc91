"""Language tags: which ones name the same variety, as far as they say."""

from __future__ import annotations

import pytest

from termcheck.language_tags import can_stand_for

ALIKE = ["zh-CN zh-Hans", "zh_cn zh-Hans-CN", "zh-TW zh-Hant", "zh zh-Hant", "pt_BR pt-BR", "pt pt-BR",
         "en en", "sr-Latn sr", "es-419 es", "zh-HK zh-TW"]  # fmt: skip
OTHERS = ["zh-TW zh-Hans", "zh-CN zh-TW", "pt-PT pt-BR", "sr-Latn sr-Cyrl", "es-419 es-MX"]


@pytest.mark.parametrize("tags", [*ALIKE, *OTHERS])
def test_tags_that_do_not_contradict_stand_for_one_another(tags: str) -> None:
    first, second = tags.split()
    assert can_stand_for(first, second) is (tags in ALIKE)
    assert can_stand_for(second, first) is (tags in ALIKE)
