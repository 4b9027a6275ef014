"""Reminders: a sweep beside ever more people, and thousands due at once."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.banks.loader import load_bank
from bot.chat.reminding import AMOUNT
from bot.content import content_folder
from bot.services.catalogue import Catalogue
from bot.services.reminders import ReminderService
from bot.services.sets import PracticeRules
from bot.simulator import Person, Simulator
from bot.storage.database import Database, Transaction, open_database
from bot.storage.records import to_millis
from bot.storage.store import Store

DUE = 500
CROWDS = (1_000, 100_000, 1_000_000)
AT_ONCE = 10_000
SECONDS = 20.0
"""For which the sending of the ten thousand is watched."""
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)

_PEOPLE = """
WITH RECURSIVE numbers (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
INSERT INTO persons (id, language, created_at, seen_at) SELECT n, 'en', 0, 0 FROM numbers
"""
_PLANS = """
INSERT INTO reminder_plans (person_id, zone, daily_at)
SELECT id, 'UTC', '{clock}' FROM persons WHERE id >= {first}
"""
_LOOKS = """
INSERT INTO reminders (person_id, kind, next_due_at)
SELECT id, 'daily', CASE WHEN id < {first} + {due} THEN {now} ELSE {later} + id END
FROM persons WHERE id >= {first}
"""


def measure_reminders() -> None:
    """Prints how long a sweep takes, and how long people wait while thousands are due."""
    asyncio.run(_sweeps())
    asyncio.run(_rush())


async def _sweeps() -> None:
    catalogue = Catalogue(load_bank(content_folder("question_banks")))
    for people in CROWDS:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bench.db'}"
            async with await open_database(url) as database:
                await _fill(database, people, DUE, NOON)
                service = ReminderService(Store(database), catalogue, PracticeRules())
                await _sweep(service, people)


async def _sweep(service: ReminderService, people: int) -> None:
    looks = []
    for _ in range(20):
        began = time.perf_counter()
        due = await service.due(NOON, AMOUNT)
        looks.append((time.perf_counter() - began) * 1000)
    assert len(due) == DUE
    began = time.perf_counter()
    claimed = [await service.claim(one, NOON) for one in due]
    each = (time.perf_counter() - began) * 1000 / DUE
    assert all(claimed)
    print(
        f"reminders, {DUE} due of {people:9,}: found in {statistics.median(looks):5.2f} ms"
        f" (at most {max(looks):5.2f}), claimed in {each:5.2f} ms each, one after another"
    )


async def _fill(database: Database, people: int, due: int, now: datetime, first: int = 1) -> None:
    """People with a daily reminder each; the first `due` are due at `now`, the others later."""
    given = {
        "first": first,
        "last": first + people - 1,
        "due": due,
        "now": to_millis(now),
        "later": to_millis(now + timedelta(hours=1)),
        "clock": now.strftime("%H:%M"),
    }

    def work(tx: Transaction) -> None:
        for statement in (_PEOPLE, _PLANS, _LOOKS):
            tx.connection.execute(statement.format(**given))

    await database.transact(work)


async def _rush() -> None:
    """The real program on the simulator, both at Telegram's pace."""
    async with Simulator() as simulator:
        ann = simulator.person("Ann")
        crowd = [simulator.person(f"P{number}") for number in range(AT_ONCE)]
        for person in crowd:
            person.chat.started = True
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bench.db'}"
            async with await open_database(url) as database:
                now = datetime.now(UTC).replace(second=0, microsecond=0)
                await _fill(database, AT_ONCE, AT_ONCE, now, first=crowd[0].id)
            async with _program(simulator, folder, url):
                await simulator.calls.wait(lambda call: call.method == "sendMessage", 30)
                await _watch(simulator, ann)


async def _watch(simulator: Simulator, ann: Person) -> None:
    calls = simulator.calls
    before, began = len(calls.of("sendMessage")), time.perf_counter()
    waited: list[float] = []
    while time.perf_counter() - began < SECONDS:
        asked = time.perf_counter()
        await ann.ask("/streak", within=30)
        waited.append((time.perf_counter() - asked) * 1000)
        await asyncio.sleep(1.2)  # a chat gets a message a second
    elapsed = time.perf_counter() - began
    sent = len(calls.of("sendMessage")) - before
    print(
        f"reminders, {AT_ONCE:,} due at once: {sent / elapsed:.1f} messages/s go out, of them"
        f" {len(waited)} answers to a person who waits {statistics.median(waited):.0f} ms"
        f" (at most {max(waited):.0f})"
    )
    refused = sum(call.status == 429 for call in calls)
    print(f"  refused for flooding: {refused} (a machine that stalls lets them arrive in bursts)")


@asynccontextmanager
async def _program(simulator: Simulator, folder: str, url: str) -> AsyncIterator[None]:
    settings = {
        "BOT_TELEGRAM__TOKEN": simulator.token,
        "BOT_TELEGRAM__BASE_URL": simulator.base_url,
        "BOT_STORAGE__URL": url,
        "BOT_HTTP__LISTEN": "",
        "BOT_LOGGING__LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=dict(os.environ) | settings
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    measure_reminders()
