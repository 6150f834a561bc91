"""Searches for renderings that a fair editor would accept although they differ from the listed ones."""
