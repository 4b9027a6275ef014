"""The question of the day: the same for everybody, not again for a month, areas in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.banks.loader import load_bank
from bot.domain.daily import SLOTS, DailyQuestion, daily_item
from bot.domain.grading.rubrics import StarPart, StarRubric
from bot.domain.questions import (
    BehaviouralItem,
    ChoiceItem,
    Item,
    NumericItem,
    Option,
    ParamItem,
    Variant,
)

START = date(2026, 1, 1)
dates = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def choice(number: int, areas: int = 10, difficulty: int = 3) -> Item:
    return ChoiceItem(
        id=f"item.{number:04}",
        rev=1,
        area_id=f"area_{number % areas}",
        topic_id="topic",
        difficulty=difficulty,
        question="?",
        explanation="!",
        options=(Option("right", correct=True), Option("wrong")),
    )


def made(size: int, areas: int = 10) -> list[Item]:
    return [choice(number, areas) for number in range(size)]


def asked(items: Sequence[Item], days: int, start: date = START) -> list[str]:
    found = [daily_item(items, start + timedelta(n)) for n in range(days)]
    return [question.item_id for question in found if question is not None]


def nearest_repeat(ids: Sequence[str]) -> int:
    """The fewest days between two dates with the same question."""
    last: dict[str, int] = {}
    nearest = len(ids)
    for n, item_id in enumerate(ids):
        nearest = min(nearest, n - last.get(item_id, n - nearest))
        last[item_id] = n
    return nearest


@pytest.fixture(scope="module")
def ours() -> dict[str, Item]:
    return dict(load_bank(Path(__file__).parents[2] / "question_banks").items)


def test_our_bank_gives_a_year_of_fitting_questions_in_all_areas(ours: dict[str, Item]) -> None:
    items = list(ours.values())
    ids = asked(items, 365)
    assert len(ids) == 365
    assert nearest_repeat(ids) >= SLOTS
    assert len(set(ids)) > 300
    for item in (ours[item_id] for item_id in ids):
        assert isinstance(item, ChoiceItem | NumericItem | ParamItem)
        assert 2 <= item.difficulty <= 4
    areas = [ours[item_id].area_id for item_id in ids]
    assert {areas.count(area) for area in set(areas)} <= set(range(15, 61))
    assert len(set(areas)) == len({item.area_id for item in items})
    assert sum(a == b for a, b in pairwise(areas)) <= 5


@given(dates, st.randoms(use_true_random=False))
def test_the_order_of_the_bank_does_not_matter(day: date, dice: Random) -> None:
    items = made(200)
    expected = daily_item(items, day)
    dice.shuffle(items)
    assert daily_item(items, day) == expected


@given(dates, st.sets(st.integers(0, 799), max_size=20))
def test_items_that_come_or_go_change_only_the_dates_that_they_win(
    day: date, numbers: set[int]
) -> None:
    items = made(800)
    most = [item for n, item in enumerate(items) if n not in numbers]
    before, after = daily_item(most, day), daily_item(items, day)
    assert after is not None
    assert after == before or after.item_id in {items[n].id for n in numbers}


@given(st.integers(1, 400), st.integers(1, 12), dates)
def test_no_repeat_within_31_days_or_as_many_as_there_are_items(
    size: int, areas: int, start: date
) -> None:
    ids = asked(made(size, areas), 100, start)
    assert len(ids) == 100
    assert nearest_repeat(ids) >= min(size, SLOTS)


def test_a_tiny_bank_takes_turns_and_spreads_its_areas() -> None:
    ids = asked(made(10, 2), 20)
    assert ids[:10] == ids[10:]
    assert len(set(ids)) == 10
    assert all(int(a[-1]) % 2 != int(b[-1]) % 2 for a, b in pairwise(ids[:10]))


def test_one_item_is_asked_every_day_and_none_never() -> None:
    assert daily_item(made(1), START) == DailyQuestion("item.0000", None)
    assert daily_item([], START) is None


def test_what_cannot_be_answered_in_a_moment_is_left_out() -> None:
    part = StarPart(("I was",), "nothing", "all of it")
    story = BehaviouralItem(
        id="b",
        rev=1,
        area_id="communication",
        topic_id="t",
        difficulty=3,
        question="?",
        explanation="!",
        rubric=StarRubric(situation=part, task=part, action=part, result=part),
    )
    assert daily_item([story], START) is None
    assert daily_item([story, *made(1)], START) == DailyQuestion("item.0000", None)


def test_medium_ones_come_first_where_there_are_enough() -> None:
    hard = [choice(number, difficulty=5) for number in range(1000, 1400)]
    assert set(asked(made(40) + hard, 200)) <= {item.id for item in made(40)}
    assert set(asked(made(5) + hard, 200)) & {item.id for item in hard}


def test_the_variant_follows_from_the_date() -> None:
    variants = tuple(Variant(n, {}, "?", "!", float(n)) for n in range(8))
    item = ParamItem(
        id="p",
        rev=1,
        area_id="a",
        topic_id="t",
        difficulty=3,
        question="?",
        explanation="!",
        variants=variants,
    )
    found = [daily_item([item], START + timedelta(n)) for n in range(100)]
    assert found == [daily_item([item], START + timedelta(n)) for n in range(100)]
    assert {question.variant for question in found if question} == set(range(8))
    undealt = ParamItem(
        id="q", rev=1, area_id="a", topic_id="t", difficulty=3, question="?", explanation="!"
    )
    assert daily_item([undealt], START) is None


def test_it_is_the_same_on_every_machine() -> None:
    assert asked(made(800), 4) == ["item.0353", "item.0475", "item.0179", "item.0721"]
    assert asked(made(20), 4) == ["item.0012", "item.0009", "item.0017", "item.0000"]
