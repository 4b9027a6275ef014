"""Deleting messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.access import joined_chat
from bot.simulator.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.world import World

DELETABLE_SECONDS = 48 * 3_600
MOST_AT_ONCE = 100


def delete_message(world: World, given: Mapping[str, Any]) -> bool:
    """``deleteMessage``."""
    chat = joined_chat(world, given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, message)
    world.delete(message)
    return True


def delete_messages(world: World, given: Mapping[str, Any]) -> bool:
    """``deleteMessages``; those that are gone already are passed over."""
    chat = joined_chat(world, given["chat_id"])
    if len(given["message_ids"]) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in given["message_ids"] if number in chat.messages]
    for message in found:
        _check_deletable(world, message)
    for message in found:
        world.delete(message)
    return True


def _check_deletable(world: World, message: Message) -> None:
    chat = message.chat
    if world.bot_member(chat).may("can_delete_messages"):
        return
    young = world.now() - message.date < DELETABLE_SECONDS
    own = message.author is world.bot or chat.person is not None
    if not (young and own):
        raise bad_request("message can't be deleted for everyone")
