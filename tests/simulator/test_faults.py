"""Injected faults: what the bot gets to see, and whether the call had its effect."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.simulator.errors import OTHER_POLLER

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from bot.simulator.faults import FaultKind
    from tests.simulator.calling import Api


async def test_any_status_with_any_body(sim: Simulator, api: Api, ann: Person) -> None:
    fault = sim.faults.add("status", "sendMessage", status=502, times=2)
    url = f"{api.root}/sendMessage"
    for _ in range(2):
        async with api.session.post(url, data={"chat_id": ann.id, "text": "x"}) as response:
            assert (response.status, response.content_type) == (502, "text/html")
            assert "502 Bad Gateway" in await response.text()
    await api("getMe")
    await api("sendMessage", chat_id=ann.id, text="through")
    assert (fault.hits, [seen.text for seen in ann.inbox]) == (2, ["through"])
    call = sim.calls.of("sendMessage")[0]
    assert (call.outcome, call.status, call.effect) == ("fault", 502, False)


async def test_a_status_after_the_effect(sim: Simulator, api: Api, ann: Person) -> None:
    sim.faults.add("status", status=500, body="{}", content_type="text/plain", after_effect=True)
    async with api.session.post(
        f"{api.root}/sendMessage", data={"chat_id": ann.id, "text": "x"}
    ) as response:
        assert (response.status, await response.text()) == (500, "{}")
    assert [seen.text for seen in ann.inbox] == ["x"]
    assert sim.calls[-1].effect is True


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ("too_many_requests", 429, "Too Many Requests: retry after 7"),
        ("unauthorized", 401, "Unauthorized"),
        (
            "conflict",
            409,
            f"Conflict: {OTHER_POLLER}",
        ),
    ],
)
async def test_telegrams_own_refusals(
    sim: Simulator, api: Api, ann: Person, kind: FaultKind, code: int, description: str
) -> None:
    sim.faults.add(kind, retry_after=7)
    status, body = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert (status, body["error_code"], body["description"]) == (code, code, description)
    assert body.get("parameters") == ({"retry_after": 7} if code == 429 else None)
    assert not ann.inbox


async def test_invalid_json_after_the_effect(sim: Simulator, api: Api, ann: Person) -> None:
    sim.faults.add("invalid_json")
    with pytest.raises(json.JSONDecodeError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert len(ann.inbox) == 1


@pytest.mark.parametrize(
    ("kind", "effect"), [("half_body", True), ("reset_after", True), ("reset_before", False)]
)
async def test_a_broken_connection(
    sim: Simulator, api: Api, ann: Person, kind: FaultKind, effect: bool
) -> None:
    fault = sim.faults.add(kind, "sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert [seen.text for seen in ann.inbox] == ["x"] * effect
    assert (fault.hits, sim.calls.of("sendMessage")[0].effect) == (1, effect)
    await api("sendMessage", chat_id=ann.id, text="y")


async def test_a_delay_lasts_as_long_as_the_clock_says(
    sim: Simulator, api: Api, ann: Person
) -> None:
    sim.faults.add("delay", "sendMessage", seconds=10)
    late = asyncio.create_task(api("sendMessage", chat_id=ann.id, text="x"))
    await sim.calls.wait(lambda call: call.method == "sendMessage")
    assert not ann.inbox
    sim.clock.advance(10)
    assert (await late)["text"] == "x"


async def test_one_chat_hangs_and_the_others_do_not(sim: Simulator, api: Api, ann: Person) -> None:
    bob = sim.person("Bob")
    await bob.say("/start")
    fault = sim.faults.add("hang", chat=ann.id, after_effect=True)
    hanging = asyncio.create_task(api("sendMessage", chat_id=ann.id, text="x"))
    await ann.next_message()
    await api("sendMessage", chat_id=bob.id, text="y")
    assert not hanging.done()
    fault.release()
    assert (await hanging)["text"] == "x"


async def test_faults_can_skip_calls_and_be_cancelled(
    sim: Simulator, api: Api, ann: Person
) -> None:
    fault = sim.faults.add("unauthorized", "getMe", times=None, skip=1)
    statuses = [(await api.answer("getMe"))[0] for _ in range(3)]
    assert statuses == [200, 401, 401]
    fault.cancel()
    assert (await api.answer("getMe"))[0] == 200
    with pytest.raises(ValueError, match="no fault 'gremlin'"):
        sim.faults.add("gremlin")  # type: ignore[arg-type]  # the point of the test


async def test_the_journal_tells_what_was_asked_and_how_it_ended(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await api("sendDocument", chat_id=ann.id, document=b"12345", caption="c")
    await api.refusal("sendMessage", chat_id=ann.id, text=" ")
    sent, refused = sim.calls.of("sendDocument", "sendMessage", chat=ann.id)
    assert (sent.outcome, sent.status, sent.at) == ("ok", 200, sim.clock.now())
    assert sent.result["caption"] == "c"
    assert sent.render()["params"] == {
        "chat_id": ann.id,
        "document": {"file_name": "document.bin", "file_size": 5},
        "caption": "c",
    }
    assert (refused.outcome, refused.description) == (
        "refused",
        "Bad Request: text must be non-empty",
    )
    assert sim.calls.of("sendMessage", chat=5) == []
    with pytest.raises(AssertionError, match="the last were:\n  getUpdates ok"):
        await sim.calls.wait(lambda call: call.method == "getChat", within=0.01)


async def test_a_call_that_the_bot_gave_up_is_abandoned(
    sim: Simulator, api: Api, ann: Person
) -> None:
    sim.faults.add("hang", "sendMessage")
    call = asyncio.create_task(api("sendMessage", chat_id=ann.id, text="x"))
    await sim.calls.wait(lambda call: call.method == "sendMessage")
    call.cancel()
    abandoned = await sim.calls.wait(lambda call: call.outcome == "abandoned")
    assert (abandoned.method, abandoned.effect) == ("sendMessage", False)
