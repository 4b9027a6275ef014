"""What was erased is gone from the files, not only from the tables."""

from __future__ import annotations

import random
from contextlib import closing
from functools import partial
from sqlite3 import connect
from typing import TYPE_CHECKING

from tests.storage.conftest import open_here

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Database, Transaction

PEOPLE = range(20)
GONE = {3, 7}
SEED = 0  # with it, secure_delete and an empty log alone would leave traces


def mark(person: int) -> str:
    return f"<person {person:03d}>"


def add(tx: Transaction, person: int) -> None:
    tx.queries.add_counter(id=person, value=0)


def note(tx: Transaction, note_id: str, person: int, text: str) -> None:
    tx.queries.add_note(id=note_id, counter_id=person, text=text, score=None)


def live(tx: Transaction, dice: random.Random) -> None:
    """Notes of all sizes come, change and go, so that the pages are rebalanced often."""
    person = dice.choice(PEOPLE)
    text = mark(person) * dice.choice([2, 8, 25, 75])
    values = {"person": person, "text": text}
    change = dice.random()
    if change < 0.7:
        note(tx, f"{dice.random()}{mark(person)}", person, text)
    elif change < 0.85:
        tx.connection.execute(
            "UPDATE notes SET text = :text WHERE counter_id = :person AND id > '0.5'", values
        )
    else:
        tx.connection.execute(
            "DELETE FROM notes WHERE counter_id = :person AND id < '0.5'", values
        )


def erase(tx: Transaction) -> None:
    for person in GONE:
        tx.queries.remove_counter(id=person)


def traces(path: Path) -> int:
    """How often those who are gone are still found in the database's files."""
    files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    return sum(file.count(mark(person).encode()) for file in files for person in GONE)


async def populate(database: Database) -> None:
    dice = random.Random(SEED)
    await database.transact(
        lambda tx: tx.connection.execute("CREATE INDEX by_text ON notes (counter_id, text)")
    )
    for person in PEOPLE:
        await database.transact(partial(add, person=person))
    for _ in range(1500):
        await database.transact(partial(live, dice=dice))


async def test_leaves_no_trace_in_pages_free_pages_or_the_log(
    sqlite_url: str, sqlite_path: Path
) -> None:
    async with await open_here(sqlite_url) as database:
        await populate(database)
        await database.transact(erase)
        assert traces(sqlite_path) > 0
        assert await database.scrub()
        assert traces(sqlite_path) == 0
        await database.probe()
    assert traces(sqlite_path) == 0


async def test_waits_for_no_reader_and_says_so(sqlite_url: str, sqlite_path: Path) -> None:
    async with await open_here(sqlite_url) as database:
        await database.transact(lambda tx: tx.queries.add_counter(id=3, value=0))
        await database.transact(partial(note, note_id="a", person=3, text=mark(3)))
        with closing(connect(sqlite_path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM notes").fetchall()
            await database.transact(erase)
            assert not await database.scrub()
        assert await database.scrub()
        assert traces(sqlite_path) == 0


async def test_rewrites_the_file_only_after_changes(sqlite_database: Database) -> None:
    said: list[str] = []
    await sqlite_database.transact(lambda tx: tx.queries.add_counter(id=3, value=0))
    await sqlite_database.transact(lambda tx: tx.connection.set_trace_callback(said.append))
    await sqlite_database.scrub()
    await sqlite_database.scrub()
    assert said.count("VACUUM") == 1
    await sqlite_database.transact(erase)
    await sqlite_database.scrub()
    assert said.count("VACUUM") == 2
