"""Time zones → Screen: the picker, and what was set; pure, and nothing of Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain.streaks import StreakRules
from bot.domain.zone_clocks import at_offset, offset_at, picker
from bot.domain.zones import POPULAR
from bot.texts import Texts

TIMES_A_PAGE = 14
CITIES = 0
"""The first page: large cities. Pages 1, 2, … hold every local time, west to east."""


def chosen(texts: Texts, zone: str, now: datetime, rules: StreakRules) -> Markup:
    """What holds from now on."""
    return _text(texts, zone, now, rules, changed=True)


def cities_page(texts: Texts, zone: str, now: datetime, rules: StreakRules) -> Screen:
    """The zone that holds, and large cities around the world to pick from."""
    more = Button(texts.button("other_times"), Press(Kind.PICK_ZONE, place=_page_of(zone, now)))
    rows = (*zone_rows(POPULAR, now), (more,), *back_rows(texts))
    return Screen(_text(texts, zone, now, rules, changed=False), rows)


def times_page(texts: Texts, now: datetime, page: int) -> Screen:
    """A part of all the times that it is now somewhere; there is no page beyond the last."""
    pages = _pages(now)
    page = min(max(page, 1), len(pages))
    rows = _in_pairs([_time_button(zones, now) for zones in pages[page - 1]])
    turning = []
    if page > 1:
        turning.append(Button(texts.button("earlier"), Press(Kind.PICK_ZONE, place=page - 1)))
    if page < len(pages):
        turning.append(Button(texts.button("later"), Press(Kind.PICK_ZONE, place=page + 1)))
    cities = Button(texts.button("large_cities"), Press(Kind.PICK_ZONE, place=CITIES))
    ways = (tuple(turning), (cities,), *back_rows(texts))
    return Screen(texts.html("which_time"), (*rows, *ways))


def same_time_page(texts: Texts, zone: str, now: datetime) -> Screen:
    """The places where it is the same time now as in `zone`: their summers may differ."""
    zones = at_offset(offset_at(zone, now), now)
    other = Button(texts.button("other_times"), Press(Kind.PICK_ZONE, place=_page_of(zone, now)))
    text = texts.html("which_city", local_time=local_time(zone, now))
    return Screen(text, (*zone_rows(zones, now), (other,), *back_rows(texts)))


def zone_rows(zones: Sequence[str], now: datetime) -> Rows:
    """Zones to pick from, two a row, each with the local time."""
    return _in_pairs([_zone_button(zone, now) for zone in zones])


def back_rows(texts: Texts) -> Rows:
    """The way (back) to the settings."""
    return ((Button(texts.button("settings"), Press(Kind.SETTINGS, "main")),),)


def local_time(zone: str, now: datetime) -> str:
    """What a clock there shows."""
    return now.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def offset_title(zone: str, now: datetime) -> str:
    """How far the zone is from UTC now: `UTC+5:30`."""
    offset = offset_at(zone, now)
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "+" if offset > timedelta() else "−"
    return f"UTC{sign}{hours}{f':{minutes:02d}' if minutes else ''}"


def _text(texts: Texts, zone: str, now: datetime, rules: StreakRules, *, changed: bool) -> Markup:
    return texts.screen(
        "timezone",
        changed=changed,
        zone=zone,
        offset=offset_title(zone, now),
        local_time=local_time(zone, now),
        day_starts_at=rules.day_starts_at,
    )


def _pages(now: datetime) -> list[list[tuple[str, ...]]]:
    """The zones by what time it is there, in as few pages as may be, of even length."""
    entries = [zones for _, zones in picker(now)]
    count = -(-len(entries) // TIMES_A_PAGE)
    length = -(-len(entries) // count)
    return [entries[i : i + length] for i in range(0, len(entries), length)]


def _page_of(zone: str, now: datetime) -> int:
    """The page with the times nearest to that in `zone`."""
    offset = offset_at(zone, now)
    lasts = [offset_at(page[-1][0], now) for page in _pages(now)]
    return next((number for number, last in enumerate(lasts, 1) if offset <= last), len(lasts))


def _time_button(zones: tuple[str, ...], now: datetime) -> Button:
    """A time: it sets the only zone where it is that time, else asks for the city."""
    largest = zones[0]
    if len(zones) == 1:
        return _zone_button(largest, now)
    label = f"{local_time(largest, now)} {_city(largest, now)} …"
    return Button(label, Press(Kind.PICK_ZONE, largest))


def _zone_button(zone: str, now: datetime) -> Button:
    return Button(f"{local_time(zone, now)} {_city(zone, now)}", Press(Kind.ZONE, zone))


def _city(zone: str, now: datetime) -> str:
    """What people call the zone: its city; POSIX signs of `Etc/GMT-2` would mislead."""
    if zone.startswith("Etc/"):
        return offset_title(zone, now)
    return zone.rpartition("/")[2].replace("_", " ")


def _in_pairs(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
