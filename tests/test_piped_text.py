"""Standard input that is fixed comes back whatever its bytes are.

`cli/standard_input.yaml` has whole commands.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.cli import main


def fixed(data: bytes, *flags: str) -> bytes:
    """What `check --fix` prints for standard input."""
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO()))
        main(["check", "--fix", *flags])
    stdout.flush()
    buffer = stdout.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("piped") / "glossary.yaml"
    path.write_text(
        "terms:\n  南海: {en: South China Sea, forbid: [South Sea]}\nlanguages: [zh, en]\n", "utf-8"
    )
    return str(path)


@given(
    st.binary(max_size=60),
    st.sampled_from(["-", "--stdin-filename=a.jsonl", "--stdin-filename=a.tsv", "--stdin-filename=a.docx"]),
)
@example("南海。\n\nThe South Sea.\n".encode("utf-16-le"), "-")
@example("南海。".encode("gb18030"), "-")
@example(b"\xff\xfe", "--stdin-filename=a.parquet")
@example(b"a\0b", "-")
@settings(max_examples=40)
def test_any_bytes_come_back(glossary: str, data: bytes, name: str) -> None:
    assert fixed(data, "-g", glossary, name) == data


def test_the_fix_comes_back(glossary: str) -> None:
    text = "南海局势稳定。\r\n\r\nThe South Sea\tis calm.".encode("utf-16")
    wanted = "南海局势稳定。\r\n\r\nThe South China Sea\tis calm.".encode("utf-16")
    assert fixed(text, "-g", glossary, "-") == wanted
