"""Dealing options and grading those chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.choice import dealt_order, grade_choice
from bot.domain.grading.grade import Grade
from bot.domain.questions import Order
from tests.domain.grading.items import choice

SEEDS = st.integers(-(2**63), 2**64)


@given(SEEDS, st.integers(2, 8))
def test_every_deal_is_a_permutation(seed: int, count: int) -> None:
    assert sorted(dealt_order(choice("abcdefgh"[:count]), seed)) == list(range(count))


@pytest.mark.parametrize("order", ["fixed", "ascending"])
@given(seed=SEEDS)
def test_fixed_and_ascending_options_stay_where_they_are(order: Order, seed: int) -> None:
    assert dealt_order(choice("abcd", order=order), seed) == (0, 1, 2, 3)


def test_a_seed_deals_the_same_for_ever() -> None:
    """Golden: a change of this order would change questions that people have open."""
    assert [dealt_order(choice("abcd"), seed) for seed in range(3)] == [
        (1, 2, 3, 0),
        (1, 0, 2, 3),
        (2, 3, 0, 1),
    ]


def test_items_are_dealt_independently_of_each_other() -> None:
    one = choice("abcdefgh")
    other = replace(one, id="prog.python.0002")
    assert any(dealt_order(one, seed) != dealt_order(other, seed) for seed in range(5))


def test_every_option_comes_first_equally_often() -> None:
    draws = 4_000
    firsts = Counter(dealt_order(choice("abcd"), seed)[0] for seed in range(draws))
    expected = draws / 4
    chi_square = sum((firsts[i] - expected) ** 2 / expected for i in range(4))
    assert chi_square < 16.27  # p = .001 with 3 degrees of freedom


def test_the_key_of_a_single_item_earns_everything() -> None:
    assert grade_choice(choice("aBc"), frozenset({1})) == Grade(1.0)


def test_a_distractor_earns_nothing_and_says_why() -> None:
    assert grade_choice(choice("aBc"), frozenset({2})) == Grade(0.0, ("no c",))


@pytest.mark.parametrize(
    ("chosen", "score", "reasons", "missed"),
    [
        ({0, 1, 2}, 1.0, (), ()),
        ({0, 1}, 2 / 3, (), ("C",)),
        ({0, 1, 3}, 1 / 3, ("no d",), ("C",)),
        ({0, 1, 2, 3}, 2 / 3, ("no d",), ()),
        ({0, 3}, 0.0, ("no d",), ("B", "C")),
        ({0, 3, 4}, 0.0, ("no d", "no e"), ("B", "C")),
        ({0, 1, 2, 3, 4}, 1 / 3, ("no d", "no e"), ()),
        (set(), 0.0, (), ("A", "B", "C")),
    ],
)
def test_several_right_options_earn_right_minus_wrong(
    chosen: set[int], score: float, reasons: tuple[str, ...], missed: tuple[str, ...]
) -> None:
    grade = grade_choice(choice("ABCde", multi=True), frozenset(chosen))
    assert grade.score == pytest.approx(score)
    assert (grade.reasons, grade.missed) == (reasons, missed)


@pytest.mark.parametrize(
    ("chosen", "score"), [({0, 1}, 1.0), ({0}, 0.0), ({0, 1, 2}, 0.0), ({2}, 0.0)]
)
def test_all_or_nothing_is_what_it_says(chosen: set[int], score: float) -> None:
    item = choice("ABc", multi=True, scoring="all-or-nothing")
    assert grade_choice(item, frozenset(chosen)).score == score


@given(st.sets(st.integers(0, 5)))
def test_scores_lie_between_nothing_and_everything(chosen: set[int]) -> None:
    item = choice("AbCdEf", multi=True)
    grade = grade_choice(item, frozenset(chosen))
    assert 0 <= grade.score <= 1
    assert (grade.score == 1) == (chosen == item.key)
    assert len(grade.reasons) == len(chosen - item.key)
    assert len(grade.missed) == len(item.key - chosen)


@given(st.sets(st.integers(0, 5)), st.integers(0, 5))
def test_one_more_wrong_pick_never_helps(chosen: set[int], extra: int) -> None:
    item = choice("AbCdEf", multi=True)
    if extra not in item.key:
        before = grade_choice(item, frozenset(chosen)).score
        assert grade_choice(item, frozenset(chosen | {extra})).score <= before


@pytest.mark.parametrize("chosen", [{3}, {-1}, set(), {0, 1}])
def test_impossible_choices_are_refused(chosen: set[int]) -> None:
    with pytest.raises(ValueError, match=r"prog\.python\.0001"):
        grade_choice(choice("aBc"), frozenset(chosen))


@pytest.mark.parametrize(("score", "mark"), [(1.0, "right"), (0.5, "part"), (0.0, "wrong")])
def test_a_grade_has_a_mark(score: float, mark: str) -> None:
    assert Grade(score).mark == mark
