"""Reminders → Screen; pure, and nothing of Telegram."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain.reminders import RULES, last_call_time
from bot.domain.reminders import Kind as ReminderKind
from bot.domain.streaks import StreakRules
from bot.services.reminders import Reminder, ReminderState
from bot.texts import Texts
from bot.wording import OPENINGS

TIMES = (time(7), time(8, 30), time(12, 30), time(18), time(19, 30), time(21))
TIMES_A_ROW = 3
_HOUR = timedelta(hours=1)


def state(texts: Texts, held: ReminderState, now: datetime) -> Screen:
    """What is set, with times to pick and everything to switch."""
    text = texts.screen(
        "remind",
        at=_clock(held.at) if held.at else None,
        zone=held.zone,
        zone_is_set=held.zone_is_set,
        days=_days_until(held.next_at, now, held.zone),
        next_date=_date(held.next_at, held.zone),
        snoozed=_moment(held.snoozed_until, now, held.zone),
        last_call=held.plan.last_call,
        weekly=held.plan.weekly,
        quiet_from=_clock(held.quiet.start) if held.quiet else None,
        quiet_until=_clock(held.quiet.end) if held.quiet else None,
        last_call_at=_clock(last_call_time(held.plan)),
        weekly_at=_clock(RULES.weekly_at),
    )
    return Screen(text, (*_time_rows(held), *_switch_rows(texts, held)))


def reminder(texts: Texts, due: Reminder, rules: StreakRules, now: datetime) -> Screen:
    """The reminder itself: what waits, and the ways to start, to snooze and to turn it off."""
    kind = due.kind.value
    opening = (due.day.toordinal() + due.who.person_id) % OPENINGS[kind]
    text = texts.screen(
        "reminder",
        kind=kind,
        opening=texts.opening(kind, opening),
        waiting=due.waiting,
        streak=due.streak,
        day_starts_at=rules.day_starts_at,
        late=due.late,
        notice=due.notice,
    )
    later = ["hour", "tonight", "tomorrow"]
    evening = datetime.combine(due.day, RULES.tonight) - _HOUR
    if due.kind is ReminderKind.LAST_CALL:
        later = ["hour"]  # tomorrow is too late for it
    elif now.astimezone(ZoneInfo(due.zone)).time() >= evening.time():
        later.remove("tonight")
    snoozes = tuple(_button(texts.button(f"snooze_{choice}"), choice) for choice in later)
    start = Button(texts.button("start_now"), Press(Kind.REMINDER, "start"), style="primary")
    return Screen(text, ((start,), snoozes, (_button(texts.button("remind_off"), "off"),)))


def snoozed(texts: Texts, held: ReminderState, now: datetime) -> Screen:
    """When it comes again; whoever cannot wait may start all the same."""
    until = held.snoozed_until or now
    text = texts.html(
        "snoozed",
        days=_days_until(until, now, held.zone),
        date=_date(until, held.zone),
        clock=_clock(until.astimezone(ZoneInfo(held.zone)).time()),
    )
    start = Button(texts.button("start_now"), Press(Kind.REMINDER, "start"), style="primary")
    return Screen(text, ((start, _button(texts.button("remind_off"), "off")),))


def _time_rows(held: ReminderState) -> Rows:
    """Usual times, and the one that is set."""
    times = sorted({*TIMES, *([held.at] if held.at else [])})
    buttons = [
        _button(f"{'●' if at == held.at else '○'} {_clock(at)}", f"at/{at.strftime('%H%M')}")
        for at in times
    ]
    return tuple(
        tuple(buttons[first : first + TIMES_A_ROW])
        for first in range(0, len(buttons), TIMES_A_ROW)
    )


def _switch_rows(texts: Texts, held: ReminderState) -> Rows:
    plan = held.plan
    switches = (
        _button(texts.button("last_call", on=plan.last_call), f"call/{int(not plan.last_call)}"),
        _button(texts.button("weekly", on=plan.weekly), f"weekly/{int(not plan.weekly)}"),
    )
    main = (
        _button(texts.button("remind_off"), "off")
        if held.on or held.snoozed_until
        else _button(texts.button("remind_on"), "on")
    )
    return (switches, (main, Button(texts.button("settings"), Press(Kind.SETTINGS, "main"))))


def _button(label: str, step: str) -> Button:
    return Button(label, Press(Kind.REMINDER, step))


def _days_until(at: datetime | None, now: datetime, zone: str) -> int | None:
    """0 today, 1 tomorrow, by the local calendar."""
    if at is None:
        return None
    here = ZoneInfo(zone)
    return (at.astimezone(here).date() - now.astimezone(here).date()).days


def _date(at: datetime | None, zone: str) -> str | None:
    """The local date: `2026-01-10`."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat() if at else None


def _moment(at: datetime | None, now: datetime, zone: str) -> str | None:
    """The local time, with the date where it is not today's."""
    if at is None:
        return None
    local = at.astimezone(ZoneInfo(zone))
    same_day = local.date() == now.astimezone(ZoneInfo(zone)).date()
    return local.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
