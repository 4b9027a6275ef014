"""A PostgreSQL server: how it is reached, and how its schema is brought up to date."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from bot.storage.binding import BoundQueries, Row, load_queries
from bot.storage.errors import Kind, StorageError, UniqueError
from bot.storage.info import Info, count_rows
from bot.storage.schema import BOOKKEEPING, OWN_TABLES, Clock, Migration, apply_pending, pending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.storage.url import PostgresqlUrl

Connection = psycopg.Connection[Row]

_ADVISORY_LOCK = 0x4D4C4942  # "MLIB"; held while the schema is looked at and changed
_CONNECT_TIMEOUT = 5  # seconds, unless the address says otherwise

_TABLES = """
SELECT relname AS name FROM pg_class
WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p')
    AND NOT EXISTS (
        SELECT FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
    )
"""

_FACTS = """
SELECT current_setting('server_version') AS version,
    pg_database_size(current_database()) AS size
"""


def translate(error: psycopg.Error, where: str) -> StorageError:
    """The driver's error in our words, with its traceback but without its details.

    The details of a PostgreSQL error quote the row, and so perhaps what a person wrote.
    """
    said = error.diag.message_primary or str(error)
    translated: StorageError
    if isinstance(error, psycopg.errors.UniqueViolation):
        translated = UniqueError(f"{where}: {said}")
    elif isinstance(error, psycopg.errors.DataCorrupted | psycopg.errors.IndexCorrupted):
        translated = StorageError(Kind.CORRUPT, f"{where}: damaged; restore a backup ({said})")
    elif isinstance(
        error,
        psycopg.OperationalError | psycopg.InterfaceError | psycopg.errors.ReadOnlySqlTransaction,
    ):
        translated = StorageError(Kind.UNAVAILABLE, f"{where}: not saved ({said})")
    else:
        translated = StorageError(Kind.STATEMENT, f"{where}: wrong statement ({said})")
    return translated.with_traceback(error.__traceback__)


@contextmanager
def opening(url: PostgresqlUrl) -> Iterator[None]:
    """Says of what goes wrong inside that the database cannot be opened."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise StorageError(Kind.CANNOT_OPEN, f"{url}: {error}") from None
    except psycopg.Error as error:
        raise translate(error, str(url)) from None


def conninfo(url: PostgresqlUrl) -> str:
    """The address as libpq wants it, with a time limit.

    Raises:
        StorageError: CANNOT_OPEN, when it is malformed.
    """
    try:
        given = conninfo_to_dict(url.conninfo)
    except psycopg.ProgrammingError:  # its message may quote a part of the password
        raise StorageError(
            Kind.CANNOT_OPEN, f"{url} is no PostgreSQL address (percent-encode special signs)"
        ) from None
    given.setdefault("connect_timeout", _CONNECT_TIMEOUT)
    return make_conninfo("", **given)


class _NumberLoader(Loader):
    """SUM and AVG of whole numbers give int and float, as with SQLite, and not Decimal."""

    def load(self, data: bytes | bytearray | memoryview) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


def configure(connection: psycopg.Connection[Any]) -> None:
    """Makes results look as those of SQLite."""
    connection.adapters.register_loader("numeric", _NumberLoader)


@contextmanager
def connect(url: PostgresqlUrl) -> Iterator[Connection]:
    """A connection of its own, each statement a transaction unless said otherwise.

    Raises:
        StorageError: CANNOT_OPEN, or what the body's queries meet with.
    """
    with (
        opening(url),
        psycopg.connect(conninfo(url), autocommit=True, row_factory=dict_row) as connection,
    ):
        configure(connection)
        yield connection


def examine(
    connection: Connection, url: PostgresqlUrl, known: Sequence[Migration]
) -> tuple[Migration, ...]:
    """Makes sure that the database is ours, and gives the pending migrations.

    Raises:
        StorageError: FOREIGN, NEWER or MIGRATION.
    """
    target = PostgresqlTarget(connection, url)
    tables = target.tables()
    if not tables:
        return tuple(known)
    if not tables >= OWN_TABLES:
        raise StorageError(
            Kind.FOREIGN,
            f"{url} holds tables of something else, and nothing was changed; use an empty "
            "database or schema",
        )
    return pending(known, target.queries.list_applied(), target.where)


class PostgresqlTarget:
    """The database, as migrations see it."""

    def __init__(self, connection: Connection, url: PostgresqlUrl) -> None:
        self.where = str(url)
        self._connection = connection
        self.queries = BoundQueries(load_queries(BOOKKEEPING, "postgresql"), connection)

    @contextmanager
    def transaction(self) -> Iterator[BoundQueries]:
        """One transaction, during which no other process migrates."""
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ADVISORY_LOCK,))
            yield self.queries

    def tables(self) -> frozenset[str]:
        """The tables in the current schema, but for those of extensions."""
        return frozenset(row["name"] for row in self._connection.execute(_TABLES))

    def adopt(self) -> None:
        """Nothing to mark: our tables say enough."""

    def execute(self, statement: str) -> None:
        """Runs one statement."""
        try:
            self._connection.execute(statement)
        except psycopg.Error as error:
            raise translate(error, self.where) from None

    def check_references(self) -> None:
        """Nothing to do: PostgreSQL checks foreign keys as it goes."""


def upgrade(url: PostgresqlUrl, known: Sequence[Migration], clock: Clock) -> tuple[Migration, ...]:
    """Applies what is pending and gives it.

    Raises:
        StorageError: see `connect`, `examine` and `apply_pending`.
    """
    with connect(url) as connection:
        examine(connection, url, known)
        return apply_pending(PostgresqlTarget(connection, url), known, clock)


def describe_server(url: PostgresqlUrl, known: Sequence[Migration]) -> Info:
    """Describes the database and changes nothing.

    Raises:
        StorageError: see `connect` and `examine`.
    """
    with connect(url) as connection:
        waiting = examine(connection, url, known)
        tables = PostgresqlTarget(connection, url).tables() - OWN_TABLES
        facts = connection.execute(_FACTS).fetchone() or {}
        return Info(
            where=str(url),
            engine=f"PostgreSQL {facts['version']}",
            schema_version=len(known) - len(waiting),
            newest_version=len(known),
            size=facts["size"],
            rows={name: count_rows(connection, name) for name in sorted(tables)},
        )
