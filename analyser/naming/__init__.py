"""What Finnish public organisations are called: the forms of a name, and the names that are known.

Extraction asks it whose strategy a document is, maturity which strategy and which row of scores belong together.
"""
