"""The command menus of private chats and groups."""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.texts import Library, Texts
from bot.transport.api import Api

_LOG = logging.getLogger(__name__)


async def register_commands(api: Api, library: Library) -> None:
    """Fills Telegram's menus in every language; a failure is no reason not to run."""
    for texts in library:
        language = None if texts is library.default else texts.language[:2]
        for scope in texts.commands:
            try:
                await _register(api, texts, scope, language)
            except TelegramError as error:
                _LOG.warning("the command menu was not set: %s", error)


async def _register(api: Api, texts: Texts, scope: str, language: str | None) -> None:
    menu = [{"command": name, "description": what} for name, what in texts.commands[scope].items()]
    params = {
        "commands": menu,
        "scope": {"type": f"all_{scope}_chats"},
        "language_code": language,
    }
    await api.call("setMyCommands", params)
