"""Files with an ending that several formats share, such as `.ts` of Qt and of TypeScript."""

from __future__ import annotations

from termcheck.plain_files import open_plain
from termcheck.readers import ENDINGS, FORMATS, ending_of

# So many bytes show how a file begins. Chosen by hand.
_HEAD = 1 << 12


def is_of_another_kind(path: str) -> bool:
    """Whether a file has such an ending, but does not begin like one of the format that termcheck reads.

    A file that cannot be opened is none of another kind, so that this is reported.
    """
    form = FORMATS.get(ENDINGS.get(ending_of(path), ""))
    if form is None or form.opening is None or not form.shares_ending:
        return False
    try:
        with open_plain(path) as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False
    return form.opening.match(head.decode("utf-8", "replace")) is None
