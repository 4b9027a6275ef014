"""Simulated learners whose abilities are known: how far is readiness from the truth?

`python -m tests.domain.learners [LEARNERS]` prints the table for 1,000 of them.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass, field
from statistics import fmean

from bot.domain.mastery import (
    CORRELATION,
    ITEM_VARIANCE,
    LEVELS,
    Abilities,
    Belief,
    Evidence,
    chance,
    evidence,
    observe,
    readiness,
)
from bot.domain.scheduling import TARGET

AREAS = 10
ITEMS_AN_AREA = 120
LEVEL_SHARES = (0.10, 0.23, 0.33, 0.22, 0.12)
GUESSES = ((0.25, 0.46), (0.02, 0.36), (0.0, 0.18))
TRIED = 40
"""New items among which the best fit is chosen; the bot looks at all of them."""


@dataclass
class Question:
    """An item with its true difficulty and with what is believed of it."""

    area: int
    truth: float
    prior: Belief
    guess: float
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def belief(self) -> Belief:
        return self.evidence.difficulty(self.prior)

    def learn(self, ability: Belief, score: float) -> None:
        self.evidence += evidence(ability, self.prior, self.guess, score)


@dataclass(frozen=True)
class AreaResult:
    """Readiness in one area: estimated, and true."""

    estimate: float
    truth: float


@dataclass(frozen=True)
class Result:
    """What is known of one learner in the end, and the share of right answers on the way."""

    areas: tuple[AreaResult, ...]
    right: float

    @property
    def estimate(self) -> float:
        return fmean(area.estimate for area in self.areas)

    @property
    def truth(self) -> float:
        return fmean(area.truth for area in self.areas)


class School:
    """A bank of items whose levels are roughly right, and learners drawn at random."""

    def __init__(self, dice: random.Random, *, learn_items: bool = False) -> None:
        self.dice = dice
        self.learn_items = learn_items
        self.items = [
            [self._question(area) for _ in range(ITEMS_AN_AREA)] for area in range(AREAS)
        ]

    def _question(self, area: int) -> Question:
        level = self.dice.choices(LEVELS, LEVEL_SHARES)[0]
        prior = Belief(level, ITEM_VARIANCE)
        truth = self.dice.gauss(level, math.sqrt(ITEM_VARIANCE))
        guess = self.dice.choices(*zip(*GUESSES, strict=True))[0]
        return Question(area, truth, prior, guess)

    def learner(self) -> list[float]:
        """True abilities: a common part and one of each area."""
        common = self.dice.gauss(0, math.sqrt(CORRELATION))
        return [common + self.dice.gauss(0, math.sqrt(1 - CORRELATION)) for _ in range(AREAS)]

    def teach(self, answers: int, areas: tuple[int, ...] = tuple(range(AREAS))) -> Result:
        """One learner gives so many answers, taking turns between the areas."""
        truth, abilities = self.learner(), Abilities.unknown(AREAS)
        met: set[int] = set()
        right = 0
        for turn in range(answers):
            area = areas[turn % len(areas)]
            item = self._choose(abilities, area, met)
            met.add(id(item))
            score = float(self.dice.random() < _true_chance(truth[area], item))
            right += score > 0
            if self.learn_items:
                item.learn(abilities.of(area), score)
            abilities = observe(abilities, area, item.belief, item.guess, score)
        results = (self._result(abilities, truth, area) for area in range(AREAS))
        return Result(tuple(results), right / answers)

    def _choose(self, abilities: Abilities, area: int, met: set[int]) -> Question:
        new = [item for item in self.items[area] if id(item) not in met]
        some = self.dice.sample(new, min(TRIED, len(new)))
        ability = abilities.of(area)
        return min(some, key=lambda i: abs(chance(ability, i.belief, i.guess) - TARGET))

    def _result(self, abilities: Abilities, truth: list[float], area: int) -> AreaResult:
        items = self.items[area]
        ability = abilities.of(area)
        return AreaResult(
            estimate=readiness((chance(ability, i.belief, i.guess), 0.0) for i in items),
            truth=fmean(_true_chance(truth[area], item) for item in items),
        )

    def item_error(self) -> float:
        """How far the believed difficulties are from the true ones, on average."""
        items = [item for area in self.items for item in area]
        return fmean(abs(item.belief.mean - item.truth) for item in items)


def _true_chance(ability: float, item: Question) -> float:
    return item.guess + (1 - item.guess) / (1 + math.exp(item.truth - ability))


def main(learners: int) -> None:
    """Prints the table."""
    print(f"{learners} learners; readiness estimated less true, after so many answers")
    print("answers  areas  bias    mean |error|  mean |error|  right")
    print("                        an area       overall")
    for answers, areas in ((0, 10), (10, 10), (30, 10), (60, 10), (150, 10), (600, 10), (60, 1)):
        school = School(random.Random(1))
        taught = tuple(range(areas))
        results = [school.teach(answers, taught) for _ in range(learners)] if answers else []
        if not answers:
            continue
        errors = [r.areas[a].estimate - r.areas[a].truth for r in results for a in taught]
        overall = fmean(abs(r.estimate - r.truth) for r in results)
        print(
            f"{answers:7}  {areas:5}  {fmean(errors):+.3f}  {fmean(map(abs, errors)):12.3f}  "
            f"{overall:12.3f}  {fmean(r.right for r in results):5.0%}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
