"""How well two lists of marks agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from math import sqrt

Marks = Sequence[float]


def pearson(given: Marks, human: Marks) -> float:
    """Pearson's correlation; 0 where one list is constant."""
    size = len(given)
    mean_given, mean_human = sum(given) / size, sum(human) / size
    ours = [mark - mean_given for mark in given]
    theirs = [mark - mean_human for mark in human]
    spread = sqrt(sum(x * x for x in ours) * sum(y * y for y in theirs))
    return sum(x * y for x, y in zip(ours, theirs, strict=True)) / spread if spread else 0.0


def ranks(marks: Marks) -> list[float]:
    """Ranks from 1, equal marks sharing their mean rank."""
    order = sorted(range(len(marks)), key=lambda place: marks[place])
    result = [0.0] * len(marks)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and marks[order[end]] == marks[order[start]]:
            end += 1
        for place in order[start:end]:
            result[place] = (start + end + 1) / 2
        start = end
    return result


def spearman(given: Marks, human: Marks) -> float:
    """Spearman's rank correlation."""
    return pearson(ranks(given), ranks(human))


def rmse(given: Marks, human: Marks) -> float:
    """The root of the mean squared difference."""
    return sqrt(sum((x - y) ** 2 for x, y in zip(given, human, strict=True)) / len(given))


def quadratic_kappa(given: Marks, human: Marks, steps: int = 5) -> float:
    """Cohen's kappa with quadratic weights over marks rounded to `steps` steps."""
    ours = [round(mark * steps) for mark in given]
    theirs = [round(mark * steps) for mark in human]
    size = len(ours)
    seen = sum((x - y) ** 2 for x, y in zip(ours, theirs, strict=True)) / size
    chance = sum((x - y) ** 2 for x in ours for y in theirs) / size**2
    return 1 - seen / chance if chance else 1.0


def within(given: Marks, human: Marks, groups: Sequence[Hashable]) -> float:
    """Pearson's correlation after the mean of each group is taken away."""
    return pearson(_centred(given, groups), _centred(human, groups))


def _centred(marks: Marks, groups: Sequence[Hashable]) -> list[float]:
    totals: defaultdict[Hashable, list[float]] = defaultdict(list)
    for mark, group in zip(marks, groups, strict=True):
        totals[group].append(mark)
    means = {group: sum(them) / len(them) for group, them in totals.items()}
    return [mark - means[group] for mark, group in zip(marks, groups, strict=True)]
