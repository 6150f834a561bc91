"""What is fuzzed: for each target a function that takes any bytes and fails if a promise is broken.

The promises: nothing is raised but `TermcheckError`; offsets lead back to the raw text, which holds what a
finding quotes; a fix changes nothing but its spans; a file in stretches is the file as a whole. `TARGETS`
names them. How long an input takes is measured by whoever runs a target.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pieces

from termcheck import engine
from termcheck.baseline import parse_baseline, render_baseline
from termcheck.cli import main
from termcheck.config import Settings, resolve
from termcheck.config_file import load_config
from termcheck.engine.glossary_cache import GlossaryCache
from termcheck.fix import apply
from termcheck.glossary import formats as glossary_formats
from termcheck.glossary import load_glossary, load_glossary_text, render_glossary
from termcheck.glossary.differences import differences
from termcheck.glossary.format_text import formatted
from termcheck.jobs import Job
from termcheck.languages.lemma_index import LemmaIndex
from termcheck.matching.index.compiled_glossary import index_glossary
from termcheck.matching.strict.word_dictionary import WordDictionary
from termcheck.model import Confidence, Document, Finding, Location, Report, Span, TermcheckError
from termcheck.readers import FORMATS, NotBilingualError, ReadOptions, cutting, read_document
from termcheck.readers.encoding import decode
from termcheck.readers.splice import splice
from termcheck.readers.stretches import stretches
from termcheck.rules import RULES
from termcheck.selection import RuleChoice, Selection
from termcheck.text.positions import locate

GLOSSARY = """languages: [zh, en]
keep: [X]
terms:
  上合组织:
    en:
      - Shanghai Cooperation Organization
      - SCO
      - {term: Shanghai Pact, status: forbidden}
      - {term: Shanghai Pact Organization of Eurasian States, status: forbidden, instead: SCO}
  演习: {en: [exercise, drill], forbid: [manoeuvre], count: each}
  南海:
    en: [South China Sea, {term: Nanhai, status: forbidden, where: always}]
    forbid: [South Sea]
    except_in: [南海路]
  国防部: {en: MND, except_in: [国防部长]}
  一带一路: {en: [Belt and Road Initiative, {term: Belt and Road, status: forbidden, where: always}]}
  中印尼: China-Indonesia
  外交: diplomacy
  疫情: COVID-19
  美国防长:
    en:
      - {term: US Secretary of Defense, valid_until: "2025-09-04"}
      - US Secretary of War
      - {term: US Defense Secretary, status: forbidden}
      - {term: Pentagon boss, status: forbidden, instead: US Secretary of Defense}
  峰会:
    en: [{term: summit, type: full}, SM, {term: bloc, status: forbidden, instead: summit on Nanhai}]
    first_use: full (abbr)
