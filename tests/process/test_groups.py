"""The bot in groups: what it answers there, where, and when it holds its tongue."""

from __future__ import annotations

import pytest

from bot.simulator import Person
from bot.simulator.groups import Group
from tests.process.harness import Program, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def group(house: Site, guest: Person) -> Group:
    return house.simulator.group("Team", members=[guest])


@pytest.fixture
def help_here(house: Site) -> str:
    """A command with the bot's name, in a case of its own."""
    return f"/hElP@{str(house.simulator.bot.username).upper()}"


async def test_a_command_with_the_bots_name_is_answered(
    guest: Person, group: Group, help_here: str
) -> None:
    """In any case of its letters, and although privacy mode is on."""
    assert "private chat" in (await guest.at(group).ask(help_here)).text


@pytest.mark.parametrize("text", ["/help@OtherBot", "/frobnicate", "hello", "B"])
async def test_what_is_not_meant_for_the_bot_is_ignored(
    house: Site, guest: Person, group: Group, text: str
) -> None:
    """Commands of other bots, unknown ones and talk."""
    said = (await guest.at(group).say(text)).raw
    house.simulator.push_update("message", said)  # as without privacy mode
    await house.simulator.settled()
    assert guest.at(group).inbox == []


async def test_answers_stay_in_the_topic(house: Site, guest: Person, help_here: str) -> None:
    """In a forum they go to the thread of the command, and to none from General."""
    forum = house.simulator.group("Forum", members=[guest], is_forum=True)
    seat, thread = guest.at(forum), forum.open_topic("Practice")
    seat.skip()
    await seat.say(help_here, thread=thread)
    assert (await seat.next_message()).raw["message_thread_id"] == thread
    await seat.say(help_here)
    assert "message_thread_id" not in (await seat.next_message()).raw


async def test_a_reply_is_no_topic(house: Site, guest: Person, group: Group) -> None:
    """Outside of forums a chain of replies has a thread id, too, which is not to be used."""
    seat = guest.at(group)
    first = await seat.say("look")
    await seat.say(f"/help@{house.simulator.bot.username}", reply_to=first)
    await seat.next_message()
    (call,) = house.simulator.calls.of("sendMessage", chat=group.id)
    assert "message_thread_id" not in call.params


@pytest.mark.parametrize("ending", ["closed topic", "no right to send", "read-only", "kicked"])
async def test_where_nothing_can_be_sent_one_line_is_logged(
    house: Site, program: Program, guest: Person, help_here: str, ending: str
) -> None:
    """The refusal costs one call; the next command is served as ever."""
    forum = house.simulator.group("Forum", members=[guest], is_forum=True)
    seat, thread = guest.at(forum), forum.open_topic("Practice")
    await house.simulator.settled()
    before = len(program.err.records)
    await seat.say(help_here, thread=thread)
    match ending:
        case "closed topic":
            forum.close_topic(thread)
        case "no right to send":
            forum.restrict_bot("messages")
        case "read-only":
            forum.make_read_only()
        case _:
            forum.kick_bot()
    await house.simulator.settled()
    (call,) = house.simulator.calls.of("sendMessage", chat=forum.id)
    assert call.outcome == "refused"
    (record,) = program.err.records[before:]
    assert record["level"] == "WARNING"
    assert "nothing can be sent" in record["message"]
    assert "error" not in record
    assert "What I can do" in (await guest.ask("/help")).text


async def test_thrown_out_and_taken_in_again(guest: Person, group: Group, help_here: str) -> None:
    seat = guest.at(group)
    await seat.ask(help_here)
    for end in (group.kick_bot, group.remove_bot):
        end()
        group.add_bot()
        assert "private chat" in (await seat.ask(help_here)).text


@pytest.mark.parametrize("moment", ["before the command", "before the answer"])
async def test_a_group_becomes_a_supergroup(
    house: Site, guest: Person, help_here: str, moment: str
) -> None:
    """Answers go to the new chat, also that to a command from the old one; each comes once."""
    old = house.simulator.group("Small", members=[guest], kind="group")
    if moment == "before the command":
        new = old.migrate()
        await guest.at(new).say(help_here)
    else:
        await guest.at(old).say(help_here)
        new = old.migrate()
    assert "private chat" in (await guest.at(new).next_message()).text
    await guest.at(new).ask(help_here)
    await house.simulator.settled()
    assert len(guest.at(new).inbox) == 2


async def test_an_anonymous_admin_is_nobody(house: Site, help_here: str) -> None:
    """Whoever writes as the group itself changes nothing and breaks nothing."""
    admin = house.simulator.person("Admin")
    group = house.simulator.group("Team", admins=[admin])
    group.promote(admin, anonymous=True)
    await admin.at(group).say(help_here)
    await house.simulator.settled()
    assert "What I can do" in (await admin.ask("/help")).text
