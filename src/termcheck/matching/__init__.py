"""From a glossary and paired segments to facts: what occurs, what renders it, what is left unmet.

`lexicon` compiles one language's terms and scans segments with one automaton pass; `judge` decides
per pair, asking the second looks (`loose`, `seams`, `near`) only for what is about to be accused.
"""
