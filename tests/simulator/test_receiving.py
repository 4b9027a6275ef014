"""Long polling: confirmation by offset, one poller at a time, what is kept and what is dropped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import ManualClock, Simulator
from bot.simulator.errors import OTHER_POLLER
from bot.simulator.updates import UpdateQueue

if TYPE_CHECKING:
    from bot.simulator import Person
    from tests.simulator.calling import Api


async def polling(sim: Simulator) -> None:
    """Return once a long poll is under way."""
    await sim.calls.wait(lambda call: call.method == "getUpdates" and call.outcome == "open")


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_updates_come_again_until_an_offset_confirms_them(api: Api, ann: Person) -> None:
    for text in ("a", "b", "c"):
        await ann.say(text)
    first = await api("getUpdates")
    assert [update["message"]["text"] for update in first] == ["a", "b", "c"]
    assert ids(first) == [*range(ids(first)[0], ids(first)[0] + 3)]
    assert await api("getUpdates") == first
    assert await api("getUpdates", offset=ids(first)[1]) == first[1:]
    assert await api("getUpdates") == first[1:]
    assert await api("getUpdates", offset=ids(first)[2] + 1) == []
    assert await api("getUpdates") == []


async def test_limit_takes_the_oldest(api: Api, ann: Person) -> None:
    await ann.say("a")
    await ann.say("b")
    assert [u["message"]["text"] for u in await api("getUpdates", limit=1)] == ["a"]
    assert len(await api("getUpdates", limit=0)) == 1
    assert len(await api("getUpdates", limit=1_000)) == 2


async def test_a_negative_offset_forgets_all_but_the_newest(api: Api, ann: Person) -> None:
    for text in ("a", "b", "c"):
        await ann.say(text)
    assert [u["message"]["text"] for u in await api("getUpdates", offset=-1)] == ["c"]
    assert [u["message"]["text"] for u in await api("getUpdates")] == ["c"]


async def test_a_long_poll_ends_with_the_next_update(
    sim: Simulator, api: Api, ann: Person
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await polling(sim)
    await ann.say("hello")
    assert [update["message"]["text"] for update in await poll] == ["hello"]


async def test_a_long_poll_ends_empty_when_its_time_is_over(
    sim: Simulator, api: Api, ann: Person
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=1_000))
    await polling(sim)
    sim.clock.advance(49)
    await api("getMe")
    assert not poll.done()
    sim.clock.advance(1)
    assert await poll == []


async def test_confirming_everything_does_not_end_a_long_poll(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await ann.say("a")
    offset = ids(await api("getUpdates"))[0] + 1
    poll = asyncio.create_task(api("getUpdates", timeout=50, offset=offset))
    await polling(sim)
    await api("getMe")
    assert not poll.done()
    await ann.say("b")
    assert [update["message"]["text"] for update in await poll] == ["b"]


async def test_a_newer_poll_ends_the_older_one(sim: Simulator, api: Api, ann: Person) -> None:
    older = asyncio.create_task(api.answer("getUpdates", timeout=50))
    await polling(sim)
    newer = asyncio.create_task(api("getUpdates", timeout=50))
    status, body = await older
    assert (status, body["description"]) == (409, f"Conflict: {OTHER_POLLER}")
    await ann.say("a")
    assert len(await newer) == 1


async def test_a_poll_that_was_hung_up_loses_nothing(
    sim: Simulator, api: Api, ann: Person
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await polling(sim)
    poll.cancel()
    abandoned = await sim.calls.wait(lambda call: call.outcome == "abandoned")
    assert abandoned.method == "getUpdates"
    await ann.say("a")
    assert len(await api("getUpdates")) == 1


async def test_allowed_updates_are_remembered(sim: Simulator, api: Api, ann: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    await ann.say("a")
    assert await api("getUpdates") == []
    await api("getUpdates", allowed_updates=[])
    await ann.say("b")
    assert [u["message"]["text"] for u in await api("getUpdates")] == ["b"]


async def test_an_unknown_kind_of_update_is_a_violation(api: Api) -> None:
    refusal = await api.refusal("getUpdates", allowed_updates=["message", "massage"])
    assert refusal == "Bad Request: there are no updates of the kind massage"
    assert len(api.simulator.violations) == 1


async def test_members_and_reactions_come_only_when_asked_for(
    sim: Simulator, api: Api, ann: Person
) -> None:
    said = await ann.say("a")
    await api.updates()
    await ann.react("👍", said)
    assert await api("getUpdates") == []
    await api("getUpdates", allowed_updates=["message_reaction"])
    await ann.react("", said)
    assert [[*update][1] for update in await api("getUpdates")] == ["message_reaction"]


async def test_updates_expire_after_a_day_and_presses_after_150_seconds(
    sim: Simulator, api: Api, ann: Person
) -> None:
    sent = await api(
        "sendMessage",
        chat_id=ann.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
    )
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
    await ann.press("A")
    await ann.say("x")
    assert len(await api("getUpdates")) == 2
    sim.clock.advance(150)
    assert [[*update][1] for update in await api("getUpdates")] == ["message"]
    sim.clock.advance(86_400)
    assert await api("getUpdates") == []


async def test_updates_are_delivered_again_whatever_the_offset(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await ann.say("a")
    seen = await api.updates()
    sim.redeliver(*ids(seen))
    assert await api("getUpdates", offset=ids(seen)[0] + 1) == seen
    assert await api("getUpdates", offset=ids(seen)[0] + 1) == []


async def test_a_lower_numbering_is_delivered_to_an_old_offset(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await ann.say("a")
    offset = ids(await api.updates())[0] + 1
    sim.restart_update_ids(1_000)
    await ann.say("b")
    lower = await api("getUpdates", offset=offset)
    assert [(u["update_id"], u["message"]["text"]) for u in lower] == [(1_000, "b")]
    assert await api("getUpdates", offset=1_001) == []


def test_odd_updates_of_any_kind_can_be_queued() -> None:
    queue = UpdateQueue(1)
    assert queue.push("message", {"odd": True}, now=0) == 1
    assert queue.push("message_reaction", {}, now=0) is None
    assert [update.render() for update in queue.pending(0)] == [
        {"update_id": 1, "message": {"odd": True}}
    ]


async def test_settled_waits_for_the_bot_to_take_everything() -> None:
    async with Simulator(clock=ManualClock()) as sim:
        ann = sim.person("Ann")
        await sim.settled()
        await ann.say("a")
        with pytest.raises(AssertionError, match="1 updates are pending"):
            await sim.settled(within=0.01)
        sim.updates.clear()
        await sim.settled()
