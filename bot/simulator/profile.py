"""What the bot says about itself: commands by scope and language, names, descriptions, menu."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.simulator.chats import Chat, User

Scope = tuple[str, int, int]
Commands = list[dict[str, str]]

DEFAULT: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """The bot's settings; the texts are kept by language code, "" for all others."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], Commands] = field(default_factory=dict)
    menus: dict[int, dict[str, Any]] = field(default_factory=dict)

    def commands_for(self, user: User, chat: Chat) -> Commands:
        """The commands that somebody's app offers: the most specific scope that has any.

        Source: "Determining list of commands" in the Bot API's description of BotCommandScope.
        """
        languages = [user.language_code or "", ""]
        for scope in _scopes(user, chat):
            for language in languages:
                if found := self.commands.get((scope, language)):
                    return found
        return []


def text_for(texts: dict[str, str], language: str) -> str:
    """The text in a language, else the one for all languages, else none."""
    return texts.get(language) or texts.get("", "")


def _scopes(user: User, chat: Chat) -> list[Scope]:
    if chat.person:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
    scopes: list[Scope] = [("chat_member", chat.id, user.id)]
    admin = chat.member(user).admin
    if admin:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), DEFAULT]
