"""Spaced repetition: one FSRS card per person and item (Ye et al., FSRS-6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

import fsrs

SLOW = 2.0
"""More than this many times the fair time makes a right answer a hard one."""
FAST = 0.5
"""Less than this share of the fair time makes it an easy one."""
RIGHT, PARTLY = 0.85, 0.5
"""Scores from which an answer was right, and from which it was at least remembered in part."""


class Rating(IntEnum):
    """How well an answer was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What a person remembers of an item.

    `stability` is in days: after so long the chance of recall has fallen to 90 %. `difficulty`
    runs from 1 to 10.
    """

    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int
    lapses: int
    missed: bool
    """Whether the newest answer was not remembered."""


def rating_of(score: float, seconds: float | None, fair_seconds: int, hints: int) -> Rating:
    """The rating that an answer deserves.

    `seconds` is the time it took; None where that says nothing (the person was away).
    """
    if score < PARTLY:
        return Rating.AGAIN
    if score < RIGHT or hints:
        return Rating.HARD
    if seconds is None:
        return Rating.GOOD
    if seconds > SLOW * fair_seconds:
        return Rating.HARD
    return Rating.EASY if seconds < FAST * fair_seconds else Rating.GOOD


class Deck:
    """Reviews cards; the same answers give the same cards, whenever they are reckoned."""

    def __init__(self, retention: float = 0.9) -> None:
        """`retention` is the chance of recall at which a card falls due."""
        self._scheduler = fsrs.Scheduler(
            desired_retention=retention,
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
        )
        self._decay = -self._scheduler.parameters[20]
        self._factor = 0.9 ** (1 / self._decay) - 1

    def review(self, card: Card | None, rating: Rating, at: datetime) -> Card:
        """The card after an answer at `at`; an answer dated before the last counts at the last."""
        at = max(at, card.last_review) if card else at
        reviewed, _ = self._scheduler.review_card(
            self._fsrs(card), fsrs.Rating(int(rating)), review_datetime=at
        )
        missed = rating is Rating.AGAIN
        stability, difficulty = reviewed.stability, reviewed.difficulty
        assert stability is not None and difficulty is not None  # noqa: S101, PT018 — after a review
        after = Card(stability, difficulty, reviewed.due, at, 1, int(missed), missed)
        if card is None:
            return after
        lapses = card.lapses + missed
        return replace(after, reviews=card.reviews + 1, lapses=lapses)

    def recall(self, card: Card, at: datetime) -> float:
        """The chance that the person still knows it at `at`."""
        return self.recall_after((at - card.last_review).days, card.stability)

    def recall_after(self, days: int, stability: float) -> float:
        """The chance of recall so many whole days after a review; FSRS's forgetting curve."""
        if days <= 0:
            return 1.0
        return float((1 + self._factor * days / stability) ** self._decay)

    def _fsrs(self, card: Card | None) -> fsrs.Card:
        """FSRS's card; with an id, as one without makes it sleep for a millisecond."""
        if card is None:
            return fsrs.Card(card_id=1, state=fsrs.State.Learning, step=0)
        return fsrs.Card(
            card_id=1,
            state=fsrs.State.Review,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due,
            last_review=card.last_review,
        )
