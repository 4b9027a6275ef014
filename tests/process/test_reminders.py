"""Reminders of the real program: two processes, kills, stalls, clocks that change."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat.reminding import SWEEP_EVERY
from bot.domain.reminders import Kind, Plan, jitter_of
from bot.simulator import Person, Seen
from bot.simulator.journal import Call
from bot.simulator.waiting import first_of
from bot.storage.database import open_database
from bot.storage.reminders import Reminded
from bot.storage.store import Store, Unit
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site, free_address

PEOPLE = 200
SLOW = {"BOT_TELEGRAM__MESSAGES_PER_SECOND": "30"}
"""A pace at which a kill comes in the middle."""
STALL = 10.0
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def zone_at_noon() -> str:
    """A zone in which no date changes while a test runs."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # POSIX counts the other way


def crowd(site: Site, amount: int) -> list[Person]:
    """People who have written to the bot before."""
    people = [site.simulator.person(f"P{number}") for number in range(amount)]
    for person in people:
        person.chat.started = True
    return people


async def plan(url: str, people: Iterable[Person], due: datetime) -> None:
    """Stores daily reminders for the minute of `due`; a sweep looks at `due`.

    On SQLite nothing else may run on `url`.
    """
    zone = zone_at_noon()
    wall = due.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)

    def work(unit: Unit) -> None:
        for person in people:
            unit.people.touch(person.id, "en", due)
            unit.people.set_timezone(person.id, zone, person.id, due)
            asked = Plan(at=wall, jitter=jitter_of(person.id))
            unit.reminders.save(person.id, Reminded(zone, asked, usual=wall))
            unit.reminders.look_at(person.id, Kind.DAILY, due)

    async with await open_database(url) as database:
        await Store(database).transact(work)


async def all_quiet(site: Site, people: Sequence[Person], amount: int) -> Counter[int]:
    """How often each was reminded, once there are so many reminders, and then a sweep more."""
    async with asyncio.timeout(3 * PATIENCE):
        while sum(len(person.inbox) for person in people) < amount:
            await first_of(site.simulator.calls.changed.wait(), asyncio.sleep(0.5))
    await asyncio.sleep(1.5 * SWEEP_EVERY)  # real programs sweep by the real clock
    await site.simulator.settled(PATIENCE)
    return Counter(len(person.inbox) for person in people)


async def test_two_processes_send_each_reminder_once(site: Site, postgresql_url: str) -> None:
    """200 people, all due at one moment, two processes on one database: 200 messages."""
    people = crowd(site, PEOPLE)
    site.settings["BOT_STORAGE__URL"] = postgresql_url
    for _ in range(2):
        address = free_address()
        await site.start(
            BOT_TELEGRAM__MODE="webhook",
            BOT_TELEGRAM__WEBHOOK__URL=f"http://{address}/hook",
            BOT_TELEGRAM__WEBHOOK__LISTEN=address,
        )
    await plan(postgresql_url, people, datetime.now(UTC) + timedelta(seconds=2))
    assert await all_quiet(site, people, PEOPLE) == Counter({1: PEOPLE})
    assert len(site.simulator.calls.of("sendMessage")) == PEOPLE


@beside
async def test_killed_in_the_middle_of_sending(site: Site, ann: Person) -> None:
    """Nothing is sent twice, and a kill loses at most the one that was on its way."""
    kills, people = 3, crowd(site, 120)
    site.settings |= SLOW
    await plan(site.settings["BOT_STORAGE__URL"], people, datetime.now(UTC))
    for kill in range(1, kills + 1):
        program = await site.start()
        await until_sent(site, 30 * kill)
        program.kill()
        await program.ended()
    await site.start()
    counts = await all_quiet(site, people, len(people) - kills)
    assert set(counts) <= {0, 1}
    assert counts[0] <= kills


@beside
async def test_stopped_in_the_middle_of_sending(site: Site, ann: Person) -> None:
    """Asked to stop, the program still sends what it has claimed: everybody gets theirs."""
    people = crowd(site, 60)
    site.settings |= SLOW
    site.simulator.faults.add("delay", "sendMessage", times=None, seconds=0.3)
    await plan(site.settings["BOT_STORAGE__URL"], people, datetime.now(UTC))
    for least in (15, 30):
        program = await site.start()
        await until_sent(site, least)
        assert await program.stop() == 0
    await site.start()
    assert await all_quiet(site, people, len(people)) == Counter({1: len(people)})


@beside
async def test_a_stall_over_the_due_time(site: Site, ann: Person) -> None:
    """Ten seconds in which the process does not run lose none."""
    people = crowd(site, 40)
    due = datetime.now(UTC) + timedelta(seconds=8)
    await plan(site.settings["BOT_STORAGE__URL"], people, due)
    program = await site.start()
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds() - 1)
    assert sends(site) == []
    program.signal(signal.SIGSTOP)
    await asyncio.sleep(STALL)
    program.signal(signal.SIGCONT)
    assert await all_quiet(site, people, len(people)) == Counter({1: len(people)})


async def until_sent(site: Site, least: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(sends(site)) < least:
            await site.simulator.calls.changed.wait()


def sends(site: Site) -> list[Call]:
    return site.simulator.calls.of("sendMessage")


class Time:
    """A wall clock of the program's own, which a test sets; the other clocks are the machine's."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "time"

    @property
    def settings(self) -> dict[str, str]:
        """The environment in which a program goes by it."""
        return {
            "LD_PRELOAD": str(LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }

    def set(self, moment: str) -> None:
        """Makes it that moment, in UTC; the program notices within a second or two."""
        ahead = datetime.fromisoformat(f"{moment}+00:00") - datetime.now(UTC)
        self.file.write_text(f"{ahead.total_seconds():+.0f}\n")


@pytest.mark.skipif(not LIBRARIES, reason="libfaketime is missing: apt-get install faketime")
@beside
async def test_nights_on_which_clocks_change(site: Site, ann: Person) -> None:
    """02:30 in Berlin comes once on 25 October 2026, where it is that time twice, and on
    28 March 2027, where it never is; the running program notices that its clock has moved."""
    clock = Time(site.folder)
    clock.set("2026-10-24T12:00:00")
    await site.start(**clock.settings)
    await ann.ask("/timezone Europe/Berlin", within=PATIENCE)
    assert "Every day at 02:30" in (await ann.ask("/remind 2:30", within=PATIENCE)).text
    await told(ann, clock, "2026-10-25T00:31:00")
    clock.set("2026-10-25T01:31:00")
    await asyncio.sleep(3 * SWEEP_EVERY)
    await told(ann, clock, "2026-10-26T01:31:00")
    clock.set("2027-03-27T12:00:00")
    await ann.ask("/help", within=PATIENCE)
    for moment in ("2027-03-28T01:31:00", "2027-03-29T00:31:00"):
        await told(ann, clock, moment)
    assert sum(map(is_reminder, ann.inbox)) == 4


async def told(person: Person, clock: Time, moment: str) -> None:
    """A reminder comes when the clock is set on, and within 15 s."""
    person.skip()
    before = sum(map(is_reminder, person.inbox))
    clock.set(moment)
    assert is_reminder(await person.next_message(15))
    assert sum(map(is_reminder, person.inbox)) == before + 1


def is_reminder(seen: Seen) -> bool:
    return {"▶ Start", "🔕 Turn off"} <= set(seen.labels)
