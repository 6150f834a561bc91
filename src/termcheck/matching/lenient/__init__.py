"""Searches for a rendering that a fair editor would accept, though it differs from the listed one."""
