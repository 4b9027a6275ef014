"""The bot's profile: who it is, its commands, its texts and its menu button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.simulator.access import find_chat
from bot.simulator.errors import bad_request, violation
from bot.simulator.profile import DEFAULT, Scope, text_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
DEFAULT_MENU = {"type": "default"}


def get_me(world: World, _given: Mapping[str, Any]) -> dict[str, Any]:
    """``getMe``."""
    return world.bot.render() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def set_my_commands(world: World, given: Mapping[str, Any]) -> bool:
    """``setMyCommands``."""
    commands = given["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _scope(world, given), _language(given)
    world.profile.commands[key] = [
        command | {"command": command["command"].removeprefix("/")} for command in commands
    ]
    return True


def get_my_commands(world: World, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """``getMyCommands``; of exactly this scope and language."""
    return world.profile.commands.get((_scope(world, given), _language(given)), [])


def delete_my_commands(world: World, given: Mapping[str, Any]) -> bool:
    """``deleteMyCommands``."""
    world.profile.commands.pop((_scope(world, given), _language(given)), None)
    return True


def set_my_name(world: World, given: Mapping[str, Any]) -> bool:
    """``setMyName``."""
    return _set_text(world.profile.name, given, "name", LONGEST_NAME)


def get_my_name(world: World, given: Mapping[str, Any]) -> dict[str, str]:
    """``getMyName``."""
    name = text_for(world.profile.name, _language(given)) or world.bot.first_name
    return {"name": name}


def set_my_description(world: World, given: Mapping[str, Any]) -> bool:
    """``setMyDescription``."""
    return _set_text(world.profile.description, given, "description", LONGEST_DESCRIPTION)


def get_my_description(world: World, given: Mapping[str, Any]) -> dict[str, str]:
    """``getMyDescription``."""
    return {"description": text_for(world.profile.description, _language(given))}


def set_my_short_description(world: World, given: Mapping[str, Any]) -> bool:
    """``setMyShortDescription``."""
    texts = world.profile.short_description
    return _set_text(texts, given, "short_description", LONGEST_SHORT_DESCRIPTION)


def get_my_short_description(world: World, given: Mapping[str, Any]) -> dict[str, str]:
    """``getMyShortDescription``."""
    return {"short_description": text_for(world.profile.short_description, _language(given))}


def set_chat_menu_button(world: World, given: Mapping[str, Any]) -> bool:
    """``setChatMenuButton``; without a chat it is the default for all private chats."""
    world.profile.menus[_private(world, given)] = given.get("menu_button", DEFAULT_MENU)
    return True


def get_chat_menu_button(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``getChatMenuButton``."""
    menus = world.profile.menus
    return menus.get(_private(world, given)) or menus.get(0, DEFAULT_MENU)


def _set_text(texts: dict[str, str], given: Mapping[str, Any], name: str, limit: int) -> bool:
    text = given.get(name, "")
    if len(text) > limit:
        raise violation(f"{name} has more than {limit} characters")
    texts[_language(given)] = text
    return True


def _language(given: Mapping[str, Any]) -> str:
    language: str = given.get("language_code", "")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _scope(world: World, given: Mapping[str, Any]) -> Scope:
    scope = given.get("scope")
    if scope is None:
        return DEFAULT
    chat_id = find_chat(world, scope["chat_id"]).id if "chat_id" in scope else 0
    return scope["type"], chat_id, scope.get("user_id", 0)


def _private(world: World, given: Mapping[str, Any]) -> int:
    if "chat_id" not in given:
        return 0
    chat = find_chat(world, given["chat_id"])
    if not chat.person:
        raise bad_request("chat not found")
    return chat.id
