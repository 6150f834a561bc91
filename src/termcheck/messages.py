"""Error messages that all layers share: files that cannot be read, and suggestions for misspelled words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termcheck.model import TermcheckError


def file_error(message: str, error: OSError | ValueError, path: str, *, advice: str = "") -> TermcheckError:
    """The error `message: reason` for a file, such as `cannot be read: permission denied`."""
    return TermcheckError(f"{message}: {reason(error)}", path=path, advice=advice)


def reason(error: OSError | ValueError) -> str:
    """Why the operating system refused a file; a ValueError is Python's for a path with a NUL character."""
    if isinstance(error, ValueError) and "embedded null" in str(error):
        return "a name has no NUL character"  # each version of Python says it otherwise
    return (getattr(error, "strerror", None) or str(error)).lower()


def did_you_mean(word: str, choices: Iterable[str], quote: str = "'") -> str:
    """`did you mean 'x'?` for the choice nearest to `word`; empty if none is near."""
    choice = nearest(word, choices)
    return f"did you mean {quote}{choice}{quote}?" if choice else ""


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice nearest to `word`, ignoring letter case; empty if none is near."""
    import difflib

    by_folded = {choice.casefold(): choice for choice in choices}
    folded = word.strip().casefold()
    # Two short words share half of their letters by chance.
    cutoff = 0.6 if len(folded) > 4 else 0.7
    matches = difflib.get_close_matches(folded, by_folded, n=1, cutoff=cutoff)
    return by_folded[matches[0]] if matches else ""


def alternatives(words: Sequence[str]) -> str:
    """The words as alternatives in a sentence: `a, b or c`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def listing(words: Sequence[str], most: int) -> str:
    """The words as a list in a sentence: `a, b and c`, or `a, b and 6 more` if there are more than `most`."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
