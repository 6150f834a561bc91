"""Slovak.

Sources: Slovenská akadémia vied, "Morfológia slovenského jazyka".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("i"),
    infinitive="ť|t",
)
