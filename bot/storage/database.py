"""The way in: `open_database` gives the database that an address names."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.errors import Kind, StorageError
from bot.storage.schema import Clock, utc_now
from bot.storage.sqlite import open_sqlite
from bot.storage.transaction import Database, Transaction
from bot.storage.url import SqliteUrl, Url, parse_url

if TYPE_CHECKING:
    from bot.storage.sqlite_file import Synchronous

__all__ = [
    "MIGRATIONS",
    "QUERIES",
    "Database",
    "Transaction",
    "open_database",
    "read_url",
    "require_psycopg",
]

MIGRATIONS = Path(__file__).with_name("migrations")
QUERIES = Path(__file__).with_name("queries")


def read_url(text: str) -> Url:
    """As `parse_url`, with its complaint as a StorageError (CANNOT_OPEN)."""
    try:
        return parse_url(text)
    except ValueError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"storage.url: {error}") from None


def require_psycopg() -> None:
    """Makes sure that PostgreSQL's driver is there.

    Raises:
        StorageError: UNSUPPORTED, with the name of the extra to install.
    """
    try:
        import_module("psycopg_pool")
    except ImportError as error:
        raise StorageError(
            Kind.UNSUPPORTED,
            "PostgreSQL needs its driver: pip install 'ml-interview-bot[postgresql]'",
        ) from error


async def open_database(
    url: str,
    *,
    synchronous: Synchronous = "FULL",
    migrations: Path = MIGRATIONS,
    queries: Path = QUERIES,
    clock: Clock = utc_now,
) -> Database:
    """Opens the database, makes it if there is none, and brings its schema up to date.

    Args:
        url: see `bot.storage.url`.
        synchronous: SQLite only. FULL: what was acknowledged survives a power cut. NORMAL:
            it survives a crash of the process; a power cut may undo the last moments.
        migrations: the folder of `NNNN_name.sql`.
        queries: the folder of `.sql` files whose queries `Transaction.queries` offers.
        clock: dates the migrations.

    Raises:
        StorageError: every reason why it cannot be used; `str()` of it is one line.
    """
    address = read_url(url)
    if isinstance(address, SqliteUrl):
        return await open_sqlite(
            address.path,
            synchronous=synchronous,
            migrations=migrations,
            queries=queries,
            clock=clock,
        )
    require_psycopg()
    from bot.storage.postgresql import open_postgresql  # noqa: PLC0415 - an optional extra

    return await open_postgresql(address, migrations=migrations, queries=queries, clock=clock)
