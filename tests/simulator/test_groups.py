"""Groups, forums and channels: who is who, and what the bot hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import PersonError

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [[*update][1] for update in updates]


async def test_the_bot_hears_that_it_is_added_promoted_and_thrown_out(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", admins=[ann])
    group.promote_bot(without=["can_pin_messages"])
    group.kick_bot()
    assert group.messages[-1].raw["left_chat_member"]["id"] == sim.bot.id
    changes = [u["my_chat_member"] for u in await api.updates() if "my_chat_member" in u]
    statuses = [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ]
    assert statuses == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]
    assert changes[1]["new_chat_member"]["can_pin_messages"] is False
    assert changes[1]["new_chat_member"]["can_delete_messages"] is True
    assert changes[0]["from"]["id"] == ann.id


async def test_blocking_is_a_change_of_membership(api: Api, ann: Person) -> None:
    ann.block()
    await ann.say("I am back")
    updates = await api.updates()
    assert kinds(updates) == ["my_chat_member", "my_chat_member", "message"]
    new = [update["my_chat_member"]["new_chat_member"]["status"] for update in updates[:2]]
    assert new == ["kicked", "member"]


async def test_members_coming_and_going_make_service_messages(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", members=[ann])
    await api.updates()
    bob = sim.person("Bob")
    group.add(bob)
    group.throw_out(bob)
    joined, left = [update["message"] for update in await api.updates()]
    assert joined["new_chat_members"][0]["id"] == bob.id
    assert left["left_chat_member"]["id"] == bob.id
    with pytest.raises(PersonError, match="Bob is not in this chat"):
        await bob.at(group).say("hello?")


async def test_an_administrator_bot_that_asks_hears_of_members(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", members=[ann], bot="administrator")
    await api.updates(allowed_updates=["chat_member"])
    group.add(sim.person("Bob"))
    assert kinds(await api.updates()) == ["chat_member"]


async def test_what_the_bot_can_learn_of_a_group(sim: Simulator, api: Api, ann: Person) -> None:
    bob = sim.person("Bob")
    group = sim.group("Team", members=[bob], admins=[ann], username="team")
    chat = await api("getChat", chat_id="@Team")
    assert (chat["id"], chat["title"], chat["type"]) == (group.id, "Team", "supergroup")
    assert chat["permissions"]["can_send_polls"] is True
    assert await api("getChatMemberCount", chat_id=group.id) == 3
    admins = await api("getChatAdministrators", chat_id=group.id)
    assert [(admin["status"], admin["user"]["id"]) for admin in admins] == [("creator", ann.id)]
    for person, status in ((bob, "member"), (sim.person("Cat"), "left")):
        member = await api("getChatMember", chat_id=group.id, user_id=person.id)
        assert member["status"] == status
    assert await api.refusal("getChatMember", chat_id=group.id, user_id=5) == (
        "Bad Request: invalid user_id specified"
    )
    group.restrict_bot("polls")
    restricted = sim.world.bot_member(group.chat)
    assert restricted.render()["can_send_polls"] is False


async def test_private_chats_have_no_administrators(api: Api, ann: Person) -> None:
    assert await api("getChatMemberCount", chat_id=ann.id) == 2
    assert await api.refusal("getChatAdministrators", chat_id=ann.id) == (
        "Bad Request: there are no administrators in the private chat"
    )
    member = await api("getChatMember", chat_id=ann.id, user_id=ann.id)
    assert member["status"] == "member"


async def test_the_bot_leaves(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    await api("leaveChat", chat_id=group.id)
    assert await api.refusal("getChat", chat_id=group.id) == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    group.add_bot()
    assert (await api("getChat", chat_id=group.id))["id"] == group.id


async def test_an_anonymous_administrator_speaks_for_the_group(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", members=[ann])
    group.promote(ann, anonymous=True)
    await api.updates()
    await ann.at(group).say("/quiz")
    message = (await api.updates())[0]["message"]
    assert message["sender_chat"]["id"] == group.id
    assert message["from"]["username"] == "GroupAnonymousBot"


async def test_a_person_may_speak_as_a_channel(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    channel = sim.group("News", admins=[ann], kind="channel", bot="administrator")
    await api.updates()
    await ann.at(group).say("/quiz", in_name_of=channel)
    message = (await api.updates())[0]["message"]
    assert message["sender_chat"]["type"] == "channel"
    assert message["from"]["username"] == "Channel_Bot"


async def test_the_bot_posts_in_a_channel_that_it_administers(
    sim: Simulator, api: Api, ann: Person
) -> None:
    channel = sim.group("News", admins=[ann], kind="channel")
    refusal = await api.refusal("sendMessage", chat_id=channel.id, text="x")
    assert refusal == "Bad Request: need administrator rights in the channel chat"
    channel.promote_bot()
    sent = await api("sendMessage", chat_id=channel.id, text="x")
    assert "from" not in sent


async def test_migration_is_told_in_both_chats(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann], kind="group")
    await api.updates()
    successor = group.migrate()
    old, new = [update["message"] for update in await api.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, successor.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (successor.id, group.id)
    assert successor.chat.type == "supergroup"
    await ann.at(successor).say("/still here")
    assert (await api.updates())[0]["message"]["chat"]["id"] == successor.id
    with pytest.raises(PersonError, match="exists no more"):
        await ann.at(group).say("hello?")


async def test_messages_of_a_topic_name_it_and_those_of_general_do_not(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Forum", members=[ann], is_forum=True)
    topic = group.open_topic("Quiz")
    await api.updates()
    seat = ann.at(group)
    await seat.say("/quiz", thread=topic)
    await seat.say("/quiz")
    inside, general = [update["message"] for update in await api.updates()]
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (topic, True)
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Quiz"
    assert inside["chat"]["is_forum"] is True
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & general.keys()
    sent = await api(
        "sendMessage",
        chat_id=group.id,
        text="x",
        reply_parameters={"message_id": inside["message_id"]},
    )
    assert sent["message_thread_id"] == topic


async def test_ordinary_members_do_not_write_in_a_closed_topic(
    sim: Simulator, api: Api, ann: Person
) -> None:
    boss = sim.person("Boss")
    group = sim.group("Forum", members=[ann], admins=[boss], is_forum=True)
    topic = group.open_topic("Quiz")
    group.close_topic(topic)
    with pytest.raises(PersonError, match="closed"):
        await ann.at(group).say("x", thread=topic)
    await boss.at(group).say("x", thread=topic)
    group.reopen_topic(topic)
    await ann.at(group).say("x", thread=topic)
    with pytest.raises(PersonError, match="no topic 999"):
        await ann.at(group).say("x", thread=999)
    services = [u["message"] for u in await api.updates() if "message" in u]
    assert sum("forum_topic_closed" in message for message in services) == 1
    assert sum("forum_topic_reopened" in message for message in services) == 1


async def test_an_administrator_bot_writes_in_a_closed_topic(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Forum", members=[ann], is_forum=True, bot="administrator")
    topic = group.open_topic("Quiz")
    group.close_topic(topic)
    await api("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)


async def test_replies_in_a_supergroup_make_a_thread(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", members=[ann])
    root = await ann.at(group).say("/quiz")
    answer = await ann.at(group).say("/quiz 5", reply_to=root)
    assert answer.raw["message_thread_id"] == root.id
    assert "is_topic_message" not in answer.raw
    sent = await api("sendMessage", chat_id=group.id, text="x", message_thread_id=root.id)
    assert sent["message_thread_id"] == root.id
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=999)
    assert refusal == "Bad Request: message thread not found"


async def test_members_who_may_not_write_do_not(sim: Simulator, ann: Person) -> None:
    group = sim.group("Team", members=[sim.person("Owner"), ann])
    group.deny("messages")
    with pytest.raises(PersonError, match="Ann may not write here"):
        await ann.at(group).say("x")
    channel = sim.group("News", members=[sim.person("Owner"), ann], kind="channel")
    with pytest.raises(PersonError, match="Only administrators"):
        await ann.at(channel).say("x")
