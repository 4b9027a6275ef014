"""How long choosing takes for a person who has answered 100,000 times and met every item."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import calm_collector
from bot.banks.loader import load_bank
from bot.content import content_folder
from bot.domain.cards import Card
from bot.domain.interview import Form, Interview, Kind, Slot
from bot.domain.scheduling import plan_set
from bot.services.catalogue import Catalogue
from bot.services.interviews import MockKeeper
from bot.services.results import Who
from bot.services.sets import PracticeRules, SetKeeper
from bot.services.settling import Settler
from bot.storage.database import open_database
from bot.storage.memory import StoredCard
from bot.storage.records import Attempt, Person
from bot.storage.store import Store, Unit

ATTEMPTS = 100_000
ROUNDS = 41
NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
WHO = Who(7, "en", 7)


def measure_choosing() -> None:
    """Prints the milliseconds of dealing a set of ten, and of an interview's next question."""
    for what, milliseconds in asyncio.run(_measure()).items():
        print(f"choosing {what}: {milliseconds:.1f} ms with {ATTEMPTS:,} attempts")


async def _measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bot.db'}"
        async with await open_database(url, synchronous="NORMAL") as database:
            store = Store(database)
            bank = load_bank(content_folder("question_banks"))
            sets = SetKeeper(Catalogue(bank), PracticeRules(), random.Random(1))
            keeper = MockKeeper(Settler(sets))
            await store.transact(lambda unit: _fill(unit, sets))
            calm_collector()
            return await store.transact(lambda unit: _time(unit, sets, keeper))


def _fill(unit: Unit, sets: SetKeeper) -> None:
    unit.people.touch(WHO.person_id, "en", NOW)
    dice = random.Random(2)
    items = sets.catalogue.playable
    for number, item in enumerate(items):
        reviewed = NOW - timedelta(days=dice.uniform(0, 60))
        due = reviewed + timedelta(days=dice.uniform(1, 90))
        card = Card(dice.uniform(1, 60), 5.0, due, reviewed, 3, 0, number % 7 == 0)
        unit.memory.save_card(WHO.person_id, StoredCard(item.id, card, None))
    for number in range(ATTEMPTS):
        item = items[number % len(items)]
        asked = NOW - timedelta(seconds=ATTEMPTS - number)
        attempt = Attempt.opened(
            f"a{number}",
            person_id=WHO.person_id,
            chat_id=WHO.chat_id,
            position=1,
            item_id=item.id,
            rev=item.rev,
            variant=None,
            seed=1,
            asked_at=asked,
            asked_by=number + 1,
        )
        unit.practice.add_attempt(attempt)
        unit.practice.end(attempt.id, "dropped", None, asked)
    sets.memory.rebuild(unit, WHO.person_id, NOW)
    for number, item in enumerate(items):
        reviewed = NOW - timedelta(days=dice.uniform(0, 60))
        due = reviewed + timedelta(days=dice.uniform(1, 90))
        card = Card(dice.uniform(1, 60), 5.0, due, reviewed, 3, 0, number % 7 == 0)
        unit.memory.save_card(WHO.person_id, StoredCard(item.id, card, None))


def _time(unit: Unit, sets: SetKeeper, keeper: MockKeeper) -> dict[str, float]:
    person = unit.people.find(WHO.person_id)
    assert person is not None
    mock = unit.mocks.add(
        "m",
        person.id,
        Kind.FULL,
        [Slot("statistics", Form.PRESSED)],
        Interview(24, timedelta(minutes=45)),
        WHO.chat_id,
        NOW,
    )
    return {
        "a set of ten": _median(lambda: _deal(unit, sets, person)),
        "an interview's next question": _median(
            lambda: keeper.pick(unit, person, mock.slots[0], mock, NOW)
        ),
    }


def _deal(unit: Unit, sets: SetKeeper, person: Person) -> object:
    outlook = sets.memory.outlook(unit, person, "Europe/Berlin", NOW)
    return plan_set(outlook.candidates.values(), 10, outlook.readiness, sets.dice)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
