"""Where the bot may act: finding the chat, the right to send, topics, replies, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.chats import GENERAL, Chat
from bot.simulator.errors import bad_request, forbidden
from bot.simulator.values import INTEGER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.world import World

KINDS = {"messages": "text messages"}


def find_chat(world: World, chat_id: int | str) -> Chat:
    """A chat that the bot knows, whatever it may do there.

    Raises:
        ApiError: It knows none of that id or username, or the group is now a supergroup.
    """
    if isinstance(chat_id, str) and INTEGER.fullmatch(chat_id):
        chat_id = int(chat_id)
    if isinstance(chat_id, str):
        name = chat_id.lower()
        for chat in world.chats.values():
            if chat.username and f"@{chat.username.lower()}" == name:
                return chat
        raise bad_request("chat not found")
    found = world.chats.get(chat_id)
    if found is None:
        raise bad_request("chat not found")
    if found.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=found.migrated_to,
        )
    return found


def joined_chat(world: World, chat_id: int | str) -> Chat:
    """A chat whose bot side is intact: not blocked, not thrown out, not deleted.

    Raises:
        ApiError: 400 or 403, as the official server would say.
    """
    chat = find_chat(world, chat_id)
    if chat.person:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    me = world.bot_member(chat)
    if me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not me.present:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def writable_chat(world: World, chat_id: int | str, kind: str = "messages") -> Chat:
    """A chat where the bot may send messages of a kind (one of SENDABLE).

    Raises:
        ApiError: It may not.
    """
    chat = joined_chat(world, chat_id)
    if chat.person:
        return chat
    me = world.bot_member(chat)
    if chat.type == "channel" and not me.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if chat.readable_only:
        raise bad_request("have no write access to the chat")
    denied = me.denied | (frozenset() if me.admin else chat.denied)
    if kind in denied or "messages" in denied:
        shown = KINDS.get(kind, kind)
        raise bad_request(f"not enough rights to send {shown} to the chat")
    return chat


def thread_in(world: World, chat: Chat, given: Mapping[str, Any]) -> int | None:
    """The thread that a message is sent to; None for General and for chats without threads.

    Raises:
        ApiError: There is no such thread (General cannot be named), or the topic is closed.
    """
    thread: int | None = given.get("message_thread_id")
    if not chat.is_forum:
        if thread is not None and not _is_reply_thread(chat, thread):
            raise bad_request("message thread not found")
        return thread
    if thread == GENERAL or (thread is not None and thread not in chat.topics):
        raise bad_request("message thread not found")
    topic = chat.topics.get(thread or GENERAL)
    if topic and topic.closed and not world.bot_member(chat).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _is_reply_thread(chat: Chat, thread: int) -> bool:
    return chat.type == "supergroup" and thread in chat.messages


def replied_message(chat: Chat, given: Mapping[str, Any]) -> Message | None:
    """The message that is replied to.

    Raises:
        ApiError: It does not exist and sending without it is not allowed.
    """
    reply = given.get("reply_parameters")
    if reply is None:
        return None
    found = chat.messages.get(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def own_message(world: World, given: Mapping[str, Any], what: str = "message to edit") -> Message:
    """A message of the bot that it may edit.

    Raises:
        ApiError: It does not exist, or it is somebody else's.
    """
    if "chat_id" not in given:
        raise bad_request("chat_id is empty")
    chat = joined_chat(world, given["chat_id"])
    if "message_id" not in given:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request(f"{what} not found")
    if message.author is not world.bot or message.is_service:
        raise bad_request("message can't be edited")
    return message
