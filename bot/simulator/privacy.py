"""Which messages of a group reach a bot.

Source: https://core.telegram.org/bots/features#privacy-mode
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.texts import utf16_slice

if TYPE_CHECKING:
    from bot.simulator.chats import User
    from bot.simulator.messages import Message


def sees(bot: User, message: Message, *, privacy_mode: bool) -> bool:
    """Whether the bot gets an update about somebody else's message."""
    chat = message.chat
    if chat.person:
        return message.author is not bot
    me = chat.member(bot)
    if not me.present or (message.author is not None and message.author.is_bot):
        return False
    if chat.type == "channel":
        return me.admin
    if message.is_service or me.admin or not privacy_mode:
        return True
    if message.reply_to and message.reply_to.author is bot:
        return True
    return any(_meant_for(bot, command, message) for command in _commands(message))


def _commands(message: Message) -> list[str]:
    entities = message.content.get("entities") or message.content.get("caption_entities") or []
    return [
        utf16_slice(message.words, entity["offset"], entity["length"])
        for entity in entities
        if entity["type"] == "bot_command"
    ]


def _meant_for(bot: User, command: str, message: Message) -> bool:
    """A command for nobody in particular goes to the bot that spoke last."""
    _, at, username = command.partition("@")
    if at:
        return username.lower() == (bot.username or "").lower()
    return message.chat.last_bot in (None, bot)
