"""Answers that leave open which of two opposites they mean."""

from __future__ import annotations

import pytest

from bot.domain.grading.hedging import Hedges
from bot.domain.grading.text import read


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("it is either high bias or high variance", "variance"),
        ("it is either high bias or high variance", "bias"),
        ("it may perhaps increase or decrease", "decrease"),
        ("I guess the variance or the bias is large", "variance"),
        ("either supervised or unsupervised learning", "unsupervised"),
    ],
)
def test_one_half_of_two_opposites_is_hedged(text: str, word: str) -> None:
    reading = read(text)
    assert Hedges(reading).holds([reading.words.index(word)])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("high variance, not high bias", "variance"),
        ("bias or variance can be large", "variance"),  # nothing says that one is meant
        ("either dropout or decay", "dropout"),  # both can be right
        ("either the variance of a model that is far too large or its bias", "variance"),
        ("Either of them. The bias or the variance", "variance"),
    ],
)
def test_other_alternatives_are_not(text: str, word: str) -> None:
    reading = read(text)
    assert not Hedges(reading).holds([reading.words.index(word)])


def test_a_match_with_both_halves_is_meant_as_it_stands() -> None:
    reading = read("either bias or variance")
    places = [reading.words.index("bias"), reading.words.index("variance")]
    assert not Hedges(reading).holds(places)
