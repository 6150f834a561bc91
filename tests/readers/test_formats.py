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
from xml.sax.saxutils import escape

import pytest
from msgspec.structs import replace

import office
from pages import guide
from support import ROOT
from termcheck import engine, rules
from termcheck.changes import Changes
from termcheck.cli import main
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import units
from termcheck.file_pairs import PairPattern
from termcheck.globs import PathGlob, absolute_path
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


def _xliff(pairs: _Pairs) -> bytes:
    units = "".join(
        f'<trans-unit id="{number}">\n<source>{source}</source>\n<target>{target}</target>\n</trans-unit>\n'
        for number, (source, target) in enumerate((escape(one), escape(other)) for one, other in pairs)
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        '<file original="talk" source-language="zh" target-language="en"><body>\n'
        f"{units}</body></file></xliff>\n"
    ).encode()


def _tmx(pairs: _Pairs) -> bytes:
    units = "".join(
        f'<tu>\n<tuv xml:lang="zh"><seg>{escape(source)}</seg></tuv>\n'
        f'<tuv xml:lang="en"><seg>{escape(target)}</seg></tuv>\n</tu>\n'
        for source, target in pairs
    )
    return f'<tmx version="1.4"><header srclang="zh"/><body>\n{units}</body></tmx>\n'.encode()


def _parquet(pairs: _Pairs) -> bytes:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    sources, targets = zip(*pairs, strict=True)
    pq.write_table(pa.table({"source": sources, "target": targets}), file)
    return file.getvalue()


def _catalogue(pairs: _Pairs) -> bytes:
    entries = (f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in pairs)
    return "\n".join(['msgid ""\nmsgstr "Language: en\\n"\n', *entries]).encode()


def _json_texts(texts: list[str]) -> bytes:
    return json.dumps({f"text{number}": text for number, text in enumerate(texts)}, indent=1).encode()


def _lines(entry: str) -> Callable[[list[str]], bytes]:
    def lines(texts: list[str]) -> bytes:
        return "".join(entry.format(*numbered) for numbered in enumerate(texts)).encode()

    return lines


def _elements(head: str, entry: str, tail: str) -> Callable[[list[str]], bytes]:
    def elements(texts: list[str]) -> bytes:
        entries = (entry.format(number, escape(text)) for number, text in enumerate(texts))
        return f"{head}\n{''.join(entries)}{tail}\n".encode()

    return elements


def _string_catalog(pairs: _Pairs) -> bytes:
    strings = {
        source: {"localizations": {"en": {"stringUnit": {"state": "translated", "value": target}}}}
        for source, target in pairs
    }
    return json.dumps({"sourceLanguage": "zh", "strings": strings}, indent=1).encode()


def _word(pairs: _Pairs) -> bytes:
    return office.words([text for pair in pairs for text in pair])


def _excel(pairs: _Pairs) -> bytes:
    return office.xlsx({"Sheet1": [("source", "target"), *pairs]})


def _cues(head: str, form: str) -> Callable[[_Pairs], bytes]:
    def subtitles(pairs: _Pairs) -> bytes:
        cues = (form.format(source, target, 2 * number) for number, (source, target) in enumerate(pairs))
        return "".join((head, *cues)).encode()

    return subtitles


def _qt(pairs: _Pairs) -> bytes:
    messages = "".join(
        f"<message>\n<source>{escape(source)}</source>\n"
        f"<translation>{escape(target)}</translation>\n</message>\n"
        for source, target in pairs
    )
    head = '<!DOCTYPE TS>\n<TS version="2.1" language="en_GB" sourcelanguage="zh_CN">\n<context>\n'
    return f"{head}{messages}</context></TS>\n".encode()


EXAMPLES: dict[str, Callable[[_Pairs], bytes]] = {
    "plain": _prose,
    "markdown": _prose,
    "jsonl": _json_lines,
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "xliff": _xliff,
    "tmx": _tmx,
    "qt": _qt,
    "parquet": _parquet,
    "po": _catalogue,
    "xcstrings": _string_catalog,
    "docx": _word,
    "xlsx": _excel,
    "html": lambda pairs: "\n".join(f"<p>{text}" for pair in pairs for text in pair).encode(),
    "srt": _cues("", "\n1\n00:00:{2:02},000 --> 00:00:{2:02},900\n{0}\n{1}\n"),
    "vtt": _cues("WEBVTT\n", "\n00:{2:02}.000 --> 00:{2:02}.900\n{0}\n{1}\n"),
    "ass": _cues("[Events]\n", "Dialogue: 0,0:00:{2:02}.00,0:00:{2:02}.90,Default,,0,0,0,,{0}\\N{1}\n"),
}
"""How some pairs are written in each format whose files hold both sides."""


