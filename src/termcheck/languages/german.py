"""German.

Sources: Snowball (https://snowballstem.org/algorithms/german/stemmer.html); Duden, "Die Grammatik".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    articles=words("der die das den dem des ein eine einen einem einer eines"),
    coordinators=words("und oder sowie bzw beziehungsweise noch"),
    links=words("von vom für zur zum"),
    fillers=words("der des dem den die das"),
    separable_prefixes=words("""
        ab an auf aus bei durch ein fest frei her hin los mit nach um vor weg weiter wieder zu zurück
        zusammen
    """),
    verb_infixes=words("zu ge"),
    infinitive="n",
    participle_prefix="ge",
    reflexives=words("sich mich dich uns euch"),
    compounds=True,
    small_words=(
        # An adjective before its noun, adjectives by their endings, and infinitives.
        r"\w+e[mnrs]?(?= [A-ZÄÖÜ])|\w{3,}(?:isch|lich|[^nf]ig|bar|los|sam|(?<!sc)haft|iert|(?<!ab)end)"
        r"(?:e[mnrs]?)?(?!\w)|\w{2,}(?:(?<!ung)(?<!ion)(?<!heit)(?<!keit)(?<!schaft)(?<!tät)(?<!ei)en|[lr]n)(?!\w)"
    ),
    stemmer="german",
)
