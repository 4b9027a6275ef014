"""The behavioural items of our bank: their own examples get what their authors say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.domain.grading.rubrics import Example
from bot.domain.grading.star import compile_star
from bot.domain.questions import BehaviouralItem

BANK = load_bank(Path(__file__).parents[3] / "question_banks")
ITEMS = [item for item in BANK.items.values() if isinstance(item, BehaviouralItem)]


@pytest.mark.parametrize(
    ("item", "example"),
    [
        pytest.param(item, example, id=f"{item.id}-{place}")
        for item in ITEMS
        for place, example in enumerate(item.examples)
    ],
)
def test_an_example_gets_a_score_within_its_bounds(
    item: BehaviouralItem, example: Example
) -> None:
    score = compile_star(item).grade(example.answer).score
    assert score is not None
    assert example.min <= score <= example.max


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_is_tried_on_strong_and_weak_answers_and_asks_further(
    item: BehaviouralItem,
) -> None:
    assert len(item.examples) >= 4
    assert max(example.min for example in item.examples) >= 0.8
    assert min(example.max for example in item.examples) <= 0.35
    assert len(item.follow_ups) >= 2


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_no_strong_example_raises_a_red_flag(item: BehaviouralItem) -> None:
    strong = [example for example in item.examples if example.min >= 0.8]
    assert not any(compile_star(item).grade(example.answer).red_flags for example in strong)


def test_every_area_without_code_has_behavioural_items() -> None:
    counts = Counter(item.area_id for item in ITEMS)
    soft = {area.id for area in BANK.areas if not area.technical}
    assert set(counts) >= soft
    assert min(counts[area] for area in soft) >= 5
