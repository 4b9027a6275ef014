"""Reminders by way of the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.reminders import Kind, QuietHours, Snooze
from bot.services.reminders import BACKLOG, Due, Reminder
from bot.storage.database import open_database
from bot.storage.store import Unit
from tests.services.playing import Table, who

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVENING = time(19, 30)


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    """A Saturday, 12:00 UTC; who set no zone lives in UTC."""
    async with await open_database(url) as database:
        yield Table(database)


def at(table: Table, clock: str, *, days: int = 0) -> datetime:
    """That time of day, so many days from the table's date on; the table's clock is set to it."""
    day = table.now.date() + days * DAY
    table.now = datetime.combine(day, time.fromisoformat(clock), UTC)
    return table.now


async def sweep(table: Table) -> list[Reminder]:
    """Everything that is due, claimed by one sweep."""
    service, now = table.reminders, table.now
    due = [one for one in await service.due(now, 1000) if await service.settle(one, now)]
    claimed = [await service.claim(one, now) for one in due]
    return [one for one in claimed if one]


async def looks(table: Table, person_id: int = 7) -> dict[Kind, datetime]:
    return await table.store.transact(lambda unit: unit.reminders.looks(person_id))


async def practise(table: Table, person_id: int = 7) -> None:
    shown = await table.ask(who(person_id), "python")
    await table.answer(who(person_id), shown, shown.item.options[0].text)  # type: ignore[union-attr]


async def test_set_due_claimed_and_due_again(table: Table) -> None:
    held = await table.reminders.set_time(who(), table.happening(), EVENING)
    assert held.next_at == at(table, "19:30")
    assert await sweep(table) == []  # the jitter is still to pass
    table.now += MINUTE
    (sent,) = await sweep(table)
    assert (sent.kind, sent.day, sent.late, sent.notice) == (
        Kind.DAILY,
        table.now.date(),
        False,
        False,
    )
    assert sent.who == who()
    assert await sweep(table) == []
    next_look = (await looks(table))[Kind.DAILY]
    assert timedelta() <= next_look - at(table, "19:30", days=1) < MINUTE / 2


async def test_two_sweeps_at_once_send_it_once(table: Table, url: str) -> None:
    """As two processes do: each has noticed it, and only one may send it."""
    people = range(100, 120)
    for person_id in people:
        await table.reminders.set_time(who(person_id), table.happening(), EVENING)
    at(table, "19:31")
    async with AsyncExitStack() as stack:
        tables = [table, table, table]
        if url.startswith("postgresql"):
            another = await stack.enter_async_context(await open_database(url))
            tables += [Table(another, now=table.now)] * 2
        parts = await asyncio.gather(*map(sweep, tables))
    sent = sorted(one.who.person_id for part in parts for one in part)
    assert sent == list(people)


async def test_a_claim_that_is_there_forbids_another(table: Table) -> None:
    """Whatever became of the history: the row is the arbiter."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")

    def work(unit: Unit) -> bool:
        return unit.reminders.claim(7, table.now.date(), Kind.DAILY, table.now)

    assert await table.store.transact(work)
    assert not await table.store.transact(work)
    assert await sweep(table) == []


async def test_not_when_practised_between_notice_and_claim(table: Table) -> None:
    """The claim looks again: thousands may wait before this one's turn comes."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")
    (due,) = await table.reminders.due(table.now, 10)
    assert await table.reminders.settle(due, table.now)
    await practise(table)
    assert await table.reminders.claim(due, table.now) is None
    assert (await looks(table))[Kind.DAILY] > table.now


async def test_off_between_notice_and_claim(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")
    (due,) = await table.reminders.due(table.now, 10)
    await table.reminders.set_time(who(), table.happening(), None)
    assert await table.reminders.claim(due, table.now) is None
    assert await looks(table) == {}


async def test_who_waits_for_a_turn_is_not_late(table: Table) -> None:
    """Ten thousand at once take minutes; quiet hours do not hold back what was on time."""
    await table.reminders.set_time(who(), table.happening(), time(23))
    await table.reminders.set_quiet(who(), table.happening(), QuietHours(time(22), time(7)))
    at(table, "23:01")
    (due,) = await table.reminders.due(table.now, 10)
    sent = await table.reminders.claim(due, table.now + BACKLOG - MINUTE)
    assert sent
    assert not sent.late


async def test_a_queue_that_is_too_long_is_late_after_all(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")
    (due,) = await table.reminders.due(table.now, 10)
    assert await table.reminders.claim(due, table.now + 4 * HOUR) is None


async def test_down_over_the_due_time(table: Table) -> None:
    """Within three hours it comes late; after them not at all; ten days never give ten."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "22:29")
    (late,) = await sweep(table)
    assert late.late
    at(table, "22:31", days=10)
    assert await sweep(table) == []
    assert (await looks(table))[Kind.DAILY].date() == table.now.date() + DAY
    at(table, "20:00", days=10)
    assert len(await sweep(table)) == 1
    assert await sweep(table) == []


