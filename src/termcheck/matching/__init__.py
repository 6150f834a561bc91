"""From a glossary and paired segments to verdicts: which terms occur, what renders them, what is missing.

- `index/` compiles the terms of a glossary; one automaton pass finds all of them in a text;
- `strict/` decides whether a hit surely is the term;
- `lenient/` searches for a rendering that a fair editor would accept;
- `judge` turns the matches of a pair into a verdict, `judge_document` does so for a whole document.
"""
