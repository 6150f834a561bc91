"""Text that is the same on both sides was kept on purpose: it owes nothing, and nothing in it accuses.

A row of code, a licence or a signature is not translated, and neither are the titles that a text cites or the
parameters that it sets in italics. Whoever leaves a whole text as it is decided to; whether rightly, a rule
of its own asks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.model import Segment, SegmentPair, Span

# What makes no difference between two texts: blanks, quotes, the marks of emphasis and of code.
_MARKS = "*_~`'\"‘’‚“”„«»‹›「」『』《》〈〉 "
_BLANKS = _MARKS + "\\s\u00ad\u200b-\u200f\u2060\ufeff"
_IGNORED = compile_later(f"[{_BLANKS}]+")
_FIRST = compile_later(f"[^{_BLANKS}]")
_LETTER = compile_later(r"[^\W\d_]")
# What authors set off: emphasis, the text of a link or of a role, and what is in quotes. All but the content
# of an element begin with a literal, so the search is ten times as fast in text without elements.
_ELEMENT = r"(?<=>)[^<>\n]{1,200}(?=</(?:em|i|b|strong|cite|q|var|dfn)>)"
_SET_OFF = (
    r"\*\*{0,2}(?=[^\s*])[^*\n]{1,200}(?<!\s)\*{1,3}",
    r"_(?<!\w_)(?=[^\s_])[^\n]{1,200}?(?<![\s_])_(?!\w)",
    r"\[[^\[\]\n]{1,200}\](?=[(\[])",
    _ELEMENT,
    r"`(?<=[:}]`)[^`\n]{1,200}`(?!`)|`(?<!``)[^`\n]{1,200}`(?=__?(?!\w))",
    '“[^“”\n]{1,200}”|„[^“”„\n]{1,200}[“”]|"(?=[^\\s"])[^"\n]{1,200}(?<!\\s)"|‘[^‘’\n]{1,200}’(?!\\w)',
    "«[^«»\n]{1,200}»|‹[^‹›\n]{1,200}›|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』",
    "《[^《》\n]{1,200}》|〈[^〈〉\n]{1,200}〉",
)
_MARKED = compile_later("|".join(_SET_OFF))
_MARKED_OUTSIDE_ELEMENTS = compile_later("|".join(one for one in _SET_OFF if one is not _ELEMENT))
_NO_NAMES: Mapping[int, tuple[Span, ...]] = {}


class KeptText(Struct, frozen=True):
    """What the two sides of a pair have in common: everything, or names in marks of their own.

    `names` are the spans of such names in segments of either side, by the identity of the segment. They are
    in order, and none lies in another.
    """

    is_whole: bool = False
    names: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    def holds(self, match: Match) -> bool:
        """Whether a match on either side lies in kept text."""
        return self.is_whole or bool(self.names and self.name_around(match))

    def name_around(self, match: Match) -> str:
        """The kept name that a match lies in, without its marks; empty if there is none."""
        spans = self.spans(match.segment)
        # None lies in another, so the last that begins before the match also ends last.
        last = bisect_right(spans, match.span.start, key=_start) - 1
        if last < 0 or not spans[last].contains(match.span):
            return ""
        return match.segment.text[spans[last].start : spans[last].end].strip(_MARKS)

    def spans(self, segment: Segment) -> Sequence[Span]:
        """The spans of kept names in a segment."""
        return self.names.get(id(segment), ())


NOTHING_KEPT = KeptText()


def kept_text(pair: SegmentPair) -> KeptText:
    """What a pair keeps from its source."""
    if not pair.source or not pair.target:
        return NOTHING_KEPT
    if is_same(pair):
        return KeptText(is_whole=True)
    sources = list(_marked_names(pair.source))
    if not sources:
        return NOTHING_KEPT
    targets = list(_marked_names(pair.target))
    common = {name for name, _, _ in sources} & {name for name, _, _ in targets}
    names: defaultdict[int, list[Span]] = defaultdict(list)
    for name, segment, span in (*sources, *targets) if common else ():
        if name in common:
            names[id(segment)].append(span)
    outer = {segment: tuple(_outermost(spans)) for segment, spans in names.items()}
    return KeptText(names=outer) if outer else NOTHING_KEPT


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that lie in no other, in order."""
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > end:
            yield span
            end = span.end


def _start(span: Span) -> int:
    return span.start


def is_same(pair: SegmentPair) -> bool:
    """Whether both sides of a pair are the same text, whatever its width, blanks, quotes and emphasis.

    Text in another case was not left as it is.
    """
    if len(pair.source) == len(pair.target) == 1:
        return is_same_text(pair.source[0].text, pair.target[0].text)
    source, target = (" ".join(segment.text for segment in side) for side in (pair.source, pair.target))
    return is_same_text(source, target)


def is_same_text(source: str, target: str) -> bool:
    """Whether two texts are the same in this sense; texts without letters or digits are not."""
    first, other = _FIRST.search(source), _FIRST.search(target)
    # Nearly all pairs differ in their first character.
    if first is None or other is None or _normal(first[0])[:1] != _normal(other[0])[:1]:
        return False
    return source == target or _key(source) == _key(target)


def keeps_any(source: str, target: str) -> bool:
    """Whether two texts of a row have anything in common that `kept_text` would find."""
    if is_same_text(source, target):
        return True
    found = {_key(match[0]) for match in _marked(source)}
    return bool(found) and any(_key(match[0]) in found for match in _marked(target))


def _marked_names(segments: Sequence[Segment]) -> Iterator[tuple[str, Segment, Span]]:
    """The names with letters that segments set off, in the form in which they are compared."""
    for segment in segments:
        for span in (*segment.marked, *(Span(*match.span()) for match in _marked(segment.text))):
            name = _key(segment.text[span.start : span.end])
            if _LETTER.search(name):
                yield name, segment, span


def _marked(text: str) -> Iterator[re.Match[str]]:
    """What a text sets off, marks included."""
    return (_MARKED if "</" in text else _MARKED_OUTSIDE_ELEMENTS).finditer(text)


def _key(text: str) -> str:
    return _normal(_IGNORED.sub("", text))


def _normal(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
