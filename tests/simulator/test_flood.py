"""Flood limits: a message a second per chat, twenty a minute per group, thirty a second in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.simulator import ApiError, Flood

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api


def refused(flood: Flood, chat: int, now: float) -> int | None:
    """Spend a message; the seconds to wait if it is refused."""
    try:
        flood.spend(chat, now)
    except ApiError as problem:
        return (problem.parameters or {}).get("retry_after")
    return None


def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    flood = Flood(burst=3)
    assert [refused(flood, 1, 0) for _ in range(5)] == [None, None, None, 1, 1]
    assert refused(flood, 1, 0.5) == 1
    assert refused(flood, 1, 1) is None
    assert refused(flood, 1, 1) == 1
    assert refused(flood, 2, 1) is None


def test_a_refused_message_costs_nothing() -> None:
    flood = Flood(burst=1)
    assert refused(flood, 1, 0) is None
    for tenth in range(10):
        assert refused(flood, 1, tenth / 10) == 1
    assert refused(flood, 1, 1) is None


def test_a_group_takes_twenty_a_minute() -> None:
    flood = Flood(burst=100)
    assert [refused(flood, -1, second) for second in range(20)] == [None] * 20
    assert refused(flood, -1, 20) == 40
    assert refused(flood, 1, 20) is None
    assert refused(flood, -1, 60) is None


def test_all_chats_together_take_thirty_a_second() -> None:
    flood = Flood()
    assert [refused(flood, chat, 0) for chat in range(1, 31)] == [None] * 30
    assert refused(flood, 31, 0.5) == 1
    with pytest.raises(ApiError, match="Too Many Requests: retry after 1"):
        flood.spend_edit(0.5)
    assert refused(flood, 31, 1) is None


def test_it_can_be_turned_off() -> None:
    flood = Flood(enabled=False)
    assert [refused(flood, 1, 0) for _ in range(100)] == [None] * 100


async def test_a_flooding_bot_is_told_when_to_try_again(
    sim: Simulator, api: Api, ann: Person
) -> None:
    sim.flood.enabled, sim.flood.burst = True, 2
    for _ in range(2):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert await api.answer("sendMessage", chat_id=ann.id, text="x") == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )
    assert sim.calls[-1].outcome == "refused"
    await api("editMessageText", chat_id=ann.id, message_id=ann.last.id, text="y")
    sim.clock.advance(1)
    await api("sendMessage", chat_id=ann.id, text="x")
    assert len(ann.inbox) == 3
