"""Tries to open a database as a user who may only read it; says why that fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.storage.errors import StorageError
from bot.storage.opening import open_file
from bot.storage.schema import read_migrations, utc_now
from bot.storage.sqlite_file import lock_file
from tests.storage.conftest import MIGRATIONS

NOBODY = 65534


def main(path: Path) -> None:
    known = read_migrations(MIGRATIONS)
    if os.geteuid() == 0:  # root may write everywhere
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with lock_file(path) as lock:
            open_file(lock.database, known, "FULL", utc_now)
    except StorageError as error:
        sys.stdout.write(f"{error.kind}: {error}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
