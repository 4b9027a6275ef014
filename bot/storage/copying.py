"""Copies of an SQLite file: complete, checked and durable, or none."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.storage.errors import Kind, StorageError
from bot.storage.sqlite_errors import translate
from bot.storage.sqlite_file import beside, check_pages, connect, examine, is_new, reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.storage.schema import Migration

_LOGS = ("-wal", "-journal")


def copy_database(source: sqlite3.Connection, model: Path, target: Path) -> None:
    """Writes what `source` sees to `target`, which appears complete or not at all.

    The copy is compact: it holds no remains of deleted rows. Its permissions are those of the
    file `model`.

    Raises:
        StorageError: the copy cannot be written, or is not sound.
    """
    partial = beside(target, ".partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=stat.S_IMODE(model.stat().st_mode), exist_ok=False)
        source.execute("VACUUM INTO ?", (str(partial),))
        with reading(partial, live=False) as copy:
            check_pages(copy, partial, "integrity_check")
        _sync(partial)
        partial.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError(
            Kind.CANNOT_OPEN, f"cannot write {target}: {error.strerror or error}"
        ) from error
    except sqlite3.Error as error:
        raise translate(error, target) from None
    finally:
        partial.unlink(missing_ok=True)


def replace_database(
    path: Path, source: Path, known: Sequence[Migration], now: datetime
) -> Path | None:
    """Puts a copy of `source` in the place of a database whose lock is held.

    Returns:
        Where the old file is kept; `None` if there was none.

    Raises:
        StorageError: the source is no sound database of ours, or it cannot be copied.
    """
    if is_new(source):
        raise StorageError(Kind.CANNOT_OPEN, f"{source}: there is nothing to restore from")
    if path.exists() and source.samefile(path):
        raise StorageError(Kind.CANNOT_OPEN, f"{source} is the database itself")
    fresh = beside(path, ".restoring")
    with reading(source, live=False) as backup:
        if examine(backup, source, known) == tuple(known):
            raise StorageError(Kind.FOREIGN, f"{source} is empty, not a backup of the bot")
        check_pages(backup, source, "integrity_check")
        copy_database(backup, source if is_new(path) else path, fresh)
    try:
        kept = _put_aside(path, beside(path, f".before-restore-{now:%Y%m%dT%H%M%SZ}.bak"))
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            Kind.CANNOT_OPEN, f"cannot replace {path}: {error.strerror or error}"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return kept


def _put_aside(path: Path, kept: Path) -> Path | None:
    """Gives the old database a second name, and takes its logs away from the first.

    A log that stayed would be played into the new database.
    """
    there = not is_new(path)
    if there:
        _fold_log(path)
        _link(path, kept)
    for suffix in _LOGS:
        if (log := beside(path, suffix)).exists():
            log.replace(beside(kept, suffix))
    beside(path, "-shm").unlink(missing_ok=True)
    _sync_folder(path.parent)
    return kept if there else None


def _fold_log(path: Path) -> None:
    """Makes the file complete by itself; a damaged one keeps its log."""
    if beside(path, "-wal").exists():
        with suppress(sqlite3.Error, StorageError):
            connect(path, "FULL").close()  # the last connection to leave empties the log


def _link(path: Path, kept: Path) -> None:
    if kept.exists():
        raise FileExistsError(errno.EEXIST, f"{kept.name} is there already")
    try:
        os.link(path, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)


def _sync(path: Path) -> None:
    """Makes a file's content durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(path: Path) -> None:
    """Makes names in a folder durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
