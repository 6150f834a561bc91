"""A fast pass over the bare texts of many pairs, which skips pairs that clearly have no findings.

The prefilter accuses nothing and changes no report. It settles a pair only where a check would find every
term rendered as the glossary lists it; every other pair is checked as if there were no prefilter. The engine
alone calls it.
"""
