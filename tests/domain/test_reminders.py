"""Reminders keep every vector, come once a local date, and never in a burst."""

from __future__ import annotations

import json
import zoneinfo
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders import (
    RULES,
    History,
    Hold,
    Kind,
    Plan,
    QuietHours,
    ReminderRules,
    Schedule,
    Send,
    Served,
    Skip,
    Snooze,
    Verdict,
    Why,
    decide,
    due_on,
    jitter_of,
    next_due,
    next_look,
    sign_of_life,
    snoozed_until,
)
from bot.domain.streaks import Streak, StreakRules, view_at

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "reminder_vectors.json").read_text("utf-8")
)["vectors"]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BERLIN = "Europe/Berlin"
NIGHT = QuietHours(time(22), time(7))

zones = st.sampled_from(sorted(zoneinfo.available_timezones()))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(
    datetime.fromisoformat("2000-01-03"),
    datetime.fromisoformat("2036-12-01"),
    timezones=st.just(UTC),
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def daily(
    at: str = "09:00", history: History | None = None, zone: str = BERLIN, **plan: Any
) -> Schedule:
    return Schedule(Kind.DAILY, Plan(time.fromisoformat(at), **plan), history or History(), zone)


def look(schedule: Schedule, now: str, *, done: bool = False, streak: int = 0) -> Verdict:
    return decide(schedule, berlin(now), done_today=done, streak=streak)


def reminded(text: str, unanswered: int = 1) -> History:
    at = berlin(text)
    return History(unanswered, reminded=Served(local(at, BERLIN).date(), at))


# --- when it is due ---


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector: dict[str, Any]) -> None:
    zone, day = vector["tz"], date.fromisoformat(vector["date"])
    at, due = time.fromisoformat(vector["remind_at"]), instant(vector["due_utc"])
    assert due_on(day, at, zone) == due
    assert local(due, zone).isoformat() == vector["local"]
    schedule = daily(vector["remind_at"], zone=zone)
    assert next_due(schedule, due - MINUTE) == due
    following = next_due(schedule, due)
    assert following is not None
    assert local(following, zone).date() == local(due, zone).date() + DAY
    sent = decide(schedule, due, done_today=False, streak=0)
    assert sent.outcome == Send(Kind.DAILY, local(due, zone).date())
    assert sent.look_at == following


def exists(wall: datetime, near: datetime, zone: str) -> bool:
    """Whether the clock in `zone` ever shows `wall`: by trying every offset around `near`."""
    offsets = {local(near + n * 15 * MINUTE, zone).utcoffset() for n in range(-110, 111)}
    return any(
        local((wall - offset).replace(tzinfo=UTC), zone).replace(tzinfo=None) == wall
        for offset in offsets
        if offset is not None
    )


@given(instants, zones, times)
def test_the_next_due_is_later_and_at_the_wanted_local_time(
    after: datetime, zone: str, at: time
) -> None:
    due = next_due(daily(at.isoformat(), zone=zone), after)
    assert due is not None
    assert after < due <= after + 3 * DAY
    here = local(due, zone)
    if here.time() != at:
        assert not exists(datetime.combine(here.date(), at), due, zone)
    assert due.tzinfo is UTC


@given(instants, zones, times)
def test_every_local_date_has_exactly_one(after: datetime, zone: str, at: time) -> None:
    schedule = daily(at.isoformat(), zone=zone)
    due = next_due(schedule, after)
    for _ in range(40):
        assert due is not None
        following = next_due(schedule, due)
        assert following is not None
        day, next_day = local(due, zone).date() + DAY, local(following, zone).date()
        while day < next_day:  # only dates that do not exist are left out
            assert due_on(day, time(0), zone) == due_on(day + DAY, time(0), zone)
            day += DAY
        assert day == next_day
        due = following


