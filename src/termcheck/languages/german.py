"""German.

Sources: Snowball (https://snowballstem.org/algorithms/german/stemmer.html); Duden, "Die Grammatik".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("der die das den dem des ein eine einen einem einer eines"),
    coordinators=words("und oder sowie"),
    links=words("von vom für zur zum"),
    fillers=words("der des dem den die das"),
    separable_prefixes=words("""
        ab an auf aus bei durch ein fest frei her hin los mit nach um vor weg weiter wieder zu zurück
        zusammen
    """),
    compounds=True,
    stemmer="german",
)
