"""PostgreSQL: each unit of work is a transaction of a pooled connection, on a thread."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from bot.storage.binding import BoundQueries, Queries, load_queries
from bot.storage.errors import Kind, StorageError
from bot.storage.postgresql_server import configure, conninfo, opening, translate, upgrade
from bot.storage.schema import read_migrations
from bot.storage.transaction import Database, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.storage.schema import Clock
    from bot.storage.url import PostgresqlUrl

T = TypeVar("T")
Pool = ConnectionPool[psycopg.Connection[dict[str, Any]]]

CONNECTIONS = 8  # as many units of work run at once
RETRIES = 4  # of a unit that others got in the way of

_IN_THE_WAY = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
_PATIENCE = 5.0  # seconds to wait for a connection


class _ConnectionLostError(Exception):
    """The server went away before the commit: nothing of the unit is stored."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a unit; a future cannot carry every exception (StopIteration)."""

    result: Any = None
    error: BaseException | None = None


class PostgresqlDatabase(Database):
    """One PostgreSQL database; `open_postgresql` makes it."""

    engine = "postgresql"

    def __init__(self, pool: Pool, queries: Queries, where: str) -> None:
        self._pool = pool
        self._queries = queries
        self._where = where
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="storage")
        self._trouble: str | None = None

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """See `Database.transact`."""
        self._require_open()
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(self._threads, self._run, work)
        if outcome.error:
            raise outcome.error
        result: T = outcome.result
        return result

    def _run(self, work: Callable[[Transaction], Any]) -> _Outcome:
        """Runs a unit until nobody gets in its way, and puts its error in our words."""
        outcome = self._attempt(work)
        for _ in range(RETRIES):
            if isinstance(outcome.error, _ConnectionLostError):
                self._pool.check()  # the others are probably lost as well
            elif not isinstance(outcome.error, _IN_THE_WAY):
                break
            outcome = self._attempt(work)
        if outcome.error:
            return _Outcome(error=self._in_our_words(outcome.error))
        self._trouble = None
        return outcome

    def _attempt(self, work: Callable[[Transaction], Any]) -> _Outcome:
        try:
            return _Outcome(self._run_once(work))
        except BaseException as error:  # noqa: BLE001 - it goes to the caller
            return _Outcome(error=error)

    def _run_once(self, work: Callable[[Transaction], T]) -> T:
        with self._pool.connection() as connection:
            try:
                queries = BoundQueries(self._queries, connection)
                result = work(Transaction("postgresql", connection, queries))
            except psycopg.OperationalError as error:
                if connection.closed:
                    raise _ConnectionLostError from error
                raise
            if connection.info.transaction_status == TransactionStatus.INERROR:
                raise StorageError(
                    Kind.STATEMENT, "a unit of work went on after one of its queries had failed"
                )
            connection.commit()
            return result

    def _in_our_words(self, error: BaseException) -> BaseException:
        if isinstance(error, _ConnectionLostError):
            error = StorageError(Kind.UNAVAILABLE, f"{self._where}: the server went away")
        if isinstance(error, psycopg.Error):
            error = translate(error, self._where)
        if isinstance(error, StorageError) and error.blameless:
            self._trouble = str(error)
        return error

    async def scrub(self) -> bool:
        """See `Database.scrub`; the server's autovacuum does this."""
        self._require_open()
        return True

    def trouble(self) -> str | None:
        """See `Database.trouble`."""
        return self._trouble

    async def close(self) -> None:
        """See `Database.close`."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._pool.close)


async def open_postgresql(
    url: PostgresqlUrl, *, migrations: Path, queries: Path, clock: Clock
) -> PostgresqlDatabase:
    """Connects to the database and brings its schema up to date.

    Raises:
        StorageError: every reason why it cannot be used.
    """
    known = read_migrations(migrations)
    loaded = load_queries(queries, "postgresql")
    await asyncio.to_thread(upgrade, url, known, clock)
    return PostgresqlDatabase(await asyncio.to_thread(_open_pool, url), loaded, str(url))


def _open_pool(url: PostgresqlUrl) -> Pool:
    pool: Pool = ConnectionPool(
        conninfo(url),
        min_size=1,
        max_size=CONNECTIONS,
        timeout=_PATIENCE,
        configure=configure,
        kwargs={"row_factory": dict_row},
        open=False,
    )
    with opening(url):
        pool.open(wait=True, timeout=_PATIENCE)
    return pool