def test_a_date_that_does_not_exist_is_left_out() -> None:
    due = next_due(daily(zone="Pacific/Apia"), instant("2011-12-29T19:00:00Z"))
    assert due == instant("2011-12-30T19:00:00Z")
    assert next_due(daily(zone="Pacific/Apia"), due) == instant("2011-12-31T19:00:00Z")


@given(instants, st.timedeltas(timedelta(), 9 * DAY), zones, times, st.sampled_from(Kind))
def test_the_next_due_is_monotone(
    after: datetime, gap: timedelta, zone: str, at: time, kind: Kind
) -> None:
    plan = Plan(at, last_call=True, weekly=True)
    schedule = Schedule(kind, plan, History(snoozed_until=after + 10 * DAY), zone)
    early, late = next_due(schedule, after), next_due(schedule, after + gap)
    assert early is not None
    assert late is not None
    assert after < early <= late
    assert early == late or early <= after + gap


def test_off_is_off() -> None:
    now = berlin("2026-06-01T09:00")
    for kind in Kind:
        schedule = Schedule(kind, Plan(), History(), BERLIN)
        assert next_look(schedule, now) is None
        assert look(schedule, "2026-06-01T09:00") == Verdict(Skip(Why.OFF), History(), None)


def test_the_jitter_is_the_persons_own_and_spreads() -> None:
    rolls = [jitter_of(person) for person in range(10_000)]
    assert rolls == [jitter_of(person) for person in range(10_000)]
    assert all(timedelta() <= roll < RULES.spread for roll in rolls)
    a_second = [sum(roll // timedelta(seconds=1) == n for roll in rolls) for n in range(30)]
    assert max(a_second) < 420
    assert jitter_of(1, ReminderRules(spread=timedelta())) == timedelta()
    planned = daily(jitter=timedelta(seconds=12))
    assert next_look(planned, berlin("2026-06-01T08:00")) == berlin("2026-06-01T09:00:12")
    assert next_look(planned, berlin("2026-06-01T09:00:05")) == berlin("2026-06-02T09:00:12")


# --- what a sweep does ---


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-06-01T09:00:00", Send(Kind.DAILY, date(2026, 6, 1))),
        ("2026-06-01T09:00:59", Send(Kind.DAILY, date(2026, 6, 1))),
        ("2026-06-01T09:01:01", Send(Kind.DAILY, date(2026, 6, 1), late=True)),
        ("2026-06-01T12:00:00", Send(Kind.DAILY, date(2026, 6, 1), late=True)),
        ("2026-06-01T12:00:01", Skip(Why.MISFIRE)),
        ("2026-06-02T08:59:59", Skip(Why.MISFIRE)),
        ("2026-06-11T08:59:59", Skip(Why.MISFIRE)),
        ("2026-06-11T09:30:00", Send(Kind.DAILY, date(2026, 6, 11), late=True)),
    ],
)
def test_late_within_the_window_and_never_more_than_one(now: str, expected: Send | Skip) -> None:
    verdict = look(daily(), now)
    assert verdict.outcome == expected
    assert verdict.look_at is not None
    assert berlin(now) < verdict.look_at <= berlin(now) + DAY


def test_late_ones_stay_on_their_date_but_a_short_stall_loses_none() -> None:
    late_evening = daily("23:59", jitter=timedelta(seconds=29))
    stalled = look(late_evening, "2026-06-02T00:00:10").outcome
    assert stalled == Send(Kind.DAILY, date(2026, 6, 1))
    assert look(late_evening, "2026-06-02T00:01:00").outcome == Skip(Why.MISFIRE)


def test_who_has_practised_today_by_the_streaks_day_is_left_alone() -> None:
    done = look(daily(), "2026-06-01T09:00", done=True)
    assert done == Verdict(Skip(Why.DONE), History(), berlin("2026-06-02T09:00"))
    # Before 04:00 it is still yesterday, for the streak and for the reminder.
    streak = Streak(current=1, longest=1, last_day=date(2026, 5, 31), last_zone=BERLIN)
    view = view_at(streak, berlin("2026-06-01T02:00"), BERLIN, StreakRules())
    small_hours = look(daily("02:00"), "2026-06-01T02:00", done=view.done_today)
    assert small_hours.outcome == Skip(Why.DONE)


