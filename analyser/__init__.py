"""Does a public-sector strategy mention digitalisation, and does it make it a main priority?"""

__version__ = "0.1.0"
