"""The words by which other tools give the status and the type of a term, and say yes and no.

TBX has pick lists, but files have much else in their place; tables have anything. A word that is not known
says nothing: a term without a status is acceptable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Status, TermType

_PREFERRED = """
preferred approved standardized standard legal regulated recommended main used active valid final ok
首选 推荐 優先 推奨 承認 已批准 批准 标准 標準 bevorzugt freigegeben genehmigt recommandé préféré approuvé
preferido aprobado
"""
_ADMITTED = """
admitted accepted acceptable allowed alternative non-standard nonstandard permitted synonym secondary
许用 允许 可用 許容 認可 备选 zugelassen erlaubt admis toléré admitido permitido
"""
_DEPRECATED = """
deprecated superseded obsolete notrecommended discouraged outdated avoid retired replaced unrecommended
不推荐 非推奨 过时 旧称 已废弃 废弃 veraltet déconseillé obsolète desaconsejado obsoleto
"""
_FORBIDDEN = """
forbidden prohibited banned rejected disallowed donotuse notallowed blacklisted wrong incorrect never
禁用 禁止 禁用词 错误 誤り 使用禁止 verboten unzulässig abgelehnt interdit proscrit prohibido rechazado
"""
# These are about the entry's way through a workflow, not about the term.
_OPEN = """
new draft proposed provisional candidate pending inprogress unreviewed working starterelement imported
none unknown translated nottranslated untranslated fuzzy reviewed consolidated complete 新 草案 待定
"""

STATUSES: Mapping[str, Status | None] = {
    **{
        word: status
        for status, words in (
            (Status.PREFERRED, _PREFERRED),
            (Status.ADMITTED, _ADMITTED),
            (Status.DEPRECATED, _DEPRECATED),
            (Status.FORBIDDEN, _FORBIDDEN),
        )
        for word in words.split()
    },
    **dict.fromkeys(_OPEN.split()),
}
"""The status for each word that `status_key` gives; None for a word that leaves the status open."""

TYPES: Mapping[str, TermType] = {
    "full": TermType.FULL,
    "fullform": TermType.FULL,
    "short": TermType.SHORT,
    "shortform": TermType.SHORT,
    "acronym": TermType.ACRONYM,
    "initialism": TermType.ACRONYM,
    "abbreviation": TermType.ABBREVIATION,
    "abbreviatedform": TermType.ABBREVIATION,
    "abbreviatedformfor": TermType.ABBREVIATION,
    "variant": TermType.VARIANT,
    "phrase": TermType.PHRASE,
    "phraseologicalunit": TermType.PHRASE,
}
"""The type of a term for each word that `status_key` gives."""

_TRUE = frozenset(
    [
        "true",
        "yes",
        "y",
        "1",
        "x",
        "on",
        "✓",
        "✔",
        "wahr",
        "ja",
        "vrai",
        "oui",
        "verdadero",
        "sí",
        "si",
        "vero",
        "是",
        "对",
        "はい",
        "真",
        "√",
        "да",
    ]
)
_FALSE = frozenset(
    [
        "false",
        "no",
        "n",
        "0",
        "off",
        "-",
        "falsch",
        "nein",
        "faux",
        "non",
        "falso",
        "否",
        "不",
        "いいえ",
        "偽",
        "нет",
    ]
)
_SEPARATORS = compile_later(r"[\s_]+")
_TBX_ENDING = compile_later(r"-admn-sts$|term$")


def status_key(word: str) -> str:
    """A word as the tables have it: in small letters, without blanks and the endings of TBX."""
    folded = _SEPARATORS.sub("", word.strip().casefold())
    return _TBX_ENDING.sub("", _TBX_ENDING.sub("", folded)) or folded


def truth(word: str) -> bool | None:
    """What a word says as an answer to yes or no; None if it is neither."""
    folded = word.strip().casefold()
    return True if folded in _TRUE else False if folded in _FALSE else None


class UnknownWords(Struct):
    """Reads words from the pick lists of one file, and counts those that are not known."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: int = 0

    def add(self, what: str, word: str, line: int) -> None:
        """Count a word in a 1-based line that is no value of an attribute."""
        self.counts[what, word.strip()] += 1
        self.first = self.first or line

    def status(self, word: str, line: int) -> Status | None:
        """The status that a word gives in a 1-based line; None if it leaves the status open."""
        key = status_key(word)
        if key and key not in STATUSES:
            self.add("status", word, line)
        return STATUSES.get(key)

    def notices(self) -> Iterator[str]:
        """A notice, if there were unknown words."""
        if self.counts:
            words = ", ".join(f"{what} “{word}”" for (what, word), _ in self.counts.most_common(3))
            total = self.counts.total()
            said = "1 value is not known and says nothing"
            said = said if total == 1 else f"{total} values are not known and say nothing"
            yield f"{said} ({words}; first in line {self.first})"
