"""What there is to know about a database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.storage.schema import OWN_TABLES
from bot.storage.sqlite_file import (
    beside,
    claim,
    examine,
    is_new,
    reading,
    require_folder,
    table_names,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.storage.schema import Migration


@dataclass(frozen=True, slots=True)
class Info:
    """What there is to know about a database."""

    where: str  # the path, or the address without its password
    engine: str  # "SQLite 3.51.3"
    schema_version: int  # 0: not made yet
    newest_version: int  # the newest that this version of the bot knows
    size: int = 0  # bytes, with the log
    in_use: bool = False  # another process has it open (SQLite only)
    rows: Mapping[str, int] = field(default_factory=dict)  # by table
    last_backup: datetime | None = None  # by `db backup` (SQLite only)


def describe_file(path: Path, known: Sequence[Migration]) -> Info:
    """Describes an SQLite file and changes nothing.

    Raises:
        StorageError: it is damaged, foreign, newer or cannot be read.
    """
    engine = f"SQLite {sqlite3.sqlite_version}"
    require_folder(path)
    if is_new(path):
        return Info(str(path), engine, 0, len(known))
    with claim(path) as live, reading(path, live=live) as connection:
        waiting = examine(connection, path, known)
        rows = {
            name: count_rows(connection, name)
            for name in sorted(table_names(connection) - OWN_TABLES)
        }
    files = (file for file in (path, beside(path, "-wal")) if file.exists())
    return Info(
        where=str(path),
        engine=engine,
        schema_version=len(known) - len(waiting),
        newest_version=len(known),
        size=sum(file.stat().st_size for file in files),
        in_use=live,
        rows=rows,
        last_backup=_last_backup(path),
    )


def count_rows(connection: Any, table: str) -> int:
    """The rows of a table of ours; the name comes from the catalogue, not from outside."""
    cursor = connection.execute(f'SELECT count(*) AS n FROM "{table}"')  # noqa: S608 - see above
    return int(cursor.fetchone()["n"])


def note_backup(path: Path, now: datetime) -> None:
    """Remembers beside the database when it was backed up."""
    beside(path, ".last-backup").write_text(now.isoformat(), encoding="utf-8")


def _last_backup(path: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(beside(path, ".last-backup").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
