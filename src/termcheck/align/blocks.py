"""The blocks that are aligned: the pieces of a paragraph count as one text, however many lines they have.

A Markdown paragraph may be written one sentence a line, or as `a<br/>b<br/>c`. Its pieces are segments of one
block, and opposite them stands one paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from termcheck.align.profile import has_letters, length_of
from termcheck.align.sides import sides_of
from termcheck.languages import get as languages_get
from termcheck.model import Document, Segment, Side
from termcheck.text.scripts import letters_of

# All figures were chosen by hand. A language with less than this share of the other one's letters only occurs
# in names, unless it has nearly as many blocks.
_BILINGUAL_SHARE = 0.25
_ALTERNATING_SHARE = 0.8
# In a shorter document a name may as well be a translation.
MIN_BLOCKS = 4
# What makes a sentence, and what makes a phrase that nothing ends.
_SENTENCE_MARKS = (".", "!", "?", "。", "！", "？", "…")
_SENTENCE_WORDS, _SENTENCE_LETTERS = 2, 4
_PHRASE_WORDS, _SMALL_WORDS, _PHRASE_LETTERS = 15, 2, 30
_ABBREVIATION = 3


class Block(Struct, frozen=True):
    """Segments that are aligned as one; `index` is that of the first in its document."""

    index: int
    side: Side
    segments: tuple[Segment, ...]

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.segments[0].heading

    @property
    def length(self) -> float:
        """The length of its text, in letters of an alphabetic translation."""
        return sum(length_of(segment.unprotected_text) for segment in self.segments)


def blocks_of(document: Document, indices: Sequence[int], source_lang: str, target_lang: str) -> list[Block]:
    """The blocks of a bilingual document, from its segments with these indices, in order.

    Segments without letters, and those in neither language, are left out. A block in both languages is a
    sequence of texts, not one. A comment to termcheck between two pieces divides a block.
    """
    segments = document.segments
    sides = sides_of([segments[index] for index in indices], source_lang, target_lang)
    sided = [(index, side) for index, side in zip(indices, sides, strict=True) if side is not None]
    comments = [directive.start for directive in document.directives]

    def key(item: tuple[int, Side]) -> tuple[tuple[bool, int], int]:
        segment = segments[item[0]]
        return _block_key(segment, item[0]), bisect_right(comments, segment.raw.start)

    found: list[Block] = []
    for _, group in groupby(sided, key):
        pieces = list(group)
        if len({side for _, side in pieces}) == 1:
            first, side = pieces[0]
            found.append(Block(first, side, tuple(segments[index] for index, _ in pieces)))
        else:
            found += [Block(index, side, (segments[index],)) for index, side in pieces]
    return found


def lone_names(blocks: Sequence[Block], source_lang: str, target_lang: str) -> set[int]:
    """The indices of blocks with lone names, licences or handles in a language that the document hardly has.

    A document in one language names things in the other. Such a name is the counterpart of no paragraph.
    """
    counts = Counter(block.side for block in blocks)
    fewer, more = sorted(counts[side] for side in Side)
    if more < MIN_BLOCKS or fewer >= _ALTERNATING_SHARE * more:
        return set()
    lengths = {side: sum(block.length for block in blocks if block.side is side) for side in Side}
    minor, major = sorted(Side, key=lambda side: lengths[side])
    is_bilingual = lengths[minor] >= _BILINGUAL_SHARE * lengths[major]
    if is_bilingual or counts[major] < MIN_BLOCKS or counts[minor] >= _ALTERNATING_SHARE * counts[major]:
        return set()
    language = source_lang if minor is Side.SOURCE else target_lang
    beside_heading = {
        after.index for before, after in pairwise(blocks) if before.is_heading and after.is_heading
    }
    return {
        block.index
        for block in blocks
        if block.side is minor and block.index not in beside_heading and not _is_prose(block, language)
    }


def _is_prose(block: Block, language: str) -> bool:
    """Whether a block is a sentence of a language, or a long phrase with small words."""
    text = " ".join(segment.unprotected_text for segment in block.segments)
    known = languages_get(language)
    bare = text.rstrip(" \"'”’»)）」』")
    ends = bare.endswith(_SENTENCE_MARKS)
    if not known.spaced:
        letters = sum(len("".join(letters_of(script).findall(text))) for script in known.scripts)
        return letters >= (_SENTENCE_LETTERS if ends else _PHRASE_LETTERS)
    words = bare.rstrip("".join(_SENTENCE_MARKS)).lower().split()
    if ends and len(words) >= _SENTENCE_WORDS:
        # A company's name ends with a short word: Ltd., Inc., Co.
        return len(words[-1]) > _ABBREVIATION or any(word in known.function_words for word in words)
    small = sum(word in known.function_words for word in words)
    return small >= _SMALL_WORDS and len(words) >= _PHRASE_WORDS


def whole_blocks(segments: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """The blocks of a document in one language; segments without letters are left out."""
    lettered = enumerate(segment for segment in segments if has_letters(segment.text))
    groups = groupby(lettered, lambda item: _block_key(item[1], item[0]))
    return [tuple(segment for _, segment in group) for _, group in groups]


def _block_key(segment: Segment, index: int) -> tuple[bool, int]:
    return (segment.block is None, index if segment.block is None else segment.block)
