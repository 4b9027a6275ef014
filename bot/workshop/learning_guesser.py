"""A guesser that learns which looks betray the key, and is tried on items it has not seen.

A conditional logit over the options of an item (McFadden, 1974) on their looks alone: length,
wording, punctuation, overlap, place among numbers. It finds what nobody thought of as a trick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from bot.domain.grading.numeric import leading_quantity
from bot.domain.questions import ChoiceItem
from bot.workshop import guessing

FOLDS = 10
LEAST_ITEMS = 60
RIDGE = 3.0

Floats = NDArray[np.float64]
Example = tuple[Floats, int]


def learned_hits(items: Sequence[ChoiceItem]) -> int | None:
    """How many keys it finds, each by a guesser that learned from the other nine tenths.

    Where several options look best alike, it finds the key by chance. None where there are too
    few items to learn from.
    """
    if len(items) < LEAST_ITEMS:
        return None
    looks = [(_looks(item), next(iter(item.key))) for item in items]
    folds = [blake2b(item.id.encode(), digest_size=4).digest()[0] % FOLDS for item in items]
    hits = 0.0
    for fold in range(FOLDS):
        weights = _fit([look for look, f in zip(looks, folds, strict=True) if f != fold])
        for (features, key), place in zip(looks, folds, strict=True):
            if place == fold:
                hits += _share_of_key(features @ weights, key)
    return round(hits)


def _share_of_key(scores: Floats, key: int) -> float:
    """1 where the key alone scores best, its share where it is among the best, else 0."""
    best = np.isclose(scores, scores.max())
    return float(best[key]) / int(best.sum())


def _looks(item: ChoiceItem) -> Floats:
    """One row an option; every column is about this option against the others."""
    texts = [option.text for option in item.options]
    sizes = guessing.lengths(item)
    numbers = [leading_quantity(text) for text in texts]
    columns: list[Sequence[float]] = [
        [size / (sum(sizes) / len(sizes)) - 1 for size in sizes],
        _only(sizes, max),
        _only(sizes, min),
        guessing.hedged(item),
        guessing.shared_with_stem(item),
        guessing.shared_with_others(item),
        [text.count(",") + text.count(";") for text in texts],
        [text.count("(") for text in texts],
        [sum(char.isdigit() for char in text) for text in texts],
        [float(guessing.has_any(text, ("not", "no", "without"))) for text in texts],
        *_places(numbers),
    ]
    return np.array([_centred(column) for column in columns]).T


def _places(numbers: Sequence[float | None]) -> list[list[float]]:
    """Whether the option is the lowest or the highest, where all are numbers."""
    if any(number is None for number in numbers):
        return [[0.0] * len(numbers)] * 2
    known = [number for number in numbers if number is not None]
    return [_only(known, min), _only(known, max)]


def _only(values: Sequence[float], best: Callable[[Sequence[float]], float]) -> list[float]:
    """1 for the option that alone has the best value."""
    alone = values.count(best(values)) == 1
    return [float(alone and value == best(values)) for value in values]


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _fit(examples: Sequence[Example]) -> Floats:
    """The weights that make the keys most likely, held small by a ridge penalty."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for features, key in examples:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= float(np.log(shares[key] + 1e-12))
            slope = slope + shares @ features - features[key]
        return total, slope

    start = np.zeros(examples[0][0].shape[1])
    found: Floats = optimize.minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found
