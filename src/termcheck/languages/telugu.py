"""Telugu.

Sources: Bhadriraju Krishnamurti and J. P. L. Gwynn, "A Grammar of Modern Telugu".
"""

from __future__ import annotations

from termcheck.languages.language import COMMON_ENDINGS, Language, without_endings, words
from termcheck.lazy import compile_later

# The plural and what marks the case behind it; marks of vowels count as characters.
_ENDING = compile_later(r"(?<=.{3})(?:ల|లు|ాల|ాలు)?(?:ను|ని|కు|కి|లో|తో|న్ని|ం|ు)?\Z")


LANGUAGE = Language(
    coordinators=words("మరియు లేదా"),
    keys=without_endings(_ENDING),
    one_sided=COMMON_ENDINGS,
)
