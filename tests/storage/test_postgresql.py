"""What only PostgreSQL does: several writers, a server that goes away, a driver to install."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.storage.errors import Kind, StorageError
from bot.storage.operations import info, migrate
from bot.storage.postgresql import CONNECTIONS
from tests.storage.conftest import MIGRATIONS, open_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.database import Database, Transaction

PATIENCE = 10  # seconds until a test that hangs fails


@pytest.fixture
async def server_database(postgresql_url: str) -> AsyncIterator[Database]:
    async with await open_here(postgresql_url) as opened:
        await opened.transact(lambda tx: tx.queries.add_counter(id=1, value=0))
        await opened.transact(lambda tx: tx.queries.add_counter(id=2, value=0))
        yield opened


def values(tx: Transaction) -> list[int]:
    return [row["value"] for row in tx.queries.list_counters()]


async def test_a_deadlock_is_resolved_by_running_a_unit_again(server_database: Database) -> None:
    met = threading.Barrier(2)
    runs: list[int] = []

    def crosswise(first: int, second: int, tx: Transaction) -> None:
        tx.connection.execute("SET LOCAL deadlock_timeout = '10ms'")
        runs.append(first)
        tx.queries.lock_counter(id=first)
        if len(runs) <= 2:
            met.wait(PATIENCE)
        value = tx.queries.lock_counter(id=second)["value"]
        tx.queries.set_counter(id=second, value=value + 1)

    await asyncio.gather(
        server_database.transact(lambda tx: crosswise(1, 2, tx)),
        server_database.transact(lambda tx: crosswise(2, 1, tx)),
    )
    assert len(runs) >= 3
    assert await server_database.transact(values) == [1, 1]


async def test_a_unit_that_never_gets_through_is_given_up(server_database: Database) -> None:
    runs: list[int] = []

    def unlucky(_: Transaction) -> None:
        runs.append(1)
        raise psycopg.errors.SerializationFailure

    with pytest.raises(StorageError) as caught:
        await server_database.transact(unlucky)
    assert caught.value.kind is Kind.UNAVAILABLE
    assert caught.value.blameless
    assert server_database.trouble()
    assert 1 < len(runs) < 10
    await server_database.probe()
    assert server_database.trouble() is None


async def test_units_run_beside_each_other(server_database: Database) -> None:
    met = threading.Barrier(4)
    await asyncio.gather(
        *(server_database.transact(lambda _: met.wait(PATIENCE)) for _ in range(4))
    )


def cut_off_all(url: str) -> None:
    """Ends all connections to the database, as a restart of the server does."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_restart_of_the_server_is_not_noticed(
    server_database: Database, postgresql_url: str
) -> None:
    everyone = threading.Barrier(CONNECTIONS)
    await asyncio.gather(
        *(server_database.transact(lambda _: everyone.wait(PATIENCE)) for _ in range(CONNECTIONS))
    )
    cut_off_all(postgresql_url)
    await server_database.probe()
    assert await server_database.transact(values) == [0, 0]


async def test_a_unit_whose_connection_is_lost_is_run_again(
    server_database: Database, postgresql_url: str
) -> None:
    runs: list[int] = []

    def interrupted(tx: Transaction) -> None:
        tx.queries.set_counter(id=1, value=5)
        runs.append(1)
        if len(runs) == 1:
            cut_off_all(postgresql_url)
        tx.queries.set_counter(id=2, value=5)

    await server_database.transact(interrupted)
    assert len(runs) == 2
    assert await server_database.transact(values) == [5, 5]


async def test_a_server_that_stays_away_is_no_fault_of_the_unit(
    server_database: Database, postgresql_url: str
) -> None:
    def interrupted(tx: Transaction) -> None:
        cut_off_all(postgresql_url)
        tx.queries.set_counter(id=1, value=5)

    with pytest.raises(StorageError) as caught:
        await server_database.transact(interrupted)
    assert caught.value.kind is Kind.UNAVAILABLE
    assert server_database.trouble()
    assert await server_database.transact(values) == [0, 0]


async def test_a_unit_that_goes_on_after_a_failed_query_is_refused(
    server_database: Database,
) -> None:
    """PostgreSQL would turn the commit into a rollback and say nothing."""

    def careless(tx: Transaction) -> None:
        tx.queries.set_counter(id=1, value=5)
        with pytest.raises(psycopg.Error):
            tx.connection.execute("SELECT nonsense")

    with pytest.raises(StorageError, match="went on") as caught:
        await server_database.transact(careless)
    assert caught.value.kind is Kind.STATEMENT
    assert await server_database.transact(values) == [0, 0]


async def test_a_read_only_server_is_no_fault_of_the_unit(server_database: Database) -> None:
    def write(tx: Transaction) -> None:
        tx.connection.execute("SET TRANSACTION READ ONLY")
        tx.queries.set_counter(id=1, value=5)

    with pytest.raises(StorageError) as caught:
        await server_database.transact(write)
    assert caught.value.blameless


def test_a_database_of_something_else_is_refused_untouched(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE photographs (id INTEGER)")
    with pytest.raises(StorageError) as caught:
        migrate(postgresql_url, migrations=MIGRATIONS)
    assert caught.value.kind is Kind.FOREIGN
    with psycopg.connect(postgresql_url) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert found == [("photographs",)]


def test_a_schema_of_its_own_is_enough(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE photographs (id INTEGER)")
        connection.execute("CREATE SCHEMA bot")
    url = f"{postgresql_url}&options=-csearch_path%3Dbot"
    migrate(url, migrations=MIGRATIONS)
    assert set(info(url, migrations=MIGRATIONS).rows) == {"counters", "labels", "notes"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:secret@127.0.0.1:1/bot",
        "postgresql://bot:se%cret@127.0.0.1:1/bot",
        "postgresql://bot:secret@127.0.0.1:1/bot?nonsense=1",
        "postgresql://bot:secret@127.0.0.1:port/bot",
    ],
)
async def test_a_server_that_cannot_be_reached_is_named_without_the_password(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        await open_here(url)
    assert caught.value.kind is Kind.CANNOT_OPEN
    assert "127.0.0.1" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "cret" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_without_its_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg_pool", None)
    with pytest.raises(StorageError, match=r"ml-interview-bot\[postgresql\]") as caught:
        await open_here("postgresql://db/bot")
    assert caught.value.kind is Kind.UNSUPPORTED
    for operation in (info, migrate):
        with pytest.raises(StorageError, match="driver"):
            operation("postgresql://db/bot")
