"""What the columns of a table hold, by the names above them.

Each tool names its columns in its own way, and people name theirs as they like. One table of synonyms and a
few patterns (`Term [en]`, `English_Def`, `en description`) cover the exports of DeepL, Crowdin, memoQ,
Phrase, Lokalise, Smartling, Google, GlotPress, OmegaT and UTX.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SHORTHAND, TERM_ATTRIBUTES
from termcheck.glossary.attributes import language_tag as usual_tag
from termcheck.language_tags import primary_subtag
from termcheck.languages import is_known
from termcheck.lazy import compile_later
from termcheck.readers.columns import language_tag
from termcheck.text.scripts import HAN_CLASS

SOURCE, TARGET, TERM, IGNORED = "source", "target", "term", ""
"""Roles of columns: a term of the source, of the target, or of the column's own language; nothing of use."""

_SYNONYMS = f"""
{SOURCE}: source, source term, source text, source word, src, original, original term, term, terms, word
{SOURCE}: phrase, 原文, 原语, 源语言, 源文, 源术语, 原語, 原词, 术语, 術語, 用語, 用语, 词条, 詞條, 名词
{SOURCE}: 名詞, 원문, 용어, quelle, ausgangssprache, ausgangsterm, quellterm, begriff, benennung, terme
{SOURCE}: término, termine, термин
{TARGET}: target, target term, target text, tgt, translation, translations, translated term, rendering
{TARGET}: renderings, 译文, 譯文, 译名, 譯名, 译法, 目标, 目标语言, 目标术语, 訳, 訳語, 訳文, 翻译, 翻譯
{TARGET}: 翻訳, 对应词, 번역, ziel, zielsprache, zielterm, übersetzung, traduction, traducción
{TARGET}: traduzione, tradução, перевод
source_lang: source language, source lang, source_lang, source locale, 原文语言, 源语种
target_lang: target language, target lang, target_lang, target locale, 译文语言, 目标语种
status: status, term status, usage status, usagestatus, administrative status, approval, state, 状态, 狀態
status: ステータス
forbidden: forbidden, is forbidden, prohibited, do not use, 禁用, 禁止, verboten, interdit
preferred: preferred, is preferred, 首选, bevorzugt
case_sensitive: case sensitive, casesensitive, is case sensitive, match case, 区分大小写
case_sensitive: 大文字小文字
exact: exact, exact match, exactmatch
translatable: translatable, is translatable, 可翻译
untranslatable: untranslatable, do not translate, dnt, non translatable, keep original, 不翻译
untranslatable: 翻訳しない
note: note, notes, term note, comment, comments, remark, remarks, concept note, entry note, usage note
note: anmerkung, 备注, 備註, 备考, 備考, 注, 注释, 註, 註解, 说明, 說明, メモ, bemerkung, kommentar
note: commentaire, remarque
part_of_speech: part of speech, partofspeech, pos, word class, src:pos, 词性, 詞性, 品詞, wortart
definition: definition, def, description, term description, concept definition, meaning, explanation
definition: entry definition, 定义, 定義, 释义, 釋義, 解释, 解説, 意味, beschreibung, définition
definition: definición
subject: subject, domain, field, subject field, concept subject, entry subject, entry domain, category
subject: topic, 领域, 領域, 分野, 类别, 分类, 學科, fachgebiet, domaine
concept: concept, id, concept id, entry id, entryid, term id, termid, uid, uuid, entry number, 编号
concept: 編號
type: type, term type, 类型
context: context, example, examples, example sentence, sample sentence, term example, 例句, 例文, 语境
context: beispiel, exemple
sources: sources, reference, references, source of term, 出处, 出處, 出典, 来源, 來源
customer: customer, client, entry clientid, 客户
project: project, entry projectid, 项目
"""
# `Term [en]`, `Description (fr-FR)`.
_BRACKETED = compile_later(r"(?P<role>.+?)\s*[\[(（](?P<language>[^\[\]()（）]+)[\])）]")
_BLANKS = compile_later(r"[\s_:#]+")
# `中文翻译`: names in Han characters have no blanks between their words.
_HAN_NAME = compile_later(f"[{HAN_CLASS}]{{4,12}}")
_LONGEST = 100
_MOST_COLUMNS = 1_000
# Both name a column of numbers at least as often as a language.
_DOUBTFUL = ("id", "no")


