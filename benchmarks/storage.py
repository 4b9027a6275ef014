"""The storage transaction of an answer alone: load, grade, streak, save, commit."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.banks.loader import load_bank
from bot.content import content_folder
from bot.domain.questions import ChoiceItem
from bot.services.answers import AnswerService
from bot.services.catalogue import Catalogue
from bot.services.interviews import MockKeeper
from bot.services.practice import PracticeService
from bot.services.results import Feedback, Happening, Question, Who
from bot.services.sets import PracticeRules, SetKeeper
from bot.services.settling import Settler
from bot.storage.database import open_database
from bot.storage.store import Store

PEOPLE = 256
ANSWERS_EACH = 5


def measure_storage() -> None:
    """Prints the time of an answer's transaction, one after another and 256 at once."""
    asyncio.run(_measure())


async def _measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        async with await open_database(url) as database:
            bench = _Bench(Store(database))
            await bench.run("one after another", people=1, rounds=300)
            await bench.run(f"{PEOPLE} at once", people=PEOPLE, rounds=ANSWERS_EACH)


class _Bench:
    """People who answer single-choice questions."""

    def __init__(self, store: Store) -> None:
        sets = _sets()
        keeper = MockKeeper(Settler(sets))
        self._practice = PracticeService(store, keeper)
        self._answers = AnswerService(store, keeper)
        self._update_ids = count(1)

    async def run(self, name: str, *, people: int, rounds: int) -> None:
        """Times the answers alone; asking happens in between."""
        wall = cpu = 0.0
        for _ in range(rounds):
            asked = [(person, await self._ask(person)) for person in range(1, people + 1)]
            began, cpu_began = time.perf_counter(), time.process_time()
            await asyncio.gather(*(self._answer(person, attempt) for person, attempt in asked))
            wall += time.perf_counter() - began
            cpu += time.process_time() - cpu_began
        answered = people * rounds
        print(
            f"storage alone, {name:17} {answered / wall:7.0f} answers/s"
            f" {cpu / answered * 1000:6.3f} ms CPU an answer (durable, synchronous=FULL)"
        )

    async def _ask(self, person: int) -> str:
        while True:  # a summary comes between two sets
            asked = await self._practice.practise(_who(person), self._now())
            if isinstance(asked, Question):
                return asked.shown.attempt.id

    async def _answer(self, person: int, attempt_id: str) -> None:
        given = await self._answers.choose(_who(person), self._now(), attempt_id, 0)
        assert isinstance(given, Feedback)

    def _now(self) -> Happening:
        now = datetime.now(UTC)
        return Happening(next(self._update_ids), now, now)


def _sets() -> SetKeeper:
    bank = load_bank(content_folder("question_banks"))
    single = {
        item.id: item
        for item in bank.items.values()
        if isinstance(item, ChoiceItem) and not item.multi
    }
    return SetKeeper(Catalogue(replace(bank, items=single)), PracticeRules(), random.Random(1))


def _who(person: int) -> Who:
    return Who(person, "en", person)
