"""Dutch.

Sources: Snowball (https://snowballstem.org/algorithms/dutch/stemmer.html); "Algemene Nederlandse Spraakkunst"
(https://e-ans.ivdnt.org).
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("de het een"),
    coordinators=words("en"),
    links=words("van voor de"),
    fillers=words("het der"),
    compounds=True,
    stemmer="dutch",
)