def test_one_a_date_whatever_is_changed() -> None:
    sent = look(daily(), "2026-06-01T09:00").history
    assert sent == reminded("2026-06-01T09:00")
    noon = berlin("2026-06-01T12:00")
    assert next_due(daily("20:00", sent), noon) == berlin("2026-06-02T20:00")
    west = daily("20:00", sent, "America/Los_Angeles")
    assert next_due(west, noon) == instant("2026-06-03T03:00:00Z")  # 2 June there
    assert look(daily("20:00", sent), "2026-06-01T20:00").outcome == Skip(Why.SERVED)
    # 20:00 on 1 June in New York is 2 June in Tokyo.
    at = instant("2026-06-02T00:00:00Z")
    east = daily("20:00", History(reminded=Served(date(2026, 6, 1), at)), "Asia/Tokyo")
    assert next_due(east, at) == instant("2026-06-03T11:00:00Z")
    # And the other way: 2 June, as it was then in Tokyo, is still to come in New York.
    back = daily("20:00", History(reminded=Served(date(2026, 6, 2), at)), "America/New_York")
    assert next_due(back, at) == instant("2026-06-04T00:00:00Z")
    again = replace(back, kind=Kind.SNOOZED, history=replace(back.history, snoozed_until=at))
    assert decide(again, at, done_today=False, streak=0).history.reminded == Served(
        date(2026, 6, 2), at
    )


def test_clock_changes_over_midnight_lose_none() -> None:
    # 23:30 became 00:30; 23:45 is read as 00:45 of the next date.
    toronto = daily("23:45", zone="America/Toronto")
    due = instant("1919-03-31T04:45:00Z")
    assert next_due(toronto, due - 10 * MINUTE) == due
    # 00:01 became 23:01 of the date before; the first midnight counts.
    goose_bay = daily("00:00", zone="America/Goose_Bay", jitter=timedelta(seconds=29))
    due = instant("2010-11-07T03:00:00Z")
    stalled = decide(goose_bay, due + timedelta(seconds=80), done_today=False, streak=0)
    assert stalled.outcome == Send(Kind.DAILY, date(2010, 11, 7))


@pytest.mark.parametrize(
    ("ignored", "days"), [(0, 1), (1, 1), (2, 1), (3, 3), (6, 3), (7, 7), (10, 7), (11, 7)]
)
def test_back_off(ignored: int, days: int) -> None:
    schedule = daily(history=reminded("2026-06-01T09:00:10", ignored))
    expected = berlin("2026-06-01T09:00") + days * DAY
    assert next_due(schedule, berlin("2026-06-01T09:00:10")) == expected


def test_ignored_all_along_then_a_notice_and_peace_until_a_sign_of_life() -> None:
    schedule, sent, notices = daily(), [], []
    at = next_look(schedule, berlin("2026-06-01T08:00"))
    while at is not None:
        verdict = decide(schedule, at, done_today=False, streak=0)
        assert isinstance(verdict.outcome, Send)
        notices.append(verdict.outcome.notice)
        sent.append((local(at, BERLIN).date() - date(2026, 6, 1)).days)
        schedule, at = replace(schedule, history=verdict.history), verdict.look_at
    assert sent == [0, 1, 2, 5, 8, 11, 14, 21, 28, 35, 42, 49]
    assert notices == [False] * 11 + [True]
    assert schedule.history.paused
    for kind in Kind:
        paused = Schedule(kind, Plan(time(9), None, True, True), schedule.history, BERLIN)
        assert next_due(paused, berlin("2026-09-01T00:00")) is None
    history, at = sign_of_life(schedule, berlin("2026-09-01T10:00"), None)
    assert (history.unanswered, history.paused) == (0, False)
    assert at == berlin("2026-09-02T09:00")


