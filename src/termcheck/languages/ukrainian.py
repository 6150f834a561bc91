"""Ukrainian.

Sources: Stefan M. Pugh and Ian Press, "Ukrainian: A Comprehensive Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("і а або"),
    infinitive="т[иь](?:ся)?",
)
