"""The structure of the code, as far as import contracts cannot keep it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from termcheck.rules import RULES

PACKAGE = Path(__file__).parent.parent / "src" / "termcheck"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A table of data may be as long as it needs to be.
MOST_LINES = 320


def name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def lines_of_code(function: ast.FunctionDef) -> int:
    """The lines of a function's body, its docstring aside."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("package", ["engine", "prefilter"])
def test_the_engine_names_no_rule(package: str) -> None:
    """What a rule needs stands in its `Rule`; the engine asks for the need, not for the rule."""
    rule_names = "|".join(rule.name.replace("-", "_") for rule in RULES)
    naming = re.compile(rf'(?<![.\w])({rule_names})\b|"(TRM|ALN|GLO|DIR)\d*"')
    named = {
        name(module): found[0]
        for module in (PACKAGE / package).rglob("*.py")
        if (found := naming.search(module.read_text(encoding="utf-8")))
    }
    assert named == {}


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_what_it_is_for_and_is_not_long(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "without a docstring"
    assert docstring.splitlines()[0].endswith((".", ":", "?")), "the first line is not a sentence"
    assert text.count("\n") <= MOST_LINES


def test_functions_are_short() -> None:
    long = {
        f"{name(module)}:{function.name}": size
        for module in MODULES
        for function in functions(module)
        if (size := lines_of_code(function)) > 40
    }
    assert long == {}
