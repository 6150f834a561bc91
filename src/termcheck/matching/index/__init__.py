"""The terms of a glossary, compiled so that one pass over a text finds all of them."""
