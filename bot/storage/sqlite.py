"""SQLite: one connection on one thread, commits grouped over concurrent units of work."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

import aiosqlite

from bot.storage.batches import Committer, Unit
from bot.storage.binding import load_queries
from bot.storage.errors import Kind, StorageError
from bot.storage.opening import open_file
from bot.storage.schema import Clock, Migration, read_migrations
from bot.storage.sqlite_file import Synchronous, lock_file
from bot.storage.transaction import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.storage.lock import FileLock
    from bot.storage.transaction import Transaction

T = TypeVar("T")

BATCH_LIMIT = 256  # units that share a commit

_LEAST_VERSION = (3, 35, 0)  # RETURNING
_SAFE_VERSION = (3, 51, 3)  # https://sqlite.org/wal.html#walresetbug
_log = logging.getLogger(__name__)


class _Worker(aiosqlite.Connection):
    """aiosqlite's connection and thread, for whole functions instead of single statements."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(lambda: connection, iter_chunk_size=1)
        self._thread.daemon = True  # a program that fails without closing has to end all the same

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Runs `function(*arguments)` on the database's thread."""
        result: T = await self._execute(function, *arguments)  # type: ignore[no-untyped-call]  # aiosqlite leaves it unannotated
        return result


class SqliteDatabase(Database):
    """One SQLite file; `open_sqlite` makes it."""

    engine = "sqlite"

    def __init__(self, worker: _Worker, committer: Committer, lock: FileLock) -> None:
        self._worker = worker
        self._committer = committer
        self._lock = lock
        self._waiting: asyncio.Queue[Unit] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write(), name="storage writer")

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """See `Database.transact`."""
        self._require_open()
        unit = Unit(work, asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(unit)
        await unit.done
        if unit.error:
            raise unit.error
        result: T = unit.result
        return result

    async def _write(self) -> None:
        """Takes all units that wait, commits them together, tells their callers."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty() and len(batch) < BATCH_LIMIT:
                batch.append(self._waiting.get_nowait())
            await self._worker.run(
                self._committer.run, [unit for unit in batch if not unit.done.cancelled()]
            )
            for unit in batch:
                self._waiting.task_done()
                if not unit.done.done():
                    unit.done.set_result(None)

    async def scrub(self) -> bool:
        """See `Database.scrub`."""
        self._require_open()
        return await self._worker.run(self._committer.scrub)

    def trouble(self) -> str | None:
        """See `Database.trouble`."""
        return self._committer.trouble

    async def close(self) -> None:
        """See `Database.close`."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._waiting.join()
        finally:
            self._writer.cancel()
            try:
                await self._worker.close()
            finally:
                self._lock.release()


async def open_sqlite(
    path: Path, *, synchronous: Synchronous, migrations: Path, queries: Path, clock: Clock
) -> SqliteDatabase:
    """Opens or makes the file, brings its schema up to date and keeps other processes out.

    Raises:
        StorageError: every reason why it cannot be used.
    """
    known = read_migrations(migrations)
    loaded = load_queries(queries, "sqlite")
    _check_version()
    lock, connection = await asyncio.to_thread(_open, path, known, synchronous, clock)
    worker = _Worker(connection)
    await worker
    return SqliteDatabase(worker, Committer(connection, lock.database, loaded), lock)


def _open(
    path: Path, known: Sequence[Migration], synchronous: Synchronous, clock: Clock
) -> tuple[FileLock, sqlite3.Connection]:
    # Not by aiosqlite's thread, which cannot report a failure once the loop has gone.
    lock = lock_file(path)
    try:
        connection, _ = open_file(lock.database, known, synchronous, clock)
    except BaseException:
        lock.release()
        raise
    return lock, connection


def _check_version() -> None:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < _LEAST_VERSION:
        raise StorageError(Kind.CANNOT_OPEN, f"SQLite {version} is too old; 3.35 is needed")
    _log.info("SQLite %s", version)
    if sqlite3.sqlite_version_info < _SAFE_VERSION:
        _log.warning(
            "SQLite %s, like all before 3.51.3, can damage a file that two connections write "
            "(WAL-reset bug); the bot writes through one connection, so leave it the only writer",
            version,
        )