class Column(Struct, frozen=True):
    """What a column holds: its role, or the attribute, and the language it is about, if it names one."""

    role: str
    language: str = ""

    @property
    def has_terms(self) -> bool:
        """Whether the column holds terms."""
        return self.role in (SOURCE, TARGET, TERM)


def columns_of(names: Sequence[str]) -> list[Column] | None:
    """The columns under a header; None if the names are no header, because they name no two languages."""
    columns = [column_named(name) for name in names[:_MOST_COLUMNS]]
    sure = [column for column in columns if column.has_terms and column.language not in _DOUBTFUL]
    if len({(column.role, column.language) for column in sure}) >= 2:
        columns = [_without_doubt(column) for column in columns]
    columns = _in_order(columns)
    return columns if _is_header(columns) else None


def column_named(name: str) -> Column:
    """The column of a name; one that means nothing to us is ignored."""
    if len(name) > _LONGEST:
        return Column(IGNORED)
    if name.strip().casefold() in _DOUBTFUL:
        return Column(TERM, name.strip().casefold())
    role = _role(name)
    if role is not None:
        return Column(role)
    if language := language_named(name):
        return Column(TERM, language)
    bracketed = _BRACKETED.fullmatch(name.strip())
    if bracketed and (language := language_named(bracketed["language"])):
        role = _role(bracketed["role"])
        return Column(_own_term(role), language)
    for left, right in _in_two(name.strip()):
        for language, role in ((language_named(left), _role(right)), (language_named(right), _role(left))):
            if language and role is not None:
                return Column(_own_term(role), language)
    return _by_first_word(name)


def _in_two(name: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a name in two, between its words or anywhere between Han characters."""
    if _HAN_NAME.fullmatch(name):
        yield from ((name[:cut], name[cut:]) for cut in range(2, len(name) - 1))
    words = [word for word in _BLANKS.split(name) if word]
    yield from ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))


def _by_first_word(name: str) -> Column:
    """The column of a name such as `English_United_States`, as memoQ has it."""
    first = name.strip().partition("_")[0]
    language = language_named(first) if "_" in name and len(first) > 3 else ""
    return Column(TERM, language) if language else Column(IGNORED)


def language_named(name: str) -> str:
    """The tag of the language that a column is named after; empty if it is none."""
    tag = language_tag(name) or language_tag(name.strip().replace(" ", "-"))
    primary = primary_subtag(tag) if tag else ""
    return (usual_tag(tag) or "") if len(primary) == 2 or (primary and is_known(tag)) else ""


def _own_term(role: str | None) -> str:
    return TERM if role in (None, SOURCE, TARGET) else role or IGNORED


def _role(name: str) -> str | None:
    folded = _BLANKS.sub(" ", name.casefold()).strip()
    return _roles().get(folded)


def _without_doubt(column: Column) -> Column:
    if column.language not in _DOUBTFUL or column.role != TERM:
        return column
    return Column("concept" if column.language == "id" else IGNORED)


def _in_order(columns: Sequence[Column]) -> list[Column]:
    """The columns; what follows a term and names no language is about that term, as memoQ has it."""
    result: list[Column] = []
    language = ""
    repeated = _is_repeated(columns)
    for column in columns:
        if column.has_terms:
            language = column.language
        elif repeated and language and not column.language and column.role in repeated:
            column = Column(column.role, language)
        result.append(column)
    return result


def _is_repeated(columns: Sequence[Column]) -> set[str]:
    """The attributes that several columns have without naming a language."""
    unnamed = [column.role for column in columns if column.role and not column.language]
    return {role for role in unnamed if unnamed.count(role) > 1} - {SOURCE, TARGET}


def _is_header(columns: Sequence[Column]) -> bool:
    terms = [column for column in columns if column.has_terms]
    languages = {primary_subtag(column.language) for column in terms if column.language}
    roles = {column.role for column in terms if not column.language}
    return len(languages) + len(roles) >= 2


@cache
def _roles() -> dict[str, str]:
    roles = {name: name for name in (*ENTRY_ATTRIBUTES, *TERM_ATTRIBUTES) if name not in ("keep", "term")}
    roles |= {name: name for name in SHORTHAND}
    roles["keep"] = "untranslatable"
    for line in _SYNONYMS.strip().splitlines():
        role, _, names = line.partition(": ")
        roles |= dict.fromkeys(names.split(", "), role)
    return {_BLANKS.sub(" ", name).strip(): role for name, role in roles.items()}
