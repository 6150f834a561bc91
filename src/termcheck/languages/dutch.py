"""Dutch.

Sources: Snowball (https://snowballstem.org/algorithms/dutch/stemmer.html); "Algemene Nederlandse Spraakkunst"
(https://e-ans.ivdnt.org).
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("de het een"),
    coordinators=words("en of"),
    links=words("van voor de"),
    fillers=words("het der"),
    separable_prefixes=words("""
        aan achter af bij binnen deel door goed in los mee na om op open over plaats samen stop tegen terug
        toe uit vast voor weg
    """),
    verb_infixes=words("te ge"),
    infinitive="n",
    participle_prefix="ge",
    reflexives=words("zich"),
    compounds=True,
    stemmer="dutch",
)
