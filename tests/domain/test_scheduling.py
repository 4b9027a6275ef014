"""A set mixes what was missed, what is new and what is known, and never repeats an item."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import Item, NumericItem, ParamItem, Variant
from bot.domain.scheduling import Met, plan_set

START = datetime(2026, 1, 10, tzinfo=UTC)


def numeric(number: int, area: str = "a", topic: str = "t") -> Item:
    return NumericItem(
        id=f"{area}.{topic}.{number:04}",
        rev=1,
        area_id=area,
        topic_id=topic,
        difficulty=3,
        question="How many?",
        explanation="So many.",
        answer=1.0,
    )


def items_of(areas: int, each: int) -> list[Item]:
    return [numeric(n, area=f"area{a}") for a in range(areas) for n in range(each)]


@given(
    st.integers(0, 40),
    st.sampled_from((5, 10, 20)),
    st.dictionaries(st.integers(0, 39), st.none() | st.sampled_from((0.0, 0.5, 1.0))),
    st.integers(),
)
def test_a_set_is_full_and_without_repeats(
    count: int, size: int, scores: dict[int, float | None], seed: int
) -> None:
    items = [numeric(n) for n in range(count)]
    met = {
        items[n].id: Met(START + timedelta(days=n), score, None)
        for n, score in scores.items()
        if n < count
    }
    plan = plan_set(items, met, size, random.Random(seed))
    assert len(plan) == len({item_id for item_id, _ in plan}) == min(size, count)


def test_what_was_missed_comes_back_first_but_leaves_room_for_new() -> None:
    items = [numeric(n) for n in range(30)]
    met = {items[n].id: Met(START + timedelta(days=n), 0.0, None) for n in range(10)}
    chosen = {item_id for item_id, _ in plan_set(items, met, 10, random.Random(1))}
    oldest = {items[n].id for n in range(4)}
    assert oldest <= chosen
    assert len(chosen & set(met)) == 4


def test_known_items_wait_until_nothing_is_new() -> None:
    items = [numeric(n) for n in range(8)]
    met = {items[n].id: Met(START + timedelta(days=n), 1.0, None) for n in range(6)}
    chosen = {item_id for item_id, _ in plan_set(items, met, 5, random.Random(1))}
    assert chosen == {items[n].id for n in (6, 7, 0, 1, 2)}


def test_neighbours_differ_in_area() -> None:
    plan = plan_set(items_of(areas=5, each=4), {}, 10, random.Random(3))
    areas = [item_id.split(".")[0] for item_id, _ in plan]
    assert all(left != right for left, right in pairwise(areas))


def test_every_area_is_met_by_a_newcomer() -> None:
    plan = plan_set(items_of(areas=10, each=10), {}, 10, random.Random(5))
    assert len({item_id.split(".")[0] for item_id, _ in plan}) == 10


def test_a_parametrised_item_comes_back_with_other_numbers() -> None:
    variants = tuple(Variant(i, {}, "q", "e", float(i)) for i in range(3))
    item = ParamItem(
        id="a.t.0001",
        rev=1,
        area_id="a",
        topic_id="t",
        difficulty=3,
        question="q",
        explanation="e",
        variants=variants,
    )
    met = {item.id: Met(START, 0.0, 2)}
    assert plan_set([item], met, 5, random.Random(1)) == [(item.id, 0)]


def test_the_same_dice_give_the_same_set() -> None:
    items = items_of(areas=3, each=9)
    assert plan_set(items, {}, 10, random.Random(7)) == plan_set(items, {}, 10, random.Random(7))