def test_a_sign_of_life_brings_the_next_one_forward_and_never_back() -> None:
    schedule = daily(history=reminded("2026-06-01T09:00", 3), jitter=timedelta(seconds=20))
    planned = berlin("2026-06-04T09:00:20")
    assert sign_of_life(schedule, berlin("2026-06-01T20:00"), planned)[1] == berlin(
        "2026-06-02T09:00:20"
    )
    just_before = sign_of_life(schedule, berlin("2026-06-04T09:00:05"), planned)
    assert just_before[1] == planned


# --- quiet hours ---


@pytest.mark.parametrize(
    ("wall", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_go_over_midnight(wall: str, quiet: bool) -> None:
    assert NIGHT.covers(time.fromisoformat(wall)) is quiet
    assert QuietHours(NIGHT.end, NIGHT.start).covers(time.fromisoformat(wall)) is not quiet
    assert not QuietHours(time(7), time(7)).covers(time.fromisoformat(wall))


@pytest.mark.parametrize(
    ("end", "at", "over"),
    [
        ("07:00", "2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"),
        ("07:00", "2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
        ("02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),  # in the gap: 03:30
        ("02:30", "2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z"),  # the first 02:15
        ("02:30", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00Z"),  # the second
        ("07:00", "2026-10-25T06:00:00Z", "2026-10-25T06:00:00Z"),
    ],
)
def test_quiet_hours_end_by_the_local_clock(end: str, at: str, over: str) -> None:
    hours = QuietHours(time(22), time.fromisoformat(end))
    assert hours.over_at(instant(at), BERLIN) == instant(over)


@given(instants, zones, times, times)
def test_quiet_hours_always_end(at: datetime, zone: str, start: time, end: time) -> None:
    hours = QuietHours(start, end)
    over = hours.over_at(at, zone)
    assert at <= over <= at + 3 * DAY
    assert not hours.covers(local(over, zone).time())
    assert (over == at) is not hours.covers(local(at, zone).time())


def test_quiet_hours_spare_a_time_set_inside_them_but_hold_back_late_ones() -> None:
    inside = daily("23:00", quiet=NIGHT, jitter=timedelta(seconds=10))
    assert look(inside, "2026-06-01T23:00:30").outcome == Send(Kind.DAILY, date(2026, 6, 1))
    assert look(inside, "2026-06-01T23:20").outcome == Skip(Why.QUIET)
    early = daily("06:30", quiet=NIGHT, jitter=timedelta(seconds=10))
    held = look(early, "2026-06-01T06:45")
    assert held == Verdict(
        Hold(berlin("2026-06-01T07:00")), History(), berlin("2026-06-01T07:00:10")
    )
    sent = look(early, "2026-06-01T07:00:12").outcome
    assert sent == Send(Kind.DAILY, date(2026, 6, 1), late=True)
    siesta = QuietHours(time(9, 30), time(12))
    in_time, past_the_window = daily(quiet=siesta), daily(quiet=siesta, jitter=10 * MINUTE)
    assert look(in_time, "2026-06-01T10:00").outcome == Hold(berlin("2026-06-01T12:00"))
    assert look(past_the_window, "2026-06-01T10:15").outcome == Skip(Why.QUIET)
    assert look(daily("03:30", quiet=NIGHT), "2026-06-01T04:00").outcome == Skip(Why.QUIET)


# --- snooze ---


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        (Snooze.HOUR, "2026-06-01T09:05", "2026-06-01T10:05"),
        (Snooze.HOUR, "2026-06-01T21:30", "2026-06-02T07:00"),
        (Snooze.TONIGHT, "2026-06-01T09:05", "2026-06-01T20:00"),
        (Snooze.TONIGHT, "2026-06-01T19:30", "2026-06-01T20:30"),
        (Snooze.TOMORROW, "2026-06-01T09:05", "2026-06-02T09:00"),
        (Snooze.TOMORROW, "2026-03-28T09:05", "2026-03-29T09:00"),
    ],
)
def test_snooze(choice: Snooze, now: str, until: str) -> None:
    plan = Plan(time(9), NIGHT)
    assert snoozed_until(choice, plan, BERLIN, berlin(now)) == berlin(until)


def test_snoozed_until_tomorrow_without_a_daily_time_keeps_the_time_of_day() -> None:
    now = berlin("2026-06-01T21:05")
    assert snoozed_until(Snooze.TOMORROW, Plan(), BERLIN, now) == now + DAY
    assert snoozed_until(
        Snooze.TOMORROW, Plan(quiet=QuietHours(time(21), time(7))), BERLIN, now
    ) == (berlin("2026-06-03T07:00"))


def snoozed(until: str, **plan: Any) -> Schedule:
    history = replace(reminded("2026-06-01T09:00", 0), snoozed_until=berlin(until))
    return replace(daily(history=history, **plan), kind=Kind.SNOOZED)


def test_a_snoozed_one_comes_once_on_the_same_date_and_not_after_practice() -> None:
    schedule = snoozed("2026-06-01T10:05", jitter=timedelta(seconds=25))
    verdict = look(schedule, "2026-06-01T10:05")
    assert verdict.outcome == Send(Kind.SNOOZED, date(2026, 6, 1))
    assert (verdict.history.snoozed_until, verdict.look_at) == (None, None)
    assert verdict.history.unanswered == 1
    done = look(schedule, "2026-06-01T10:05", done=True)
    assert (done.outcome, done.history.snoozed_until) == (Skip(Why.DONE), None)
    too_late = look(schedule, "2026-06-01T14:05")
    assert (too_late.outcome, too_late.history.snoozed_until) == (Skip(Why.MISFIRE), None)
    too_soon = look(schedule, "2026-06-01T10:00")
    assert too_soon == Verdict(Skip(Why.OFF), schedule.history, berlin("2026-06-01T10:05"))


def test_a_snoozed_one_waits_for_the_end_of_quiet_hours_and_is_that_dates_reminder() -> None:
    schedule = snoozed("2026-06-01T22:30", quiet=NIGHT)
    held = look(schedule, "2026-06-01T22:30")
    morning = berlin("2026-06-02T07:00")
    assert (held.outcome, held.look_at) == (Hold(morning), morning)
    assert held.history.snoozed_until == morning
    sent = look(replace(schedule, history=held.history), "2026-06-02T07:00")
    assert sent.outcome == Send(Kind.SNOOZED, date(2026, 6, 2))
    usual = replace(schedule, kind=Kind.DAILY, history=sent.history)
    assert look(usual, "2026-06-02T09:00").outcome == Skip(Why.SERVED)


def test_a_daily_one_takes_the_place_of_a_snoozed_one() -> None:
    schedule = replace(snoozed("2026-06-02T09:30"), kind=Kind.DAILY)
    assert look(schedule, "2026-06-02T09:00").history.snoozed_until is None


# --- last call and weekly summary ---


def test_last_call_only_when_asked_for_and_a_streak_is_at_risk() -> None:
    schedule = replace(daily(last_call=True), kind=Kind.LAST_CALL)
    at = "2026-06-01T21:00"
    assert next_due(schedule, berlin("2026-06-01T08:00")) == berlin(at)
    sent = look(schedule, at, streak=4)
    assert sent.outcome == Send(Kind.LAST_CALL, date(2026, 6, 1))
    assert sent.look_at == berlin("2026-06-02T21:00")
    assert sent.history.unanswered == 0
    assert look(schedule, at, streak=0).outcome == Skip(Why.SAFE)
    assert look(schedule, at, streak=4, done=True).outcome == Skip(Why.DONE)
    again = replace(schedule, history=sent.history)
    assert look(again, at, streak=4).outcome == Skip(Why.SERVED)
    ignored = replace(again, history=replace(sent.history, unanswered=7))
    assert next_due(ignored, berlin(at)) == berlin("2026-06-02T21:00")
    assert next_due(replace(schedule, plan=Plan(time(9))), berlin(at)) is None


def test_last_call_keeps_away_from_reminders_and_quiet_hours() -> None:
    evening = QuietHours(time(20, 30), time(7))
    schedule = replace(daily("19:00", last_call=True, quiet=evening), kind=Kind.LAST_CALL)
    at = "2026-06-01T19:30"
    assert next_due(schedule, berlin("2026-06-01T08:00")) == berlin(at)
    just_reminded = replace(schedule, history=reminded("2026-06-01T19:00"))
    assert look(just_reminded, at, streak=4).outcome == Skip(Why.SERVED)
    assert look(schedule, "2026-06-01T20:31", streak=4).outcome == Skip(Why.QUIET)
    backed_off = replace(schedule, history=reminded("2026-05-31T09:00", 3))
    assert look(backed_off, at, streak=4).outcome == Skip(Why.SERVED)
    third_day = replace(schedule, history=reminded("2026-06-01T09:00", 3))
    assert look(third_day, at, streak=4).outcome == Send(Kind.LAST_CALL, date(2026, 6, 1))


def test_the_weekly_summary_comes_on_sunday_evening_practised_or_not() -> None:
    schedule = replace(daily("18:00", weekly=True), kind=Kind.WEEKLY)
    sunday = "2026-06-07T18:00"
    assert next_due(schedule, berlin("2026-06-01T08:00")) == berlin(sunday)
    sent = look(schedule, sunday, done=True)
    assert sent.outcome == Send(Kind.WEEKLY, date(2026, 6, 7))
    assert sent.look_at == berlin("2026-06-14T18:00")
    assert look(schedule, "2026-06-10T18:00").outcome == Skip(Why.MISFIRE)
    west = replace(schedule, history=sent.history, zone="America/New_York")
    assert next_due(west, berlin(sunday)) == instant("2026-06-14T22:00:00Z")


# --- a life with it ---

steps = st.lists(
    st.tuples(
        st.timedeltas(timedelta(seconds=5), 15 * DAY) | st.timedeltas(MINUTE, 8 * HOUR),
        st.sampled_from(["sweep", "zone", "time", "life", "snooze"]),
        zones,
        times,
    ),
    max_size=40,
)


@given(instants, zones, times, st.none() | st.builds(QuietHours, times, times), steps)
def test_one_a_date_none_too_late_and_no_burst_whatever_happens(
    now: datetime,
    zone: str,
    at: time,
    quiet: QuietHours | None,
    events: list[tuple[timedelta, str, str, time]],
) -> None:
    schedule = Schedule(
        Kind.DAILY, Plan(at, quiet, jitter=jitter_of(now.microsecond)), History(), zone
    )
    due, days = next_look(schedule, now), set()
    for wait, event, new_zone, new_time in events:
        now += wait
        if due is not None and due <= now:
            verdict = decide(schedule, now, done_today=False, streak=0)
            sent = verdict.outcome
            schedule = replace(schedule, history=verdict.history)
            due = verdict.look_at
            assert due is None or due > now
            if isinstance(sent, Send):
                assert sent.day not in days
                days.add(sent.day)
                assert not sent.late or sent.day == local(now, schedule.zone).date()
                again = decide(schedule, now, done_today=False, streak=0)
                assert isinstance(again.outcome, Skip)
        if event == "zone":
            schedule = replace(schedule, zone=new_zone)
            due = next_look(schedule, now)
        elif event == "time":
            schedule = replace(schedule, plan=replace(schedule.plan, at=new_time))
            due = next_look(schedule, now)
        elif event == "life":
            history, due = sign_of_life(schedule, now, due)
            schedule = replace(schedule, history=history)
        elif event == "snooze":
            until = snoozed_until(Snooze.HOUR, schedule.plan, schedule.zone, now)
            assert until >= now + HOUR
