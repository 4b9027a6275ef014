"""Reminders: when the next one is due, and what to do when a sweep finds it due.

Each kind has its own row with the instant to look at it. Zones are IANA names; an unknown one
raises `zoneinfo.ZoneInfoNotFoundError`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import blake2b
from zoneinfo import ZoneInfo

_DAY, _HOUR, _SUNDAY = timedelta(days=1), timedelta(hours=1), 6
_ON_TIME = timedelta(seconds=60)  # the contract's word for it; later is late


class Kind(StrEnum):
    """What is sent unasked: the last call while a streak is at risk, the week's summary."""

    DAILY = "daily"
    SNOOZED = "snoozed"
    LAST_CALL = "last_call"
    WEEKLY = "weekly"


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
        today = _local_date(at, zone)
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
    wall, earliest = _wall_time(schedule), _earliest(schedule)
    if wall is None:
        return None
    day = max(_local_date(after, schedule.zone), earliest) - _DAY
    while True:
        due = due_on(day, wall, schedule.zone)
        on = _local_date(due, schedule.zone)
        if due > after and on >= earliest and _comes_on(schedule.kind, on):
            return due
        day += _DAY


def next_look(schedule: Schedule, after: datetime) -> datetime | None:
    """When a sweep is to look: the next due instant with the person's jitter.

    To be stored anew whenever the plan or the zone changes, with `after` = now.
    """
    due = next_due(schedule, after)
    return due + _jitter(schedule) if due is not None else None


def decide(schedule: Schedule, now: datetime, *, done_today: bool, streak: int) -> Verdict:
    """What to do at `now`, when the instant to look has come.

    `done_today` and `streak` (its current days) are what `streaks.view_at` shows at `now`. Only
    the latest due instant counts, however many have passed: after ten days of being down at
    most one is sent, within the window and on its own local date.
    """
    due = _latest_due(schedule, now)
    outcome: Outcome = Skip(Why.OFF)
    if due is not None:
        why = _needless(schedule, due, now, done_today, streak)
        outcome = Skip(why) if why else _by_the_clock(schedule, due, now)
    after = replace(schedule, history=_noted(schedule, outcome, now))
    if isinstance(outcome, Hold):
        return Verdict(outcome, after.history, outcome.until + _jitter(schedule))
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
    kind, last, day = schedule.kind, schedule.history.reminded, _local_date(due, schedule.zone)
    if day < _earliest(schedule):
        return Why.SERVED
    if kind is not Kind.WEEKLY and done_today:
        return Why.DONE
    if kind is Kind.LAST_CALL and streak == 0:
        return Why.SAFE
    if kind is Kind.LAST_CALL and last is not None:
        backed_off = last.day < day < _earliest(replace(schedule, kind=Kind.DAILY))
        return Why.SERVED if backed_off or now - last.at < schedule.rules.apart else None
    return None


def _by_the_clock(schedule: Schedule, due: datetime, now: datetime) -> Outcome:
    """Sends what is on time, or late within the window; holds it back in quiet hours."""
    kind, plan = schedule.kind, schedule.plan
    on_time = now - due <= _jitter(schedule) + _ON_TIME
    if not on_time and not _timely(schedule, due, now):
        return Skip(Why.MISFIRE)
    over = plan.quiet.over_at(now, schedule.zone) if plan.quiet else now
    if over > now and not (on_time and kind is Kind.DAILY):
        waits = kind is Kind.SNOOZED or _timely(schedule, due, over + plan.jitter)
        return Hold(over) if waits else Skip(Why.QUIET)
    notice = kind is Kind.DAILY and schedule.history.unanswered >= schedule.rules.pause_after
    return Send(kind, _local_date(due, schedule.zone), late=not on_time, notice=notice)


def _timely(schedule: Schedule, due: datetime, at: datetime) -> bool:
    """Whether what was due at `due` may still be sent at `at`."""
    same_date = _local_date(at, schedule.zone) == _local_date(due, schedule.zone)
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


def _latest_due(schedule: Schedule, now: datetime) -> datetime | None:
    """The last due instant that is not after `now`, whatever came of it."""
    if schedule.kind is Kind.SNOOZED:
        until = schedule.history.snoozed_until
        return until if until is not None and until <= now else None
    wall = _wall_time(schedule)
    if wall is None:
        return None
    day = _local_date(now, schedule.zone) + _DAY
    while True:
        due = due_on(day, wall, schedule.zone)
        if due <= now and _comes_on(schedule.kind, _local_date(due, schedule.zone)):
            return due
        day -= _DAY


def _wall_time(schedule: Schedule) -> time | None:
    """The local time of a kind that comes by the calendar; None where it is off or paused."""
    plan, rules = schedule.plan, schedule.rules
    if schedule.history.paused:
        return None
    if schedule.kind is Kind.DAILY:
        return plan.at
    if schedule.kind is Kind.WEEKLY:
        return rules.weekly_at if plan.weekly else None
    if not plan.last_call:
        return None
    if plan.quiet and plan.quiet.covers(rules.last_call_at):
        # An hour before they begin; the date is there to subtract from.
        return (datetime.combine(date.max, plan.quiet.start) - _HOUR).time()
    return rules.last_call_at


def _earliest(schedule: Schedule) -> date:
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
    return max(last.day, _local_date(last.at, schedule.zone)) + gap * _DAY


def _comes_on(kind: Kind, day: date) -> bool:
    return kind is not Kind.WEEKLY or day.weekday() == _SUNDAY


def _jitter(schedule: Schedule) -> timedelta:
    """A snoozed reminder comes when it was promised; the others spread."""
    return timedelta() if schedule.kind is Kind.SNOOZED else schedule.plan.jitter


def _local_date(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
