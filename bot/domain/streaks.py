"""The streak: days of practice in a row, by the person's own calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
MILESTONES = (7, 30, 100, 365)
"""Days in a row that are celebrated, each the first time that it is reached."""


@dataclass(frozen=True, slots=True)
class StreakRules:
    """When a day starts, and how freezes are earned and kept."""

    day_starts_at: time = time(4)
    freeze_every: int = 7
    freeze_cap: int = 2


@dataclass(frozen=True, slots=True)
class Streak:
    """What is remembered between answers; `last_day` is the practised day as it was then."""

    current: int = 0
    longest: int = 0
    freezes: int = 0
    last_day: date | None = None
    last_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class StreakView:
    """The streak as it stands at one instant; looking changes nothing.

    `frozen` are days that freezes have saved, `milestone` is there with the answer that reached
    it.
    """

    current: int
    longest: int
    freezes_left: int
    done_today: bool
    frozen: tuple[date, ...] = ()
    milestone: int | None = None


def day_start(day: date, zone: str, rules: StreakRules) -> datetime:
    """The UTC instant at which `day` starts in `zone`.

    A wall time that occurs twice means the first; one that does not exist is read with the
    offset before the gap (RFC 5545, 3.3.5), which is what `fold=0` does.
    """
    wall = datetime.combine(day, rules.day_starts_at, tzinfo=ZoneInfo(zone)).replace(fold=0)
    return wall.astimezone(UTC)


def practice_day(at: datetime, zone: str, rules: StreakRules) -> date:
    """The practice day to which the instant `at` belongs in `zone`.

    The largest date whose start is not after `at`: monotone in `at`, whatever clocks do.
    """
    day = at.astimezone(ZoneInfo(zone)).date() + _DAY
    while day_start(day, zone, rules) > at:
        day -= _DAY
    return day


def answer_given(streak: Streak, at: datetime, zone: str, rules: StreakRules) -> Streak:
    """The streak after a graded answer at `at` by a person whose zone is `zone`.

    The caller makes sure that an answer is counted once.
    """
    day = practice_day(at, zone, rules)
    if streak.last_day is None:
        return _earned(replace(streak, current=1, last_day=day, last_zone=zone), rules)
    if day <= streak.last_day:
        return replace(streak, last_zone=zone)
    missed = len(_missed(streak, at, zone, rules))
    if missed <= streak.freezes:
        current, freezes = streak.current + 1, streak.freezes - missed
    else:
        current, freezes = 1, 0
    moved = replace(streak, current=current, freezes=freezes, last_day=day, last_zone=zone)
    return _earned(moved, rules)


def view_at(streak: Streak, at: datetime, zone: str, rules: StreakRules) -> StreakView:
    """What `/streak` shows at `at`: a streak that can no longer be saved counts 0."""
    if streak.last_day is None:
        return StreakView(0, streak.longest, streak.freezes, done_today=False)
    frozen = _missed(streak, at, zone, rules)
    missed = len(frozen)
    return StreakView(
        current=streak.current if missed <= streak.freezes else 0,
        longest=streak.longest,
        freezes_left=streak.freezes - min(missed, streak.freezes),
        done_today=practice_day(at, zone, rules) <= streak.last_day,
        frozen=frozen if missed <= streak.freezes else (),
    )


def milestone_reached(before: Streak, after: Streak) -> int | None:
    """The milestone that an answer has reached for the first time ever."""
    reached = after.longest if after.longest > before.longest else None
    return reached if reached in MILESTONES else None


def _earned(streak: Streak, rules: StreakRules) -> Streak:
    """Counts the new day into the record and hands out a freeze where one is due."""
    freezes = streak.freezes
    if streak.current % rules.freeze_every == 0:
        freezes = min(rules.freeze_cap, freezes + 1)
    return replace(streak, longest=max(streak.longest, streak.current), freezes=freezes)


def _missed(streak: Streak, at: datetime, zone: str, rules: StreakRules) -> tuple[date, ...]:
    """Days missed since the last practised one, by the kinder of the old and the new zone.

    A traveller must not lose a day that exists only in one of the two calendars. Counting
    stops one past the freezes at hand: more makes no difference.
    """
    enough = streak.freezes + 1
    by_new = _missed_in(streak, at, zone, rules, enough)
    if zone == streak.last_zone:
        return by_new
    return min(by_new, _missed_in(streak, at, streak.last_zone, rules, enough), key=len)


def _missed_in(
    streak: Streak, at: datetime, zone: str, rules: StreakRules, enough: int
) -> tuple[date, ...]:
    """Days between the last practised one and today in `zone`, at most `enough`."""
    assert streak.last_day is not None  # noqa: S101 — callers have looked
    today = practice_day(at, zone, rules)
    missed: list[date] = []
    day = streak.last_day + _DAY
    while day < today and len(missed) < enough:
        # A date of zero length (the date line moved over it) cannot be missed.
        if day_start(day, zone, rules) < day_start(day + _DAY, zone, rules):
            missed.append(day)
        day += _DAY
    return tuple(missed)
