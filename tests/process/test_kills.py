"""`kill -9` at any moment: nothing that was done is lost, done twice or left unseen."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.simulator import Person
from tests.process.conftest import a_site
from tests.process.harness import PATIENCE, Site, exported, inspect, scores, write_bank
from tests.process.learner import Learner

KILLS = 20
SETS, SET_SIZE = 2, 20
STEPS = SETS * (1 + 2 * SET_SIZE)
"""`/practice`, then an answer and `Next ▶` for each question; the last brings the summary."""
LONGEST_TURN = 0.02
"""Seconds within which the answer to a step is usually complete."""


@pytest.mark.parametrize("seed", [2])
async def test_forty_answers_survive_twenty_kills(
    site: Site, ann: Person, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """The person answers by what the chat shows and never has to repeat a step.

    Right after each kill the database is sound and holds what the chat has shown; in the end
    every answer is in the export, once, in order, with the score that it deserves.
    """
    dice = random.Random(seed)
    bank = write_bank(tmp_path_factory.mktemp("forty"), choices=20, numbers=20)
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
            check_database(site.database, tmp_path_factory.mktemp("copy"), seen)
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


def check_database(database: Path, folder: Path, seen: int) -> None:
    """Fails unless the file is sound and holds all answers whose feedback was seen.

    Reads a copy, so that the program itself has to recover the original.
    """
    for file in database.parent.glob(f"{database.name}*"):
        shutil.copy(file, folder)

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

    inspect(folder / database.name, look)


async def test_twenty_kills_during_the_start_need_no_cleaning_up(
    tmp_path_factory: pytest.TempPathFactory, bank: Path
) -> None:
    """Be it the very first one: the next start just works, and answers what was said meanwhile."""
    lines = {tmp_path_factory.mktemp("crash"): random.Random(seed) for seed in (1, 2)}
    await asyncio.gather(*(crash_while_starting(*line, bank) for line in lines.items()))
    for folder in lines:
        assert {file.name for file in folder.iterdir()} == {"bot.db", "bot.db.lock"}


async def crash_while_starting(folder: Path, dice: random.Random, bank: Path) -> None:
    async with a_site(folder, bank) as site:
        ann = site.simulator.person("Ann")
        for _ in range(KILLS // 2):
            await ann.say("/about")
            await site.launch("run")
            await kill_after(site, dice.uniform(0.3, 1.2))
        await site.start()
        await site.simulator.settled(PATIENCE)
        assert len(ann.inbox) >= KILLS // 2
        assert await site.programs[-1].stop() == 0
