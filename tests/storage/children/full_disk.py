"""Runs out of room, and then has room again, in one process; reports as JSON."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.storage.errors import StorageError
from tests.storage.conftest import open_here

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction


def limit_file_size(size: int) -> None:
    """No file may grow beyond `size` bytes: writes fail with EFBIG, as with a quota."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def add(number: int) -> Any:
    return lambda tx: int(tx.queries.add_counter(id=number, value=0))


def numbers(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.queries.list_counters()]


async def attempt(database: Database, count: int, first: int) -> list[Any]:
    units = (database.transact(add(number)) for number in range(first, first + count))
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    return [
        [str(outcome.kind), outcome.blameless] if isinstance(outcome, StorageError) else outcome
        for outcome in outcomes
    ]


async def main(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = {}
    async with await open_here(f"sqlite:///{path}") as database:
        await database.transact(add(1))
        limit_file_size(path.with_name(f"{path.name}-wal").stat().st_size)
        report["full"] = await attempt(database, 20, first=100)
        report["trouble"] = database.trouble()
        try:
            await database.probe()
        except StorageError as error:
            report["probe"] = str(error.kind)
        report["readable"] = await database.transact(numbers)
        limit_file_size(resource.RLIM_INFINITY)
        await database.probe()
        report["recovered"] = await attempt(database, 3, first=200)
        report["trouble_after"] = database.trouble()
    async with await open_here(f"sqlite:///{path}") as database:
        report["stored"] = await database.transact(numbers)
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(Path(sys.argv[1])))))
