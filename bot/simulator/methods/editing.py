"""Editing the bot's own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.access import own_message
from bot.simulator.errors import bad_request
from bot.simulator.keyboards import inline_keyboard
from bot.simulator.methods.media import caption_content, media_content, text_content
from bot.simulator.methods.sending import refuse_unsimulated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
CAPTION_FIELDS = frozenset({"caption", "caption_entities", "show_caption_above_media"})
STAYING_FIELDS = frozenset({"effect_id", "has_protected_content"})


def edit_message_text(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``editMessageText``; without reply_markup the keyboard goes."""
    content = text_content(world, given)
    message = _editable(world, given)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, given, message, content)


def edit_message_caption(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``editMessageCaption``; without a caption it goes."""
    caption = caption_content(world, given)
    message = _editable(world, given)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    kept = {k: v for k, v in message.content.items() if k not in CAPTION_FIELDS}
    return _edit(world, given, message, kept | caption)


def edit_message_media(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``editMessageMedia``; a text message may get a file."""
    message = _editable(world, given)
    if not message.has_media and "text" not in message.content:
        raise bad_request("there is no media in the message to edit")
    return _edit(world, given, message, media_content(world, given["media"]))


def edit_message_reply_markup(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``editMessageReplyMarkup``; without one the keyboard goes."""
    message = _editable(world, given)
    return _edit(world, given, message, message.content)


def _editable(world: World, given: Mapping[str, Any]) -> Message:
    refuse_unsimulated(given)
    return own_message(world, given)


def _edit(
    world: World, given: Mapping[str, Any], message: Message, content: dict[str, Any]
) -> dict[str, Any]:
    markup = inline_keyboard(given.get("reply_markup"))
    staying = {k: v for k, v in message.content.items() if k in STAYING_FIELDS}
    content = staying | content
    if (content, markup) == (staying | message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    world.flood.spend_edit(world.now())
    only_markup = content == message.content
    message.content, message.markup = content, markup
    world.edited(message, silently=only_markup)
    return message.render()
