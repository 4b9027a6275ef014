"""The banks that come with the product."""

from __future__ import annotations

from pathlib import Path

from bot.banks.loader import load_bank
from bot.domain.questions import ItemType, ParamItem
from bot.markup import plain

OURS = Path(__file__).parents[2] / "question_banks"


def test_our_bank_obeys_the_format_and_fills_every_area() -> None:
    bank = load_bank(OURS)
    assert {item.area_id for item in bank.playable} == {area.id for area in bank.areas}


def test_every_variant_of_ours_is_filled_in() -> None:
    items = [i for i in load_bank(OURS).items.values() if isinstance(i, ParamItem)]
    assert items
    for item in items:
        assert item.type is ItemType.PARAM
        for variant in item.variants:
            filled = plain(variant.question, variant.formula_text) + variant.explanation
            assert "{" not in filled
