"""Privacy mode: which messages of a group reach the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.simulator import Flood, Group, ManualClock, Person, Simulator

if TYPE_CHECKING:
    from bot.simulator import Seat

BOT = "interview_simulator_bot"
ON, OFF, ADMIN = "on", "off", "admin"


def heard(sim: Simulator) -> list[str]:
    """The texts that are queued for the bot."""
    bodies = [update.body for update in sim.updates.pending(sim.clock.now())]
    sim.updates.clear()
    return [body.get("text", "?") for body in bodies]


def team(mode: str) -> tuple[Simulator, Group, Seat]:
    sim = Simulator(clock=ManualClock(), privacy_mode=mode != OFF, flood=Flood(enabled=False))
    ann = sim.person("Ann")
    role = "administrator" if mode == ADMIN else "member"
    group = sim.group("Team", members=[ann], bot=role)
    sim.updates.clear()
    return sim, group, ann.at(group)


@pytest.mark.parametrize("mode", [ON, OFF, ADMIN])
@pytest.mark.parametrize(
    ("text", "meant_for_the_bot"),
    [
        ("hello", False),
        ("/quiz", True),
        ("please /quiz", True),
        (f"/quiz@{BOT}", True),
        (f"/quiz@{BOT.upper()} 5", True),
        ("/quiz@other_bot", False),
        (f"@{BOT} hello", False),
        ("1/2", False),
    ],
)
async def test_a_message_reaches_the_bot_if_it_is_meant_for_it_or_if_it_sees_all(
    mode: str, text: str, meant_for_the_bot: bool
) -> None:
    sim, _, ann = team(mode)
    await ann.say(text)
    assert heard(sim) == ([text] if meant_for_the_bot or mode != ON else [])


async def test_a_reply_to_the_bot_reaches_it_and_one_to_others_does_not() -> None:
    sim, group, ann = team(ON)
    asked = sim.world.post(group.chat, {"text": "Which?"}, author=sim.bot)
    seen = next(seen for seen in group.messages if seen.message is asked)
    answer = await ann.say("this one", reply_to=seen)
    assert heard(sim) == ["this one"]
    await ann.say("why?", reply_to=answer)
    assert heard(sim) == []


async def test_a_command_for_nobody_goes_to_the_bot_that_spoke_last() -> None:
    sim, group, ann = team(ON)
    rival = sim.another_bot("Rival", "rival_bot")
    group.add(rival)
    sim.updates.clear()
    await rival.at(group).say("here I am")
    await ann.say("/quiz")
    assert heard(sim) == []
    sim.world.post(group.chat, {"text": "so am I"}, author=sim.bot)
    await ann.say("/quiz")
    assert heard(sim) == ["/quiz"]


@pytest.mark.parametrize("mode", [ON, OFF, ADMIN])
async def test_other_bots_are_never_heard(mode: str) -> None:
    sim, group, _ = team(mode)
    rival = sim.another_bot("Rival", "rival_bot")
    group.add(rival)
    sim.updates.clear()
    await rival.at(group).say(f"/quiz@{BOT}")
    assert heard(sim) == []


async def test_service_messages_always_reach_the_bot() -> None:
    sim, group, _ = team(ON)
    bob = sim.person("Bob")
    group.add(bob)
    group.leave(bob)
    bodies = [update.body for update in sim.updates.pending(sim.clock.now())]
    assert [set(body) & {"new_chat_members", "left_chat_member"} for body in bodies] == [
        {"new_chat_members"},
        {"left_chat_member"},
    ]


async def test_an_edit_reaches_the_bot_if_the_message_did() -> None:
    sim, _, ann = team(ON)
    chat = await ann.say("hello")
    command = await ann.say("/quiz")
    sim.updates.clear()
    await ann.edit(chat, "hello!")
    await ann.edit(command, "/quiz 5")
    updates = sim.updates.pending(sim.clock.now())
    assert [(update.kind, update.body["text"]) for update in updates] == [
        ("edited_message", "/quiz 5")
    ]


async def test_a_bot_outside_hears_nothing() -> None:
    sim, group, ann = team(OFF)
    group.kick_bot()
    sim.updates.clear()
    await ann.say("/quiz")
    assert heard(sim) == []


@pytest.mark.parametrize("bot", ["member", "administrator"])
async def test_channel_posts_reach_administrators(bot: str) -> None:
    sim = Simulator(clock=ManualClock())
    ann: Person = sim.person("Ann")
    channel = sim.group("News", admins=[ann], kind="channel", bot=bot)
    sim.updates.clear()
    await ann.at(channel).say("news")
    updates = sim.updates.pending(sim.clock.now())
    assert [update.kind for update in updates] == ["channel_post"] * (bot == "administrator")
    for update in updates:
        assert "from" not in update.body
        assert update.body["sender_chat"]["id"] == channel.id
