"""An SQLite file: how it is claimed, looked at without a trace, and connected to."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Literal

from bot.storage.errors import Kind, StorageError
from bot.storage.lock import FileLock
from bot.storage.schema import pending
from bot.storage.sqlite_errors import translate
from bot.storage.url import DEFAULT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.storage.binding import Row
    from bot.storage.schema import Migration

Synchronous = Literal["FULL", "NORMAL"]

APPLICATION_ID = 0x4D4C4942  # "MLIB": PRAGMA application_id of this bot's files
_HEADER = b"SQLite format 3\0"

PRAGMAS = {
    "journal_mode": "WAL",
    "foreign_keys": "ON",
    "busy_timeout": "5000",  # milliseconds
    "secure_delete": "ON",
    "temp_store": "MEMORY",  # a container may have no writable temporary folder
    "cell_size_check": "ON",  # notice damage when reading
    "trusted_schema": "OFF",
    "journal_size_limit": str(64 << 20),
    "fullfsync": "ON",  # on macOS fsync alone does not reach the drive; no effect elsewhere
    "checkpoint_fullfsync": "ON",
}


def as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Row:
    """A row factory: column name to value, as psycopg's `dict_row`."""
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def beside(path: Path, suffix: str) -> Path:
    """The file that belongs to a database: `bot.db` and `-wal` give `bot.db-wal`."""
    return path.with_name(path.name + suffix)


def is_new(path: Path) -> bool:
    """Whether there is no database yet.

    Raises:
        StorageError: CANNOT_OPEN, when the path cannot be looked at or is a folder.
    """
    try:
        if path.is_dir():
            raise StorageError(Kind.CANNOT_OPEN, f"{path} is a folder, not a database file")
        return not path.exists() or path.stat().st_size == 0
    except OSError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"{path}: {error.strerror}") from error


def require_folder(path: Path) -> None:
    """Makes sure that the database's folder is there, or is the default one.

    Raises:
        StorageError: CANNOT_OPEN.
    """
    folder = path.parent
    try:
        there = folder == DEFAULT_FOLDER or folder.is_dir()
    except OSError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"folder {folder}: {error.strerror}") from error
    if not there:
        raise StorageError(
            Kind.CANNOT_OPEN, f"{path}: there is no folder {folder}; make it, or mend storage.url"
        )


def lock_file(path: Path) -> FileLock:
    """Takes the file for this process, by its real path; the default folder is made.

    Raises:
        StorageError: LOCKED or CANNOT_OPEN.
    """
    require_folder(path)
    try:
        if path.parent == DEFAULT_FOLDER:
            path.parent.mkdir(exist_ok=True)
        return FileLock(path.resolve())
    except OSError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"{path}: {error.strerror}") from error


@contextmanager
def claim(path: Path) -> Iterator[bool]:
    """Keeps the bot from starting on a file while it is read; says whether the bot runs.

    Raises:
        StorageError: CANNOT_OPEN.
    """
    try:
        lock = lock_file(path)
    except StorageError as error:
        if error.kind is not Kind.LOCKED:
            raise
        yield True
    else:
        with lock:
            yield False


def _check_header(path: Path) -> None:
    """SQLite itself takes a file of one byte, or of zeros, for a new database.

    Not for a file in use: closing any handle of a process on it ends SQLite's own locks
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"{path}: {error.strerror}") from error
    if header != _HEADER:
        raise StorageError(
            Kind.CORRUPT,
            f"{path} is damaged or no database at all; restore a backup with db restore",
        )


@contextmanager
def reading(path: Path, *, live: bool) -> Iterator[sqlite3.Connection]:
    """A connection that reads the file and changes no byte of it.

    Args:
        path: the database.
        live: another process has it open. If not, a file without a log is read as immutable,
            since an ordinary reader would leave a log and its index behind.

    Raises:
        StorageError: what SQLite says, in here or in the body.
    """
    if not live:
        _check_header(path)
    log, index = beside(path, "-wal"), beside(path, "-shm")
    immutable = not live and not (log.exists() and log.stat().st_size)
    keep_index = live or index.exists()
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.row_factory = as_dict
            connection.execute("PRAGMA trusted_schema=OFF")
            yield connection
    except sqlite3.Error as error:
        raise translate(error, path) from None
    finally:
        if not keep_index:
            index.unlink(missing_ok=True)


def table_names(connection: sqlite3.Connection) -> frozenset[str]:
    """The tables in the file, without SQLite's own."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
        "ESCAPE '~'"
    )
    return frozenset(row["name"] for row in found)


def examine(
    connection: sqlite3.Connection, path: Path, known: Sequence[Migration]
) -> tuple[Migration, ...]:
    """Makes sure that the file is ours and sound, and gives the pending migrations.

    Raises:
        StorageError: CORRUPT, FOREIGN, NEWER or MIGRATION.
    """
    tables = table_names(connection)
    (mark,) = connection.execute("PRAGMA application_id").fetchone().values()
    if not tables and mark in {0, APPLICATION_ID}:
        return tuple(known)
    if mark != APPLICATION_ID or "schema_migrations" not in tables:
        raise StorageError(
            Kind.FOREIGN, f"{path} is a database of something else; nothing was changed"
        )
    applied = connection.execute("SELECT * FROM schema_migrations ORDER BY version").fetchall()
    waiting = pending(known, applied, str(path))
    check_pages(connection, path, "quick_check(1)")  # a second a gigabyte
    return waiting


def look(path: Path, known: Sequence[Migration], *, live: bool = False) -> tuple[Migration, ...]:
    """What is pending in a file, found without changing a byte; see `reading` and `examine`.

    Raises:
        StorageError: CORRUPT, FOREIGN, NEWER, MIGRATION or CANNOT_OPEN.
    """
    if is_new(path):
        return tuple(known)
    with reading(path, live=live) as connection:
        return examine(connection, path, known)


def check_pages(connection: sqlite3.Connection, path: Path, pragma: str) -> None:
    """Runs SQLite's own check over the whole file.

    Raises:
        StorageError: CORRUPT.
    """
    (verdict,) = connection.execute(f"PRAGMA {pragma}").fetchone().values()
    if verdict != "ok":
        raise StorageError(
            Kind.CORRUPT, f"{path} is damaged; restore a backup with db restore ({verdict})"
        )


def connect(path: Path, synchronous: Synchronous) -> sqlite3.Connection:
    """A connection for reading and writing, with all pragmas set; threads take turns with it.

    Raises:
        sqlite3.Error: as SQLite says.
        StorageError: CANNOT_OPEN, when the file system cannot hold a write-ahead log.
    """
    connection = sqlite3.connect(
        path, isolation_level=None, cached_statements=256, check_same_thread=False
    )
    connection.row_factory = as_dict
    try:
        for name, value in {**PRAGMAS, "synchronous": synchronous}.items():
            connection.execute(f"PRAGMA {name}={value}")
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone().values()
        if mode != "wal":
            raise StorageError(
                Kind.CANNOT_OPEN, f"{path}: this file system cannot hold a write-ahead log"
            )
    except BaseException:
        connection.close()
        raise
    return connection
