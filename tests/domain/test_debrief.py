"""What an interview showed, and what to do next."""

from __future__ import annotations

import json

import pytest

from bot.domain.debrief import (
    TIPS,
    Reply,
    Tally,
    Tip,
    TipKind,
    by,
    from_document,
    tally,
    tips,
    to_document,
)
from bot.domain.interview import Kind


def reply(area: str, score: float | None, type_: str = "single", **given: float) -> Reply:
    seconds, fair = given.get("seconds", 30.0), given.get("fair", 60.0)
    return Reply(1, area, f"{area}-topic", type_, score, seconds, fair, "attempt")


def kinds(found: list[Tip]) -> list[TipKind]:
    return [tip.kind for tip in found]


def test_points_by_area_and_overall() -> None:
    replies = [reply("signal", 1.0), reply("neural", 0.5), reply("signal", None)]
    assert by(replies, lambda one: one.area_id) == {
        "signal": Tally(1.0, 2),
        "neural": Tally(0.5, 1),
    }
    assert tally(replies) == Tally(1.5, 3)
    assert tally(replies).share == 0.5
    assert tally([]).share == 0.0


def test_what_costs_most_comes_first() -> None:
    """Interviews ask most about programming, so points lost there weigh more."""
    replies = [reply("signal", 0.0), reply("programming", 0.0), reply("neural", 1.0)]
    first, second, _ = tips(replies, Kind.FULL)
    assert (first.kind, first.about) == (TipKind.AREA, "programming")
    assert (second.kind, second.about) == (TipKind.ANOTHER_AREA, "signal")


def test_two_areas_at_most() -> None:
    replies = [reply(area, 0.0) for area in ("signal", "neural", "industry", "statistics")]
    found = kinds(tips(replies, Kind.QUICK))
    assert found.count(TipKind.AREA) == found.count(TipKind.ANOTHER_AREA) == 1


def test_many_questions_without_an_answer() -> None:
    replies = [reply("signal", 1.0), *(reply("neural", None) for _ in range(6))]
    assert Tip(TipKind.UNANSWERED, amount=6) in tips(replies, Kind.QUICK)


@pytest.mark.parametrize("type_", ["multi", "keyword", "numeric", "behavioural"])
def test_a_type_that_costs_points(type_: str) -> None:
    replies = [reply("signal", 0.3, type_), reply("neural", 0.3, type_)]
    replies += [reply(area, 1.0) for area in ("signal", "neural") for _ in range(9)]
    assert Tip(TipKind.TYPE, type_, 2) in tips(replies, Kind.FULL)


def test_one_question_of_a_type_says_nothing_about_it() -> None:
    replies = [reply("signal", 0.0, "keyword"), *(reply("signal", 1.0) for _ in range(9))]
    assert TipKind.TYPE not in kinds(tips(replies, Kind.FULL))


def test_slow_answers() -> None:
    replies = [reply("signal", 1.0, seconds=100.0) for _ in range(5)]
    assert Tip(TipKind.SLOW, amount=5) in tips(replies, Kind.FULL)
    assert TipKind.SLOW not in kinds(tips([reply("signal", 1.0)] * 5, Kind.FULL))


def test_who_missed_nothing_still_gets_three() -> None:
    found = kinds(tips([reply("signal", 1.0)] * 8, Kind.QUICK))
    assert found == [TipKind.FULL, TipKind.HARDER, TipKind.STEADY]
    assert len(tips([reply("signal", 1.0)], Kind.FULL)) == TIPS - 1


def test_what_is_kept_comes_back_as_it_was() -> None:
    replies = (reply("signal", 0.25), reply("neural", None, "multi"))
    assert from_document(json.loads(json.dumps(to_document(replies)))) == replies
