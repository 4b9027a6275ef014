"""What people do in their apps: write, edit, delete, block the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.chats import GENERAL, Chat, Member, User
from bot.simulator.errors import PersonError
from bot.simulator.texts import plain, utf16_length
from bot.simulator.world import ANONYMOUS_ADMIN, CHANNEL_STAND_IN, World

if TYPE_CHECKING:
    from bot.simulator.messages import Message

LONGEST_MESSAGE = 4_096


def say(
    world: World,
    who: User,
    where: Chat,
    content: dict[str, Any] | str,
    *,
    reply_to: Message | None = None,
    thread: int | None = None,
    in_name_of: Chat | None = None,
) -> Message:
    """Send a message; a string is a text, anything else the content fields of a Message.

    `thread` is the topic; a reply stays in its message's topic anyway. `in_name_of` is the group
    itself for an anonymous administrator, or a channel.

    Raises:
        PersonError: They are not there, may not write, or the text is empty or too long.
    """
    if isinstance(content, str):
        content = _text(content)
    _check_may_write(world, who, where)
    if where.is_forum:
        thread = _topic(where, who, reply_to.thread if reply_to else thread)
        reply_to = reply_to or (where.messages.get(thread) if thread else None)
    elif where.type == "supergroup" and reply_to:
        thread = reply_to.thread or reply_to.id
    sender = None
    if in_name_of is None and where.is_group and where.member(who).anonymous:
        in_name_of = where
    if in_name_of:
        sender = ANONYMOUS_ADMIN if in_name_of is where else CHANNEL_STAND_IN
    return world.post(
        where,
        content,
        author=who,
        sender=sender,
        sender_chat=in_name_of,
        reply_to=reply_to,
        thread=thread,
    )


def _text(text: str) -> dict[str, Any]:
    words = plain(text)
    if not words.text:
        raise PersonError("A message needs some text.")
    if utf16_length(words.text) > LONGEST_MESSAGE:
        raise PersonError(f"A message has at most {LONGEST_MESSAGE} characters.")
    return words.as_message()


def _check_may_write(world: World, who: User, where: Chat) -> None:
    if who.deactivated:
        raise PersonError("This account is deactivated.")
    if where.person:
        if where.person is not who:
            raise PersonError("This is somebody else's private chat.")
        where.started = True
        set_blocked(world, who, blocked=False)
        return
    if where.deleted or where.migrated_to:
        raise PersonError("This group exists no more.")
    member = where.member(who)
    if not member.present:
        raise PersonError(f"{who.first_name} is not in this chat.")
    if where.type == "channel" and not member.admin:
        raise PersonError("Only administrators write in a channel.")
    if "messages" in (member.denied | (frozenset() if member.admin else where.denied)):
        raise PersonError(f"{who.first_name} may not write here.")


def _topic(where: Chat, who: User, thread: int | None) -> int | None:
    """The thread id of a topic, None for General."""
    if thread in (None, GENERAL):
        thread = None
    elif thread not in where.topics:
        raise PersonError(f"There is no topic {thread} in this group.")
    topic = where.topics.get(thread or GENERAL)
    if topic and topic.closed and not where.member(who).admin:
        raise PersonError("This topic is closed.")
    return thread


def edit(world: World, who: User, edited: Message, text: str) -> None:
    """Change the text of one's own message.

    Raises:
        PersonError: It is somebody else's, has no text, or the new one is empty or too long.
    """
    if edited.author is not who:
        raise PersonError("Only one's own messages can be edited.")
    if "text" not in edited.content:
        raise PersonError("This message has no text.")
    content = _text(text)
    if content != edited.content:
        edited.content = content
        world.edited(edited)


def delete(world: World, who: User, deleted: Message) -> None:
    """Delete a message for everybody: one's own, any in a private chat, any as an administrator.

    Raises:
        PersonError: They may not.
    """
    where = deleted.chat
    if deleted.author is not who and where.person is not who and not where.member(who).admin:
        raise PersonError("Only administrators delete other people's messages.")
    world.delete(deleted)


def set_blocked(world: World, who: User, *, blocked: bool) -> None:
    """Block the bot or allow it again; writing to it allows it, too."""
    private = world.chats[who.id]
    if private.blocked == blocked:
        return
    private.blocked = blocked
    states: tuple[Member, Member] = (Member(world.bot), Member(world.bot, "kicked"))
    old, new = states if blocked else reversed(states)
    world.push(
        "my_chat_member",
        {
            "chat": private.render(),
            "from": who.render(),
            "date": int(world.now()),
            "old_chat_member": old.render(),
            "new_chat_member": new.render(),
        },
    )
    world.feed.publish("chat", private)
