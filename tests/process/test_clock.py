"""Clocks that are wrong: the machine's, and the dates of what people send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator import Person
from tests.process.harness import Site
from tests.process.questions import exported, right_number

HOUR = 3600.0


@pytest.mark.parametrize(
    ("telegram_is_ahead", "words"),
    [(2 * HOUR, "behind"), (-2 * HOUR, "ahead of")],
)
async def test_a_wrong_clock_is_reported(
    site: Site, ann: Person, telegram_is_ahead: float, words: str
) -> None:
    """In one warning, which says by how much."""
    site.simulator.clock.advance(telegram_is_ahead)
    program = await site.start()
    await ann.ask("/start")
    await ann.ask("/help")
    told = [r for r in program.err.records if "Telegram's" in r["message"]]
    (warning,) = told
    assert warning["level"] == "WARNING"
    assert f"s {words} Telegram's" in warning["message"]
    assert any(f"{seconds} s" in warning["message"] for seconds in range(7195, 7206))


@pytest.mark.parametrize(
    ("age", "counted"),
    [
        (timedelta(hours=-48), timedelta(0)),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(hours=30), timedelta(hours=24)),
    ],
    ids=["in the future", "delivered late", "30 h old"],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_the_date_of_an_answer(
    house: Site, guest: Person, age: timedelta, counted: timedelta
) -> None:
    """It counts for the time at which it was given, but never for the future or before Telegram
    would still deliver it."""
    question = await guest.ask("/practice numerics")
    now = datetime.now(UTC)
    late = {"date": int((now - age).timestamp()), "text": right_number(question), "message_id": 99}
    said = (await guest.say("/about")).raw
    await guest.next_message()
    house.simulator.push_update(
        "message", {k: v for k, v in said.items() if k != "entities"} | late
    )
    assert (await guest.next_message()).text.startswith("✅")
    document = await exported(guest)
    (attempt,) = document["attempts"]
    answered_at = datetime.fromisoformat(attempt["answered_at"])
    assert abs(answered_at - (now - counted)) < timedelta(seconds=10)
    practice_day = (answered_at - timedelta(hours=4)).date()
    assert document["streak"]["last_day"] == practice_day.isoformat()
