"""The schema's versions: numbered migrations, each applied once, in order, as a whole."""

from __future__ import annotations

import hashlib
import logging
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.storage.errors import Kind, StorageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.storage.binding import BoundQueries, Row

BOOKKEEPING = Path(__file__).with_name("bookkeeping.sql")
OWN_TABLES = frozenset({"schema_migrations", "storage_probe"})

Clock = Callable[[], datetime]

_log = logging.getLogger(__name__)
_FILE_NAME = re.compile(r"(?P<version>\d{4})_(?P<name>[a-z0-9_]+)\.sql")


def utc_now() -> datetime:
    """The wall clock; tests hand in their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version of the schema to the next."""

    version: int
    name: str
    script: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the script; line ends do not count."""
        return hashlib.sha256(self.script.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.version:04d}_{self.name}"


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Reads `NNNN_name.sql`, numbered from 0001 without gaps.

    Raises:
        StorageError: MIGRATION, when a name or a number is wrong.
    """
    found = []
    for file in sorted(folder.glob("*.sql")):
        match = _FILE_NAME.fullmatch(file.name)
        if not match:
            raise StorageError(Kind.MIGRATION, f"{file}: a migration is called NNNN_name.sql")
        script = file.read_text(encoding="utf-8")
        found.append(Migration(int(match["version"]), match["name"], script))
    if [migration.version for migration in found] != list(range(1, len(found) + 1)):
        raise StorageError(Kind.MIGRATION, f"{folder}: migrations count up from 0001 without gaps")
    return tuple(found)


def pending(
    known: Sequence[Migration], applied: Sequence[Row], where: str
) -> tuple[Migration, ...]:
    """The migrations that are still to be applied, given the rows of `schema_migrations`.

    Raises:
        StorageError: NEWER, when the database is ahead; MIGRATION, when what was applied is
            not what is known.
    """
    newest = max((row["version"] for row in applied), default=0)
    if newest > len(known):
        raise StorageError(
            Kind.NEWER,
            f"{where} has schema version {newest}, but this version of the bot knows only up to "
            f"{len(known)}: update the bot, or restore a backup from before",
        )
    if [row["version"] for row in applied] != list(range(1, newest + 1)):
        raise StorageError(Kind.MIGRATION, f"{where}: an earlier migration was left out")
    for migration, row in zip(known, applied, strict=False):
        if migration.checksum != row["checksum"]:
            raise StorageError(
                Kind.MIGRATION,
                f"{where}: migration {migration} was changed after it had been applied; "
                "install the bot unchanged",
            )
    return tuple(known[newest:])


class Target(Protocol):
    """A database whose schema can be brought up to date."""

    where: str

    def transaction(self) -> AbstractContextManager[BoundQueries]:
        """One transaction against all other migrators, with the bookkeeping's queries."""

    def tables(self) -> Collection[str]:
        """The names of the tables that are there."""

    def adopt(self) -> None:
        """Marks an empty database as ours, inside the transaction."""

    def execute(self, statement: str) -> Any:
        """Runs one statement of a migration, inside the transaction; raises StorageError."""

    def check_references(self) -> None:
        """Checks all foreign keys, inside the transaction; raises StorageError."""


def apply_pending(
    target: Target, known: Sequence[Migration], clock: Clock
) -> tuple[Migration, ...]:
    """Applies what is pending, each migration in one transaction with its row; gives those.

    Each step looks afresh at what is applied: after a crash, or with several processes at
    once, it goes on from there.

    Raises:
        StorageError: NEWER or MIGRATION; what was applied before stays.
    """
    done: list[Migration] = []
    while True:
        with target.transaction() as queries:
            if not target.tables():
                target.adopt()
                queries.create_schema_migrations()
                queries.create_storage_probe()
            waiting = pending(known, queries.list_applied(), target.where)
            if not waiting:
                return tuple(done)
            _apply(waiting[0], target, queries, clock)
        done.append(waiting[0])
        _log.info("%s: applied migration %s", target.where, waiting[0])


def _apply(migration: Migration, target: Target, queries: BoundQueries, clock: Clock) -> None:
    for statement in split_script(migration.script):
        try:
            target.execute(statement)
        except StorageError as error:
            if error.blameless:
                raise
            raise StorageError(
                Kind.MIGRATION,
                f"{target.where}: migration {migration} failed and was undone: {error}",
            ) from error
    target.check_references()
    queries.add_applied(
        version=migration.version,
        name=migration.name,
        checksum=migration.checksum,
        applied_at=int(clock().timestamp() * 1000),
    )


def split_script(script: str) -> Iterator[str]:
    """The statements of a script; semicolons in comments, strings and triggers do not end one."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
