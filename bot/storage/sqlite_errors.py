"""SQLite's errors in the words of `StorageError`."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.storage.errors import Kind, StorageError, UniqueError

if TYPE_CHECKING:
    from pathlib import Path

_CANNOT_OPEN = (Kind.CANNOT_OPEN, "cannot be opened for writing")
_LOCKED = (Kind.LOCKED, "locked by another program")
_KINDS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: (Kind.UNAVAILABLE, "not saved, the disk is full"),
    sqlite3.SQLITE_IOERR: (Kind.UNAVAILABLE, "not saved, the disk refuses"),
    sqlite3.SQLITE_NOMEM: (Kind.UNAVAILABLE, "not saved, out of memory"),
    sqlite3.SQLITE_READONLY: _CANNOT_OPEN,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_PERM: _CANNOT_OPEN,
    sqlite3.SQLITE_CORRUPT: (Kind.CORRUPT, "damaged; restore a backup with db restore"),
    sqlite3.SQLITE_NOTADB: (
        Kind.CORRUPT,
        "damaged or no database at all; restore a backup with db restore",
    ),
}
_UNIQUE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}


def translate(error: sqlite3.Error, where: Path) -> StorageError:
    """The driver's error in our words, with its traceback."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _UNIQUE:
        translated: StorageError = UniqueError(f"{where}: {error}")
    else:
        kind, meaning = _KINDS.get(code & 0xFF, (Kind.STATEMENT, "wrong statement"))
        translated = StorageError(kind, f"{where}: {meaning} ({error})")
    return translated.with_traceback(error.__traceback__)
