"""Kills writers in the midst of their work, again and again, and looks for what is lost.

    killed_writers.py <path> <rounds>

Each writer is forked from this process, which has no threads, since starting an interpreter
sixty times would take long. A writer says what it finds when it opens the database, then which
numbers `transact` has acknowledged. A JSON report goes to standard output.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
from typing import TYPE_CHECKING, Any

from tests.storage.conftest import open_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.storage.database import Transaction

CALLERS = 16


def inspect(tx: Transaction) -> dict[str, Any]:
    check = tx.connection.execute("PRAGMA integrity_check").fetchone()
    stored = [row["id"] for row in tx.queries.list_counters()]
    halves = tx.connection.execute(
        "SELECT count(*) AS n FROM counters WHERE id NOT IN (SELECT counter_id FROM notes)"
    ).fetchone()
    return {"integrity": check["integrity_check"], "stored": stored, "halves": halves["n"]}


async def write(url: str, pipe: int, numbers: Iterator[int]) -> None:
    """Writes until it is killed; each number is two rows, and its text spills over pages."""
    async with await open_here(url) as database:
        found = await database.transact(inspect)
        os.write(pipe, json.dumps(found).encode() + b"\n")

        async def caller() -> None:
            for number in numbers:

                def unit(tx: Transaction, number: int = number) -> None:
                    tx.queries.add_counter(id=number, value=0)
                    tx.queries.add_note(
                        id=str(number), counter_id=number, text="x" * 3000, score=None
                    )

                await database.transact(unit)
                os.write(pipe, b"%d\n" % number)

        await asyncio.gather(*(caller() for _ in range(CALLERS)))


def spawn(url: str, numbers: Iterable[int]) -> tuple[int, int]:
    """Forks a writer; gives its process id and the end of the pipe to read from."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        asyncio.run(write(url, writing, iter(numbers)))
        os._exit(0)
    os.close(writing)
    return process, reading


def round_of(url: str, first: int, acknowledgements: int) -> tuple[dict[str, Any], list[int]]:
    """Lets a writer have so many acknowledgements, then kills it."""
    process, reading = spawn(url, range(first, first + 100_000))
    acknowledged: list[int] = []
    with os.fdopen(reading) as pipe:
        found = json.loads(pipe.readline())
        while len(acknowledged) < acknowledgements:
            acknowledged.append(int(pipe.readline()))
        os.kill(process, signal.SIGKILL)
        acknowledged += [int(line) for line in pipe if line.endswith("\n")]
    os.waitpid(process, 0)
    return found, acknowledged


def main(url: str, rounds: int) -> dict[str, Any]:
    dice = random.Random(20260110)
    report: dict[str, Any] = {"damaged": [], "lost": [], "halves": 0, "acknowledged": 0}
    known: set[int] = set()
    for number in range(rounds + 1):
        found, acknowledged = round_of(url, number * 100_000, dice.randrange(1, 60))
        if found["integrity"] != "ok":
            report["damaged"].append([number, found["integrity"]])
        report["lost"] += sorted(known - set(found["stored"]))
        report["halves"] += found["halves"]
        known |= set(acknowledged)
    report["acknowledged"] = len(known)
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(f"sqlite:///{sys.argv[1]}", int(sys.argv[2]))))
