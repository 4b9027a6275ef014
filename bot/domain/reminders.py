"""Reminders: what to do when a sweep finds one due, and what a person's own acts change.

When they are due is for `reminder_plans` to say, whose names are here, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.reminder_plans import (
    RULES,
    History,
    Kind,
    Plan,
    QuietHours,
    ReminderRules,
    Schedule,
    Served,
    due_on,
    earliest_date,
    jitter_in,
    jitter_of,
    last_call_time,
    latest_due,
    local_date,
    next_due,
    next_look,
)

__all__ = [
    "RULES",
    "History",
    "Hold",
    "Kind",
    "Outcome",
    "Plan",
    "QuietHours",
    "ReminderRules",
    "Schedule",
    "Send",
    "Served",
    "Skip",
    "Snooze",
    "Verdict",
    "Why",
    "decide",
    "due_on",
    "jitter_of",
    "last_call_time",
    "next_due",
    "next_look",
    "sign_of_life",
    "snoozed_until",
]

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_ON_TIME = timedelta(seconds=60)  # the contract's word for it; later is late


class Snooze(StrEnum):
    """What the snooze buttons offer."""

    HOUR = "hour"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"


class Why(StrEnum):
    """Why nothing is sent; SERVED: the date has had its own, SAFE: no streak is at risk."""

    OFF = "off"
    SERVED = "served"
    DONE = "done"
    SAFE = "safe"
    MISFIRE = "misfire"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Send:
    """Send it: (person, day, kind) is the claim; a `notice` says that no more will come."""

    kind: Kind
    day: date
    late: bool = False
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """Send nothing this time."""

    why: Why


@dataclass(frozen=True, slots=True)
class Hold:
    """Decide again at `until`, when the quiet hours are over."""

    until: datetime


Outcome = Send | Skip | Hold


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, what to remember, when to look at this kind again (None: not by itself)."""

    outcome: Outcome
    history: History
    look_at: datetime | None


def decide(schedule: Schedule, now: datetime, *, done_today: bool, streak: int) -> Verdict:
    """What to do at `now`, when the instant to look has come.

    `done_today` and `streak` (its current days) are what `streaks.view_at` shows at `now`. Only
    the latest due instant counts, however many have passed: after ten days of being down at
    most one is sent, within the window and on its own local date.
    """
    due = latest_due(schedule, now)
    outcome: Outcome = Skip(Why.OFF)
    if due is not None:
        why = _needless(schedule, due, now, done_today, streak)
        outcome = Skip(why) if why else _by_the_clock(schedule, due, now)
    after = replace(schedule, history=_noted(schedule, outcome, now))
    if isinstance(outcome, Hold):
        return Verdict(outcome, after.history, outcome.until + jitter_in(schedule))
    return Verdict(outcome, after.history, next_look(after, now))


def snoozed_until(
    choice: Snooze, plan: Plan, zone: str, now: datetime, rules: ReminderRules = RULES
) -> datetime:
    """When a reminder snoozed at `now` comes again: after the quiet hours.

    Tonight is an hour from now once it is nearly evening; tomorrow means the plan's time,
    quiet or not, or else this time of day.
    """
    local = now.astimezone(ZoneInfo(zone))
    until = now + _HOUR
    if choice is Snooze.TONIGHT:
        until = max(until, due_on(local.date(), rules.tonight, zone))
    elif choice is Snooze.TOMORROW:
        until = due_on(local.date() + _DAY, plan.at or local.time(), zone)
    meant = choice is Snooze.TOMORROW and plan.at is not None
    return until if meant or plan.quiet is None else plan.quiet.over_at(until, zone)


def sign_of_life(
    daily: Schedule, now: datetime, look_at: datetime | None
) -> tuple[History, datetime | None]:
    """Ends back-off and pause; also when to look at the daily reminder, planned for `look_at`.

    Only ever sooner: one that is about to be sent is not put off.
    """
    alive = replace(daily, history=replace(daily.history, unanswered=0, paused=False))
    looks = (look_at, next_look(alive, now))
    return alive.history, min((at for at in looks if at is not None), default=None)


def _needless(
    schedule: Schedule, due: datetime, now: datetime, done_today: bool, streak: int
) -> Why | None:
    """Why there is nothing to remind of, if so."""
    kind, last, day = schedule.kind, schedule.history.reminded, local_date(due, schedule.zone)
    if day < earliest_date(schedule):
        return Why.SERVED
    if kind is not Kind.WEEKLY and done_today:
        return Why.DONE
    if kind is Kind.LAST_CALL and streak == 0:
        return Why.SAFE
    if kind is Kind.LAST_CALL and last is not None:
        backed_off = last.day < day < earliest_date(replace(schedule, kind=Kind.DAILY))
        return Why.SERVED if backed_off or now - last.at < schedule.rules.apart else None
    return None


def _by_the_clock(schedule: Schedule, due: datetime, now: datetime) -> Outcome:
    """Sends what is on time, or late within the window; holds it back in quiet hours."""
    kind, plan = schedule.kind, schedule.plan
    on_time = now - due <= jitter_in(schedule) + _ON_TIME
    if not on_time and not _timely(schedule, due, now):
        return Skip(Why.MISFIRE)
    over = plan.quiet.over_at(now, schedule.zone) if plan.quiet else now
    if over > now and not (on_time and kind is Kind.DAILY):
        waits = kind is Kind.SNOOZED or _timely(schedule, due, over + plan.jitter)
        return Hold(over) if waits else Skip(Why.QUIET)
    notice = kind is Kind.DAILY and schedule.history.unanswered >= schedule.rules.pause_after
    return Send(kind, local_date(due, schedule.zone), late=not on_time, notice=notice)


def _timely(schedule: Schedule, due: datetime, at: datetime) -> bool:
    """Whether what was due at `due` may still be sent at `at`."""
    same_date = local_date(at, schedule.zone) == local_date(due, schedule.zone)
    return same_date and at - due <= schedule.rules.window


def _noted(schedule: Schedule, outcome: Outcome, now: datetime) -> History:
    """The history with the outcome in it; a daily one that is sent takes a snoozed one's place."""
    kind, history = schedule.kind, schedule.history
    if not isinstance(outcome, Send):
        if kind is not Kind.SNOOZED or outcome == Skip(Why.OFF):
            return history
        held = outcome.until if isinstance(outcome, Hold) else None
        return replace(history, snoozed_until=held)
    served = Served(outcome.day, now)
    if kind is Kind.LAST_CALL:
        return replace(history, last_call=served)
    if kind is Kind.WEEKLY:
        return replace(history, weekly=served)
    days = [outcome.day] if history.reminded is None else [outcome.day, history.reminded.day]
    return replace(
        history,
        unanswered=history.unanswered + 1,
        paused=history.paused or outcome.notice,
        snoozed_until=None,
        reminded=Served(max(days), now),
    )
