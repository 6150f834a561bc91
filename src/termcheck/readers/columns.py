"""Which column, or which key of an object, holds which side of a pair.

Files name their sides in three ways: as source and target, by language tag, or by the name of the language in
some language. All three are accepted, unless they are ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from termcheck.lazy import compile_later
from termcheck.model import same_language
from termcheck.readers.base import ReadOptions

_TAG = compile_later(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")

# What people write above a column: a language's name in English, in itself, in Chinese and in a few others.
_NAMES = """
ar: arabic, العربية, 阿拉伯语, 阿拉伯文, arabisch, arabe
cs: czech, čeština, 捷克语
da: danish, dansk, 丹麦语
de: german, deutsch, 德语, 德文, 德語, allemand, alemán
el: greek, ελληνικά, 希腊语
en: english, 英语, 英文, 英語, englisch, anglais, inglés, inglês, inglese, английский, 영어
es: spanish, español, castellano, 西班牙语, 西班牙文, spanisch, espagnol
fa: persian, farsi, فارسی, 波斯语
fi: finnish, suomi, 芬兰语
fr: french, français, 法语, 法文, 法語, französisch, francés
he: hebrew, עברית, 希伯来语
hi: hindi, हिन्दी, 印地语
hu: hungarian, magyar, 匈牙利语
id: indonesian, bahasa indonesia, 印尼语, 印度尼西亚语
it: italian, italiano, 意大利语, 意大利文, italienisch, italien
ja: japanese, 日本語, 日语, 日文, 日語, japanisch, japonais
ko: korean, 한국어, 韩语, 韩文, 韓語, 韓文, 朝鲜语, koreanisch, coréen
ms: malay, bahasa melayu, 马来语
nl: dutch, nederlands, 荷兰语, niederländisch, néerlandais
no: norwegian, norsk, 挪威语
pl: polish, polski, 波兰语, polnisch, polonais
pt: portuguese, português, 葡萄牙语, 葡文, portugiesisch, portugais
ro: romanian, română, 罗马尼亚语
ru: russian, русский, 俄语, 俄文, 俄語, russisch, russe
sv: swedish, svenska, 瑞典语
th: thai, ไทย, ภาษาไทย, 泰语, 泰文
tr: turkish, türkçe, 土耳其语
uk: ukrainian, українська, 乌克兰语
vi: vietnamese, tiếng việt, 越南语, 越文
zh: chinese, mandarin, 中文, 汉语, 漢語, 华语, 華語, 中国語, 중국어, chinesisch, chinois, chino
zh-hans: simplified chinese, chinese (simplified), 简体, 简体中文, 中文（简体）, 中文(简体)
zh-hant: traditional chinese, chinese (traditional), 繁體, 繁體中文, 繁体, 繁体中文, 中文（繁體）, 中文(繁體)
"""


def language_tag(name: str) -> str:
    """The language tag, in small letters, for the name of a column or key; empty if it names no language."""
    folded = name.strip().casefold()
    tag = folded.replace("_", "-")
    return _tags().get(folded) or (tag if _TAG.fullmatch(tag) else "")


def sides(names: Sequence[str], options: ReadOptions) -> tuple[int, int] | None:
    """The indices of the source and the target among the names; None unless there is exactly one of each.

    Both are found by key, else both by language, else one by key and the other by language. Languages come
    before such a mixture because a column called `source` beside two languages mostly says where a text is
    from.
    """
    folded = [name.strip().casefold() for name in names]
    tags = [language_tag(name) for name in names]
    keys = [_only(folded, key.strip().casefold()) for key in (options.source_key, options.target_key)]
    languages = [_of_language(tags, language) for language in (options.source_lang, options.target_lang)]
    for source, target in (keys, languages, (keys[0], languages[1]), (languages[0], keys[1])):
        if source is not None and target is not None and source != target:
            return source, target
    return None


def missing_sides(what: str, names: Sequence[str], options: ReadOptions) -> tuple[str, str]:
    """The message and the advice for names among which `sides` finds nothing; `what` has these names."""
    wanted = [options.source_key, options.target_key]
    wanted += [tag for tag in (options.source_lang, options.target_lang) if tag]
    present = ", ".join(name.strip() for name in names)
    shown = present if len(present) <= 200 else f"{present[:200]}…"
    advice = f"name them {' and '.join(wanted[:2])}"
    if len(wanted) > 2:
        advice += f", or by language ({', '.join(wanted[2:])})"
    advice += "; or use --source-key and --target-key"
    return f"{what} does not name one source and one target column; it has: {shown}", advice


def _of_language(tags: Sequence[str], language: str | None) -> int | None:
    """The index of a language's only tag; tags with other subtags count if the tag itself is absent."""
    if not language:
        return None
    wanted = language.casefold()
    exact = _only(tags, wanted)
    if exact is not None or wanted in tags:
        return exact
    return _only([bool(tag) and same_language(tag, wanted) for tag in tags], True)


def _only(values: Sequence[object], wanted: object) -> int | None:
    """The index of a value that occurs exactly once."""
    return values.index(wanted) if values.count(wanted) == 1 else None


@cache
def _tags() -> dict[str, str]:
    lines = (line.partition(": ") for line in _NAMES.strip().splitlines())
    return {name.casefold(): tag for tag, _, names in lines for name in names.split(", ")}
