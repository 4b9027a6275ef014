"""What both engines offer: units of work, each one transaction."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bot.storage.errors import Kind, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bot.storage.binding import BoundQueries, Engine

T = TypeVar("T")

# Portable and without parameters, so that it needs no binding.
_PROBE = (
    "INSERT INTO storage_probe (id, writes, padding) VALUES (1, 1, '{padding}') "
    "ON CONFLICT (id) DO UPDATE "
    "SET writes = storage_probe.writes + 1, padding = excluded.padding"
)
_SMALL_PROBE = _PROBE.format(padding="")
_LARGE_PROBE = _PROBE.format(padding="x" * 65_536)


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction; it means nothing after the unit of work has returned."""

    engine: Engine
    connection: Any
    queries: BoundQueries


class Database(abc.ABC):
    """A database in use; `close` it, or use it as an async context manager."""

    engine: Engine
    _closed = False

    @abc.abstractmethod
    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Runs `work` in one transaction and gives its result once the commit is durable.

        `work` runs on a thread of the database: load, decide, save, no await. It may be run
        again after a deadlock, so it changes nothing but the database. It lets the errors of
        its queries pass; where a row may be there already it says ON CONFLICT. A caller that
        is cancelled does not undo a unit that has begun.

        Raises:
            UniqueError: a UNIQUE constraint refused a row.
            StorageError: anything else of the database; `blameless` when `work` is not at fault.
            Exception: whatever `work` raised. In each case nothing of it was stored.
        """

    @abc.abstractmethod
    async def scrub(self) -> bool:
        """Removes from the database's files what was deleted before.

        SQLite: rewrites the file (about 15 ms a megabyte, in which other units wait) and
        empties the write-ahead log. PostgreSQL does this by itself (autovacuum).

        Returns:
            False when a reader in another process (a backup) keeps the log from being
            emptied: call again later.

        Raises:
            StorageError: no space for the rewriting; call again later.
        """

    @abc.abstractmethod
    def trouble(self) -> str | None:
        """Why the last write failed; `None` while writing works."""

    @abc.abstractmethod
    async def close(self) -> None:
        """Finishes what has been handed over and lets go of the database."""

    async def probe(self) -> None:
        """Makes a tiny durable write; while there is trouble a larger one.

        On a full disk a tiny write may still find room in the log where others do not.

        Raises:
            StorageError: the database cannot be written.
        """
        statement = _LARGE_PROBE if self.trouble() else _SMALL_PROBE

        def write(tx: Transaction) -> None:
            tx.connection.execute(statement)

        await self.transact(write)

    def _require_open(self) -> None:
        if self._closed:
            raise StorageError(Kind.UNAVAILABLE, "the database is closed")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