async def test_a_late_one_waits_for_the_quiet_hours_to_end(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), time(5))
    await table.reminders.set_quiet(who(), table.happening(), QuietHours(time(22), time(7)))
    at(table, "06:00", days=1)
    assert await sweep(table) == []
    assert timedelta() <= (await looks(table))[Kind.DAILY] - at(table, "07:00") < MINUTE / 2
    table.now += MINUTE
    (late,) = await sweep(table)
    assert late.late


async def test_ignored_until_it_pauses(table: Table) -> None:
    """Three in a row: every third day; seven: weekly; then a notice and silence."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    first = table.now.date()
    sent: list[tuple[int, bool]] = []
    for _ in range(90):
        at(table, "19:31")
        sent += [((one.day - first).days, one.notice) for one in await sweep(table)]
        table.now += DAY
    days = [day for day, _ in sent]
    assert days == [0, 1, 2, 5, 8, 11, 14, 21, 28, 35, 42, 49]
    assert [day for day, notice in sent if notice] == [49]
    assert await looks(table) == {}
    await table.reminders.alive(who(), table.now)
    at(table, "19:31", days=1)
    assert len(await sweep(table)) == 1


async def test_a_sign_of_life_brings_the_daily_one_back(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    for _ in range(3):
        at(table, "19:31")
        await sweep(table)
        table.now += DAY
    assert (await looks(table))[Kind.DAILY].date() == table.now.date() + 2 * DAY
    at(table, "10:00")
    await table.people.greet(who(), table.happening())
    assert (await looks(table))[Kind.DAILY].date() == table.now.date()


async def test_without_reminders_a_sign_of_life_stores_nothing(table: Table) -> None:
    await table.people.greet(who(), table.happening())
    await table.reminders.alive(who(), table.now)
    await table.reminders.alive(who(8), table.now)

    def work(unit: Unit) -> tuple[object, object, object]:
        return unit.reminders.find(7), unit.people.find(8), unit.reminders.find(8)

    assert await table.store.transact(work) == (None, None, None)


async def test_blocked_and_back(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    await table.reminders.set_last_call(who(), table.happening(), on=True)
    await table.reminders.set_weekly(who(), table.happening(), on=True)
    assert set(await looks(table)) == {Kind.DAILY, Kind.LAST_CALL, Kind.WEEKLY}
    await table.people.set_unreachable(7)
    assert await looks(table) == {}
    at(table, "19:31", days=3)
    assert await sweep(table) == []
    await table.people.greet(who(), table.happening())
    assert set(await looks(table)) == {Kind.DAILY, Kind.LAST_CALL, Kind.WEEKLY}
    at(table, "19:31", days=1)
    assert [one.kind for one in await sweep(table)] == [Kind.DAILY]


async def test_off_ends_all_kinds(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    await table.reminders.set_last_call(who(), table.happening(), on=True)
    await table.reminders.set_weekly(who(), table.happening(), on=True)
    await table.reminders.snooze(who(), table.happening(), Snooze.HOUR)
    assert set(await looks(table)) == set(Kind)
    held = await table.reminders.set_time(who(), table.happening(), None)
    assert not held.on
    assert held.snoozed_until is None
    assert held.usual == EVENING
    assert await looks(table) == {}
    held = await table.reminders.switch_on(who(), table.happening())
    assert held.at == EVENING


async def test_a_snoozed_one_is_claimed_by_its_own_end(table: Table) -> None:
    """A date may have several of them, but each comes once."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")
    assert len(await sweep(table)) == 1
    for _ in range(2):
        await table.reminders.snooze(who(), table.happening(), Snooze.HOUR)
        table.now += HOUR
        (again,) = await sweep(table)
        assert again.kind is Kind.SNOOZED
        assert Kind.SNOOZED not in await looks(table)
        assert await sweep(table) == []


