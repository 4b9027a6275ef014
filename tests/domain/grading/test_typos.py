"""Which misspelt words still count."""

from __future__ import annotations

import pytest

from bot.domain.grading.typos import (
    allowance,
    inflections,
    is_slip,
    may_be_slip,
    nearest_slips,
)


def test_one_slip_from_five_letters_two_from_eight() -> None:
    assert [allowance(n) for n in (4, 5, 7, 8, 20)] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("dropuot", "dropout"),
        ("droput", "dropout"),
        ("dropoutt", "dropout"),
        ("gradeint", "gradient"),
        ("stohcastci", "stochastic"),
        ("regularizatoin", "regularization"),
    ],
)
def test_slips_of_the_hand_are_forgiven(given: str, meant: str) -> None:
    assert is_slip(given, meant)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("heap", "heat"),  # four letters
        ("encoder", "decoder"),  # the first letter
        ("unsupervised", "supervised"),
        ("covariance", "variance"),
        ("perceptual", "precision"),
        ("meadin", "median"),  # two in six letters
    ],
)
def test_other_words_are_no_slips(given: str, meant: str) -> None:
    assert not is_slip(given, meant)


@pytest.mark.parametrize(
    "word",
    "prediction variance covariance causal casual perception continuous contiguous"
    " attention training trailing static convex which between x l2 n^2".split(),
)
def test_words_of_their_own_are_never_taken_for_a_slip(word: str) -> None:
    assert not may_be_slip(word)


@pytest.mark.parametrize("word", ["predicton", "varinace", "gradeint", "dropuot"])
def test_misspelt_words_may_be_slips(word: str) -> None:
    assert may_be_slip(word)


def test_the_nearest_word_is_meant() -> None:
    assert nearest_slips("stackes", ("stacks", "stacked", "stables")) == ["stacks", "stacked"]
    assert nearest_slips("gradeints", ("gradient", "gradients")) == ["gradients"]
    assert nearest_slips("zebra", ("gradient",)) == []


@pytest.mark.parametrize(
    ("word", "form"),
    [("stop", "stopped"), ("stop", "stopping"), ("compute", "computing"), ("copy", "copies")],
)
def test_words_are_known_with_their_endings(word: str, form: str) -> None:
    assert form in set(inflections(word))
