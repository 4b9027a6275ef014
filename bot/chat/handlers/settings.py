"""`/settings`: one message whose buttons turn its pages and change what is set."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import time

from bot.chat import settings_views
from bot.chat.context import Turn
from bot.chat.screen import Screen
from bot.domain.errors import Stale
from bot.domain.reminders import QuietHours
from bot.services.preferences import Preferences

Step = Callable[[Turn, str], Awaitable[Screen]]


async def settings(turn: Turn) -> None:
    """`/settings`: a new message."""
    await turn.beside_answer(turn.send(await _main(turn, "")))


async def settings_pressed(turn: Turn) -> None:
    """A button of the settings; below another message it brings them in a new one."""
    step, _, value = turn.pressed().id.partition("/")
    if not step:
        await settings(turn)
    elif step in STEPS:
        await turn.show(await STEPS[step](turn, value), turn.message_id)
    else:
        raise Stale


async def _main(turn: Turn, _: str) -> Screen:
    return await _with(turn, await turn.house.services.preferences.look(turn.who, turn.what))


async def _size(turn: Turn, value: str) -> Screen:
    service = turn.house.services.preferences
    return await _with(turn, await service.set_size(turn.who, turn.what, _number(value)))


async def _level(turn: Turn, value: str) -> Screen:
    level = None if value == "fits" else value
    service = turn.house.services.preferences
    return await _with(turn, await service.set_level(turn.who, turn.what, level))


async def _theme(turn: Turn, value: str) -> Screen:
    service = turn.house.services.preferences
    return await _with(turn, await service.set_theme(turn.who, turn.what, value))


async def _language(turn: Turn, value: str) -> Screen:
    """The page of languages, or from now on the chosen one."""
    service, library = turn.house.services.preferences, turn.house.library
    if not value:
        held = await service.look(turn.who, turn.what)
        return settings_views.language_page(turn.texts, held.language, library.titles)
    if value not in library.titles:
        raise Stale
    held = await service.set_language(turn.who, turn.what, value)
    turn.texts = library.texts(held.language)
    return await _with(turn, held)


async def _areas(turn: Turn, value: str) -> Screen:
    """The page of areas; `all` ticks every one, `none` just shows them without ticks."""
    service = turn.house.services.preferences
    look = service.all_areas if value == "all" else service.look
    held = await look(turn.who, turn.what)
    return settings_views.areas_page(turn.texts, held, unticked=value == "none")


async def _with_area(turn: Turn, value: str) -> Screen:
    service = turn.house.services.preferences
    held = await service.set_area(turn.who, turn.what, value, on=True)
    return settings_views.areas_page(turn.texts, held)


async def _without_area(turn: Turn, value: str) -> Screen:
    service = turn.house.services.preferences
    held = await service.set_area(turn.who, turn.what, value, on=False)
    return settings_views.areas_page(turn.texts, held)


async def _only_area(turn: Turn, value: str) -> Screen:
    held = await turn.house.services.preferences.only_area(turn.who, turn.what, value)
    return settings_views.areas_page(turn.texts, held)


async def _quiet(turn: Turn, value: str) -> Screen:
    """The page of quiet hours, the pickers of their ends, or new ones: `off`, `22-7`."""
    service = turn.house.services.reminders
    if value == "from":
        return settings_views.quiet_from_page(turn.texts)
    start, dash, end = value.partition("-")
    if value and value != "off" and not dash:
        return settings_views.quiet_until_page(turn.texts, _hour(start))
    if not value:
        state = await service.state(turn.who)
    elif value == "off":
        state = await service.set_quiet(turn.who, turn.what, None)
    else:
        quiet = QuietHours(time(_hour(start)), time(_hour(end)))
        state = await service.set_quiet(turn.who, turn.what, quiet)
    return settings_views.quiet_page(turn.texts, state.plan.quiet)


async def _with(turn: Turn, held: Preferences) -> Screen:
    """The first page."""
    state = await turn.house.services.reminders.state(turn.who)
    languages = turn.house.library.titles
    return settings_views.main_page(turn.texts, held, state, languages, turn.what.now)


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise Stale
    return int(value)


def _hour(value: str) -> int:
    hour = _number(value)
    if hour not in range(24):
        raise Stale
    return hour


STEPS: Mapping[str, Step] = {
    "main": _main,
    "size": _size,
    "level": _level,
    "theme": _theme,
    "language": _language,
    "areas": _areas,
    "with": _with_area,
    "without": _without_area,
    "only": _only_area,
    "quiet": _quiet,
}
"""What a button asks for: the part of its payload before the stroke → how it is done."""
