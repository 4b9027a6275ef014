"""Twenty group quizzes at once, forty people each, who all vote within the same second.

`python -m benchmarks.quizzes` runs the bot as a process of its own on the simulator, at
Telegram's pace and with its flood limits. Every vote has to be scored once, and the next round
has to come within five seconds of the standing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.simulator import Person, Seen, Simulator
from tests.dialogues.quizzing import Table, choice, podium_lines, round_of, write_quiz_bank
from tests.process.harness import FAST, Site, settings_for

PATIENCE = 60.0
ON_TIME = 5.0


@dataclass
class Times:
    """Seconds, as people see them."""

    standing: list[float] = field(default_factory=list)
    """From the last vote of a round to its standing."""
    next_round: list[float] = field(default_factory=list)
    """From the standing to the next round."""


def main() -> None:
    """Plays, checks and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=20)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    asyncio.run(_measure(given.groups, given.people, given.rounds))


async def _measure(groups: int, people: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with Simulator() as simulator:
            bank = write_quiz_bank(folder / "bank")
            settings = settings_for(simulator, folder, bank)
            for unlimited in FAST:
                del settings[unlimited]
            site = Site(simulator, folder, settings)
            program = await site.start()
            tables = [_table(simulator, number, people) for number in range(groups)]
            before, began = _cpu_seconds(program.pid), time.monotonic()
            times = Times()
            await asyncio.gather(*(_play(table, rounds, times) for table in tables))
            spent, took = _cpu_seconds(program.pid) - before, time.monotonic() - began
            await program.stop()
        scored, logged = _counted(site.database)
    votes = groups * people * rounds
    print(f"{groups} groups of {people}, {rounds} rounds: {votes} votes in {took:.1f} s")
    print(f"  scored {scored}, logged {logged}; {1000 * spent / votes:.2f} ms CPU a vote")
    _show("last vote to standing", times.standing)
    _show("standing to next round", times.next_round)
    assert scored == logged == votes
    assert max(times.next_round) <= ON_TIME


def _table(simulator: Simulator, number: int, people: int) -> Table:
    members = [simulator.person(f"P{number}-{n}") for n in range(people)]
    return Table(simulator, simulator.group(f"Group {number}", members=members), members)


async def _play(table: Table, rounds: int, times: Times) -> None:
    """One quiz; in the first round everybody but the host joins by voting."""
    seat = table.host
    await seat.say(f"/quiz python {rounds} 30")
    lobby = await seat.wait(lambda seen: "✋ Join" in seen.labels, PATIENCE)
    await (await seat.press("✋ Join", lobby)).answer(PATIENCE)
    await seat.press("▶ Start", lobby)
    told = 0.0
    for number in range(1, rounds + 1):
        poll = await seat.wait(_is_round(number), PATIENCE)
        if told:
            times.next_round.append(time.monotonic() - told)
        await _vote(table.people[1:], table, poll)
        await _vote(table.people[:1], table, poll)
        voted = time.monotonic()
        await seat.wait(_begins(f"📊 {number}/"), PATIENCE)
        told = time.monotonic()
        times.standing.append(told - voted)
    podium = await seat.wait(_begins("🏆"), PATIENCE)
    lines = podium_lines(podium)
    assert len(lines) == len(table.people)
    assert all(line[3] == f"{rounds}/{rounds}" for line in lines), lines


async def _vote(people: Sequence[Person], table: Table, poll: Seen) -> None:
    """All of them vote, anywhere within a second."""

    async def vote(person: Person) -> None:
        await asyncio.sleep(random.random())
        await person.at(table.group).vote(*choice(poll), message=poll)

    await asyncio.gather(*(vote(person) for person in people))


def _is_round(number: int) -> Callable[[Seen], bool]:
    return lambda seen: bool(seen.poll) and round_of(seen) == number


def _begins(words: str) -> Callable[[Seen], bool]:
    return lambda seen: seen.text.startswith(words)


def _show(what: str, seconds: Sequence[float]) -> None:
    print(f"  {what}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s")


def _counted(database: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(database)) as connection:
        (scored,) = connection.execute(
            "SELECT count(*) FROM quiz_answers WHERE points IS NOT NULL"
        ).fetchone()
        (logged,) = connection.execute(
            "SELECT count(*) FROM attempts WHERE origin = 'quiz' AND state = 'answered'"
        ).fetchone()
    return scored, logged


def _cpu_seconds(pid: int) -> float:
    """User and system time of a process (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
