"""Latin.

Sources: Allen and Greenough, "New Latin Grammar".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(coordinators=words("et"))
