"""When reminders are due: what a person asked for, what has been, and the next instant.

Each kind has its own row with the instant to look at it. Zones are IANA names; an unknown one
raises `zoneinfo.ZoneInfoNotFoundError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import blake2b
from zoneinfo import ZoneInfo

_DAY, _HOUR, _SUNDAY = timedelta(days=1), timedelta(hours=1), 6


class Kind(StrEnum):
    """What is sent unasked: the last call while a streak is at risk, the week's summary."""

    DAILY = "daily"
    SNOOZED = "snoozed"
    LAST_CALL = "last_call"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """What is the same for everybody; times are local.

    `backoff` holds (ignored in a row, days from the last to the next), rarest first; after
    `pause_after` ignored ones comes a notice and then nothing. No last call comes sooner than
    `apart` after a reminder.
    """

    window: timedelta = timedelta(minutes=180)
    spread: timedelta = timedelta(seconds=30)
    weekly_at: time = time(18)
    tonight: time = time(20)
    last_call_at: time = time(21)
    apart: timedelta = timedelta(hours=2)
    backoff: tuple[tuple[int, int], ...] = ((7, 7), (3, 3))
    pause_after: int = 11


RULES = ReminderRules()


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to before `end` by the local clock, over midnight too; equal: never."""

    start: time
    end: time

    def covers(self, wall: time) -> bool:
        """Whether the local time `wall` lies inside."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end

    def over_at(self, at: datetime, zone: str) -> datetime:
        """The first instant from `at` on that is not quiet; in a gap, the end as shifted."""
        here = ZoneInfo(zone)
        if not self.covers(at.astimezone(here).time()):
            return at
        today = local_date(at, zone)
        # An end that occurs twice may be either; dates that do not exist make it four to try.
        ends = (due_on(today + n * _DAY, self.end, zone, f) for n in range(4) for f in (0, 1))
        return min(e for e in ends if e > at and not self.covers(e.astimezone(here).time()))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person asked for; `at` is the daily reminder's local time, None: off."""

    at: time | None = None
    quiet: QuietHours | None = None
    last_call: bool = False
    weekly: bool = False
    jitter: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Served:
    """The last one sent: its local date, as it was then, and the instant."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What was sent; `unanswered` counts reminders since the last sign of life."""

    unanswered: int = 0
    paused: bool = False
    snoozed_until: datetime | None = None
    reminded: Served | None = None
    last_call: Served | None = None
    weekly: Served | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """One kind of reminder of one person in `zone`: what was asked for and what has been."""

    kind: Kind
    plan: Plan
    history: History
    zone: str
    rules: ReminderRules = RULES


def due_on(day: date, at: time, zone: str, fold: int = 0) -> datetime:
    """The UTC instant at which it is `at` on `day` in `zone`.

    A time that occurs twice means the first, one in a gap is read with the offset before the
    gap (RFC 5545, 3.3.5); a date that does not exist gives the same instant as the next one.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).replace(fold=fold).astimezone(UTC)


def jitter_of(person_id: int, rules: ReminderRules = RULES) -> timedelta:
    """This person's place within the spread, in whole milliseconds; always the same."""
    roll = int.from_bytes(blake2b(str(person_id).encode(), digest_size=8).digest())
    return timedelta(milliseconds=roll % max(1, rules.spread // timedelta(milliseconds=1)))


def next_due(schedule: Schedule, after: datetime) -> datetime | None:
    """The first due instant after `after`, without jitter; None: there is none.

    Never on a local date that has had its own, nor sooner than the back-off allows.
    """
    if schedule.kind is Kind.SNOOZED:
        until = schedule.history.snoozed_until
        return until if until is not None and until > after else None
    wall, earliest = _wall_time(schedule), earliest_date(schedule)
    if wall is None:
        return None
    day = max(local_date(after, schedule.zone), earliest) - _DAY
    while True:
        due = due_on(day, wall, schedule.zone)
        on = local_date(due, schedule.zone)
        if due > after and on >= earliest and _comes_on(schedule.kind, on):
            return due
        day += _DAY


def next_look(schedule: Schedule, after: datetime) -> datetime | None:
    """When a sweep is to look: the next due instant with the person's jitter.

    To be stored anew whenever the plan or the zone changes, with `after` = now.
    """
    due = next_due(schedule, after)
    return due + jitter_in(schedule) if due is not None else None


def latest_due(schedule: Schedule, now: datetime) -> datetime | None:
    """The last due instant that is not after `now`, whatever came of it."""
    if schedule.kind is Kind.SNOOZED:
        until = schedule.history.snoozed_until
        return until if until is not None and until <= now else None
    wall = _wall_time(schedule)
    if wall is None:
        return None
    day = local_date(now, schedule.zone) + _DAY
    while True:
        due = due_on(day, wall, schedule.zone)
        if due <= now and _comes_on(schedule.kind, local_date(due, schedule.zone)):
            return due
        day -= _DAY


def last_call_time(plan: Plan, rules: ReminderRules = RULES) -> time:
    """The local time of the last call: before the quiet hours."""
    if plan.quiet and plan.quiet.covers(rules.last_call_at):
        # An hour before they begin; the date is there to subtract from.
        return (datetime.combine(date.max, plan.quiet.start) - _HOUR).time()
    return rules.last_call_at


def _wall_time(schedule: Schedule) -> time | None:
    """The local time of a kind that comes by the calendar; None where it is off or paused."""
    plan, rules = schedule.plan, schedule.rules
    if schedule.history.paused:
        return None
    if schedule.kind is Kind.DAILY:
        return plan.at
    if schedule.kind is Kind.WEEKLY:
        return rules.weekly_at if plan.weekly else None
    return last_call_time(plan, rules) if plan.last_call else None


def earliest_date(schedule: Schedule) -> date:
    """The first local date that may have one: a day or the back-off after the last.

    The last one's date counts as it was then and as the zone of today has it, so that a
    traveller never has two on one date.
    """
    kind, history = schedule.kind, schedule.history
    others = {Kind.LAST_CALL: history.last_call, Kind.WEEKLY: history.weekly}
    last = others.get(kind, history.reminded)
    if kind is Kind.SNOOZED or last is None:
        return date.min + _DAY
    gaps = [days for ignored, days in schedule.rules.backoff if history.unanswered >= ignored]
    gap = gaps[0] if gaps and kind is Kind.DAILY else 1
    return max(last.day, local_date(last.at, schedule.zone)) + gap * _DAY


def _comes_on(kind: Kind, day: date) -> bool:
    return kind is not Kind.WEEKLY or day.weekday() == _SUNDAY


def jitter_in(schedule: Schedule) -> timedelta:
    """A snoozed reminder comes when it was promised; the others spread."""
    return timedelta() if schedule.kind is Kind.SNOOZED else schedule.plan.jitter


def local_date(at: datetime, zone: str) -> date:
    """The date that the calendar shows at `at` in `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()
