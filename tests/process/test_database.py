"""The database file: without room, damaged, foreign, in use, out of reach, from the future."""

from __future__ import annotations

import asyncio
import hashlib
import os
import resource
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from bot.simulator import Person
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Program, Site, free_address, read_database
from tests.process.questions import exported, feedback_on, right_letter, scores

STORAGE = 3
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def ended(program: Program) -> str:
    """Makes sure that it ended for the database; gives the one line that says why."""
    assert program.process.returncode == STORAGE, program.text
    assert "Traceback" not in program.text
    return program.err.text.splitlines()[-1]


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


async def status(address: str, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{address}/{path}") as response,
    ):
        return response.status, await response.text()


@beside
async def test_a_full_disk(site: Site, ann: Person) -> None:
    """The person hears that nothing was saved, the update waits, readiness fails; with room again
    everything goes on by itself, and the answer counts once."""
    address = free_address()
    program = await site.start(BOT_HTTP__LISTEN=address)
    question = await ann.ask("/practice python")
    await site.simulator.settled()
    assert await status(address, "readyz") == (200, "ok\n")
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    ann.skip()
    press = await ann.press(right_letter(question), question)
    assert "could not save" in (await ann.next_message(PATIENCE)).text
    await press.answer()
    assert len(site.simulator.updates.pending(site.simulator.clock.now())) == 1
    code, why = await status(address, "readyz")
    assert code == 503
    assert "not saved" in why
    assert await status(address, "livez") == (200, "ok\n")
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    assert (await feedback_on(ann, question)).text.startswith("✅")
    await site.simulator.settled(PATIENCE)
    assert await status(address, "readyz") == (200, "ok\n")
    assert [score for _, score in scores(await exported(ann))] == [1.0]
    assert sum("could not save" in seen.text for seen in ann.inbox) == 1


async def test_a_damaged_file_is_refused_and_left_as_it_is(site: Site) -> None:
    """With the way back: restoring a backup."""
    garbage = os.urandom(8192)
    site.database.write_bytes(garbage)
    for program in await asyncio.gather(site.run("run"), site.run("check")):
        assert "restore" in ended(program)
    assert site.database.read_bytes() == garbage


@beside
async def test_a_file_damaged_in_the_middle_is_refused(site: Site, ann: Person) -> None:
    """Also where its header is sound."""
    program = await site.start()
    await ann.ask("/practice python")
    assert await program.stop() == 0
    whole = bytearray(site.database.read_bytes())
    whole[4096 : 4096 * 6] = b"\xa5" * 4096 * 5
    site.database.write_bytes(whole)
    before = fingerprint(site.database)
    assert "restore" in ended(await site.run("run"))
    assert fingerprint(site.database) == before


@beside
async def test_a_file_of_a_newer_version_is_refused_unchanged(site: Site, ann: Person) -> None:
    program = await site.start()
    await ann.ask("/practice python")
    assert await program.stop() == 0

    def become_newer(connection: sqlite3.Connection) -> None:
        (last,) = connection.execute("SELECT max(version) FROM schema_migrations").fetchone()
        connection.execute(
            "CREATE TEMP TABLE later AS SELECT * FROM schema_migrations WHERE version = ?", (last,)
        )
        connection.execute("UPDATE later SET version = 9999, name = '9999_future'")
        connection.execute("INSERT INTO schema_migrations SELECT * FROM later")
        connection.commit()

    read_database(site.database, become_newer)
    before = fingerprint(site.database)
    for program in await asyncio.gather(site.run("run"), site.run("check")):
        line = ended(program)
        assert "9999" in line
        assert "restore" in line
    assert fingerprint(site.database) == before


async def test_a_database_of_something_else_is_refused_unchanged(site: Site) -> None:
    def make_another(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")

    read_database(site.database, make_another)
    before = fingerprint(site.database)
    assert "something else" in ended(await site.run("run"))
    assert fingerprint(site.database) == before


@beside
async def test_a_second_program_on_the_same_file_is_refused(site: Site, ann: Person) -> None:
    """At once, without a call to Telegram; the first one goes on."""
    await site.start()
    await ann.ask("/practice python")
    await site.simulator.settled()
    before = len(site.simulator.calls)
    assert "in use" in ended(await site.run("run"))
    assert len(site.simulator.calls) == before
    assert "0/0" in (await ann.ask("/stop")).text


@pytest.mark.parametrize("place", ["a folder", "below a file", "a read-only folder"])
async def test_a_path_that_cannot_be_used(site: Site, place: str) -> None:
    """One line that names it."""
    folder = site.folder / "place"
    match place:
        case "a folder":
            folder.mkdir()
            path = folder
        case "below a file":
            folder.write_text("")
            path = folder / "bot.db"
        case _:
            path = Path("/proc/sys/bot.db")  # read-only even for root
    line = ended(await site.run("run", BOT_STORAGE__URL=f"sqlite:///{path}"))
    assert str(path) in line


async def test_health(site: Site) -> None:
    """Alive at once, ready after the first poll that went well; measured without names."""
    address = free_address()
    silence = site.simulator.faults.add("hang", "getUpdates")
    await site.start(BOT_HTTP__LISTEN=address)
    assert await status(address, "livez") == (200, "ok\n")
    code, why = await status(address, "readyz")
    assert (code, "getUpdates" in why) == (503, True)
    silence.release()
    ann = site.simulator.person("Ann", user_id=987_654_321)
    await ann.ask("/help")
    await site.simulator.settled()
    assert await status(address, "readyz") == (200, "ok\n")
    metrics = (await status(address, "metrics"))[1]
    assert 'interview_bot_updates_total{outcome="handled"} 1.0' in metrics
    assert "987654321" not in metrics
    assert (await status(address, "nothing"))[0] == 404
