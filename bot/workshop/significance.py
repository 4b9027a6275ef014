"""How likely chance alone is to do as well: p-values for lint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

LEAST_EXPECTED = 5.0
"""A chi-square test needs so many expected in each cell (Cochran's rule)."""


def by_chance(hits: int, chances: Sequence[float]) -> float:
    """The probability of `hits` or more, where try i succeeds with `chances[i]`.

    The exact tail of the Poisson-binomial distribution, by convolution.
    """
    distribution = np.ones(1)
    for chance in chances:
        distribution = np.convolve(distribution, (1 - chance, chance))
    return float(min(1.0, distribution[hits:].sum()))


def uneven(counts: Mapping[int, Sequence[int]]) -> float | None:
    """The p-value of counts that should be even within each group; None with too few.

    The chi-square statistics of the groups add up, and so do their degrees of freedom.
    """
    statistic, freedom = 0.0, 0
    for group in counts.values():
        expected = sum(group) / len(group)
        if expected >= LEAST_EXPECTED and len(group) > 1:
            statistic += sum((count - expected) ** 2 / expected for count in group)
            freedom += len(group) - 1
    return float(stats.chi2.sf(statistic, freedom)) if freedom else None


def more_often(here: tuple[int, int], there: tuple[int, int]) -> float:
    """Fisher's exact test, one-sided: the first share is larger; each is (with, without)."""
    return float(stats.fisher_exact(np.array([here, there]), alternative="greater").pvalue)
