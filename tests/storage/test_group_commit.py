"""SQLite: units that wait together share a commit, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.errors import Kind, StorageError, UniqueError
from bot.storage.sqlite import BATCH_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.storage.database import Database, Transaction

PATIENCE = 10  # seconds until a test that hangs fails


class Gate:
    """Holds the database's thread just before the next COMMIT."""

    def __init__(self) -> None:
        self._armed = False
        self._reached = threading.Event()
        self._open = threading.Event()

    async def install(self, database: Database) -> None:
        await database.transact(lambda tx: tx.connection.set_trace_callback(self._trace))
        self._armed = True

    def _trace(self, statement: str) -> None:
        if self._armed and statement == "COMMIT":
            self._reached.set()
            assert self._open.wait(PATIENCE)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, PATIENCE)

    def open(self) -> None:
        self._open.set()


def add(number: int) -> Callable[[Transaction], int]:
    return lambda tx: int(tx.queries.add_counter(id=number, value=0))


def numbers(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.queries.list_counters()]


async def together(
    database: Database, units: Sequence[Callable[[Transaction], Any]]
) -> list[Any | BaseException]:
    """Runs units in one batch: they queue up while another unit holds the thread."""
    busy, go = threading.Event(), threading.Event()

    def hold(_: Transaction) -> None:
        busy.set()
        assert go.wait(PATIENCE)

    holder = asyncio.create_task(database.transact(hold))
    assert await asyncio.to_thread(busy.wait, PATIENCE)
    callers = [asyncio.create_task(database.transact(unit)) for unit in units]
    await asyncio.sleep(0)
    go.set()
    await holder
    return await asyncio.gather(*callers, return_exceptions=True)


async def commits(database: Database, units: Sequence[Callable[[Transaction], Any]]) -> int:
    said: list[str] = []
    await database.transact(lambda tx: tx.connection.set_trace_callback(said.append))
    said.clear()
    await together(database, units)
    await database.transact(lambda tx: tx.connection.set_trace_callback(None))
    return said.count("COMMIT") - 1  # the unit that held the thread


async def test_units_that_wait_share_one_commit(sqlite_database: Database) -> None:
    assert await commits(sqlite_database, [add(number) for number in range(BATCH_LIMIT)]) == 1


async def test_a_batch_has_a_limit(sqlite_database: Database) -> None:
    assert await commits(sqlite_database, [add(number) for number in range(BATCH_LIMIT + 1)]) == 2
    assert len(await sqlite_database.transact(numbers)) == BATCH_LIMIT + 1


async def test_every_transaction_begins_as_a_writer(sqlite_database: Database) -> None:
    said: list[str] = []
    await sqlite_database.transact(lambda tx: tx.connection.set_trace_callback(said.append))
    await sqlite_database.transact(numbers)
    assert "BEGIN IMMEDIATE" in said
    assert not {statement for statement in said if statement.startswith("BEGIN")} - {
        "BEGIN IMMEDIATE"
    }


async def test_a_unit_that_fails_is_undone_alone(sqlite_database: Database) -> None:
    def fail(tx: Transaction) -> None:
        add(1)(tx)
        raise ValueError

    def clash(tx: Transaction) -> None:
        add(3)(tx)
        add(0)(tx)

    outcomes = await together(sqlite_database, [add(0), fail, add(2), clash, add(4)])
    assert [type(outcome) for outcome in outcomes[1::2]] == [ValueError, UniqueError]
    assert outcomes[::2] == [1, 1, 1]
    assert await sqlite_database.transact(numbers) == [0, 2, 4]


async def test_results_are_given_only_after_the_commit(sqlite_database: Database) -> None:
    gate = Gate()
    await gate.install(sqlite_database)
    caller = asyncio.create_task(sqlite_database.transact(add(1)))
    await gate.reached()
    await asyncio.sleep(0)
    assert not caller.done()
    gate.open()
    assert await caller == 1


async def test_when_the_commit_fails_no_caller_is_told_otherwise(
    sqlite_database: Database,
) -> None:
    """A deferred constraint is the simplest way to a COMMIT that fails."""
    await sqlite_database.transact(
        lambda tx: tx.connection.execute(
            "CREATE TABLE late (id INTEGER REFERENCES counters (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    )

    def orphan(tx: Transaction) -> None:
        tx.connection.execute("INSERT INTO late VALUES (77)")

    outcomes = await together(sqlite_database, [add(1), orphan, add(2)])
    assert [type(outcome) for outcome in outcomes] == [StorageError] * 3
    assert len({id(outcome) for outcome in outcomes}) == 3
    assert await sqlite_database.transact(numbers) == []


@pytest.mark.parametrize("statement", ["COMMIT", "ROLLBACK"])
async def test_a_unit_that_ends_the_transaction_fails_its_batch(
    sqlite_database: Database, statement: str
) -> None:
    def end(tx: Transaction) -> None:
        tx.connection.execute(statement)

    outcomes = await together(sqlite_database, [end, add(1)])
    assert [type(outcome) for outcome in outcomes] == [StorageError] * 2
    assert await sqlite_database.transact(numbers) == []


async def test_a_unit_that_ends_the_transaction_and_raises_fails_its_batch(
    sqlite_database: Database,
) -> None:
    def end(tx: Transaction) -> None:
        tx.connection.execute("ROLLBACK")
        raise ValueError

    outcomes = await together(sqlite_database, [add(1), end])
    innocent, guilty = outcomes
    assert isinstance(innocent, StorageError)
    assert innocent.blameless
    assert isinstance(guilty, ValueError)
    assert await sqlite_database.transact(numbers) == []


async def test_a_caller_cancelled_before_its_turn_is_not_run(sqlite_database: Database) -> None:
    gate = Gate()
    await gate.install(sqlite_database)
    first = asyncio.create_task(sqlite_database.transact(add(1)))
    await gate.reached()
    second = asyncio.create_task(sqlite_database.transact(add(2)))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    gate.open()
    await first
    assert await sqlite_database.transact(numbers) == [1]


async def test_a_caller_cancelled_in_its_turn_is_committed(sqlite_database: Database) -> None:
    gate = Gate()
    await gate.install(sqlite_database)
    caller = asyncio.create_task(sqlite_database.transact(add(1)))
    await gate.reached()
    caller.cancel()
    await asyncio.wait([caller])
    gate.open()
    assert await sqlite_database.transact(numbers) == [1]


async def test_a_full_database_fails_the_batch_and_recovers_by_itself(
    sqlite_database: Database,
) -> None:
    def limit(tx: Transaction) -> None:
        pages = tx.connection.execute("PRAGMA page_count").fetchone()["page_count"]
        tx.connection.execute(f"PRAGMA max_page_count={pages + 2}")

    def unlimit(tx: Transaction) -> None:
        tx.connection.execute("PRAGMA max_page_count=1000000")

    def fill(tx: Transaction) -> None:
        add(1)(tx)
        tx.queries.add_note(id="a", counter_id=1, text="x" * 100_000, score=None)

    await sqlite_database.transact(limit)
    for outcome in await together(sqlite_database, [add(2), fill, add(3)]):
        assert isinstance(outcome, StorageError)
        assert outcome.kind is Kind.UNAVAILABLE
        assert outcome.blameless
    assert "full" in (sqlite_database.trouble() or "")

    await sqlite_database.transact(numbers)
    assert sqlite_database.trouble(), "reading says nothing about writing"
    await sqlite_database.transact(unlimit)
    await sqlite_database.transact(fill)
    assert sqlite_database.trouble() is None
    assert await sqlite_database.transact(numbers) == [1]
