"""The one way to the data: typed reads and writes inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.storage.daily import Daily
from bot.storage.database import Database, Transaction
from bot.storage.leaderboards import Leaderboards
from bot.storage.memory import Memory
from bot.storage.mocks import Mocks
from bot.storage.people import People
from bot.storage.pictures import Pictures
from bot.storage.practice import Practice
from bot.storage.quizzes import Quizzes
from bot.storage.reminders import Reminders
from bot.storage.updates import Chores, Updates

T = TypeVar("T")


class Store:
    """Runs units of work; each sees a `Unit` and commits as a whole or not at all."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def transact(self, work: Callable[[Unit], T]) -> T:
        """Runs `work` in one transaction and returns its result once it is durable.

        Raises:
            StorageError: nothing of this unit was stored.
        """
        return await self.database.transact(lambda tx: work(Unit(tx)))


class Unit:
    """One transaction, seen as typed reads and writes."""

    __slots__ = (
        "chores",
        "daily",
        "leaderboards",
        "memory",
        "mocks",
        "people",
        "pictures",
        "practice",
        "quizzes",
        "reminders",
        "updates",
    )

    def __init__(self, tx: Transaction) -> None:
        self.daily = Daily(tx.queries)
        self.leaderboards = Leaderboards(tx.queries)
        self.memory = Memory(tx.queries)
        self.mocks = Mocks(tx.queries)
        self.people = People(tx.queries)
        self.pictures = Pictures(tx.queries)
        self.practice = Practice(tx.queries)
        self.reminders = Reminders(tx.queries)
        self.quizzes = Quizzes(tx.queries)
        self.updates = Updates(tx.queries)
        self.chores = Chores(tx.queries)
