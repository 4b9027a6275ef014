"""Cards follow FSRS: golden sequences, and the same answers give the same cards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import Card, Deck, Rating, rating_of

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Rating


def reviewed(ratings: list[Rating], deck: Deck | None = None) -> list[Card]:
    """The card after each of the answers, each given when it fell due."""
    deck, at, card, cards = deck or Deck(), START, None, []
    for rating in ratings:
        card = deck.review(card, rating, at)
        cards.append(card)
        at = card.due
    return cards


def intervals(ratings: list[Rating], deck: Deck | None = None) -> list[int]:
    return [(card.due - card.last_review).days for card in reviewed(ratings, deck)]


@pytest.mark.parametrize(
    ("ratings", "days"),
    [
        ([GOOD] * 6, [2, 11, 46, 163, 497, 1346]),
        ([GOOD, GOOD, AGAIN, GOOD, EASY, HARD], [2, 11, 2, 5, 19, 36]),
        ([AGAIN], [1]),
        ([HARD], [1]),
        ([EASY], [8]),
    ],
)
def test_golden_sequences(ratings: list[Rating], days: list[int]) -> None:
    assert intervals(ratings) == days


def test_golden_memory_states() -> None:
    states = [(c.stability, c.difficulty) for c in reviewed([GOOD, GOOD, AGAIN, GOOD, EASY, HARD])]
    assert states == [
        pytest.approx(pair, abs=1e-4)
        for pair in (
            (2.3065, 2.1181),
            (10.9643, 2.1112),
            (1.5383, 7.3922),
            (4.8763, 7.3801),
            (18.8021, 6.4898),
            (35.7815, 7.655),
        )
    ]


def test_a_higher_retention_asks_more_often() -> None:
    often, seldom = (intervals([GOOD] * 4, Deck(retention)) for retention in (0.95, 0.8))
    assert all(a <= b for a, b in zip(often, seldom, strict=True))
    assert often != seldom


def test_recall_is_that_of_fsrs_and_ninety_percent_when_due() -> None:
    deck = Deck()
    card = reviewed([GOOD, GOOD], deck)[-1]
    scheduler = fsrs.Scheduler()
    for days in (0, 1, 5, 11, 40, 400):
        at = card.last_review + timedelta(days=days)
        theirs = fsrs.Card(
            card_id=1,
            state=fsrs.State.Review,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due,
            last_review=card.last_review,
        )
        assert deck.recall(card, at) == pytest.approx(
            scheduler.get_card_retrievability(theirs, at)
        )
    assert deck.recall(card, card.due) == pytest.approx(0.9, abs=0.01)


@given(st.lists(st.sampled_from(Rating), min_size=1, max_size=12), st.integers(-5, 50))
def test_cards_stay_sound(ratings: list[Rating], gap: int) -> None:
    deck, at, card = Deck(), START, None
    for count, rating in enumerate(ratings, start=1):
        card = deck.review(card, rating, at)
        assert card.due >= card.last_review + timedelta(days=1)
        assert card.stability > 0
        assert 1 <= card.difficulty <= 10
        assert card.reviews == count
        assert card.missed is (rating is AGAIN)
        at += timedelta(days=gap)
    assert card is not None
    assert card.lapses == ratings.count(AGAIN)


def test_an_answer_dated_before_the_last_counts_at_the_last() -> None:
    deck = Deck()
    card = deck.review(None, GOOD, START)
    again = deck.review(card, GOOD, START - timedelta(days=3))
    assert again.last_review == START


@pytest.mark.parametrize(
    ("score", "seconds", "hints", "rating"),
    [
        (0.0, 10, 0, AGAIN),
        (0.49, 10, 0, AGAIN),
        (0.5, 30, 0, HARD),
        (0.84, 10, 0, HARD),
        (1.0, 10, 1, HARD),
        (1.0, 130, 0, HARD),
        (1.0, 60, 0, GOOD),
        (1.0, 20, 0, EASY),
        (1.0, None, 0, GOOD),
    ],
)
def test_ratings(score: float, seconds: float | None, hints: int, rating: Rating) -> None:
    assert rating_of(score, seconds, 60, hints) is rating
