"""Group commit: units of work that wait together share one transaction and one commit."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.storage.binding import BoundQueries, Queries
from bot.storage.errors import Kind, StorageError
from bot.storage.sqlite_errors import translate
from bot.storage.sqlite_file import PRAGMAS
from bot.storage.transaction import Transaction

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from pathlib import Path

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Unit:
    """One caller's work on its way through a batch."""

    work: Callable[[Transaction], Any]
    done: asyncio.Future[None]
    result: Any = None
    error: BaseException | None = None


class Committer:
    """Runs batches of units on the database's thread, each batch one transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path, queries: Queries) -> None:
        self.trouble: str | None = None
        self._path = path
        self._connection = connection
        self._tx = Transaction("sqlite", connection, BoundQueries(queries, connection))
        self._scrubbed_at: int | None = None  # the connection's count of changes

    def run(self, units: Sequence[Unit]) -> None:
        """Runs and commits the units, and leaves each its result or its error."""
        changes = self._connection.total_changes
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for unit in units:
                self._run_unit(unit)
            self._connection.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - whatever it is, every caller must hear
            with suppress(sqlite3.Error):
                self._connection.rollback()
            for unit in units:
                if unit.error is not error:
                    unit.error = self._undone(error)
        self._note_trouble(units, wrote=self._connection.total_changes != changes)

    def _run_unit(self, unit: Unit) -> None:
        self._connection.execute("SAVEPOINT unit")
        try:
            unit.result = unit.work(self._tx)
        except BaseException as error:
            unit.error = (
                translate(error, self._path) if isinstance(error, sqlite3.Error) else error
            )
            if not self._connection.in_transaction:  # some errors end the whole transaction
                raise
            self._connection.execute("ROLLBACK TO unit")
        self._connection.execute("RELEASE unit")

    def scrub(self) -> bool:
        """Leaves nothing deleted in the file or its log; False if a reader holds the log.

        secure_delete overwrites a deleted row, but not the copies of it that moving cells
        between pages has left in unused parts of other pages: only a rewrite reaches those.
        """
        execute = self._connection.execute
        try:
            if self._scrubbed_at != self._connection.total_changes:
                execute("PRAGMA temp_store=FILE")  # the rewrite may be larger than the memory
                execute("VACUUM")
                self._scrubbed_at = self._connection.total_changes
            execute("PRAGMA busy_timeout=0")  # a reader may take long; others wait for this thread
            return bool(execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()["busy"] == 0)
        except sqlite3.Error as error:
            raise translate(error, self._path) from None
        finally:
            execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
            execute(f"PRAGMA temp_store={PRAGMAS['temp_store']}")

    def _undone(self, reason: BaseException) -> StorageError:
        if isinstance(reason, sqlite3.Error):
            return translate(reason, self._path)
        return StorageError(Kind.UNAVAILABLE, f"{self._path}: undone along with another unit")

    def _note_trouble(self, units: Sequence[Unit], *, wrote: bool) -> None:
        errors = (unit.error for unit in units if isinstance(unit.error, StorageError))
        trouble = next((str(error) for error in errors if error.blameless), None)
        if trouble and not self.trouble:
            _log.error("%s", trouble)
        if self.trouble and wrote and not trouble:
            _log.info("%s: writing works again", self._path)
        if trouble or wrote:
            self.trouble = trouble
