"""`/timezone`, its picker, and shared locations: where a person's day begins."""

from __future__ import annotations

import asyncio

from markupsafe import Markup

from bot.chat import zone_views
from bot.chat.context import Turn
from bot.chat.screen import Screen
from bot.domain.errors import NowhereOnEarth, Refusal, Stale, UnknownZone
from bot.domain.zones import find_zone
from bot.places import zone_at


async def timezone(turn: Turn) -> None:
    """`/timezone [zone]`: sets it, or shows a picker."""
    if not turn.argument:
        await _offer(turn)
        return
    try:
        screen = Screen(await _moved_to(turn, turn.argument))
    except UnknownZone as refusal:
        zones = tuple(refusal.values["suggestions"])
        rows = zone_views.zone_rows(zones, turn.what.now)
        await turn.say(refusal.text, rows, **refusal.values)
    else:
        await turn.send(screen)


async def picker_pressed(turn: Turn) -> None:
    """A page of the picker, in its message; below other messages it comes in a new one."""
    press, now = turn.pressed(), turn.what.now
    if press.id:
        if find_zone(press.id) != press.id:
            raise Stale
        await turn.show(zone_views.same_time_page(turn.texts, press.id, now), turn.message_id)
    elif press.place > zone_views.CITIES:
        await turn.show(zone_views.times_page(turn.texts, now, press.place), turn.message_id)
    else:
        await _offer(turn)


async def zone_pressed(turn: Turn) -> None:
    """A zone out of the picker, or one that was suggested."""
    text = await _moved_to(turn, turn.pressed().id)
    await turn.show(Screen(text, zone_views.back_rows(turn.texts)), turn.message_id)


async def located(turn: Turn) -> None:
    """A shared location sets the zone; an open question stays open. The place is not kept."""
    place = turn.message.location if turn.message else None
    if place is None:
        return
    lines: list[str] = []
    try:
        # The first look reads 35 MB of borders.
        zone = await asyncio.to_thread(zone_at, place.latitude, place.longitude)
        if zone is None:
            raise NowhereOnEarth
        lines.append(await _moved_to(turn, zone))
    except Refusal as refusal:
        lines.append(turn.texts.html(refusal.text, **refusal.values))
    if await turn.house.services.people.is_asked(turn.who):
        lines.append(turn.texts.html("still_open"))
    await turn.send(Screen(Markup("\n\n").join(lines)))


async def _offer(turn: Turn) -> None:
    """The picker; in the place of what was pressed, if that is a page of it."""
    zone = await turn.house.services.people.zone_of(turn.who)
    screen = zone_views.cities_page(turn.texts, zone, turn.what.now, turn.house.streak_rules)
    if turn.press and turn.press.place == zone_views.CITIES:
        await turn.show(screen, turn.message_id)
    else:
        await turn.beside_answer(turn.send(screen))


async def _moved_to(turn: Turn, query: str) -> Markup:
    """Sets the zone, and says so."""
    done = await turn.house.services.people.set_zone(turn.who, turn.what, query)
    return zone_views.chosen(turn.texts, done.zone, turn.what.now, turn.house.streak_rules)
