"""Whole numbers of any length, as texts and settings may have them.

Python refuses to read a number of more than a few thousand digits, because that takes quadratic time. Such a
number in a file is odd, but no reason to stop.
"""

from __future__ import annotations

# The largest number of eighteen digits fits into 64 bits.
MOST_DIGITS = 18


def whole_number(digits: str) -> int | float:
    """The value of digits, perhaps with a sign; a very long number is infinite or a rounded float."""
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)
