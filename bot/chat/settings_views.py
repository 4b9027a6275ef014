"""The settings → Screen: one message that turns its pages; pure, and nothing of Telegram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from bot.chat import zone_views
from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain.reminders import QuietHours
from bot.services.preferences import LEVELS, SIZES, AreaChoice, Preferences
from bot.services.reminders import ReminderState
from bot.texts import Texts

HOURS_A_ROW = 4
USUAL_NIGHTS = (QuietHours(time(22), time(7)), QuietHours(time(23), time(8)))
AREAS_NAMED = 3
"""So many areas are named on the first page; more are counted."""


def main_page(
    texts: Texts,
    held: Preferences,
    reminders: ReminderState,
    languages: Mapping[str, str],
    now: datetime,
) -> Screen:
    """Everything that is set, and the ways to change it.

    `languages` maps those that there are to what their speakers call them.
    """
    text = texts.screen(
        "settings",
        size=held.set_size,
        level=held.level or "fits",
        areas=[area.title for area in held.chosen],
        all_areas=held.all_areas,
        named=AREAS_NAMED,
        at=_clock(reminders.plan.at) if reminders.plan.at else None,
        quiet=hours_title(reminders.plan.quiet),
        zone=held.zone,
        own_zone=held.own_zone,
        offset=zone_views.offset_title(held.zone, now),
        local_time=zone_views.local_time(held.zone, now),
        theme=held.theme,
        language=languages.get(held.language, held.language),
    )
    other = "light" if held.theme == "dark" else "dark"
    rows = (
        tuple(
            _pick(texts.button("set_size", size=size), f"size/{size}", on=size == held.set_size)
            for size in SIZES
        ),
        tuple(
            _pick(
                texts.button(level or "fits"), f"level/{level or 'fits'}", on=level == held.level
            )
            for level in LEVELS
        ),
        (
            _to(texts.button("areas"), "areas"),
            Button(texts.button("time_zone"), Press(Kind.PICK_ZONE, place=zone_views.CITIES)),
        ),
        (
            Button(texts.button("reminder"), Press(Kind.REMINDER, "state")),
            _to(texts.button("quiet_hours"), "quiet"),
        ),
        (
            _to(texts.button(f"{other}_pictures"), f"theme/{other}"),
            _to(texts.button("language"), "language"),
        ),
    )
    return Screen(text, rows)


def areas_page(texts: Texts, held: Preferences, *, unticked: bool = False) -> Screen:
    """Every area with a tick where mixed sets draw on it.

    `unticked` shows none ticked, so that the first tap leaves that one alone; nothing has
    changed until then.
    """
    rows = [(_area_button(area, unticked=unticked),) for area in held.areas]
    ways = []
    if not held.all_areas or unticked:
        ways.append(_to(texts.button("all_areas"), "areas/all"))
    if not unticked:
        ways.append(_to(texts.button("untick_areas"), "areas/none"))
    text = texts.screen(
        "settings_areas",
        count=0 if unticked else len(held.chosen),
        total=len(held.areas),
        unticked=unticked,
    )
    return Screen(text, (*rows, tuple(ways), *zone_views.back_rows(texts)))


def quiet_page(texts: Texts, quiet: QuietHours | None) -> Screen:
    """The hours that are quiet, usual nights to pick, and the way to others."""
    own = (quiet,) if quiet and quiet not in USUAL_NIGHTS else ()
    nights = [
        _pick(hours_title(night), f"quiet/{_hours_id(night)}", on=night == quiet)
        for night in (*own, *USUAL_NIGHTS)
    ]
    rows = (
        *((night,) for night in nights),
        (_to(texts.button("other_hours"), "quiet/from"),),
        (_pick(texts.button("no_quiet_hours"), "quiet/off", on=quiet is None),),
    )
    text = texts.screen("settings_quiet", quiet=hours_title(quiet))
    return Screen(text, (*rows, *zone_views.back_rows(texts)))


def quiet_from_page(texts: Texts) -> Screen:
    """The hour with which quiet begins."""
    buttons = [_to(_clock(time(hour)), f"quiet/{hour}") for hour in range(24)]
    return Screen(texts.html("quiet_from"), (*_grid(buttons), _to_quiet(texts)))


def quiet_until_page(texts: Texts, start: int) -> Screen:
    """The hour with which it ends: any other one, in the order in which they come."""
    hours = [(start + hour) % 24 for hour in range(1, 24)]
    buttons = [_to(_clock(time(hour)), f"quiet/{start}-{hour}") for hour in hours]
    text = texts.html("quiet_until", start=_clock(time(start)))
    return Screen(text, (*_grid(buttons), _to_quiet(texts)))


def language_page(texts: Texts, chosen: str, languages: Mapping[str, str]) -> Screen:
    """The languages that there are, each as its speakers call it."""
    rows = [
        (_pick(title, f"language/{code}", on=code == chosen),) for code, title in languages.items()
    ]
    return Screen(texts.html("which_language"), (*rows, *zone_views.back_rows(texts)))


def hours_title(quiet: QuietHours | None) -> str:
    """`22:00–07:00`; empty where nothing is quiet."""
    return f"{_clock(quiet.start)}–{_clock(quiet.end)}" if quiet else ""


def _area_button(area: AreaChoice, *, unticked: bool) -> Button:
    on = area.chosen and not unticked
    step = "only" if unticked else "without" if on else "with"
    return _to(f"{'☑' if on else '☐'} {area.title}", f"{step}/{area.id}")


def _pick(label: str, step: str, *, on: bool) -> Button:
    return _to(f"{'●' if on else '○'} {label}", step)


def _to(label: str, step: str) -> Button:
    return Button(label, Press(Kind.SETTINGS, step))


def _to_quiet(texts: Texts) -> tuple[Button, ...]:
    return (_to(texts.button("back"), "quiet"),)


def _grid(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[i : i + HOURS_A_ROW]) for i in range(0, len(buttons), HOURS_A_ROW))


def _hours_id(quiet: QuietHours) -> str:
    return f"{quiet.start.hour}-{quiet.end.hour}"


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
