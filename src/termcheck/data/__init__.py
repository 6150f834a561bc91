"""Data files: tables of characters and words, and the glossary schema."""
