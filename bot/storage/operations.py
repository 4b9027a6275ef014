"""What the command line does with a database: migrate, back up, restore, show."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.storage.copying import copy_database, replace_database
from bot.storage.database import MIGRATIONS, read_url, require_psycopg
from bot.storage.errors import Kind, StorageError
from bot.storage.info import Info, describe_file, note_backup
from bot.storage.opening import open_file
from bot.storage.schema import Clock, read_migrations, utc_now
from bot.storage.sqlite_file import claim, examine, is_new, lock_file, reading
from bot.storage.url import PostgresqlUrl

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Info", "backup", "info", "migrate", "restore"]


def migrate(url: str, *, migrations: Path = MIGRATIONS, clock: Clock = utc_now) -> tuple[str, ...]:
    """Makes the database or brings its schema up to date; gives the migrations applied.

    Raises:
        StorageError: it is in use, or cannot be used.
    """
    known = read_migrations(migrations)
    address = read_url(url)
    if isinstance(address, PostgresqlUrl):
        require_psycopg()
        from bot.storage.postgresql_server import upgrade  # noqa: PLC0415 - an optional extra

        applied = upgrade(address, known, clock)
    else:
        with lock_file(address.path) as lock:
            connection, applied = open_file(lock.database, known, "FULL", clock)
            connection.close()
    return tuple(str(migration) for migration in applied)


def backup(
    url: str, target: Path, *, migrations: Path = MIGRATIONS, clock: Clock = utc_now
) -> None:
    """Copies the database to a file that is not there yet, whether or not the bot runs.

    The copy is complete, checked (integrity_check) and durable, or it is not there.

    Raises:
        StorageError: it cannot be read or written.
    """
    address = read_url(url)
    if isinstance(address, PostgresqlUrl):
        raise StorageError(
            Kind.UNSUPPORTED,
            "PostgreSQL has its own tool for this: pg_dump --format=custom --file=FILE "
            f"--dbname={address}",
        )
    path = address.path
    if is_new(path):
        raise StorageError(Kind.CANNOT_OPEN, f"{path}: there is no database to back up")
    if target.exists():
        raise StorageError(Kind.CANNOT_OPEN, f"{target} is there already and was left alone")
    with claim(path) as live, reading(path, live=live) as source:
        examine(source, path, read_migrations(migrations))
        copy_database(source, path, target)
    with suppress(OSError):
        note_backup(path, clock())


def restore(
    url: str, source: Path, *, migrations: Path = MIGRATIONS, clock: Clock = utc_now
) -> Path | None:
    """Puts a backup in the database's place while the bot is stopped.

    The old file stays as `<file>.before-restore-<UTC>.bak`. A crash at any point leaves the
    old or the new database, whole.

    Returns:
        Where the old file is now; `None` if there was none.

    Raises:
        StorageError: the bot runs, or the backup is damaged, foreign or newer; nothing changed.
    """
    address = read_url(url)
    if isinstance(address, PostgresqlUrl):
        raise StorageError(
            Kind.UNSUPPORTED,
            "PostgreSQL has its own tool for this: pg_restore --clean --if-exists "
            f"--dbname={address} FILE",
        )
    with lock_file(address.path) as lock:
        return replace_database(lock.database, source, read_migrations(migrations), clock())


def info(url: str, *, migrations: Path = MIGRATIONS) -> Info:
    """Describes the database and changes nothing, whether or not the bot runs.

    Raises:
        StorageError: it is damaged, foreign, newer or cannot be read.
    """
    address = read_url(url)
    known = read_migrations(migrations)
    if isinstance(address, PostgresqlUrl):
        require_psycopg()
        from bot.storage.postgresql_server import describe_server  # noqa: PLC0415 - an optional extra

        return describe_server(address, known)
    return describe_file(address.path, known)