async def test_a_daily_one_takes_the_place_of_a_snoozed_one(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    at(table, "19:31")
    await sweep(table)
    await table.reminders.snooze(who(), table.happening(), Snooze.TOMORROW)
    at(table, "19:31", days=1)
    assert len(await sweep(table)) == 1
    assert set(await looks(table)) == {Kind.DAILY}


async def test_a_repeated_update_snoozes_no_longer(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    what = table.happening()
    first = await table.reminders.snooze(who(), what, Snooze.HOUR)
    later = type(what)(what.update_id, what.at, what.now + MINUTE)
    assert (await table.reminders.snooze(who(), later, Snooze.HOUR)) == first


async def test_a_change_of_zone_plans_anew(table: Table) -> None:
    """19:30 in Berlin is an hour earlier; on a date that has had its own none follows."""
    await table.reminders.set_time(who(), table.happening(), EVENING)
    await table.people.set_zone(who(), table.happening(), "Europe/Berlin")
    look = (await looks(table))[Kind.DAILY]
    assert timedelta() <= look - at(table, "18:30") < MINUTE / 2
    table.now += MINUTE
    assert len(await sweep(table)) == 1
    await table.people.set_zone(who(), table.happening(), "America/New_York")
    state = await table.reminders.state(who(), table.now)
    assert state.zone == "America/New_York"
    for hour in range(48):
        table.now += HOUR
        for one in await sweep(table):
            assert one.day == date(2026, 1, 11), hour


async def test_the_last_call_is_for_streaks_at_risk(table: Table) -> None:
    await table.reminders.set_last_call(who(), table.happening(), on=True)
    at(table, "21:01")
    assert await sweep(table) == []  # no streak
    at(table, "12:00", days=1)
    await practise(table)
    at(table, "21:01")
    assert await sweep(table) == []  # practised today
    at(table, "21:01", days=1)
    (call,) = await sweep(table)
    assert (call.kind, call.streak.current) == (Kind.LAST_CALL, 1)


async def test_the_week_ends_on_sunday(table: Table) -> None:
    await table.reminders.set_weekly(who(), table.happening(), on=True)
    assert await sweep(table) == []
    at(table, "18:01", days=1)
    (week,) = await sweep(table)
    assert (week.kind, week.day.weekday()) == (Kind.WEEKLY, 6)
    assert await sweep(table) == []


async def test_what_waits(table: Table) -> None:
    await table.reminders.set_time(who(), table.happening(), EVENING)
    shown = await table.ask(who(), "python")
    await table.answer(who(), shown, "wrong one")
    at(table, "19:31", days=1)
    (sent,) = await sweep(table)
    assert (sent.waiting, sent.streak.current) == (1, 1)


async def test_the_export_and_forgetting(table: Table) -> None:
    assert json.loads(await table.people.export(who(), table.now))["reminder"] == {}
    await table.reminders.set_time(who(), table.happening(), EVENING)
    await table.reminders.set_quiet(who(), table.happening(), QuietHours(time(22), time(7)))
    at(table, "19:31")
    await sweep(table)
    reminder = json.loads(await table.people.export(who(), table.now))["reminder"]
    assert reminder["at"] == "19:30"
    assert reminder["quiet"] == ["22:00", "07:00"]
    assert reminder["unanswered"] == 1
    assert [one["day"] for one in reminder["sent"]] == [table.now.date().isoformat()]
    await table.people.forget(who(), table.now)
    assert await looks(table) == {}
    at(table, "19:31", days=1)
    assert await sweep(table) == []
    gone = Due(7, Kind.DAILY, table.now)
    assert await table.reminders.claim(gone, table.now) is None
