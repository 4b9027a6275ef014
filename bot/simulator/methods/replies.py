"""Answers to presses, reactions, and files to fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator import spec
from bot.simulator.access import joined_chat
from bot.simulator.errors import bad_request
from bot.simulator.files import LARGEST_DOWNLOAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.world import World

LONGEST_ANSWER = 200
REACTIONS = spec.load().choices("ReactionTypeEmoji", "emoji")


def answer_callback_query(world: World, given: Mapping[str, Any]) -> bool:
    """``answerCallbackQuery``; each query once, and soon."""
    query = world.queries.get(given["callback_query_id"])
    expired = query and world.now() - query.pressed_at > world.callback_seconds
    if query is None or query.answered or expired:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(given.get("text", "")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    link = f"t.me/{world.bot.username}?start="
    if link not in given.get("url", link):
        raise bad_request("URL_INVALID")
    query.answered = True
    world.feed.publish(
        "callback_answer",
        query.message.chat,
        audience=frozenset({query.user.id}),
        query_id=query.id,
        text=given.get("text"),
        show_alert=given.get("show_alert", False),
        url=given.get("url"),
    )
    return True


def set_message_reaction(world: World, given: Mapping[str, Any]) -> bool:
    """``setMessageReaction``; a bot sets one emoji or takes it back."""
    chat = joined_chat(world, given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    reactions = given.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in REACTIONS for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions[world.bot.id] = reactions
    world.feed.publish("reaction", chat, message)
    return True


def get_file(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``getFile``."""
    stored = world.files.get(given["file_id"])
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.render() | {"file_id": given["file_id"], "file_path": stored.path}
