"""`/remind` and the buttons of reminders."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import time

from bot.chat import reminder_views
from bot.chat.context import Turn
from bot.chat.handlers import practice
from bot.domain.clock_words import read_time
from bot.domain.errors import NotATime, Stale
from bot.domain.reminders import Snooze
from bot.services.reminders import ReminderState

OFF = frozenset({"off", "stop", "no", "none", "never", "cancel"})
ON = frozenset({"on", "yes", "start", "again"})
QUOTED = 40
"""So many characters of what could not be read are said again."""
SWITCHES: Mapping[str, bool] = {"0": False, "1": True}


async def remind(turn: Turn) -> None:
    """`/remind [19:30, on, off]`: sets the daily reminder, or shows the state."""
    service = turn.house.services.reminders
    said = turn.argument
    if not said:
        held = await service.look(turn.who, turn.what)
    elif said.lower() in OFF:
        held = await service.set_time(turn.who, turn.what, None)
    elif said.lower() in ON:
        held = await service.switch_on(turn.who, turn.what)
    elif (at := read_time(said)) is not None:
        held = await service.set_time(turn.who, turn.what, at)
    else:
        raise NotATime(query=said if len(said) <= QUOTED else f"{said[:QUOTED]}…")
    await turn.send(reminder_views.state(turn.texts, held, turn.what.now))


async def pressed(turn: Turn) -> None:
    """A button below a reminder, or below the state of reminders."""
    step, _, value = turn.pressed().id.partition("/")
    if step == "start":
        await asyncio.gather(practice.begin(turn, None), turn.set_rows(turn.message_id))
    elif step in list(Snooze):
        service = turn.house.services.reminders
        held = await service.snooze(turn.who, turn.what, Snooze(step))
        screen = reminder_views.snoozed(turn.texts, held, turn.what.now)
        await turn.show(screen, turn.message_id)
    else:
        held = await _switched(turn, step, value)
        screen = reminder_views.state(turn.texts, held, turn.what.now)
        await turn.show(screen, turn.message_id)


async def _switched(turn: Turn, step: str, value: str) -> ReminderState:
    """What a button of the state sets.

    Raises:
        Stale: it is none of ours.
    """
    service = turn.house.services.reminders
    if step == "state":
        return await service.look(turn.who, turn.what)
    if step == "off":
        return await service.set_time(turn.who, turn.what, None)
    if step == "on":
        return await service.switch_on(turn.who, turn.what)
    if step == "at":
        return await service.set_time(turn.who, turn.what, _time(value))
    if step == "call" and value in SWITCHES:
        return await service.set_last_call(turn.who, turn.what, SWITCHES[value])
    if step == "weekly" and value in SWITCHES:
        return await service.set_weekly(turn.who, turn.what, SWITCHES[value])
    raise Stale


def _time(value: str) -> time:
    """`1930` as in a payload.

    Raises:
        Stale: it is no time of day.
    """
    at = read_time(value) if len(value) == 4 else None
    if at is None:
        raise Stale
    return at
