"""A set mixes what is due, what is weak and what is new, and never repeats an item."""

from __future__ import annotations

import random
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scheduling import TARGET, TARGETS, Candidate, Choice, Why, plan_set


def candidate(
    number: int,
    area: str = "a",
    topic: str = "t",
    *,
    chance: float = 0.7,
    due: float | None = None,
    today: bool = False,
    variants: int = 0,
    last: int | None = None,
) -> Candidate:
    """`due` in days from now; None for one that was never met."""
    overdue = None if due is None else -due
    name = f"{area}.{topic}.{number:04}"
    return Candidate(name, area, topic, chance, overdue, today, variants, last)


def dealt(
    candidates: list[Candidate], size: int = 10, seed: int = 1, **readiness: float
) -> list[Choice]:
    return plan_set(candidates, size, readiness, random.Random(seed))


def why(choices: list[Choice]) -> list[Why]:
    return sorted(choice.why for choice in choices)


@given(
    st.lists(st.tuples(st.none() | st.floats(-9, 9), st.booleans()), max_size=40),
    st.sampled_from((5, 10, 20)),
    st.integers(),
)
def test_a_set_is_full_and_without_repeats(
    stands: list[tuple[float | None, bool]], size: int, seed: int
) -> None:
    candidates = [
        candidate(n, area=f"area{n % 3}", due=due, today=today and due is not None)
        for n, (due, today) in enumerate(stands)
    ]
    able = [one for one in candidates if not one.today] or candidates
    plan = dealt(candidates, size, seed)
    assert len(plan) == len({choice.item_id for choice in plan}) == min(size, len(able))
    assert {choice.item_id for choice in plan} <= {one.item_id for one in able}


def test_what_is_due_comes_back_the_longest_overdue_first_but_leaves_room_for_new() -> None:
    met = [candidate(n, due=-n) for n in range(10)]
    new = [candidate(n) for n in range(10, 40)]
    plan = dealt(met + new)
    chosen = {choice.item_id for choice in plan if choice.why is Why.DUE}
    assert chosen == {one.item_id for one in met[5:]}
    assert why(plan) == [Why.DUE] * 5 + [Why.NEW] * 5


def test_without_anything_new_all_that_is_due_is_asked() -> None:
    plan = dealt([candidate(n, due=-1) for n in range(12)])
    assert why(plan) == [Why.DUE] * 10


def test_what_is_known_is_asked_ahead_of_time_only_where_nothing_else_is_left() -> None:
    plan = dealt(
        [candidate(0), candidate(1, due=-1), *(candidate(n, due=n) for n in range(2, 9))], 5
    )
    assert why(plan) == [Why.AHEAD] * 3 + [Why.DUE, Why.NEW]
    ahead = {choice.item_id for choice in plan if choice.why is Why.AHEAD}
    assert ahead == {candidate(n).item_id for n in (2, 3, 4)}


def test_what_was_known_today_comes_again_only_where_nothing_else_is_left() -> None:
    known = [candidate(n, due=3, today=True) for n in range(5)]
    [choice] = dealt([*known, candidate(9)])
    assert choice.item_id == candidate(9).item_id
    assert why(dealt(known)) == [Why.AHEAD] * 5


def test_a_third_comes_from_the_weakest_areas() -> None:
    new = [candidate(n, area=f"area{a}") for a in range(5) for n in range(9)]
    plan = dealt(new, area0=0.9, area1=0.2, area2=0.8, area3=0.3, area4=0.7)
    weak = [choice.item_id[:5] for choice in plan if choice.why is Why.WEAK]
    assert sorted(weak) == ["area1", "area1", "area3"] or sorted(weak) == [
        "area1",
        "area3",
        "area3",
    ]


def test_within_one_area_nothing_is_called_weak() -> None:
    plan = dealt([candidate(n) for n in range(20)], a=0.1)
    assert why(plan) == [Why.NEW] * 10


def test_new_questions_are_as_hard_as_fits() -> None:
    chances = [n / 100 for n in range(100)]
    plan = dealt([candidate(n, chance=chance) for n, chance in enumerate(chances)])
    chosen = [chances[int(choice.item_id[-4:])] for choice in plan]
    assert all(abs(chance - 0.7) < 0.15 for chance in chosen)


@pytest.mark.parametrize("level", TARGETS)
def test_new_questions_are_easier_or_harder_on_demand(level: str | None) -> None:
    chances = [n / 100 for n in range(100)]
    new = [candidate(n, chance=chance) for n, chance in enumerate(chances)]
    plan = plan_set(new, 10, {}, random.Random(1), TARGETS[level])
    chosen = [chances[int(choice.item_id[-4:])] for choice in plan]
    assert all(abs(chance - TARGETS[level]) < 0.15 for chance in chosen)
    assert abs(fmean(chosen) - TARGETS[level]) < 0.04


def test_levels_are_apart() -> None:
    assert TARGETS[None] == TARGET
    assert TARGETS["harder"] < TARGETS[None] < TARGETS["easier"]


@given(st.integers(2, 10), st.integers(1, 5), st.integers())
def test_neighbours_are_of_different_areas(areas: int, each: int, seed: int) -> None:
    new = [candidate(n, area=f"area{a}") for a in range(areas) for n in range(each)]
    plan = dealt(new, areas * each, seed)
    assert all(a.item_id[:5] != b.item_id[:5] for a, b in pairwise(plan))


def test_neighbours_in_one_area_are_of_different_topics() -> None:
    new = [candidate(n, topic=f"topic{t}") for t in range(2) for n in range(5)]
    topics = [choice.item_id.split(".")[1] for choice in dealt(new)]
    assert all(a != b for a, b in pairwise(topics))


def test_a_parametrised_item_comes_back_with_other_numbers() -> None:
    [first] = dealt([candidate(1, variants=3)])
    assert first.variant in range(3)
    [again] = dealt([candidate(1, due=-1, variants=3, last=2)])
    assert again.variant == 0


def test_the_same_dice_give_the_same_set() -> None:
    new = [candidate(n, area=f"area{a}") for a in range(3) for n in range(9)]
    assert dealt(new, seed=7) == dealt(new, seed=7)
    assert dealt(new, seed=7) != dealt(new, seed=8)
