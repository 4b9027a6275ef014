"""Which items a quiz may ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.content import content_folder
from bot.domain.questions import BehaviouralItem, ChoiceItem, Option
from bot.services.quiz_items import fits_poll, fits_reply, offers
from tests.dialogues.quizzing import write_quiz_bank

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def choice(**changes: object) -> ChoiceItem:
    item = ChoiceItem(
        id="prog.python.0001",
        rev=1,
        area_id="programming",
        topic_id="python",
        difficulty=2,
        question="Which?",
        explanation="So.",
        options=(Option("a", correct=True), Option("b")),
    )
    return replace(item, **changes)  # type: ignore[arg-type]  # fields of an item


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"poll": False}, False),
        ({"question": "x" * 300}, True),
        ({"question": "x" * 301}, False),
        ({"question": "🦊" * 151}, False),
        ({"question": "`" + "x" * 300 + "`"}, True),
        ({"options": (Option("x" * 101, correct=True), Option("b"))}, False),
        ({"options": tuple(Option(f"{n}", correct=n == 0) for n in range(12))}, True),
        ({"options": tuple(Option(f"{n}", correct=n == 0) for n in range(13))}, False),
        ({"code": "x" * 1_025}, False),
    ],
)
def test_what_fits_telegrams_limits(changes: dict[str, object], *, fits: bool) -> None:
    assert fits_poll(choice(**changes)) is fits


def test_stories_are_not_told_in_a_group() -> None:
    bank = load_bank(content_folder("question_banks"))
    stories = [item for item in bank.playable if isinstance(item, BehaviouralItem)]
    assert stories
    assert not any(fits_poll(item) or fits_reply(item) for item in stories)


def test_most_of_the_bank_can_be_asked() -> None:
    bank = load_bank(content_folder("question_banks"))
    polls = [item for item in bank.playable if fits_poll(item)]
    assert len(polls) > 700
    assert {item.area_id for item in polls} == {area.id for area in bank.areas}


def test_offers_know_when_the_group_met_an_item(tmp_path: Path) -> None:
    bank = load_bank(write_quiz_bank(tmp_path / "bank"))
    met = {"prog.python.0001": NOON - timedelta(days=3)}
    rested = {offer.item_id: offer.rested for offer in offers(bank.playable, met, "en", NOON)}
    assert rested["prog.python.0001"] == 3
    assert rested["prog.python.0002"] is None


def test_items_in_the_groups_language_come_alone_if_there_are_any() -> None:
    german = choice(id="prog.python.0002", language="de")
    assert [one.item_id for one in offers([choice(), german], {}, "de", NOON)] == [german.id]
    assert len(offers([choice()], {}, "de", NOON)) == 1
