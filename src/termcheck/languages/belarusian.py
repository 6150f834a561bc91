"""Belarusian.

Sources: Peter Mayo, "A Grammar of Byelorussian".
"""

from __future__ import annotations

from termcheck.languages.language import Language, words

LANGUAGE = Language(
    coordinators=words("і а або"),
    infinitive="ц[ьі]|цца|ч[ыь]ся|чы",
)
