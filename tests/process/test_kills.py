"""`kill -9` at any moment: nothing that was done is lost, done twice or left unseen."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from bot.simulator import Person
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site, read_database
from tests.process.learner import Learner
from tests.process.questions import exported, scores, write_bank

KILLS = 20
SETS, SET_SIZE = 2, 20
STEPS = SETS * (1 + 2 * SET_SIZE)
"""`/practice`, then an answer and `Next ▶` for each question; the last brings the summary."""
LONGEST_TURN = 0.02
"""Seconds within which the answer to a step is usually complete."""


@beside
async def test_forty_answers_survive_twenty_kills(site: Site, ann: Person) -> None:
    """The person answers by what the chat shows and never has to repeat a step.

    Right after each kill the database is sound and holds what the chat has shown; in the end
    every answer is in the export, once, in order, with the score that it deserves.
    """
    await answer_forty(site, ann, random.Random(2))


async def answer_forty(site: Site, ann: Person, dice: random.Random) -> None:
    bank = write_bank(site.folder / "forty", choices=20, numbers=20)
    site.settings |= {"BOT_CONTENT__BANKS": str(bank), "BOT_PRACTICE__SET_SIZE": f"{SET_SIZE}"}
    learner = Learner(ann, dice)
    deadly = set(dice.sample(range(STEPS), KILLS))
    await site.start()
    for number in range(STEPS):
        before = len(learner.answers)
        shown = await learner.step()
        if number in deadly:
            await kill_after(site, dice.uniform(0, LONGEST_TURN))
            seen = len(learner.answers) if any(map(shown, ann.inbox)) else before
            check_database(site.database, seen)
            await site.start()
        await ann.wait(shown, PATIENCE)
    await site.simulator.settled(PATIENCE)
    assert len(site.programs) == KILLS + 1
    assert scores(await exported(ann)) == learner.answers
    sums = [
        sum(score for _, score in learner.answers[start : start + SET_SIZE])
        for start in range(0, SETS * SET_SIZE, SET_SIZE)
    ]
    told = {f"{score:g}/{SET_SIZE}" for score in sums}
    assert {words for seen in learner.summaries for words in seen.text.split()} >= told


async def kill_after(site: Site, seconds: float) -> None:
    """Kills the running program, wherever it is by then."""
    program = site.programs[-1]
    asyncio.get_running_loop().call_later(seconds, program.kill)
    assert await program.ended() == -9


def check_database(database: Path, seen: int) -> None:
    """Fails unless the file is sound and holds all answers whose feedback was seen.

    Reads a copy, so that the program itself has to recover the original.
    """

    def look(connection: sqlite3.Connection) -> None:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        answered = connection.execute(
            "SELECT count(*), sum(answered_by IN (SELECT id FROM updates)) FROM attempts "
            "WHERE state = 'answered'"
        ).fetchone()
        counted = connection.execute("SELECT sum(graded) FROM persons").fetchone()
        assert answered[0] == (answered[1] or 0) == (counted[0] or 0), "not one transaction"
        assert answered[0] >= seen, "shown, but not stored"

    with tempfile.TemporaryDirectory() as folder:
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, folder)
        read_database(Path(folder, database.name), look)


@beside
async def test_twenty_kills_during_the_start_need_no_cleaning_up(site: Site, ann: Person) -> None:
    """Be it the very first one: the next start just works, and answers what was said meanwhile."""
    dice = random.Random(1)
    for _ in range(KILLS):
        await ann.say("/about")
        await site.launch("run")
        await kill_after(site, dice.uniform(0.2, 1.0))
    await site.start()
    await site.simulator.settled(PATIENCE)
    assert len(ann.inbox) >= KILLS
    assert await site.programs[-1].stop() == 0
    assert files_in(site.folder) == {"bot.db", "bot.db.lock"}


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}
