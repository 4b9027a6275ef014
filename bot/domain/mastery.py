"""How able a person is in each area, and how hard each item is: an online Rasch model.

The chance of a right answer is `c + (1 - c)·σ(θ - b)`: θ is the person's ability in the item's
area, b the item's difficulty, c the chance of guessing it (Rasch, 1960; Birnbaum, 1968). Beliefs
about all of them are normal, those about one person's abilities jointly so, since who is good at
statistics is rarely bad at mathematics. Every answer moves them by one step of an extended
Kalman filter: Elo's update, with a step that follows from the uncertainty (Glickman, 1999, does
it for chess; Pelánek, 2016, compares such models for adaptive practice).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.questions import ChoiceItem, Item

ABILITY_VARIANCE = 1.0
"""Of a person of whom nothing is known; the unit in which abilities are measured is logits."""
CORRELATION = 0.6
"""Between the abilities of one person in two areas."""
LEVELS = (-1.6, -0.8, 0.0, 0.8, 1.6)
"""The difficulty that an author's level, 1 to 5, makes likely."""
ITEM_VARIANCE = 0.16
"""How far an author's level may be off."""
DRIFT = 0.01
"""Variance that an ability gains in a day: people learn and forget."""
NUMBER_CHANCE = 0.02
"""Of typing the right number without knowing how to get it."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What is known of one number: a normal distribution."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Abilities:
    """A person's abilities: means by area, and the lower triangle of their covariance matrix.

    The triangle stands row by row: the covariance of areas i ≥ j at `i (i + 1) / 2 + j`.
    """

    means: tuple[float, ...]
    triangle: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuses what does not fit together.

        Raises:
            ValueError: the lengths do not fit each other.
        """
        size = len(self.means)
        if len(self.triangle) != size * (size + 1) // 2:
            raise ValueError(f"{len(self.triangle)} covariances for {size} abilities")

    @classmethod
    def unknown(cls, areas: int) -> Abilities:
        """Of somebody of whom nothing is known yet."""
        shared = ABILITY_VARIANCE * CORRELATION
        rows = ((shared,) * i + (ABILITY_VARIANCE,) for i in range(areas))
        return cls((0.0,) * areas, tuple(value for row in rows for value in row))

    def of(self, area: int) -> Belief:
        """The ability in one area."""
        return Belief(self.means[area], self.triangle[area * (area + 3) // 2])

    def row(self, area: int) -> list[float]:
        """The covariances of one area with all."""
        first = area * (area + 1) // 2
        below = range(area + 1, len(self.means))
        return [
            *self.triangle[first : first + area + 1],
            *(self.triangle[i * (i + 1) // 2 + area] for i in below),
        ]

    def after(self, days: float) -> Abilities:
        """The same abilities so many days later: as likely, but less certain."""
        gain = DRIFT * max(0.0, days)
        shared, limit = gain * CORRELATION, ABILITY_VARIANCE * CORRELATION
        grown = [max(v, min(v + shared, limit)) for v in self.triangle]
        for i in range(len(self.means)):
            place = i * (i + 3) // 2
            value = self.triangle[place]
            grown[place] = max(value, min(value + gain, ABILITY_VARIANCE))
        return Abilities(self.means, tuple(grown))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers say about an item's difficulty, as sums that can be added in any order.

    The slope and the curvature of the log-likelihood at the prior's mean: one step of Newton's
    method leads from there to the posterior, which is near enough, as levels are roughly right.
    """

    gradient: float = 0.0
    information: float = 0.0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(self.gradient + other.gradient, self.information + other.information)

    def difficulty(self, prior: Belief) -> Belief:
        """The difficulty in the light of the evidence."""
        precision = 1 / prior.variance + self.information
        return Belief(prior.mean + self.gradient / precision, 1 / precision)


def prior_of(item: Item) -> Belief:
    """The difficulty of an item that nobody has answered yet, by its author's level."""
    return Belief(LEVELS[item.difficulty - 1], ITEM_VARIANCE)


def guess_chance(item: Item) -> float:
    """The score that guessing earns on average."""
    if not isinstance(item, ChoiceItem):
        return 0.0 if item.type in {"keyword", "behavioural"} else NUMBER_CHANCE
    if not item.multi:
        return 1 / len(item.options)
    return NUMBER_CHANCE  # all keys and nothing else, of 2ⁿ choices; wrong picks cost


def chance(ability: Belief, difficulty: Belief, guess: float) -> float:
    """The expected score, averaged over what is not known.

    A normal belief about θ - b flattens the logistic curve (MacKay, 1992).
    """
    spread = ability.variance + difficulty.variance
    return guess + (1 - guess) * _logistic((ability.mean - difficulty.mean) * _flattening(spread))


def observe(
    abilities: Abilities, area: int, difficulty: Belief, guess: float, score: float
) -> Abilities:
    """The abilities after an answer in `area` that was worth `score` (0 to 1)."""
    step = _Step.at(abilities.of(area), difficulty, guess)
    pull = step.slope * (score - step.expected) / step.total
    shrink = step.slope**2 / step.total
    row = abilities.row(area)
    means = tuple(mean + shared * pull for mean, shared in zip(abilities.means, row, strict=True))
    taken = (shrink * one * other for i, one in enumerate(row) for other in row[: i + 1])
    kept = (value - less for value, less in zip(abilities.triangle, taken, strict=True))
    return Abilities(means, tuple(kept))


def evidence(ability: Belief, prior: Belief, guess: float, score: float) -> Evidence:
    """What one answer says about its item's difficulty, given the ability before it."""
    step = _Step.at(ability, Belief(prior.mean, 0.0), guess)
    surprise = (score - step.expected) / step.total
    return Evidence(-step.slope * surprise, step.slope**2 / step.total)


@dataclass(frozen=True, slots=True)
class _Step:
    """The model linearised at what is believed: expected score, its slope, its variance."""

    expected: float
    slope: float
    total: float

    @classmethod
    def at(cls, ability: Belief, difficulty: Belief, guess: float) -> _Step:
        spread = ability.variance + difficulty.variance
        flat = _flattening(spread)
        curve = _logistic((ability.mean - difficulty.mean) * flat)
        expected = guess + (1 - guess) * curve
        slope = (1 - guess) * curve * (1 - curve) * flat
        noise = max(expected * (1 - expected), 1e-6)
        return cls(expected, slope, noise + slope * slope * spread)


def readiness(chances: Iterable[tuple[float, float]]) -> float:
    """The share of a typical interview's items that the person would get right today.

    `chances` are pairs: that of working an item out anew, and that of remembering it (0 where it
    was never met). What is remembered is right; what is not has to be worked out. The area's
    items in the bank stand for the interview.
    """
    total, count = 0.0, 0
    for anew, recall in chances:
        total += recall + (1 - recall) * anew
        count += 1
    return total / count if count else 0.0


def _flattening(variance: float) -> float:
    return 1 / math.sqrt(1 + math.pi * variance / 8)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0
