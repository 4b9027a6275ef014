"""One process per database file: a lock of the operating system, gone with the process."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bot.storage.errors import Kind, StorageError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """The right to use one database file, held from creation until `release`.

    It lies in `<database>.lock`. That file stays behind and means nothing by itself: what
    counts is the lock on it, which ends with the process, however that ends.

    Raises:
        StorageError: another process holds it (LOCKED), or the file cannot be written
            (CANNOT_OPEN).
    """

    def __init__(self, database: Path) -> None:
        self.database = database
        path = database.with_name(f"{database.name}.lock")
        try:
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StorageError(
                Kind.CANNOT_OPEN, f"cannot write {path}: {error.strerror or error}"
            ) from error
        try:
            _lock(self._handle)
        except OSError as error:
            self.release()
            if isinstance(error, BlockingIOError | PermissionError):
                raise StorageError(
                    Kind.LOCKED,
                    f"{database} is in use: another instance of the bot, or a db command, "
                    "is running on it",
                ) from error
            raise StorageError(
                Kind.CANNOT_OPEN, f"cannot lock {path}: {error.strerror or error}"
            ) from error

    def release(self) -> None:
        """Lets others use the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()
