"""Serbian, in both scripts.

Sources: Snowball (https://snowballstem.org/algorithms/serbian/stemmer.html); Živojin Stanojčić and Ljubomir
Popović, "Gramatika srpskog jezika".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("i ili a"),
    stemmer="serbian",
    infinitive="[tć]i|[тћ]и",
)
