"""What a group quiz asks: areas and levels mixed, one round in five open, nothing twice."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiz_plan import Offer, Slot, plan_rounds


def offer(
    number: int, area: str = "a", level: int = 3, *, is_open: bool = False, topic: str = "t",
    variants: int = 0, rested: float | None = None,
) -> Offer:  # fmt: skip
    name = f"{area}.{topic}.{number}{'o' if is_open else ''}"
    return Offer(name, area, topic, level, is_open, variants, rested)


def bank(areas: int = 10, each: int = 20) -> list[Offer]:
    return [
        offer(n, f"area{area}", n % 5 + 1, is_open=n % 4 == 0, topic=f"t{n % 3}")
        for area in range(areas)
        for n in range(each)
    ]


def planned(offers: list[Offer], rounds: int, seed: int = 1) -> tuple[Slot, ...]:
    return plan_rounds(offers, rounds, random.Random(seed))


@pytest.mark.parametrize(
    ("rounds", "opens"), [(1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (14, 2), (50, 10)]
)
def test_of_every_five_rounds_one_is_open(rounds: int, opens: int) -> None:
    plan = planned(bank(), rounds)
    assert len(plan) == rounds
    assert [n for n, slot in enumerate(plan, 1) if slot.is_open] == [*range(5, rounds + 1, 5)]
    assert sum(slot.is_open for slot in plan) == opens


@given(st.integers(1, 50), st.integers(2, 10), st.integers())
def test_areas_take_turns(rounds: int, areas: int, seed: int) -> None:
    plan = planned(bank(areas, 60), rounds, seed)
    counts = Counter(slot.area_id for slot in plan)
    assert len(plan) == len({slot.item_id for slot in plan}) == rounds
    assert max(counts.values()) - min(counts.get(f"area{n}", 0) for n in range(areas)) <= 1
    assert all(one.area_id != other.area_id for one, other in pairwise(plan))


@given(st.integers())
def test_levels_are_mixed(seed: int) -> None:
    offers = [offer(n, f"area{a}", n % 5 + 1) for a in range(10) for n in range(10)]
    levels = {one.item_id: one.level for one in offers}
    plan = planned(offers, 10, seed)
    assert Counter(levels[slot.item_id] for slot in plan) == dict.fromkeys(range(1, 6), 2)


def test_topics_take_turns_within_an_area() -> None:
    plan = planned([offer(n, topic=f"t{n % 4}") for n in range(40)], 4)
    assert len({slot.item_id.split(".")[1] for slot in plan}) == 4


def test_too_few_items_make_a_shorter_quiz() -> None:
    assert len(planned([offer(n) for n in range(3)], 10)) == 3
    replies = [offer(n, is_open=True) for n in range(9)]
    plan = planned([offer(n) for n in range(5)] + replies, 50)
    assert [slot.is_open for slot in plan] == [False] * 4 + [True, False]
    assert planned(replies, 10) == planned([], 10) == ()


def test_without_open_items_all_are_polls() -> None:
    assert len(planned([offer(n) for n in range(20)], 10)) == 10


def test_what_the_group_has_met_comes_last_and_the_latest_at_the_very_last() -> None:
    met = [offer(n, rested=float(n)) for n in range(6)]
    plan = planned([*met, offer(9, level=1)], 3)
    assert [slot.item_id for slot in plan] == ["a.t.9", "a.t.5", "a.t.4"]


def test_quizzes_differ_but_not_with_the_same_dice() -> None:
    assert planned(bank(), 10, seed=1) == planned(bank(), 10, seed=1)
    assert planned(bank(), 10, seed=1) != planned(bank(), 10, seed=2)


def test_parametrised_items_come_with_a_variant() -> None:
    plan = planned([offer(n, variants=3 * (n % 2)) for n in range(20)], 20)
    dealt = {int(slot.item_id.split(".")[2]): slot.variant for slot in plan}
    assert {variant for number, variant in dealt.items() if number % 2 == 0} == {None}
    assert {variant for number, variant in dealt.items() if number % 2} == {0, 1, 2}
