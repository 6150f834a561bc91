"""The blocks that are aligned: the pieces of a paragraph count as one text, however many lines they have.

A Markdown paragraph may be written one sentence a line, or as `a<br/>b<br/>c`. Its pieces are segments of one
block, and opposite them stands one paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from termcheck.align.profile import has_letters, length_of
from termcheck.align.sides import sides_of
from termcheck.languages import get as languages_get
from termcheck.model import Segment, Side
from termcheck.text.scripts import letters_of

# A language with less than this share of the other one's letters only occurs in names, but for sentences of
# this many words, small words among them, or of this many letters; three times as many if nothing ends the
# sentence. Chosen by hand.
_BILINGUAL_SHARE = 0.25
_PROSE_WORDS, _PROSE_SMALL_WORDS = 5, 2
_PROSE_LETTERS = 10
# In a shorter document a name may as well be a translation. Chosen by hand.
_MIN_BLOCKS = 4


class Block(Struct, frozen=True):
    """Segments that are aligned as one; `index` is that of the first in its document."""

    index: int
    side: Side
    segments: tuple[Segment, ...]

    @property
    def length(self) -> float:
        """The length of its text, in letters of an alphabetic translation."""
        return sum(length_of(segment.unprotected_text) for segment in self.segments)


def blocks_of(
    segments: Sequence[Segment], indices: Sequence[int], source_lang: str, target_lang: str
) -> list[Block]:
    """The blocks of a bilingual document, from the segments with these indices, in order.

    Segments without letters, and those in neither language, are left out. A block in both languages is a
    sequence of texts, not one.
    """
    sides = sides_of([segments[index] for index in indices], source_lang, target_lang)
    sided = [(index, side) for index, side in zip(indices, sides, strict=True) if side is not None]
    found: list[Block] = []
    for _, group in groupby(sided, lambda item: _block_key(segments[item[0]], item[0])):
        pieces = list(group)
        if len({side for _, side in pieces}) == 1:
            first, side = pieces[0]
            found.append(Block(first, side, tuple(segments[index] for index, _ in pieces)))
        else:
            found += [Block(index, side, (segments[index],)) for index, side in pieces]
    return found


def lone_names(blocks: Sequence[Block], source_lang: str, target_lang: str) -> set[int]:
    """The indices of blocks that are only names, licences or handles in a language that the document hardly
    has.

    A document in one language names things in the other. Such a name is the counterpart of no paragraph.
    """
    lengths = {side: sum(block.length for block in blocks if block.side is side) for side in Side}
    minor, major = sorted(Side, key=lambda side: lengths[side])
    is_bilingual = lengths[minor] >= _BILINGUAL_SHARE * lengths[major]
    if is_bilingual or sum(block.side is major for block in blocks) < _MIN_BLOCKS:
        return set()
    language = source_lang if minor is Side.SOURCE else target_lang
    return {block.index for block in blocks if block.side is minor and not _is_prose(block, language)}


def _is_prose(block: Block, language: str) -> bool:
    """Whether a block has a sentence of a language, or at least a phrase with small words."""
    text = " ".join(segment.unprotected_text for segment in block.segments)
    known = languages_get(language)
    ends = text.rstrip(" \"'”’»)）」』").endswith((".", "!", "?", "。", "！", "？", "…"))
    if not known.spaced:
        letters = sum(len("".join(letters_of(script).findall(text))) for script in known.scripts)
        return letters >= (_PROSE_LETTERS if ends else 3 * _PROSE_LETTERS)
    words = text.lower().split()
    small = sum(word in known.function_words for word in words)
    return small >= _PROSE_SMALL_WORDS and len(words) >= (_PROSE_WORDS if ends else 3 * _PROSE_WORDS)


def whole_blocks(segments: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """The blocks of a document in one language; segments without letters are left out."""
    return list(_groups([segment for segment in segments if has_letters(segment.text)]))


def _groups(segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    numbered = enumerate(segments)
    for _, group in groupby(numbered, lambda item: _block_key(item[1], item[0])):
        yield tuple(segment for _, segment in group)


def _block_key(segment: Segment, index: int) -> tuple[bool, int]:
    return (segment.block is None, index if segment.block is None else segment.block)
