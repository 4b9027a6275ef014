"""Sending texts, pictures, documents and chat actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.access import replied_message, thread_in, writable_chat
from bot.simulator.errors import bad_request, violation
from bot.simulator.keyboards import inline_keyboard
from bot.simulator.methods.media import (
    caption_content,
    document_content,
    photo_content,
    text_content,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.polls import Poll
    from bot.simulator.world import World

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
# Source: the six effects that are free for everybody in Telegram's apps.
EFFECTS = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5159385139981059251",
        "5046509860389126442",
        "5046589136895476101",
    }
)


def send_message(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``sendMessage``."""
    return send(world, given, "messages", text_content(world, given)).render()


def send_photo(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``sendPhoto``."""
    content = photo_content(world, given["photo"]) | caption_content(world, given)
    if given.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return send(world, given, "photos", content).render()


def send_document(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``sendDocument``."""
    content = document_content(world, given["document"]) | caption_content(world, given)
    return send(world, given, "documents", content).render()


def send_chat_action(world: World, given: Mapping[str, Any]) -> bool:
    """``sendChatAction``."""
    refuse_unsimulated(given)
    if given["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, given["chat_id"])
    thread_in(world, chat, given)
    world.feed.publish("typing", chat, action=given["action"])
    return True


def send(
    world: World,
    given: Mapping[str, Any],
    kind: str,
    content: dict[str, Any],
    poll: Poll | None = None,
) -> Message:
    """Post what the bot sends, if it may be there now.

    `kind` is one of SENDABLE, the right that it takes.

    Raises:
        ApiError: The chat, the thread, the reply, the keyboard or the pace is refused.
    """
    refuse_unsimulated(given)
    markup = inline_keyboard(given.get("reply_markup"))
    chat = writable_chat(world, given["chat_id"], kind)
    thread = thread_in(world, chat, given)
    reply_to = replied_message(chat, given)
    if effect := given.get("message_effect_id"):
        if effect not in EFFECTS or not chat.person:
            raise bad_request("EFFECT_ID_INVALID")
        content["effect_id"] = effect
    if given.get("protect_content"):
        content["has_protected_content"] = True
    if reply_to and chat.is_forum and thread is None:
        thread = reply_to.thread
    if chat.is_forum and thread and reply_to is None:
        reply_to = chat.messages.get(thread)
    world.flood.spend(chat.id, world.now())
    return world.post(
        chat,
        content,
        author=world.bot,
        reply_to=reply_to,
        thread=thread,
        markup=markup,
        poll=poll,
    )


def refuse_unsimulated(given: Mapping[str, Any]) -> None:
    """Refuse parameters for features that this world does not have.

    Raises:
        ApiError: One of them is used.
    """
    if "business_connection_id" in given:
        raise bad_request("business connection not found")
    if "suggested_post_parameters" in given or "direct_messages_topic_id" in given:
        raise bad_request("suggested posts can be sent only to channel direct messages")
    if given.get("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")
    if "inline_message_id" in given:
        raise violation("inline messages are not simulated")
    if "thumbnail" in given:
        raise violation("thumbnails are not simulated")
    reply = given.get("reply_parameters", {})
    if str(reply.get("chat_id", given.get("chat_id"))) != str(given.get("chat_id")):
        raise violation("replies to another chat are not simulated")
    if unknown := reply.keys() - {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise violation(f"reply parameters are not simulated: {', '.join(sorted(unknown))}")
