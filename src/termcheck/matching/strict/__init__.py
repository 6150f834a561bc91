"""Checks that decide whether a hit surely is the term. A hit that fails one creates no obligation."""
