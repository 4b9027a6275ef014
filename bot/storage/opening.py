"""Opening an SQLite file: look, keep a copy, connect, migrate."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.storage.binding import BoundQueries, load_queries
from bot.storage.copying import copy_database
from bot.storage.errors import Kind, StorageError
from bot.storage.schema import BOOKKEEPING, apply_pending
from bot.storage.sqlite_errors import translate
from bot.storage.sqlite_file import (
    APPLICATION_ID,
    beside,
    connect,
    look,
    reading,
    table_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.storage.schema import Clock, Migration
    from bot.storage.sqlite_file import Synchronous


class SqliteTarget:
    """The file, as migrations see it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.where = str(path)
        self._path = path
        self._connection = connection
        self._queries = BoundQueries(load_queries(BOOKKEEPING, "sqlite"), connection)

    @contextmanager
    def transaction(self) -> Iterator[BoundQueries]:
        """One immediate transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._queries
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    def tables(self) -> frozenset[str]:
        """The tables that are there."""
        return table_names(self._connection)

    def adopt(self) -> None:
        """Writes our mark into the header."""
        self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def execute(self, statement: str) -> None:
        """Runs one statement."""
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            raise translate(error, self._path) from None

    def check_references(self) -> None:
        """Foreign keys are off while a table is rebuilt, so they are checked at the end."""
        broken = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise StorageError(
                Kind.MIGRATION, f"{self.where}: a row of {broken['table']} refers to nothing"
            )


def upgrade(
    connection: sqlite3.Connection, path: Path, known: Sequence[Migration], clock: Clock
) -> tuple[Migration, ...]:
    """Applies what is pending and gives it.

    Foreign keys are off meanwhile: dropping a table that is being rebuilt would otherwise
    delete the rows that refer to it (https://sqlite.org/lang_altertable.html, section 7).

    Raises:
        StorageError: see `apply_pending`.
        sqlite3.Error: as SQLite says.
    """
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        return apply_pending(SqliteTarget(connection, path), known, clock)
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def open_file(
    path: Path, known: Sequence[Migration], synchronous: Synchronous, clock: Clock
) -> tuple[sqlite3.Connection, tuple[Migration, ...]]:
    """Opens a file whose lock is held, after a look that changes nothing.

    Before a migration a file with data is copied to `<file>.before-NNNN.bak`.

    Returns:
        The connection, and the migrations that were applied.

    Raises:
        StorageError: every reason why it cannot be used.
    """
    waiting = look(path, known)
    if waiting and waiting[0].version > 1:
        with reading(path, live=False) as before:
            copy_database(before, path, beside(path, f".before-{waiting[0].version:04d}.bak"))
    try:
        connection = connect(path, synchronous)
        try:
            return connection, upgrade(connection, path, known, clock)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise translate(error, path) from None
