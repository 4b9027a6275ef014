"""The streak keeps every vector and never looks at differences of seconds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streaks import (
    Streak,
    StreakRules,
    answer_given,
    day_start,
    milestone_reached,
    practice_day,
    view_at,
)

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "streak_vectors.json").read_text("utf-8")
)["vectors"]
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia", "Asia/Kolkata")
instants = st.datetimes(
    datetime.fromisoformat("2011-06-01"),
    datetime.fromisoformat("2030-01-01"),
    timezones=st.just(UTC),
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def clamped(step: dict[str, Any]) -> datetime:
    """A message's own date, but never later than its receipt nor a day older."""
    sent, received = instant(step["at"]), instant(step.get("received_at", step["at"]))
    return min(max(sent, received - timedelta(hours=24)), received)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector: dict[str, Any]) -> None:
    config = vector["config"]
    rules = StreakRules(
        time.fromisoformat(config["day_start"]), config["freeze_every"], config["freeze_cap"]
    )
    streak = Streak(freezes=config["initial_freezes"])
    zone, seen = vector["tz"], set()
    for step in vector["steps"]:
        if step["op"] == "set_tz":
            zone = step["tz"]
        elif step["op"] == "answer":
            if (update := step.get("update_id")) is None or update not in seen:
                streak = answer_given(streak, clamped(step), zone, rules)
            seen.add(update)
        else:
            view = view_at(streak, instant(step["at"]), zone, rules)
            assert {name: getattr(view, name) for name in step["expect"]} == step["expect"]


@given(instants, instants, st.sampled_from(ZONES))
def test_the_practice_day_never_runs_backwards(a: datetime, b: datetime, zone: str) -> None:
    rules = StreakRules()
    early, late = sorted((a, b))
    assert practice_day(early, zone, rules) <= practice_day(late, zone, rules)


@given(instants, st.sampled_from(ZONES), st.times())
def test_an_instant_lies_inside_its_practice_day(at: datetime, zone: str, start: time) -> None:
    rules = StreakRules(day_starts_at=start.replace(second=0, microsecond=0))
    day = practice_day(at, zone, rules)
    assert day_start(day, zone, rules) <= at < day_start(day + timedelta(days=1), zone, rules)


@given(st.lists(st.tuples(instants, st.sampled_from(ZONES)), max_size=30))
def test_looking_changes_nothing_and_agrees_with_the_next_answer(
    answers: list[tuple[datetime, str]],
) -> None:
    rules, streak = StreakRules(), Streak()
    for at, zone in sorted(answers):
        before = view_at(streak, at, zone, rules)
        after = answer_given(streak, at, zone, rules)
        if not before.done_today:
            assert after.current == before.current + 1
        assert 0 <= after.freezes <= rules.freeze_cap
        assert after.longest >= after.current
        streak = after


def test_a_gap_of_years_costs_no_time_and_ends_the_streak() -> None:
    streak = Streak(current=9, longest=9, freezes=2, last_day=date(1971, 1, 1))
    after = answer_given(streak, datetime(2026, 1, 1, tzinfo=UTC), "UTC", StreakRules())
    assert after == replace(streak, current=1, freezes=0, last_day=date(2025, 12, 31))


NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def practised(days: str, streak: Streak | None = None, zone: str = "UTC") -> Streak:
    """The streak after days of practice (`x`) and days without (`.`), from 10 January on."""
    streak = streak or Streak()
    for n, what in enumerate(days):
        if what == "x":
            streak = answer_given(streak, NOON + timedelta(days=n), zone, StreakRules())
    return streak


@pytest.mark.parametrize(
    ("days", "frozen", "left"),
    [
        ("", [], 0),
        ("xxxxxx", [], 0),
        ("xxxxxxx", [], 1),
        ("xxxxxxx.", [17], 0),
        ("xxxxxx.", [], 0),
        ("xxxxxxx..", [], 0),
        ("xxxxxxxxxxxxxx..", [24, 25], 0),
        ("xxxxxxxxxxxxxx.", [24], 1),
        ("xxxxxxx.x", [], 0),
    ],
)
def test_freezes_name_the_days_that_they_save(days: str, frozen: list[int], left: int) -> None:
    """Seen on the day after; the answer then spends what was seen."""
    at = NOON + timedelta(days=len(days))
    before = practised(days)
    view = view_at(before, at, "UTC", StreakRules())
    assert [day.day for day in view.frozen] == frozen
    assert view.freezes_left == left
    after = answer_given(before, at, "UTC", StreakRules())
    assert after.current == (before.current + 1 if frozen or days.endswith("x") else 1)


def test_today_is_not_saved_before_it_is_over() -> None:
    before = practised("xxxxxxx")
    late = datetime(2026, 1, 18, 3, 59, 59, tzinfo=UTC)
    assert view_at(before, late, "UTC", StreakRules()).frozen == ()
    over = late + timedelta(seconds=1)
    assert view_at(before, over, "UTC", StreakRules()).frozen == (date(2026, 1, 17),)


def test_a_traveller_is_saved_by_the_kinder_calendar() -> None:
    """In Tokyo the 17th is over already, in Los Angeles it is not."""
    before = practised("xxxxxxx", zone="America/Los_Angeles")
    at = datetime(2026, 1, 17, 20, tzinfo=UTC)
    rules = StreakRules()
    assert view_at(before, at, "Asia/Tokyo", rules).frozen == ()
    stayed = replace(before, last_zone="Asia/Tokyo")
    assert view_at(stayed, at, "Asia/Tokyo", rules).frozen == (date(2026, 1, 17),)


@given(st.lists(st.tuples(instants, st.sampled_from(ZONES)), max_size=30), st.integers(0, 3))
def test_saved_days_lie_between_the_practised_ones_and_cost_a_freeze_each(
    answers: list[tuple[datetime, str]], freezes: int
) -> None:
    rules = StreakRules(freeze_every=2, freeze_cap=3)
    streak = Streak(freezes=freezes)
    for at, zone in sorted(answers):
        view = view_at(streak, at, zone, rules)
        after = answer_given(streak, at, zone, rules)
        assert view.freezes_left == streak.freezes - len(view.frozen) or view.current == 0
        if streak.last_day and after.last_day:
            assert all(streak.last_day < day < after.last_day for day in view.frozen)
        streak = after


def test_milestones_are_reached_once() -> None:
    rules, streak = StreakRules(), Streak()
    reached = []
    for n in range(400):
        before = streak
        streak = answer_given(streak, NOON + timedelta(days=n), "UTC", rules)
        reached.append(milestone_reached(before, streak))
    days = {n + 1: milestone for n, milestone in enumerate(reached) if milestone}
    assert days == {7: 7, 30: 30, 100: 100, 365: 365}


def test_a_second_streak_of_seven_days_is_no_milestone() -> None:
    before = replace(practised("xxxxxx"), longest=9)
    after = answer_given(before, NOON + timedelta(days=6), "UTC", StreakRules())
    assert (after.current, milestone_reached(before, after)) == (7, None)
    first = replace(before, longest=6)
    after = answer_given(first, NOON + timedelta(days=6), "UTC", StreakRules())
    assert milestone_reached(first, after) == 7
