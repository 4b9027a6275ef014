"""What can go wrong with the database, in words for people."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What kind of trouble a `StorageError` is."""

    CANNOT_OPEN = "cannot open"  # missing, not readable, not writable, bad address
    CORRUPT = "corrupt"  # damaged, or no database at all
    NEWER = "newer"  # written by a newer version of the bot
    FOREIGN = "foreign"  # a database of something else
    LOCKED = "locked"  # another process holds it
    UNAVAILABLE = "unavailable"  # disk full, input/output error, server away
    MIGRATION = "migration"  # a migration is wrong or was changed after it ran
    STATEMENT = "statement"  # a mistake in a query or a broken constraint
    UNIQUE = "unique"  # the row is there already
    UNSUPPORTED = "unsupported"  # not with this engine


class StorageError(Exception):
    """The database cannot do what was asked; nothing of it was stored.

    `str()` is one line for people and holds neither values nor passwords.
    """

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(" ".join(message.split()))
        self.kind = kind

    @property
    def blameless(self) -> bool:
        """Whether the work is not at fault: it may succeed when the database is well again."""
        return self.kind not in {Kind.STATEMENT, Kind.UNIQUE, Kind.MIGRATION}


class UniqueError(StorageError):
    """A UNIQUE or PRIMARY KEY constraint refused a row."""

    def __init__(self, message: str) -> None:
        super().__init__(Kind.UNIQUE, message)
