"""Maturity scores: reading the sheet, matching it to the strategies, and what a statistician says of the two.

`scores.read(path)` gives a ScoreSheet; `cohort(results, sheet)` gives everything that cohort.json holds. The figures
are computed by scipy and statsmodels; which function, in which version, is written beside each.
"""

from analyser.maturity.cohort import cohort

__all__ = ["cohort"]
