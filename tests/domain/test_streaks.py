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