HALVES: dict[str, Callable[[list[str]], bytes]] = {
    "i18n-json": _json_texts,
    "i18n-yaml": _lines("text{}: {}\n"),
    "arb": _json_texts,
    "properties": _lines("text{} = {}\n"),
    "strings": _lines('"text{}" = "{}";\n'),
    "fluent": _lines("text{} = {}\n"),
    "android": _elements("<resources>", '<string name="text{}">{}</string>\n', "</resources>"),
    "resx": _elements("<root>", '<data name="text{}">\n<value>{}</value>\n</data>\n', "</root>"),
    "stringsdict": _elements("<plist><dict>", "<key>text{}</key>\n<string>{}</string>\n", "</dict></plist>"),
}
"""How the texts of one side are written in each format whose texts have names."""

every_format = pytest.mark.parametrize("name", FORMATS)
every_ending = pytest.mark.parametrize("ending", ENDINGS)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text("南海: {en: South China Sea, forbid: [South Sea]}\n", "utf-8")
    return tmp_path


def example(name: str, pairs: _Pairs = PAIRS) -> bytes:
    """The example of a format: a file with both sides, or the target of two files."""
    return HALVES[name]([target for _, target in pairs]) if name in HALVES else EXAMPLES[name](pairs)


def put(ending: str, pairs: _Pairs = PAIRS) -> Path:
    """Write the example of a format into a file with an ending, and its source beside it if it needs one."""
    path, name = Path(f"talk{ending}"), ENDINGS[ending]
    path.write_bytes(example(name, pairs))
    if name in HALVES:
        Path(f"talk-zh{ending}").write_bytes(HALVES[name]([source for source, _ in pairs]))
        Path("termcheck.toml").write_text(f"pairs = ['talk-zh{ending} : talk{ending}']\n", "utf-8")
    return path


def check(path: Path, changes: Changes | None = None) -> Report:
    settings = Settings(
        selection=Selection.build(rules.RULES), root="/", jobs=1, cache=False, changes=changes
    )
    pairs = ()
    if ENDINGS[path.suffix] in HALVES:
        pairs = (PairPattern(f"talk-zh{path.suffix}", f"talk{path.suffix}", absolute_path(".")),)
    return engine.check(discover([str(path)], Scope(("glossary.yaml",), pairs=pairs)).jobs, settings)


def form_of(ending: str) -> Format:
    return FORMATS[ENDINGS[ending]]


def test_every_format_has_an_example() -> None:
    assert sorted([*EXAMPLES, *HALVES]) == sorted(FORMATS)
    assert {name for name, form in FORMATS.items() if form.keyed} == {*HALVES, "xcstrings"}


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
    form = form_of(ending)
    # A file that is not there may begin as its format wants.
    assert is_readable(path) is (form.walked or form.opening is not None)
    assert is_readable(path, ((PathGlob(f"*{ending.upper()}", "/"), ENDINGS[ending]),))
    assert format_at(path, ReadOptions()) is form
    for name, form in FORMATS.items():
        assert format_at(path, ReadOptions(format=name)) is form


def test_a_walk_takes_an_ending_that_formats_share_by_the_beginning(here: Path) -> None:
    form = FORMATS["qt"]
    for number, text in enumerate(('<?xml version="1.0"?>\n<!DOCTYPE TS>\n<TS>', "\ufeff<TS version='1'>")):
        Path(f"yes{number}.ts").write_text(text, "utf-8")
    for number, text in enumerate(
        ("const a = <TS>b;", "// <TS>", "", "<TSX/>", "<?xml version='1.0'?><a><TS/>")
    ):
        Path(f"no{number}.ts").write_text(text, "utf-8")
    assert not form.walked
    assert [path.name for path in sorted(here.glob("*.ts")) if is_readable(str(path))] == [
        "yes0.ts",
        "yes1.ts",
    ]
    assert is_readable("missing.ts")


