"""Erasure: what a person wrote is gone from the files, too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.simulator import Person
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site, read_database, refuse
from tests.process.questions import exported, feedback_on, right_letter, right_number, scores

KEPT, PARKED, FAILED = "zanzibarheron", "quokkafeather", "wombatlantern"


def found_in(folder: Path, words: str) -> list[str]:
    """The files that hold these words."""
    return [file.name for file in folder.iterdir() if words.encode() in file.read_bytes()]


def rows_about(connection: sqlite3.Connection, person_id: int) -> list[str]:
    """Where a person's id stands in a database."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        f"{table}.{column}"
        for (table,) in tables
        for (_, column, *_) in connection.execute(f"PRAGMA table_info({table})").fetchall()
        if connection.execute(
            f'SELECT 1 FROM "{table}" WHERE "{column}" = ?',  # noqa: S608 — names of the schema
            (person_id,),
        ).fetchone()
    ]


async def answer_in_all_ways(site: Site, ann: Person) -> None:
    """An answer that is kept, one whose handling was put off, and one that failed."""
    question = await ann.ask("/practice numerics")
    assert (await ann.ask(f"{KEPT}: {right_number(question)}")).text.startswith("✅")
    await ann.press("Next ▶")
    question = await ann.next_message()
    fault = site.simulator.faults.add("hang", "sendMessage", chat=ann.id)
    await ann.say(f"{PARKED}: {right_number(question)}")
    await site.simulator.calls.wait(lambda call: call.outcome == "open" and call.chat_id == ann.id)
    await site.simulator.calls.wait(
        lambda call: call.outcome == "open" and bool(call.params.get("timeout")), PATIENCE
    )
    assert found_in(site.folder, PARKED)
    fault.release()
    await ann.next_message()
    words = "Bad Request: something odd"
    refuse(site.simulator, words, "sendMessage", chat=ann.id, times=3)
    await ann.say(FAILED)
    await ann.wait(lambda seen: bool(seen.marked("code")), PATIENCE)


@beside
async def test_forget_leaves_nothing_in_the_files(site: Site, ann: Person) -> None:
    """Neither in the database nor in its log, while the program runs; others keep everything."""
    program = await site.start()
    bob = site.simulator.person("Bob")
    question = await bob.ask("/practice python")
    await bob.press(right_letter(question))
    await feedback_on(bob, question)
    await answer_in_all_ways(site, ann)
    await site.simulator.settled(PATIENCE)
    assert found_in(site.folder, KEPT)
    asked = await ann.ask("/forget")
    await ann.press("Erase everything", asked)
    await ann.wait(lambda seen: seen.id == asked.id and "Done" in seen.text)
    for words in (KEPT, PARKED, FAILED):
        assert found_in(site.folder, words) == []
    assert await program.stop() == 0
    assert read_database(site.database, lambda db: rows_about(db, ann.id)) == []
    assert read_database(site.database, lambda db: rows_about(db, bob.id)) != []
    await site.start()
    assert scores(await exported(ann)) == []
    assert [score for _, score in scores(await exported(bob))] == [1.0]


async def test_forgetting_can_be_called_off(site: Site, ann: Person) -> None:
    await site.start()
    question = await ann.ask("/practice python")
    await ann.press(right_letter(question))
    await feedback_on(ann, question)
    asked = await ann.ask("/forget")
    await ann.press("Keep my data", asked)
    await ann.wait(lambda seen: seen.id == asked.id and "Nothing was erased" in seen.text)
    assert len(scores(await exported(ann))) == 1
