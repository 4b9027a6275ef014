"""Daily reminders, as a person lives with them; time moves only when a test says so."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.chat import reminding
from bot.simulator import Flood, Person, Seen, Simulator
from bot.simulator.clock import ManualClock
from bot.simulator.faults import FaultKind
from tests.dialogues.conftest import ALREADY_SO, Stage, letter_of, pressed
from tests.process.harness import refuse

START = "▶ Start"
AN_HOUR, TONIGHT, TOMORROW = "💤 Snooze 1 h", "🌙 Tonight", "🌅 Tomorrow"
OFF = "🔕 Turn off"
REMINDER = [[START], [AN_HOUR, TONIGHT, TOMORROW], [OFF]]
BERLIN = "/timezone Europe/Berlin"
PATIENCE = 5.0
DUE = "SELECT 1 FROM reminders WHERE next_due_at <= ?"
CLAIMED = "SELECT COUNT(*) FROM reminder_claims WHERE kind <> 'weekly'"


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A Monday in January 2026, 08:00 UTC; sweeps come often, for nobody wants to wait."""
    monkeypatch.setattr(reminding, "SWEEP_EVERY", 0.02)
    clock = ManualClock(datetime(2026, 1, 12, 8, tzinfo=UTC).timestamp())
    async with Simulator(clock=clock, flood=Flood(enabled=False)) as simulator:
        stage = Stage(simulator, tmp_path)
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []
        refused = [c.description or "" for c in simulator.calls if c.outcome == "refused"]
        assert [w for w in refused if not ALREADY_SO.search(w) and "blocked" not in w] == []


async def to(stage: Stage, moment: str, zone: str = "UTC") -> None:
    """Turns the clock on to a local time, and lets whatever is due then be dealt with."""
    await stage.simulator.settled()
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    clock = stage.simulator.clock
    assert at.timestamp() > clock.now(), f"{moment} is past"
    clock.advance(at.timestamp() - clock.now())
    await looked(stage)


async def looked(stage: Stage) -> None:
    """Returns once sweeps have decided on everything that is due, and what was claimed is sent.

    The program knows nothing of this test, so that has to look again and again.
    """
    async with asyncio.timeout(PATIENCE):
        while (  # noqa: ASYNC110 — see above
            rows(stage, DUE, millis(stage)) or rows(stage, CLAIMED)[0][0] > sent(stage)
        ):
            await asyncio.sleep(0.005)
    await stage.simulator.settled()


def sent(stage: Stage) -> int:
    """How many reminders went out to anybody, whether they arrived or not."""
    calls = stage.simulator.calls.of("sendMessage")
    return sum('"R:hour"' in json.dumps(call.params.get("reply_markup")) for call in calls)


def millis(stage: Stage) -> int:
    return int(stage.simulator.clock.now() * 1000)


