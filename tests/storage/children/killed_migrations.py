"""Kills a migrating process before each of its steps in turn; the next start must succeed.

    killed_migrations.py <template database> <scratch folder> <migrations>

A step is a statement of SQLite, or a call by which Python opens, renames or removes a file.
The processes are forked from this one, which has no threads. A JSON report goes to standard
output.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.storage.operations import info, migrate

FILE_CALLS = {"open", "os.rename", "os.remove", "os.link", "sqlite3.connect"}


def die_before(step: int) -> None:
    """Arranges that this process kills itself before its `step`-th step."""
    steps = itertools.count(1)

    def count(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    real = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*arguments, **options)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]  # only the call matters here
    sys.addaudithook(lambda event, _: count() if event in FILE_CALLS else None)


def survives(path: Path, migrations: Path, step: int) -> bool:
    """Migrates in a child that dies before `step`; whether it lived to the end."""
    process = os.fork()
    if process == 0:
        die_before(step)
        migrate(f"sqlite:///{path}", migrations=migrations)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return not os.WIFSIGNALED(status)


def faults(path: Path, migrations: Path) -> list[str]:
    """What is wrong with the database after an ordinary start."""
    url = f"sqlite:///{path}"
    migrate(url, migrations=migrations)
    found = info(url, migrations=migrations)
    wrong = []
    if found.schema_version != found.newest_version:
        wrong.append(f"version {found.schema_version}")
    if found.rows["counters"] != 100 or found.rows["labels"] != 1:
        wrong.append(f"rows {dict(found.rows)}")
    for copy in path.parent.glob("*.bak"):
        before = int(copy.suffixes[-2].removeprefix(".before-"))
        with closing(sqlite3.connect(copy)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                wrong.append(f"damaged copy {copy.name}")
            found_versions = connection.execute("SELECT max(version) FROM schema_migrations")
            if found_versions.fetchone() != (before - 1,):
                wrong.append(f"late copy {copy.name}")
    return wrong


def main(template: Path, scratch: Path, migrations: Path) -> dict[str, Any]:
    report: dict[str, Any] = {"steps": 0, "faults": {}}
    for step in itertools.count(1):
        folder = scratch / str(step)
        folder.mkdir()
        path = Path(shutil.copy(template, folder))
        survived = survives(path, migrations, step)
        if wrong := faults(path, migrations):
            report["faults"][step] = wrong
        if survived:
            return report
        report["steps"] = step
    raise AssertionError


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(Path, sys.argv[1:4]))))
