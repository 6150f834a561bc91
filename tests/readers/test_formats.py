"""What the table of formats says is true of every format, and nobody else knows a format by its name."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages import guide
from support import ROOT
from termcheck import engine, rules
from termcheck.changes import Changes
from termcheck.cli import main
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import units
from termcheck.jobs import Job
from termcheck.model import Location, Report, Side, TermcheckError
from termcheck.readers import ENDINGS, FORMATS, Format, ReadOptions, format_at, is_readable, read_document
from termcheck.readers.encoding import decode
from termcheck.readers.stretches import TextStretch, whole
from termcheck.scope import Scope
from termcheck.selection import Selection

PAIRS = [("船只在南海航行。", "Ships sailed the South Sea."), ("南海很大。", "The South Sea is large.")]

_Pairs = list[tuple[str, str]]


def _prose(pairs: _Pairs) -> bytes:
    return "\n\n".join(text for pair in pairs for text in pair).encode() + b"\n"


def _json_lines(pairs: _Pairs) -> bytes:
    rows = (json.dumps({"source": source, "target": target}) for source, target in pairs)
    return "".join(f"{row}\n" for row in rows).encode()


def _delimited(delimiter: str) -> Callable[[_Pairs], bytes]:
    def table(pairs: _Pairs) -> bytes:
        return "".join(f"{delimiter.join(row)}\n" for row in [("source", "target"), *pairs]).encode()

    return table


def _parquet(pairs: _Pairs) -> bytes:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    sources, targets = zip(*pairs, strict=True)
    pq.write_table(pa.table({"source": sources, "target": targets}), file)
    return file.getvalue()


def _catalogue(pairs: _Pairs) -> bytes:
    entries = (f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in pairs)
    return "\n".join(['msgid ""\nmsgstr "Language: en\\n"\n', *entries]).encode()


EXAMPLES: dict[str, Callable[[_Pairs], bytes]] = {
    "plain": _prose,
    "markdown": _prose,
    "jsonl": _json_lines,
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "parquet": _parquet,
    "po": _catalogue,
}
"""How some pairs are written in each format."""

every_format = pytest.mark.parametrize("name", FORMATS)
every_ending = pytest.mark.parametrize("ending", ENDINGS)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text("南海: {en: South China Sea, forbid: [South Sea]}\n", "utf-8")
    return tmp_path


def put(ending: str, pairs: _Pairs = PAIRS) -> Path:
    """Write the example of a format into a file with an ending."""
    path = Path(f"talk{ending}")
    path.write_bytes(EXAMPLES[ENDINGS[ending]](pairs))
    return path


def check(path: Path, changes: Changes | None = None) -> Report:
    settings = Settings(
        selection=Selection.build(rules.RULES), root="/", jobs=1, cache=False, changes=changes
    )
    return engine.check(discover([str(path)], Scope(("glossary.yaml",))).jobs, settings)


def form_of(ending: str) -> Format:
    return FORMATS[ENDINGS[ending]]


def test_every_format_has_an_example() -> None:
    assert list(EXAMPLES) == list(FORMATS)


def test_endings_belong_to_one_format_each() -> None:
    endings = [ending for form in FORMATS.values() for ending in form.endings]
    assert sorted(endings) == sorted(ENDINGS)
    assert all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in endings)


def test_the_page_of_supported_texts_lists_all_endings() -> None:
    page = guide("texts").text()
    assert [ending for ending in ENDINGS if f"`{ending}`" not in page] == []


@every_ending
def test_the_ending_decides_unless_the_format_is_named(ending: str) -> None:
    path = f"docs/TALK{ending.upper()}"
    assert is_readable(path)
    assert format_at(path, ReadOptions()) is form_of(ending)
    for name, form in FORMATS.items():
        assert format_at(path, ReadOptions(format=name)) is form


@every_format
def test_its_module_has_the_functions_for_what_it_allows(name: str) -> None:
    form = FORMATS[name]
    module = form.load()
    assert hasattr(module, "read") is not form.binary
    assert hasattr(module, "stretches") is form.binary
    in_stretches = form.in_stretches and not form.binary
    assert hasattr(module, "cut") is hasattr(module, "complete_rows") is in_stretches
    assert hasattr(module, "declared_language") is hasattr(module, "comment_line") is form.catalog
    assert hasattr(module, "replacement") is form.writable


@every_format
def test_its_reader_reads_it(name: str) -> None:
    form, data = FORMATS[name], EXAMPLES[name](PAIRS)
    options = ReadOptions(format=name)
    if form.binary:
        stretch = whole(data, "talk", options)
        assert list(zip(stretch.sources, stretch.targets, strict=True)) == PAIRS
        return
    document = read_document("talk", data, options)
    assert document.format == name
    assert [segment.text for segment in document.segments] == [text for pair in PAIRS for text in pair]
    assert all((segment.row is not None) == form.rows for segment in document.segments)


@every_format
def test_a_binary_format_is_not_text(name: str) -> None:
    form, data = FORMATS[name], EXAMPLES[name](PAIRS)
    if not form.binary:
        assert decode(data, "talk")
        return
    with pytest.raises(TermcheckError, match=r"binary data|not valid UTF-8"):
        decode(data, "talk")
    with pytest.raises(TermcheckError, match=f"a {form.title} file holds both sides"):
        read_document("talk", data, ReadOptions(format=name))


@every_ending
def test_files_of_rows_are_read_in_stretches(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_BIG", 0)
    settings = Settings(selection=Selection.build(rules.RULES), root="/", cache=False)
    job = Job(put(ending), f"talk{ending}", glossaries=("glossary.yaml",))
    found = list(units.units([job], settings, engine.glossaries.Glossaries(settings)))
    assert [unit.stretch is not None for unit in found] == [form_of(ending).in_stretches]


@every_ending
def test_fixes_are_written_where_the_format_is_writable(
    ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(ending)
    before = path.read_bytes()
    code = main(["check", "--fix", str(path)])
    if form_of(ending).writable:
        assert code == 0
        fixed = [(source, target.replace("South Sea", "South China Sea")) for source, target in PAIRS]
        assert path.read_bytes() == EXAMPLES[ENDINGS[ending]](fixed)
    else:
        assert code == 2
        assert "nothing can be written into it" in capsys.readouterr().err
        assert path.read_bytes() == before


@every_ending
def test_comments_suppress_findings_where_the_format_has_them(
    ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(ending)
    before = path.read_bytes()
    assert len(check(path).findings) == 2
    code = main(["check", "--add-ignore", str(path)])
    if form_of(ending).comment:
        assert code == 0
        report = check(path)
        assert not report.findings
        assert len(report.silenced) == 2
    else:
        assert code == 2
        assert re.search("no comment|nothing can be written", capsys.readouterr().err)
        assert path.read_bytes() == before


@every_format
def test_a_format_without_comments_reads_them_as_text(name: str) -> None:
    if FORMATS[name].comment:
        return
    comments = {form.comment for form in FORMATS.values()} - {None}
    for opening, closing in filter(None, comments):
        pairs = [(source, f"{opening}termcheck: file-ignore{closing} {target}") for source, target in PAIRS]
        path = put(FORMATS[name].endings[0], pairs)
        report = check(path)
        assert len(report.findings) == 2
        assert not report.silenced


def is_there(location: Location) -> bool:
    """Whether the text of a location stands at its line and column of the file."""
    lines = Path(location.path).read_text("utf-8", "replace").split("\n")
    line = lines[location.line - 1] if location.line <= len(lines) else ""
    return line[location.column - 1 : location.end_column - 1] == location.text


@every_ending
def test_changed_lines_of_git_are_places_where_the_format_has_lines(ending: str) -> None:
    path, form = put(ending), form_of(ending)
    first, second = sorted(finding.location for finding in check(path).findings)
    assert [is_there(first), is_there(second)] == [form.has_lines] * 2
    real = path.resolve().as_posix()
    changes = Changes("HEAD", {real: ((first.line, first.line),)}, frozenset({real}))
    found = [finding.location for finding in check(path, changes).findings]
    assert found == ([first] if form.has_lines else [first, second])


@every_format
def test_a_nul_is_an_error_of_a_row_where_the_reader_reports_it(name: str) -> None:
    form, options = FORMATS[name], ReadOptions(format=name)
    if form.binary or not form.in_stretches:
        assert not form.reports_nul
        return
    raw = EXAMPLES[name](PAIRS).decode().replace("South", "Sou\0th", 1)
    reading = form.load().read(raw, "talk", options)
    assert len(reading.errors) == form.reports_nul
    if form.reports_nul:
        (document,) = TextStretch(raw).documents("talk", options)
        assert document.errors
        assert {segment.side for segment in document.segments} == {Side.SOURCE, Side.TARGET}
    else:
        with pytest.raises(TermcheckError, match="NUL"):
            TextStretch(raw).documents("talk", options)


def loaded_after(code: str) -> set[str]:
    """The modules that are loaded after some code."""
    command = [sys.executable, "-c", f"import sys, termcheck.readers as readers; {code}; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


def test_readers_are_loaded_with_the_first_file_of_their_format() -> None:
    readers = {form.module for form in FORMATS.values()}
    assert not readers & loaded_after("readers.is_readable('a.md')")
    assert readers & loaded_after("readers.read_document('a.txt', b'x')") == {FORMATS["plain"].module}


# Where the name, the ending or the title of a format means something else.
OTHER_MEANINGS = {
    ("cli/glossary_arguments.py", "csv"),  # the forms of a list of terms
    ("cli/glossary_arguments.py", "markdown"),
    ("report/glossary_diff.py", "markdown"),
    ("report/term_sheet.py", "csv"),
    ("report/term_sheet.py", "markdown"),
    ("options/texts.py", "JSON lines"),  # the help of an option
    ("options/texts.py", "PO"),
    ("report/sarif_rules.py", "markdown"),  # a key of SARIF
}
SOURCES = ROOT / "src" / "termcheck"


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The modules other than the table and the readers themselves, by their path."""
    own = {SOURCES / "readers" / "__init__.py"}
    own |= {SOURCES.parent / f"{form.module.replace('.', '/')}.py" for form in FORMATS.values()}
    for path in sorted(set(SOURCES.rglob("*.py")) - own):
        yield path.relative_to(SOURCES).as_posix(), ast.parse(path.read_text("utf-8"))


def strings(tree: ast.Module) -> Iterator[str]:
    """The strings of a module other than docstrings."""
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


def test_no_other_module_names_a_format() -> None:
    names = {*FORMATS, *ENDINGS}
    titles = re.compile(rf"\b(?:{'|'.join(form.title for form in FORMATS.values())})\b")
    found = {
        (path, word)
        for path, tree in sources()
        if not path.startswith("glossary/")  # whose formats are its own
        for text in strings(tree)
        for word in ([text] if text in names else titles.findall(text))
    }
    assert found == OTHER_MEANINGS


def test_no_other_package_imports_a_reader() -> None:
    modules = {form.module for form in FORMATS.values()}
    for path, tree in sources():
        if path.startswith("readers/"):
            continue
        for node in ast.walk(tree):
            imported: set[str] = set()
            if isinstance(node, ast.Import):
                imported = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported = {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
            assert not imported & modules, path
