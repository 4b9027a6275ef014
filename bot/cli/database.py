"""`db …`: the database on the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.cli.common import OK, load_config_of, storage

if TYPE_CHECKING:
    from bot.storage.operations import Info


def schema_of(database: Info) -> str:
    """How far the schema is, in words."""
    if database.schema_version == 0:
        return f"{database.where}: not made yet, `run` makes it"
    if database.schema_version < database.newest_version:
        return f"{database.where}: version {database.schema_version}, `run` brings it up to date"
    return f"{database.where}: version {database.schema_version}"


def db_migrate(given: argparse.Namespace) -> int:
    """Brings the schema up to date."""
    from bot.storage.operations import migrate

    config = load_config_of(given)
    applied = storage(lambda: migrate(config.storage.url))
    print("\n".join(f"applied {name}" for name in applied) or "nothing to do")
    return OK


def db_info(given: argparse.Namespace) -> int:
    """Prints what is in the database."""
    from bot.storage.operations import info

    config = load_config_of(given)
    database = storage(lambda: info(config.storage.url))
    print(schema_of(database))
    print(f"engine: {database.engine}{' (in use)' if database.in_use else ''}")
    if database.size:
        print(f"size: {database.size / 1e6:.1f} MB")
    for table, rows in database.rows.items():
        print(f"{table}: {rows} rows")
    backup = database.last_backup
    print(f"last backup: {backup.isoformat(timespec='seconds') if backup else 'none'}")
    return OK


def db_backup(given: argparse.Namespace) -> int:
    """Copies the database."""
    from bot.storage.operations import backup

    config = load_config_of(given)
    storage(lambda: backup(config.storage.url, given.file))
    print(f"saved as {given.file}")
    return OK


def db_restore(given: argparse.Namespace) -> int:
    """Puts a backup in place."""
    from bot.storage.operations import restore

    config = load_config_of(given)
    old = storage(lambda: restore(config.storage.url, given.file))
    print(f"restored from {given.file}" + (f"; the old one is kept as {old}" if old else ""))
    return OK
