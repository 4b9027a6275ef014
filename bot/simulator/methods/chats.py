"""What the bot can learn of chats and members, and what it does there besides writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.access import find_chat, joined_chat
from bot.simulator.chats import MEMBER_RIGHTS, SENDABLE, Chat, Member
from bot.simulator.errors import bad_request
from bot.simulator.membership import change_member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.world import World

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``getChat``; a person who never wrote to the bot is not found."""
    chat = find_chat(world, given["chat_id"])
    if chat.person and not chat.started:
        raise bad_request("chat not found")
    if not chat.person:
        joined_chat(world, chat.id)
    shown = chat.render() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.is_group:
        shown["permissions"] = {
            f"can_send_{kind}": kind not in chat.denied for kind in SENDABLE
        } | dict.fromkeys(MEMBER_RIGHTS, False)
    if chat.pinned:
        shown["pinned_message"] = chat.messages[chat.pinned[-1]].render()
    return shown


def get_chat_member(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``getChatMember``; whoever never was there has left."""
    chat = joined_chat(world, given["chat_id"])
    user = world.users.get(given["user_id"])
    if user is None:
        raise bad_request("invalid user_id specified")
    if chat.person:
        return Member(user).render()
    return chat.member(user).render()


def get_chat_administrators(world: World, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``getChatAdministrators``; other bots are left out."""
    chat = joined_chat(world, given["chat_id"])
    if chat.person:
        raise bad_request("there are no administrators in the private chat")
    return [
        member.render()
        for member in chat.members.values()
        if member.admin and (not member.user.is_bot or member.user is world.bot)
    ]


def get_chat_member_count(world: World, given: Mapping[str, Any]) -> int:
    """``getChatMemberCount``."""
    chat = joined_chat(world, given["chat_id"])
    if chat.person:
        return 2
    return sum(member.present for member in chat.members.values())


def leave_chat(world: World, given: Mapping[str, Any]) -> bool:
    """``leaveChat``."""
    chat = joined_chat(world, given["chat_id"])
    if chat.person:
        raise bad_request("chat member status can't be changed in private chats")
    change_member(world, chat, world.bot, "left", by=world.bot)
    return True


def pin_chat_message(world: World, given: Mapping[str, Any]) -> bool:
    """``pinChatMessage``."""
    chat = _pinnable(world, given)
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        _say_pinned(world, message)
    return True


def unpin_chat_message(world: World, given: Mapping[str, Any]) -> bool:
    """``unpinChatMessage``; without an id the one pinned last."""
    chat = _pinnable(world, given)
    number = given.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def _pinnable(world: World, given: Mapping[str, Any]) -> Chat:
    if "business_connection_id" in given:
        raise bad_request("business connection not found")
    chat = joined_chat(world, given["chat_id"])
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    if not chat.person and not world.bot_member(chat).may(right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _say_pinned(world: World, message: Message) -> None:
    content = {"pinned_message": message.render(with_reply=False)}
    world.post(message.chat, content, author=world.bot, thread=message.thread)