def test_a_walk_takes_xml_that_has_strings_of_android(here: Path) -> None:
    strings = '<resources xmlns:a="b">\n<string name="a">b</string></resources>'
    for number, head in enumerate(("", "\ufeff<?xml version='1.0'?>\n", "<!-- a -->\n<!-- <b> -->")):
        Path(f"yes{number}.xml").write_text(head + strings, "utf-8")
    others = (
        "<resources><color name='a'>#fff</color></resources>",
        f"<a>{strings}</a>",
        f"<!-- {strings} -->",
    )
    for number, text in enumerate((*others, "", "<project/>", "<!-- a -->" * 400, "<!--" * 1000)):
        Path(f"no{number}.xml").write_text(text, "utf-8")
    found = {path.name for path in here.glob("*.xml") if is_readable(str(path))}
    assert found == {"yes0.xml", "yes1.xml", "yes2.xml"}


@every_format
def test_its_module_has_the_functions_for_what_it_allows(name: str) -> None:
    form = FORMATS[name]
    module = form.load()
    assert hasattr(module, "read") is not form.binary
    assert hasattr(module, "stretches") is form.binary
    in_stretches = form.in_stretches and not form.binary
    assert hasattr(module, "cut") is hasattr(module, "complete_rows") is in_stretches
    assert hasattr(module, "declared_languages") is form.declares_language
    assert hasattr(module, "comment_line") is form.places_comments
    assert hasattr(module, "replacement") is form.writable
    assert hasattr(module, "text_of") is hasattr(module, "is_own") is form.package
    assert hasattr(module, "rewrite") is (form.package and form.writable)


@every_format
def test_its_reader_reads_it(name: str) -> None:
    form, data = FORMATS[name], example(name)
    options = ReadOptions(format=name)
    if form.binary:
        stretch = whole(data, "talk", options)
        assert list(zip(stretch.sources, stretch.targets, strict=True)) == PAIRS
        return
    document = read_document("talk", data, replace(options, source_lang="zh", target_lang="en"))
    assert document.format == name
    if name in HALVES:
        assert [segment.text for segment in document.segments] == [target for _, target in PAIRS]
        assert len({segment.key for segment in document.segments}) == len(PAIRS)
        return
    assert [segment.text for segment in document.segments] == [text for pair in PAIRS for text in pair]
    in_rows = form.rows or form.keyed
    assert all((segment.row is not None) == in_rows for segment in document.segments)


@every_format
def test_a_binary_format_is_not_text(name: str) -> None:
    form, data = FORMATS[name], example(name)
    if not form.binary and not form.package:
        assert decode(data, "talk")
        return
    with pytest.raises(TermcheckError, match=r"binary data|not valid UTF-8"):
        decode(data, "talk")
    if form.package:
        return
    with pytest.raises(TermcheckError, match=f"{form.file} holds both sides"):
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
        assert path.read_bytes() == example(ENDINGS[ending], fixed)
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
        if "," in opening:  # in a table it would be several cells
            continue
        pairs = [
            (source, f"{opening}termcheck: file-ignore{closing.strip()} {target}") for source, target in PAIRS
        ]
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
    known = frozenset({real, real.replace(path.name, f"talk-zh{ending}")})
    changes = Changes("HEAD", {real: ((first.line, first.line),)}, known)
    found = [finding.location for finding in check(path, changes).findings]
    assert found == ([first] if form.has_lines else [first, second])


@every_format
def test_a_nul_is_an_error_of_a_row_where_the_reader_reports_it(name: str) -> None:
    form, options = FORMATS[name], ReadOptions(format=name)
    if form.binary or not form.in_stretches:
        assert not form.reports_nul
        return
    raw = example(name).decode().replace("South", "Sou\0th", 1)
    if form.reports_nul:
        assert len(form.load().read(raw, "talk", options).errors) == 1
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
    ("options/texts.py", "Excel"),
    ("options/texts.py", "HTML"),
    ("cli/console.py", "html"),  # the format of a report
    ("report/__init__.py", "html"),
    ("report/addresses.py", ".html"),
    ("readers/markdown_blocks.py", "html"),  # a kind of block
    ("readers/html_elements.py", "html"),  # an element
    ("report/sarif_rules.py", "markdown"),  # a key of SARIF
    ("report/sarif_rules.py", "properties"),
    ("report/sarif.py", "properties"),
    ("server/glossary_place.py", "properties"),  # a key of JSON Schema
    ("languages/table.py", "arb"),  # Egyptian Arabic and others
    ("cli/watch.py", ".yaml"),  # glossaries
    ("cli/watch.py", ".yml"),
}
SOURCES = ROOT / "src" / "termcheck"


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The modules other than the table and the readers themselves, by their path."""
    own = {SOURCES / "readers" / "formats.py"}
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
