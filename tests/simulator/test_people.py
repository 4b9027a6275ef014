"""People in tests: what they wait for, and how they learn of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Clock, ManualClock, PersonError
from bot.simulator.samples import picture
from bot.simulator.waiting import Signal, first_of

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api


async def test_messages_are_told_one_by_one_and_edits_are_changes(api: Api, ann: Person) -> None:
    first = await api("sendMessage", chat_id=ann.id, text="1")
    await api("sendMessage", chat_id=ann.id, text="2")
    address = {"chat_id": ann.id, "message_id": first["message_id"]}
    await api("editMessageText", **address, text="1!")
    await api("sendMessage", chat_id=ann.id, text="3")
    assert (await ann.next_message()).text == "1"
    assert (await ann.next_message()).text == "2"
    change = await ann.next_change()
    assert (change.text, change.edited, change.id) == ("1!", True, first["message_id"])
    assert (await ann.next_change()).text == "3"
    with pytest.raises(AssertionError, match=r"nothing within 0.01 s: .*\n.*'1!'"):
        await ann.next_change(within=0.01)


async def test_a_sight_does_not_change_when_the_message_does(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="1")
    seen = ann.last
    await api("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="2")
    assert (seen.text, ann.last.text) == ("1", "2")


async def test_asking_passes_over_what_came_before(sim: Simulator, api: Api, ann: Person) -> None:
    await api("sendMessage", chat_id=ann.id, text="old")
    asking = asyncio.create_task(ann.ask("/help"))
    await sim.updates.changed.until(
        lambda: sim.updates.pending(sim.clock.now()) or None, 5, lambda: "not asked"
    )
    await api("sendMessage", chat_id=ann.id, text="new")
    assert (await asking).text == "new"


async def test_waiting_finds_what_is_there_and_what_comes(api: Api, ann: Person) -> None:
    waiting = asyncio.create_task(ann.wait(lambda seen: "ready" in seen.text))
    sent = await api("sendMessage", chat_id=ann.id, text="soon")
    await api("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="ready")
    assert (await waiting).text == "ready"
    assert (await ann.wait(lambda seen: "ready" in seen.text)).text == "ready"


async def test_a_deletion_and_the_end_of_a_poll_can_be_awaited(api: Api, ann: Person) -> None:
    sent = await api("sendPoll", chat_id=ann.id, question="?", options=[{"text": "a"}])
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    closed = asyncio.create_task(ann.wait(lambda seen: bool(seen.poll and seen.poll["is_closed"])))
    await api("stopPoll", **address)
    seen = await closed
    gone = asyncio.create_task(ann.gone(seen))
    await api("deleteMessage", **address)
    await gone
    assert seen.deleted


async def test_files_can_be_downloaded(api: Api, ann: Person) -> None:
    await api("sendDocument", chat_id=ann.id, document=b"{}")
    assert ann.download(ann.last) == b"{}"
    await api("sendPhoto", chat_id=ann.id, photo=picture())
    assert ann.download(ann.last) == picture()
    with pytest.raises(PersonError, match="no file"):
        ann.download(await ann.say("x"))


async def test_seats_see_only_their_chat(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    seat = ann.at(group)
    assert ann.at(group) is seat
    await api("sendMessage", chat_id=group.id, text="to all")
    assert [seen.text for seen in seat.inbox] == ["to all"]
    assert not ann.inbox
    with pytest.raises(AssertionError, match="has not written"):
        _ = ann.last


async def test_somebody_may_lack_everything_but_a_first_name(sim: Simulator, api: Api) -> None:
    odd = sim.person("<b>", user_id=2**52 - 1, username="odd", last_name=" ")
    await odd.start("practice-statistics")
    message = (await api.updates())[0]["message"]
    assert message["text"] == "/start practice-statistics"
    assert message["from"] == {
        "id": 2**52 - 1,
        "is_bot": False,
        "first_name": "<b>",
        "last_name": " ",
        "username": "odd",
        "language_code": "en",
    }


async def test_a_deactivated_person_writes_no_more(ann: Person) -> None:
    ann.deactivate()
    with pytest.raises(PersonError, match="deactivated"):
        await ann.say("x")


async def test_a_sleeper_wakes_when_the_clock_is_advanced() -> None:
    for clock in (ManualClock(), Clock()):
        before = clock.now()
        sleep = asyncio.create_task(clock.sleep(100))
        late = asyncio.create_task(clock.sleep(1_000))
        await asyncio.sleep(0)
        clock.advance(100)
        await asyncio.wait_for(sleep, 5)
        assert clock.now() >= before + 100
        assert not late.done()
        late.cancel()


async def test_the_wall_clock_also_wakes_sleepers_by_itself() -> None:
    await asyncio.wait_for(Clock().sleep(0.01), 5)


async def test_the_first_of_several_waits_ends_them_all() -> None:
    never, soon = Signal(), Signal()
    waiting = asyncio.create_task(first_of(never.wait(), soon.wait()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    soon.notify()
    await asyncio.wait_for(waiting, 5)