"""
DATE = "2025-11-01"
FRONT_MATTER = ("title", "hero.text", "features.details")
_NEWLINE = re.compile(r"\r\n|\n|\r")

Run = Callable[[bytes], None]


@dataclass(frozen=True)
class Target:
    """A promise about any bytes, the pieces to make them of, and what most inputs begin with.

    `pair` is the form of a text and its translation, where a target reads such, and `tail` is what such
    inputs end with.
    """

    run: Run
    pieces: Sequence[str]
    head: str = ""
    pair: str = ""
    tail: str = ""


@functools.cache
def place() -> Path:
    """A directory of this process for the files that targets need."""
    found = Path(tempfile.mkdtemp(prefix="termcheck-fuzz-"))
    atexit.register(shutil.rmtree, found, ignore_errors=True)
    (found / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    load_glossary([found / "glossary.yaml"])  # with a bad one nothing would ever be checked
    return found


@functools.cache
def _settings() -> Settings:
    selection = Selection.build(RULES, [RuleChoice(select=("ALL",))])
    return Settings(
        selection,
        str(place()),
        date=DATE,
        jobs=1,
        fix=True,
        min_confidence=Confidence.LOW,
        front_matter=FRONT_MATTER,
        cache_dir=str(place() / "cache"),
    )


def check(name: str, data: bytes) -> Report:
    """The report on a text of this name with these bytes."""
    job = Job(place() / name, name, glossaries=(str(place() / "glossary.yaml"),), data=data)
    return engine.check([job], _settings())


# Readers


def read(name: str) -> Run:
    """Every place of a text that is read lies in the raw text, in order, and holds the text."""

    def run(data: bytes) -> None:
        with contextlib.suppress(TermcheckError):
            _require_map(read_document(name, data, ReadOptions(front_matter=FRONT_MATTER)))

    return run


def _require_map(document: Document) -> None:
    raw, end = document.raw, 0
    for segment in document.segments:
        offset = raw_end = 0
        for piece in segment.pieces:
            assert piece.text.start == offset, "pieces have a gap"
            assert raw_end <= piece.raw.start <= piece.raw.end <= len(raw), "pieces are out of order"
            offset, raw_end = piece.text.end, piece.raw.end
            text = segment.text[piece.text.start : piece.text.end]
            if len(text) == len(piece.raw) and text != " ":
                assert raw[piece.raw.start : piece.raw.end] == text, "a piece holds another text"
        assert offset == len(segment.text), "the last piece ends too early"
        ends = [0, *(span.end for span in segment.protected)]
        for span, before in zip(segment.protected, ends, strict=False):
            assert before <= span.start < span.end <= len(segment.text), "protected text is out of order"
        if segment.row is None:
            assert segment.raw.start >= end, "segments are out of order"
            end = segment.raw.end


def read_parquet(data: bytes) -> None:
    """A Parquet file is read, or is an error."""
    with contextlib.suppress(TermcheckError):
        for stretch in stretches(data, "a.parquet", ReadOptions()):
            stretch.documents("a.parquet", ReadOptions())


def read_package(name: str, part: str, tail: bytes, others: Mapping[str, str]) -> Run:
    """An office file whose main part is any text has places as a text has, and a fix changes its span only.

    Bytes that begin as a zip file are read as they are; others get their `tail` if they lack it.
    """
    writer = FORMATS[name.removeprefix("a.")].load()

    def run(data: bytes) -> None:
        if not data.startswith(b"PK"):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as package:
                for member, text in others.items():
                    package.writestr(member, text)
                package.writestr(part, data if tail in data else data + tail)
            data = file.getvalue()
        try:
            document = read_document(name, data, ReadOptions(source_lang="zh", target_lang="en"))
        except TermcheckError:
            return
        _require_map(document)
        for segment in document.segments[:3]:
            if splice(document, segment, Span(0, len(segment.text)), "x & y"):
                with contextlib.suppress(TermcheckError):
                    fixed = writer.rewrite(data, name, [(segment.raw, "x & y")])
                    raw = document.raw[: segment.raw.start] + "x & y" + document.raw[segment.raw.end :]
                    assert writer.text_of(fixed, name).raw == raw, "a fix changed more than its span"

    return run


def read_in_stretches(name: str) -> Run:
    """A file of rows in stretches of any size has the rows of the whole, at the same places."""

    def run(data: bytes) -> None:
        path = place() / name
        path.write_bytes(data)
        size = random.Random(data).choice((2, 7, 30, 200))
        with (
            mock.patch.multiple(cutting, _LONG=size, _BLOCK=max(2, size // 3)),
            mock.patch("termcheck.readers.base.MOST_ROW_ERRORS", 10**6),
        ):
            try:
                whole = _rows(read_document(name, data, ReadOptions()))
            except TermcheckError:
                return
            assert _in_stretches(path) in (whole, None), "the stretches have other rows"

    return run


def _in_stretches(path: Path) -> list[object] | None:
    """The rows of a file that is read in stretches; None if it does not begin with pairs."""
    rows: list[object] = []
    try:
        for stretch in stretches(str(path), path.name, ReadOptions()):
            with contextlib.suppress(NotBilingualError):  # the run goes on with the next stretch
                rows += [
                    row for document in stretch.documents(path.name, ReadOptions()) for row in _rows(document)
                ]
    except NotBilingualError:
        return None
    return rows


def _rows(document: Document) -> list[object]:
    return [(segment.text, locate(document, segment.raw), segment.side) for segment in document.segments]


# Checks and fixes


def check_text(name: str) -> Run:
    """Where a finding points, the raw text has what it quotes; its fix changes its spans and nothing else."""

    def run(data: bytes) -> None:
        report = check(name, data)
        if report.findings:
            raw = decode(data, name)
            for finding in report.findings:
                _require_quoted(name, raw, finding)
            _require_only_spans(name, data, raw, report.findings)

    return run


def _require_quoted(name: str, raw: str, finding: Finding) -> None:
    for location in filter(None, (finding.location, finding.source)):
        if location.path == name:
            start, end = _offsets(raw, location)
            assert raw[start:end] == location.text, f"{finding.code} does not point at what it quotes"


def _offsets(raw: str, location: Location) -> tuple[int, int]:
    starts = [0, *(newline.end() for newline in _NEWLINE.finditer(raw))]
    return (
        starts[location.line - 1] + location.column - 1,
        starts[location.end_line - 1] + location.end_column - 1,
    )


def _require_only_spans(name: str, data: bytes, raw: str, findings: Sequence[Finding]) -> None:
    fixable = [finding for finding in findings if finding.fix and finding.location.path == name]
    try:
        fixed = apply(data, name, None, fixable)
    except TermcheckError:
        return
    changes = sorted(
        (*_offsets(raw, Location(name, edit.line, edit.column, edit.end_line, edit.end_column)), edit.text)
        for finding in fixed.findings
        if finding.fix
        for edit in finding.fix.edits
    )
    parts, end = [], 0
    for start, after, text in changes:
        parts += [raw[end:start], text]
        end = after
    assert decode(fixed.data, name) == "".join((*parts, raw[end:])), "a fix changed more than its spans"


def fix_text(name: str) -> Run:
    """After `--fix` there is no finding that a fix caused, and a second `--fix` changes nothing."""

    def run(data: bytes) -> None:
        path = place() / name
        path.write_bytes(data)
        before = check(name, data)
        fix = ("check", "--fix", *_CHOSEN, *(("--unsafe-fixes",) if len(data) % 2 else ()), name)
        code, said = _command(*fix)
        once = path.read_bytes()
        after = check(name, once)
        had, has = (
            {one: len(all_) for one, all_ in report.paired.get(name, {}).items()}
            for report in (before, after)
        )
        lost = Counter(had) - Counter(has)
        assert not lost, "a fix took the counterpart of a paragraph"
        there = (*before.findings, *(silenced.finding for silenced in before.silenced))
        known = {(finding.code, finding.term and finding.term.id) for finding in there}
        for finding in after.findings if once != data else ():
            key = (finding.code, finding.term and finding.term.id)
            assert key in known or finding.code == "TRM109", f"a fix caused {finding.code}: {finding.message}"
        assert code in (0, 1, 2), said
        _command(*fix)
        assert path.read_bytes() == once, "a second --fix changes something"

    return run


_CHOSEN = ("--isolated", "--select", "ALL", "--date", DATE, "--min-confidence", "low", "--jobs", "1")


def check_stdin(data: bytes) -> None:
    """Standard input with `--fix` comes back as the file of the same bytes would be."""
    name = ("a.md", "a.txt", "a.jsonl", "a.csv", "a.po")[len(data) % 5]
    _, piped = _command("check", "--fix", "-q", *_CHOSEN, "--stdin-filename", name, "-", stdin=data)
    (place() / name).write_bytes(data)
    _command("check", "--fix", "-q", *_CHOSEN, name)
    assert piped == (place() / name).read_bytes(), "standard input and a file are fixed otherwise"


def _command(*arguments: str, stdin: bytes = b"") -> tuple[int, bytes]:
    """The exit code of a command, run in the directory of the targets, and its standard output."""
    output, said = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with (
        contextlib.chdir(place()),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(said),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
    ):
        code = main(list(arguments))
        output.flush()
    return code, output.buffer.getvalue()


# Glossaries, settings, baselines, caches


def load_any_glossary(ending: str) -> Run:
    """A glossary is loaded, indexed and written in every format, or is an error with a place."""

    def run(data: bytes) -> None:
        path = place() / f"any.{ending}"
        path.write_bytes(data)
        try:
            loaded = load_glossary([path])
        except TermcheckError as error:
            assert error.path == path.as_posix()  # noqa: PT017 - most inputs are no errors
            return
        render_glossary(loaded.glossary)
        for form in glossary_formats.FORMATS.values():
            if form.writer:
                form.load_writer().write(loaded.glossary)
        pair = loaded.glossary.languages
        if len(pair) > 1 and pair[0] != pair[1]:
            with contextlib.suppress(TermcheckError):
                index_glossary(loaded.glossary, pair[0], pair[1])

    return run


def format_any_glossary(data: bytes) -> None:
    """A glossary in YAML is formatted without changing what it says, and only once."""
    text = data.decode("utf-8", "replace") + "\n"
    try:
        result = formatted(text, "any.yaml", sort=True)
        old = load_glossary_text(text, "any.yaml", ("zh", "en"))
    except TermcheckError:
        return
    assert not differences(old, load_glossary_text(result, "any.yaml", ("zh", "en")))
    assert formatted(result, "any.yaml", sort=True) == result


def load_any_config(data: bytes) -> None:
    """A configuration is read, or is an error."""
    path = place() / "termcheck.toml"
    path.write_bytes(data)
    try:
        with contextlib.suppress(TermcheckError):
            resolve(load_config(str(path)))
    finally:
        path.unlink()


def load_any_baseline(data: bytes) -> None:
    """A baseline is read, and read again as it is written, or is an error."""
    with contextlib.suppress(TermcheckError):
        read_once = parse_baseline(decode(data, "baseline.json"), "baseline.json")
        again = parse_baseline(render_baseline(read_once.entries), "baseline.json")
        assert again.entries == read_once.entries


def load_any_cache(data: bytes) -> None:
    """A damaged file of a cache counts as missing, and nothing is raised."""
    directory = place() / "damaged"
    directory.mkdir(mode=0o700, exist_ok=True)
    cache = GlossaryCache(str(directory))
    key = b"key"
    Path(cache._path(key)).write_bytes(data)
    if found := cache.read(key):
        list(found[0].glossary.concepts)
    words = directory / "words"
    words.write_bytes("外交 6143 n\n南海 3 n\n".encode())
    index = directory / "words.index"
    index.write_bytes(data)
    dictionary = WordDictionary(str(words), str(index))
    assert dictionary.count("南海") == 3
    (directory / "lemmas").write_bytes(data)
    with (directory / "lemmas").open("rb") as file, contextlib.suppress(ValueError):
        lemmas = LemmaIndex.mapped(file)
        for word in ("", "go", "went", "上"):
            lemmas.lemmas(word)
            lemmas.forms(word)
            lemmas.count_forms(word)


_WORDS = (*pieces.CHINESE, *pieces.ENGLISH)
_PROSE = (*_WORDS, *pieces.MARKDOWN, *pieces.NEWLINES, *pieces.ODD)
_ROWS = (*_WORDS, *pieces.ROWS, *pieces.NEWLINES, *pieces.ODD)
_PAGES = (*_WORDS, *pieces.PAGES, *pieces.NEWLINES, *pieces.ODD)
_CUES = (*_WORDS, *pieces.SUBTITLES, *pieces.NEWLINES, *pieces.ODD)
_XML = (*_WORDS, *pieces.XML, *pieces.NEWLINES, *pieces.ODD)
_CATALOGUES = (*_WORDS, *pieces.CATALOGUES, *pieces.NEWLINES, *pieces.ODD)
_APPS = (*_WORDS, *pieces.APPS, *pieces.NEWLINES, *pieces.ODD)
_APPS_IN_XML = (*_WORDS, *pieces.APPS_IN_XML, *pieces.NEWLINES, *pieces.ODD)
_ENDINGS = (
    *(
        "txt",
        "md",
        "mdx",
        "csv",
        "tsv",
        "jsonl",
        "po",
        "html",
        "xlf",
        "tmx",
        "ts",
        "srt",
        "vtt",
        "ass",
        "json",
    ),
    "yaml",
)
_APPS_IN_ONE_LANGUAGE = ("arb", "xcstrings", "properties", "strings", "ftl", "xml", "resx", "stringsdict")
_HEADS = {
    "csv": "source,target\n",
    "tsv": "source\ttarget\n",
    "jsonl": "",
    "po": 'msgid ""\nmsgstr "Language: en"\n',
    "srt": "",
    "vtt": "WEBVTT\n\n",
    "ass": "[Events]\n",
    "xlf": "<xliff>",
    "tmx": "<tmx>",
    "ts": "<TS>",
    "json": "[",
    "yaml": "",
    **dict.fromkeys(_APPS_IN_ONE_LANGUAGE, ""),
    "xml": "<resources>",
    "resx": "<root>",
    "stringsdict": "<plist><dict>",
}
_TAILS = {
    "xlf": "</xliff>",
    "tmx": "</tmx>",
    "ts": "</TS>",
    "xml": "</resources>",
    "resx": "</root>",
    "stringsdict": "</dict></plist>",
}
_PIECES = {
    "po": _CATALOGUES,
    "html": _PAGES,
    **dict.fromkeys(("xlf", "tmx", "ts"), _XML),
    **dict.fromkeys(("srt", "vtt", "ass"), _CUES),
    **dict.fromkeys(("json", "yaml", *_APPS_IN_ONE_LANGUAGE), _APPS),
    **dict.fromkeys(("xml", "resx", "stringsdict"), _APPS_IN_XML),
}
_PAIRS = {
    "ts": "<message><source>{}</source><translation>{}</translation></message>\n",
    "xlf": "<trans-unit><source>{}</source><target>{}</target></trans-unit>\n",
    "tmx": '<tu><tuv xml:lang="zh"><seg>{}</seg></tuv>\n<tuv xml:lang="en"><seg>{}</seg></tuv></tu>\n',
    "csv": "{},{}\n",
    "tsv": "{}\t{}\n",
    "jsonl": '{{"source": "{}", "target": "{}"}}\n',
    "po": '\nmsgid "{}"\nmsgstr "{}"\n',
    "html": "<p>{}\n<p>{}\n",
    "srt": "\n1\n00:00:01,000 --> 00:00:02,500\n{}\n{}\n",
    "vtt": "\n00:01.000 --> 00:02.500\n{}\n{}\n",
    "ass": "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{}\\N{}\n",
    "json": '{{"zh": "{}", "en": "{}"}},',
    "yaml": '- {{zh: "{}", en: "{}"}}\n',
    "xml": '<string name="a">{}</string><string name="b">{}</string>\n',
    "resx": '<data name="a"><value>{}</value></data><data name="b"><value>{}</value></data>\n',
    "stringsdict": "<key>a</key><string>{}</string><key>b</key><string>{}</string>\n",
}
_GLOSSARY = (*pieces.GLOSSARY, *_WORDS, *pieces.NEWLINES)
_PARAGRAPHS = "{}\n\n{}\n\n"
_OFFICE = "http://schemas.openxmlformats.org"
_WORKBOOK = {
    "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}/r"><sheets><sheet name="S" r:id="a"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/>'
    '<Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/></Relationships>',
    "xl/t.xml": "<sst><si><t>shared</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si></sst>",
}


def _of_texts(kind: str, make: Callable[[str], Run], endings: Sequence[str]) -> dict[str, Target]:
    return {
        f"{kind}-{ending}": Target(
            make(f"{kind}.{ending}"),
            _PIECES.get(ending, _ROWS if ending in _HEADS else _PROSE),
            _HEADS.get(ending, ""),
            _PAIRS.get(ending, _PARAGRAPHS),
            _TAILS.get(ending, ""),
        )
        for ending in endings
    }


TARGETS = {
    **_of_texts("read", read, (*_ENDINGS, *_APPS_IN_ONE_LANGUAGE)),
    "read-docx": Target(
        read_package("a.docx", "word/document.xml", b"</w:body></w:document>", {}),
        (*_WORDS, *pieces.WORD),
        f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>',
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>{}</w:t></w:r></w:p>",
    ),
    "read-xlsx": Target(
        read_package("a.xlsx", "xl/s.xml", b"</sheetData></worksheet>", _WORKBOOK),
        (*_WORDS, *pieces.EXCEL),
        f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>zh</t>'
        '</is></c><c t="inlineStr"><is><t>en</t></is></c></row>',
        '<row><c t="inlineStr"><is><t>{}</t></is></c><c t="inlineStr"><is><t>{}</t></is></c></row>',
    ),
    "read-parquet": Target(read_parquet, ("PAR1", "\x00", "\x15")),
    "stretches-jsonl": Target(read_in_stretches("s.jsonl"), _ROWS, "", _PAIRS["jsonl"]),
    "stretches-csv": Target(read_in_stretches("s.csv"), _ROWS, _HEADS["csv"], _PAIRS["csv"]),
    "stretches-tsv": Target(read_in_stretches("s.tsv"), _ROWS, _HEADS["tsv"], _PAIRS["tsv"]),
    "stretches-xlf": Target(read_in_stretches("s.xlf"), _XML, "<xliff>", _PAIRS["xlf"], "</xliff>"),
    "stretches-tmx": Target(read_in_stretches("s.tmx"), _XML, "<tmx>", _PAIRS["tmx"], "</tmx>"),
    **_of_texts("check", check_text, _ENDINGS),
    **_of_texts("fix", fix_text, _ENDINGS),
    "stdin": Target(check_stdin, _PROSE, "", _PARAGRAPHS),
    "glossary": Target(load_any_glossary("yaml"), _GLOSSARY),
    "glossary-fmt": Target(format_any_glossary, _GLOSSARY),
    "glossary-json": Target(load_any_glossary("json"), _GLOSSARY),
    "glossary-csv": Target(load_any_glossary("csv"), (*pieces.TERM_TABLE, *_WORDS), "zh,en,status\n"),
    "glossary-tsv": Target(load_any_glossary("tsv"), (*pieces.TERM_TABLE, *_WORDS), "zh\ten\tnote\n"),
    "glossary-md": Target(load_any_glossary("md"), (*pieces.TERM_TABLE, *_WORDS), "| zh | en |\n|---|---|\n"),
    "glossary-tbx": Target(
        load_any_glossary("tbx"), (*pieces.TBX, *_WORDS), '<tbx xml:lang="zh"><text><body>'
    ),
    "glossary-xlf": Target(
        load_any_glossary("xlf"), (*pieces.TBX, *_WORDS), '<xliff srcLang="zh" trgLang="en">'
    ),
    "glossary-po": Target(load_any_glossary("po"), _CATALOGUES, 'msgid ""\nmsgstr "Language: en\\n"\n'),
    "config": Target(load_any_config, pieces.CONFIG),
    "baseline": Target(load_any_baseline, pieces.BASELINE),
    "cache": Target(load_any_cache, ("\x93", "\xc4", "key", "\x00")),
}
