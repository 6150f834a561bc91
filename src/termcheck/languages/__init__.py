"""What termcheck knows of each language."""