def rows(stage: Stage, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What is in the database."""
    with closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def reminders(person: Person) -> list[Seen]:
    """All reminders that the person got and that still have their buttons."""
    return [seen for seen in person.inbox if is_reminder(seen)]


def is_reminder(seen: Seen) -> bool:
    return {START, OFF} <= set(seen.labels)


async def nothing_at(stage: Stage, person: Person, moment: str, zone: str = "UTC") -> None:
    """No reminder is claimed or sent up to that time."""
    before = rows(stage, "SELECT * FROM reminder_claims"), len(person.inbox)
    await to(stage, moment, zone)
    assert (rows(stage, "SELECT * FROM reminder_claims"), len(person.inbox)) == before


async def reminded_at(stage: Stage, person: Person, moment: str, zone: str = "UTC") -> Seen:
    """The reminder that comes by that time, jitter and all."""
    await looked(stage)
    person.skip()
    await to(stage, moment, zone)
    seen = await person.next_message()
    assert is_reminder(seen), seen.text
    return seen


async def set_quiet(person: Person) -> None:
    """From 22:00 to 07:00, by the settings."""
    settings = await person.ask("/settings")
    page = await pressed(person, "🔕 Quiet hours", settings)
    await pressed(person, "○ 22:00–07:00", page)


async def practise(person: Person) -> None:
    """Answers one question, rightly."""
    question = await person.ask("/practice python")
    feedback = await pressed(person, letter_of(question, "right & <proper>"))
    assert feedback.text.startswith("✅")


async def reminder_in_export(person: Person) -> dict[str, object]:
    document = json.loads(person.download(await person.ask("/export")))
    reminder: dict[str, object] = document["reminder"]
    return reminder


async def test_it_comes_at_the_local_time(stage: Stage, ann: Person) -> None:
    await ann.ask(BERLIN)
    held = await ann.ask("/remind 19:30")
    assert "Every day at 19:30" in held.text
    assert "Europe/Berlin" in held.text
    assert "next today" in held.text
    await nothing_at(stage, ann, "2026-01-12T19:29:59", "Europe/Berlin")
    reminder = await reminded_at(stage, ann, "2026-01-12T19:30:59", "Europe/Berlin")
    assert reminder.buttons == [[START], [AN_HOUR, TOMORROW], [OFF]]
    await nothing_at(stage, ann, "2026-01-13T19:29:59", "Europe/Berlin")
    again = await reminded_at(stage, ann, "2026-01-13T19:30:59", "Europe/Berlin")
    assert again.text.splitlines()[0] != reminder.text.splitlines()[0]


async def test_one_tap_brings_the_first_question(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    reminder = await reminded_at(stage, ann, "2026-01-12T12:01:00")
    assert reminder.buttons == REMINDER
    press = await ann.press(START, reminder)
    question = await ann.next_message()
    await press.answer()
    assert question.text.splitlines()[0].endswith("/4")
    await stage.simulator.settled()
    assert reminders(ann) == []


async def test_it_says_what_waits(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    reminder = await reminded_at(stage, ann, "2026-01-12T12:01:00")
    assert "one answer begins a streak" in reminder.text
    await practise(ann)
    await to(stage, "2026-01-13T11:00")
    await ann.ask("/practice numerics")
    await ann.ask("7")
    due = await reminded_at(stage, ann, "2026-01-14T12:01:00")
    assert "📚 1 item due · 🔥 streak 2" in due.text


async def test_not_when_today_is_done(stage: Stage, ann: Person) -> None:
    """The streak's day counts: an answer at 02:00 is yesterday's."""
    assert "next today" in (await ann.ask("/remind 12:00")).text
    await practise(ann)
    assert "next tomorrow" in (await ann.ask("/remind")).text
    await nothing_at(stage, ann, "2026-01-12T23:59")
    await to(stage, "2026-01-13T02:00")
    await practise(ann)
    await reminded_at(stage, ann, "2026-01-13T12:01")


@pytest.mark.parametrize(
    ("label", "before", "after", "zone"),
    [
        (AN_HOUR, "2026-01-12T13:00:58", "2026-01-12T13:01:02", "UTC"),
        (TONIGHT, "2026-01-12T19:59:59", "2026-01-12T20:00:01", "UTC"),
    ],
)
async def test_snooze(
    stage: Stage, ann: Person, label: str, before: str, after: str, zone: str
) -> None:
    await ann.ask("/remind 12:00")
    reminder = await reminded_at(stage, ann, "2026-01-12T12:01:00")
    told = await pressed(ann, label, reminder)
    assert told.text.startswith("💤 I will come again today at ")
    assert told.buttons == [[START, OFF]]
    await nothing_at(stage, ann, before, zone)
    ann.skip()
    await to(stage, after, zone)
    again = await ann.next_message()
    assert again.labels[0] == START
    await nothing_at(stage, ann, "2026-01-13T11:59:59")


async def test_snoozed_until_tomorrow_is_one_reminder_tomorrow(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    reminder = await reminded_at(stage, ann, "2026-01-12T12:01:00")
    told = await pressed(ann, TOMORROW, reminder)
    assert told.text == "💤 I will come again tomorrow at 12:00."
    await reminded_at(stage, ann, "2026-01-13T12:01:00")
    await nothing_at(stage, ann, "2026-01-14T11:59:00")


async def test_off_takes_effect_at_once(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    reminder = await reminded_at(stage, ann, "2026-01-12T12:01:00")
    await pressed(ann, AN_HOUR, reminder)
    off = await pressed(ann, OFF)
    assert "no daily reminder" in off.text
    assert ["⏰ Turn on", "⚙ Settings"] in off.buttons
    assert rows(stage, "SELECT * FROM reminders") == []
    await nothing_at(stage, ann, "2026-01-20T12:01:00")
    on = await pressed(ann, "⏰ Turn on")
    assert "Every day at 12:00" in on.text
    await ann.ask("/remind off")
    await nothing_at(stage, ann, "2026-01-22T12:01:00")
    assert "Every day at 12:00" in (await ann.ask("/remind on")).text


async def test_ignored_three_times_in_a_row(stage: Stage, ann: Person) -> None:
    """The next comes on the third day after the last; any sign of life restores the daily one."""
    await ann.ask("/remind 12:00")
    for day in (12, 13, 14):
        await reminded_at(stage, ann, f"2026-01-{day}T12:01:00")
    await nothing_at(stage, ann, "2026-01-17T11:59:00")
    await reminded_at(stage, ann, "2026-01-17T12:01:00")
    await nothing_at(stage, ann, "2026-01-18T12:01:00")
    await ann.ask("/help")
    await reminded_at(stage, ann, "2026-01-19T12:01:00")
    await reminded_at(stage, ann, "2026-01-20T12:01:00")


@pytest.mark.parametrize(
    "life", ["/about", "/nonsense", "hello", "/practice nowhere", "/export", "/streak", "/hint"]
)
async def test_whatever_a_person_says_is_a_sign_of_life(
    stage: Stage, ann: Person, life: str
) -> None:
    await ann.ask("/remind 12:00")
    for day in (12, 13, 14):
        await reminded_at(stage, ann, f"2026-01-{day}T12:01:00")
    await ann.ask(life)
    await reminded_at(stage, ann, "2026-01-15T12:01:00")


async def test_after_long_silence_a_last_one_says_so(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    for day in range(12, 32):
        await to(stage, f"2026-01-{day}T12:01:00")
    for day in range(1, 29):
        await to(stage, f"2026-02-{day:02}T12:01:00")
    for day in range(1, 32):
        await to(stage, f"2026-03-{day:02}T12:01:00")
    told = reminders(ann)
    assert len(told) == 12
    assert "this is the last one for now" in told[-1].text
    assert not any("last one" in seen.text for seen in told[:-1])
    await nothing_at(stage, ann, "2026-06-01T12:01:00")
    await pressed(ann, AN_HOUR, told[-1])
    await reminded_at(stage, ann, "2026-06-01T13:02:00")
    await reminded_at(stage, ann, "2026-06-02T12:01:00")


async def test_ten_days_down_give_one_at_most(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    await stage.stop()
    stage.simulator.clock.advance(10 * 86_400 + 5 * 3_600)  # 13:00, within the window
    await stage.start()
    reminder = await ann.next_message()
    assert "A little late" in reminder.text
    await looked(stage)
    assert len(reminders(ann)) == 1
    await stage.stop()
    stage.simulator.clock.advance(10 * 86_400 + 6 * 3_600)  # 19:00, after it
    await stage.start()
    await nothing_at(stage, ann, "2026-02-02T11:59:00")


async def test_a_night_on_which_clocks_are_turned_back(stage: Stage, ann: Person) -> None:
    """In Berlin it is 02:30 twice on 25 October 2026."""
    await ann.ask(BERLIN)
    await ann.ask("/remind 2:30")
    await to(stage, "2026-10-24T12:00")
    await ann.ask("/help")
    before = len(reminders(ann))
    await reminded_at(stage, ann, "2026-10-25T00:31")
    await nothing_at(stage, ann, "2026-10-25T12:00")
    assert len(reminders(ann)) == before + 1


async def test_a_night_on_which_clocks_are_turned_on(stage: Stage, ann: Person) -> None:
    """In Berlin there is no 02:30 on 29 March 2026: it comes at what is 03:30 then."""
    await ann.ask(BERLIN)
    await ann.ask("/remind 2:30")
    await to(stage, "2026-03-28T12:00")
    await ann.ask("/help")
    await nothing_at(stage, ann, "2026-03-29T01:29:59")
    await reminded_at(stage, ann, "2026-03-29T01:31")
    await nothing_at(stage, ann, "2026-03-30T00:29:59")


async def test_a_change_of_zone_or_time_never_gives_two_on_a_date(
    stage: Stage, ann: Person
) -> None:
    await ann.ask("/remind 12:00")
    await reminded_at(stage, ann, "2026-01-12T12:01:00")
    await ann.ask("/remind 13:00")
    await nothing_at(stage, ann, "2026-01-12T13:01:00")
    await ann.ask("/timezone America/New_York")  # where it is 08:01
    await nothing_at(stage, ann, "2026-01-12T23:59:00", "America/New_York")
    await reminded_at(stage, ann, "2026-01-13T13:01:00", "America/New_York")


async def test_quiet_hours_hold_a_late_one_back(stage: Stage, ann: Person) -> None:
    """They do not hold back one that was set for a time inside them."""
    await ann.ask("/remind 5:00")
    await set_quiet(ann)
    await reminded_at(stage, ann, "2026-01-13T05:01:00")
    await stage.stop()
    stage.simulator.clock.advance(86_400 + 600)  # ten past five: late, and quiet
    await stage.start()
    await nothing_at(stage, ann, "2026-01-14T06:59:00")
    late = await reminded_at(stage, ann, "2026-01-14T07:01:00")
    assert "A little late" in late.text


async def test_the_last_call(stage: Stage, ann: Person) -> None:
    """In the evening, where it was asked for, while a streak is at risk."""
    await practise(ann)
    state = await ann.ask("/remind")
    state = await pressed(ann, "☐ Last call", state)
    assert "☑ Last call" in state.labels
    await nothing_at(stage, ann, "2026-01-12T23:00:00")
    ann.skip()
    await to(stage, "2026-01-13T21:01:00")
    call = await ann.next_message()
    assert call.text.startswith("🔥 ")
    assert "streak of 1 day needs one answer before 04:00" in call.text
    assert call.buttons == [[START], [AN_HOUR], [OFF]]
    await nothing_at(stage, ann, "2026-01-20T23:00:00")


async def test_a_block_turns_reminders_off_until_a_sign_of_life(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    ann.block()
    await stage.simulator.settled()
    await nothing_at(stage, ann, "2026-01-15T12:01:00")
    assert [c for c in stage.simulator.calls.of("sendMessage") if c.outcome == "refused"] == []
    ann.unblock()
    await reminded_at(stage, ann, "2026-01-16T12:01:00")


@pytest.mark.parametrize(
    "words", ["Forbidden: bot was blocked by the user", "Bad Request: chat not found"]
)
async def test_the_first_refusal_turns_them_off(stage: Stage, ann: Person, words: str) -> None:
    """Nothing is tried again before a sign of life, and then they come as before."""
    await ann.ask("/remind 12:00")
    status = 403 if "Forbidden" in words else 400
    fault = refuse(stage.simulator, words, "sendMessage", status=status, chat=ann.id)
    await to(stage, "2026-01-12T12:01:00")
    assert fault.hits == 1
    await nothing_at(stage, ann, "2026-01-15T12:01:00")
    assert rows(stage, "SELECT * FROM reminders") == []
    await ann.ask("/help")
    await reminded_at(stage, ann, "2026-01-16T12:01:00")
    assert fault.hits == 1


@pytest.mark.parametrize("fault", ["reset_after", "half_body"])
async def test_an_unknown_outcome_is_not_repeated(
    stage: Stage, ann: Person, fault: FaultKind
) -> None:
    await ann.ask("/remind 12:00")
    stage.simulator.faults.add(fault, "sendMessage", chat=ann.id)
    await to(stage, "2026-01-12T12:01:00")
    assert len(reminders(ann)) == 1
    await nothing_at(stage, ann, "2026-01-13T11:59:00")
    await reminded_at(stage, ann, "2026-01-13T12:01:00")


async def test_what_certainly_did_not_arrive_is_sent_again(stage: Stage, ann: Person) -> None:
    await ann.ask("/remind 12:00")
    stage.simulator.faults.add("status", "sendMessage", chat=ann.id, status=502)
    await reminded_at(stage, ann, "2026-01-12T12:01:00")


async def test_every_way_to_say_a_time(ann: Person) -> None:
    for said, shown in {
        "7pm": "19:00",
        "19.30": "19:30",
        "7:30 pm": "19:30",
        "1930": "19:30",
        "every day at 8": "08:00",
        "midnight": "00:00",
    }.items():
        assert f"Every day at {shown}" in (await ann.ask(f"/remind {said}")).text
    for said in ("25:00", "half past", "<b>", "13pm", "9" * 300):
        refusal = await ann.ask(f"/remind {said}")
        assert "Try /remind 19:30" in refusal.text
    assert "Every day at 00:00" in (await ann.ask("/remind")).text


async def test_the_state_edits_itself(stage: Stage, ann: Person) -> None:
    state = await ann.ask("/remind")
    assert "no daily reminder" in state.text
    at = await pressed(ann, "○ 18:00", state)
    assert at.id == state.id
    assert "Every day at 18:00" in at.text
    assert "● 18:00" in at.labels
    weekly = await pressed(ann, "☐ Weekly summary", at)
    assert "☑ Weekly summary" in weekly.labels
    odd = await ann.ask("/remind 17:45")
    assert "● 17:45" in odd.labels
    off = await pressed(ann, OFF, odd)
    assert {"○ 18:00", "☐ Weekly summary", "☐ Last call"} <= set(off.labels)


async def test_the_export_holds_it_and_forgetting_ends_it(stage: Stage, ann: Person) -> None:
    assert await reminder_in_export(ann) == {}
    await ann.ask("/remind 12:00")
    exported = await reminder_in_export(ann)
    assert exported["at"] == "12:00"
    asked = await ann.ask("/forget")
    await pressed(ann, asked.labels[0])
    assert rows(stage, "SELECT person_id FROM reminder_plans") == []
    assert rows(stage, "SELECT person_id FROM reminders") == []
    assert rows(stage, "SELECT person_id FROM reminder_claims") == []
    await nothing_at(stage, ann, "2026-01-14T12:01:00")


async def test_forged_buttons(stage: Stage, ann: Person) -> None:
    state = await ann.ask("/remind")
    for data in ("R:at/2561", "R:at/", "R:call/2", "R:weekly/", "R:nothing", "R:", "R:at/12345"):
        press = await ann.press_data(data, state)
        assert "no longer active" in ((await press.answer()).text or "")
    assert rows(stage, "SELECT * FROM reminders") == []
