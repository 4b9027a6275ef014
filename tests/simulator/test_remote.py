"""Driving and inspecting the simulator from another process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulator.test_client import Client

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api


@pytest.fixture
async def client(api: Api) -> Client:
    return Client(api)


async def test_faults_can_be_set_released_and_cleared(
    client: Client, api: Api, ann: Person
) -> None:
    fault = await client.post("faults", kind="hang", methods=["sendMessage"], chat=ann.id)
    hanging = asyncio.create_task(api("sendMessage", chat_id=ann.id, text="x"))
    open_call = (await client.get("calls/wait", method="sendMessage", outcome="open"))["call"]
    assert open_call["chat_id"] == ann.id
    await client.post("faults/release", **fault)
    assert (await hanging)["text"] == "x"
    await client.post("faults", kind="unauthorized", times=None)
    assert (await api.answer("getMe"))[0] == 401
    await client.post("faults/clear")
    assert (await api.answer("getMe"))[0] == 200
    listed = (await client.get("faults"))["faults"]
    assert [(f["kind"], f["hits"]) for f in listed] == [("hang", 1), ("unauthorized", 1)]
    assert "must be one of" in await client.refusal("faults", kind="gremlin")
    assert await client.refusal("faults", kind="hang", methods=[5]) == (
        "The field methods must be a list of texts."
    )
    assert await client.refusal("faults/release", fault=9) == "There is no fault 9."


async def test_calls_and_violations_can_be_read(client: Client, api: Api, ann: Person) -> None:
    await api("sendDocument", chat_id=ann.id, document=b"123")
    await api.refusal("sendDice", chat_id=ann.id)
    calls = (await client.get("calls", chat=ann.id))["calls"]
    assert [(call["method"], call["outcome"]) for call in calls] == [
        ("sendDocument", "ok"),
        ("sendDice", "refused"),
    ]
    assert calls[0]["params"]["document"] == {"file_name": "document.bin", "file_size": 3}
    since = (await client.get("calls", since=calls[0]["number"], method="sendDice"))["calls"]
    assert since == calls[1:]
    assert "sendDice" in (await client.get("violations"))["violations"][0]
    async with client.session.get(
        f"{client.root}/calls/wait", params={"method": "getChat", "within": "0.01"}
    ) as response:
        assert "no such call" in (await response.json())["error"]


async def test_updates_can_be_pushed_and_repeated(client: Client, api: Api, ann: Person) -> None:
    pushed = await client.post("updates", kind="poll_answer", body={"poll_id": "5"})
    assert (await client.get("updates"))["pending"] == [
        {"update_id": pushed["update_id"], "poll_answer": {"poll_id": "5"}}
    ]
    await api("getUpdates", offset=pushed["update_id"] + 1)
    await client.post("updates/redeliver", ids=[pushed["update_id"]])
    assert (await client.get("updates"))["pending"][0]["update_id"] == pushed["update_id"]
    await client.post("updates/restart", first_id=10)
    assert (await client.get("updates"))["next_id"] == 10
    assert await client.refusal("updates/redeliver", ids=[5]) == "There was no update 5."


async def test_the_clock_and_the_flood_limits_can_be_changed(
    client: Client, sim: Simulator, api: Api, ann: Person
) -> None:
    before = sim.clock.now()
    assert (await client.post("clock", advance=60))["now"] == before + 60
    await client.post("flood", enabled=True, burst=1)
    await api("sendMessage", chat_id=ann.id, text="x")
    assert (await api.answer("sendMessage", chat_id=ann.id, text="x"))[0] == 429


async def test_groups_can_be_ruled(client: Client, sim: Simulator, api: Api, ann: Person) -> None:
    created: dict[str, Any] = {"title": "Team", "type": "group", "admins": [ann.id]}
    group = (await client.post("groups", **created))["id"]
    await client.post("groups/bot", chat=group, denied=["messages"])
    assert "not enough rights" in await api.refusal("sendMessage", chat_id=group, text="x")
    await client.post("groups/bot", chat=group, status="administrator")
    await api("sendMessage", chat_id=group, text="x")
    successor = (await client.post("groups/migrate", chat=group))["id"]
    assert "upgraded" in await api.refusal("sendMessage", chat_id=group, text="x")
    await client.post("groups/bot", chat=successor, status="kicked")
    assert "kicked" in await api.refusal("sendMessage", chat_id=successor, text="x")
    await client.post("groups/delete", chat=successor)
    assert "deleted" in await api.refusal("sendMessage", chat_id=successor, text="x")
    forum = (await client.post("groups", **created | {"type": "supergroup", "is_forum": True}))[
        "id"
    ]
    thread = (await client.post("groups/topics", chat=forum, name="Quiz"))["thread"]
    await client.post("groups/topics/close", chat=forum, thread=thread)
    assert "TOPIC_CLOSED" in await api.refusal(
        "sendMessage", chat_id=forum, text="x", message_thread_id=thread
    )
    await client.post("groups/topics/close", chat=forum, thread=thread, closed=False)
    await api("sendMessage", chat_id=forum, text="x", message_thread_id=thread)
    assert await client.refusal("groups/topics/close", chat=forum, thread=99) == (
        "There is no such topic."
    )
    await client.post("deactivate", **{"as": ann.id})
    assert "deactivated" in await api.refusal("sendMessage", chat_id=ann.id, text="x")


async def test_settled_says_what_is_left_to_do(
    client: Client, sim: Simulator, api: Api, ann: Person
) -> None:
    await ann.say("x")
    async with client.session.get(f"{client.root}/settled", params={"within": "0.01"}) as response:
        assert "1 updates are pending" in (await response.json())["error"]
    await api.updates()
    fault = sim.faults.add("hang", "getMe")
    hanging = asyncio.create_task(api("getMe"))
    await client.get("calls/wait", method="getMe")
    async with client.session.get(f"{client.root}/settled", params={"within": "0.01"}) as response:
        assert "under way: getMe" in (await response.json())["error"]
    fault.release()
    await hanging
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    assert await client.get("settled") == {}
    poll.cancel()
