"""No input costs more than its length explains; `benchmarks/growth.py` measures the same at length."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support import ROOT, Shell

_GROWTH = (sys.executable, ROOT / "benchmarks" / "growth.py", "--bad")
# One of each sort that was quadratic, or worse, at a length at which that takes seconds and not minutes.
_KINDS = (
    "text: (soft hyphens|code|mail|placeholders|options|mixed emphasis|suppressions), a.md",
    "inside (open suppression: blanks|tag: zero-width spaces)",
    "segment: (forbidden|one term missing), (zh-en|en-zh), a.jsonl",
    "glossary: (entries that share|nested terms|count: each|introduced|renderings$)",
    "units: XLIFF, (findings|CDATA)",
    "terms: (b.csv|a.md|b.tbx|fmt)",
    "rows: bare quotes|front matter|findings: (--diff|--add-ignore|--baseline)$|pattern",
    "fixes: they (cause a finding|lose a pair)",
)


@pytest.mark.parametrize("kinds", _KINDS)
def test_cost_grows_with_the_input(kinds: str, shell: Shell, tmp_path: Path) -> None:
    quick = ("--length", "1500", "--most", "3", "--only", f"^({kinds})")
    printed = shell(*_GROWTH, *quick, cwd=tmp_path, PYTHONPATH=str(ROOT / "src"))
    assert not printed.strip().splitlines()[-1].startswith("0 kinds")
