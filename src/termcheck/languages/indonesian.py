"""Indonesian. Malay shares its endings and prefixes of verbs.

Snowball's Indonesian stemmer is left out: it takes derived words (perbatasan, frontier) for their root
(batas, limit). Here only the voices of a verb, and small words joined to the back of a word, count as one.

Sources: James Sneddon and others, "Indonesian: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Keys, Language, words
from termcheck.lazy import compile_later

_JOINED = compile_later(r"(?<=\w{3})(?:nya|ku|mu|lah|kah|pun)\Z")
_VOICE = compile_later(r"(?:di|ter|me(?:ng|ny|n|m)?)(?=\w{3})")
_VERB_ENDING = compile_later(r"(?<=\w{3})(?:kan|i)\Z")
# The sound that the prefix of the active voice replaces: menyimpan is from simpan.
_REPLACED = {"meny": "s", "mem": "p", "men": "t", "meng": "k"}


def keys(word: str) -> Keys:
    """A word without what is joined to it, and a verb without its voice."""
    bare = _JOINED.sub("", word)
    found = {word, bare}
    voice = _VOICE.match(bare)
    if voice is not None:
        root = bare[voice.end() :]
        roots = {root, _REPLACED.get(voice[0], "") + root}
        found |= roots | {_VERB_ENDING.sub("", form) for form in roots}
    return frozenset(found)


LANGUAGE = Language(
    coordinators=words("dan"),
    keys=keys,
    agreement=False,
)
