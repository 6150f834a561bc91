"""Whether each key of the configuration is explained, and each example is taken as it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from termcheck.cli.option_pages import OptionPage, pages
from termcheck.config import load_config, resolve
from termcheck.options import READERS

_PAGES = pages()


def test_each_key_has_a_page_in_order() -> None:
    assert list(_PAGES) == sorted(READERS)


@pytest.mark.parametrize(("key", "page"), _PAGES.items(), ids=_PAGES)
def test_each_example_sets_its_key(key: str, page: OptionPage, tmp_path: Path) -> None:
    assert key in tomllib.loads(page.example)
    config = tmp_path / "inner" / "termcheck.toml"
    config.parent.mkdir()
    config.write_text(page.example, encoding="utf-8")
    (tmp_path / "termcheck.toml").write_text("", encoding="utf-8")
    assert resolve(load_config(str(config))).config_path.endswith("termcheck.toml")
