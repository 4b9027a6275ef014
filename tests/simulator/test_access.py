"""Where the bot may write: people who block it, groups that throw it out, rights and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator.samples import picture

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

POLL = {"question": "?", "options": [{"text": "a"}, {"text": "b"}]}


async def test_who_blocked_the_bot_is_out_of_reach(api: Api, ann: Person) -> None:
    ann.block()
    answer = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert answer[0] == 403
    assert answer[1]["description"] == "Forbidden: bot was blocked by the user"
    ann.unblock()
    await api("sendMessage", chat_id=ann.id, text="x")


async def test_a_deactivated_account_is_out_of_reach(api: Api, ann: Person) -> None:
    ann.deactivate()
    answer = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert (answer[0], answer[1]["description"]) == (403, "Forbidden: user is deactivated")


async def test_a_bot_cannot_write_first(sim: Simulator, api: Api) -> None:
    bob = sim.person("Bob")
    answer = await api.answer("sendMessage", chat_id=bob.id, text="x")
    assert (answer[0], answer[1]["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    assert await api.refusal("getChat", chat_id=bob.id) == "Bad Request: chat not found"


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_thrown_out_of_a_group_is_told_so(
    sim: Simulator, api: Api, ann: Person, kind: Any
) -> None:
    group = sim.group("Team", members=[ann], kind=kind)
    group.kick_bot()
    assert await api.answer("sendMessage", chat_id=group.id, text="x") == (
        403,
        {
            "ok": False,
            "error_code": 403,
            "description": f"Forbidden: bot was kicked from the {kind} chat",
        },
    )
    group.remove_bot()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        f"Forbidden: bot is not a member of the {kind} chat"
    )


async def test_a_deleted_group_is_out_of_reach(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann], kind="group")
    group.delete()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: the group chat was deleted"
    )


async def test_a_migrated_group_names_its_successor(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann], kind="group")
    successor = group.migrate()
    status, body = await api.answer("sendMessage", chat_id=group.id, text="x")
    assert status == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": successor.id}


@pytest.mark.parametrize(
    ("denied", "method", "parameters", "what"),
    [
        ("messages", "sendMessage", {"text": "x"}, "text messages"),
        ("polls", "sendPoll", POLL, "polls"),
        ("photos", "sendPhoto", {"photo": picture()}, "photos"),
        ("documents", "sendDocument", {"document": b"x"}, "documents"),
    ],
)
async def test_rights_that_a_group_denies_are_named(
    sim: Simulator,
    api: Api,
    ann: Person,
    denied: str,
    method: str,
    parameters: dict[str, Any],
    what: str,
) -> None:
    group = sim.group("Team", members=[ann])
    group.deny(denied)
    refusal = f"Bad Request: not enough rights to send {what} to the chat"
    assert await api.refusal(method, chat_id=group.id, **parameters) == refusal
    group.deny()
    group.restrict_bot(denied)
    assert await api.refusal(method, chat_id=group.id, **parameters) == refusal
    group.promote_bot()
    await api(method, chat_id=group.id, **parameters)


async def test_a_read_only_chat_takes_nothing(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    group.make_read_only()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: have no write access to the chat"
    )


async def test_topics_that_are_closed_or_unknown_are_refused(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Forum", members=[ann], is_forum=True)
    topic = group.open_topic("Quiz")
    sent = await api("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    not_found = "Bad Request: message thread not found"
    for thread in (1, 999):
        assert (
            await api.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=thread)
            == not_found
        )
    group.close_topic(topic)
    assert (
        await api.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
        == "Bad Request: TOPIC_CLOSED"
    )
    assert "message_thread_id" not in await api("sendMessage", chat_id=group.id, text="x")
    group.close_topic(1)
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: TOPIC_CLOSED"
    )
