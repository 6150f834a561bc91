"""A key of the front matter, read without the rest of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.front_values import FrontValue, front_value

FOUND = {
    "---\nid: a\n---\n": ("a", 2, 5),
    "---\r\ntitle: x\r\nID:  'a b' # c\r\n---\r\n": ("a b", 3, 6),
    '+++\n"id" = "a#b"\n+++\n': ("a#b", 2, 8),
    "\ufeff---\nid: a:b # c\n---\n": ("a:b", 2, 5),
    "---\nid: '[a]'\n---\n": ("[a]", 2, 5),
    "--- \nid:a\n...\n": ("a", 2, 4),
}
NONE = ["", "id: a\n", "---\nx:\n  id: a\n---\n", "---\nid:\n---\n", "---\nx: a\n---\nid: a\n",
        "---\nidx: a\n---\n", "----\nid: a\n---\n", "---\nid: # a\n---\n", "---\nid: [a]\n---\n",
        "+++\nid = ['a']\n+++\n", "---\nid: {a: b}\n---\n"]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_key_is_found_with_its_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())
    assert front_value(str(tmp_path / "a.md"), "id") == FrontValue(*FOUND[text])


@pytest.mark.parametrize("text", NONE)
def test_a_text_without_the_key(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())
    assert front_value(str(tmp_path / "a.md"), "id") is None
    assert front_value(str(tmp_path / "missing.md"), "id") is None
    assert front_value(str(tmp_path), "id") is None
    assert front_value("a\0b", "id") is None


@given(st.binary(max_size=200), st.text(max_size=5))
def test_no_file_crashes_it(data: bytes, key: str) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(b"---\n" + data)
        file.flush()
        front_value(file.name, key)
