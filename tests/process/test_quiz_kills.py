"""`kill -9` in every state of a group quiz: the podium is right in the end, and the last word."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from bot.simulator import Person, PersonError, Seen
from bot.simulator.faults import FaultKind
from tests.dialogues.quizzing import Table, choice, podium_lines, round_of
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site, read_database
from tests.process.questions import write_bank
from tests.process.test_kills import kill_after

LONGEST_TURN = 0.05
KILLS = 10


@beside
async def test_killed_in_every_state_of_a_quiz(site: Site, ann: Person) -> None:
    await Evening(site, ann).play()


@beside
async def test_killed_at_any_moment_of_quizzes(site: Site, ann: Person) -> None:
    await Nights(site, ann).play()


class Evening:
    """Ann and Ben play three rounds, and the process dies at the worst moments."""

    def __init__(self, site: Site, ann: Person) -> None:
        self.site = site
        bank = write_bank(site.folder / "quiz", choices=30, numbers=1)
        site.settings |= {"BOT_CONTENT__BANKS": str(bank)}
        self.ann, self.ben = ann, site.simulator.person("Ben")
        self.people = [self.ann, self.ben]
        self.group = site.simulator.group("Team", members=self.people)
        self.table = Table(site.simulator, self.group, self.people)
        self.seat = ann.at(self.group)

    async def play(self) -> None:
        await self.site.start()
        await self.lobby()
        await self.first_round()
        await self.second_round()
        await self.third_round()
        podium = await self.shown("🏆")
        assert [line[1::2] for line in podium_lines(podium)] == [("Ann", "3/3"), ("Ben", "2/3")]
        await self.site.simulator.settled(PATIENCE)
        assert self.seat.inbox[-1].text == podium.text
        for number in range(1, 4):
            told = [seen for seen in self.seat.inbox if seen.text.startswith(f"📊 {number}/3")]
            assert len(told) == 1, number
        assert len(self.site.programs) == 8

    async def lobby(self) -> None:
        """While the lobby is sent, and when somebody has joined."""
        await self.dying_while("sendMessage", self.seat.say("/quiz python 3 60"))
        await self.seat.wait(lambda seen: "✋ Join" in seen.labels, PATIENCE)
        await (await self.seat.press("✋ Join")).answer(PATIENCE)
        await self.die()
        await (await self.ben.at(self.group).press("✋ Join")).answer(PATIENCE)

    async def first_round(self) -> None:
        """While the round is sent, when one has answered, and while its poll is closed."""
        await self.dying_while("sendPoll", self.seat.press("▶ Start"))
        poll = await self.poll(1)
        await self.ann.at(self.group).vote(*choice(poll), message=poll)
        await self.ann.ask("/streak", within=PATIENCE)
        await self.die()
        await self.ben.at(self.group).vote(*choice(poll), message=poll)
        await self.shown("📊 1/3")

    async def second_round(self) -> None:
        """In the pause, and when the round is in the chat and nobody knows."""
        await self.ann.ask("/streak", within=PATIENCE)  # by then what was said is stored
        await self.die()
        fault = self.site.simulator.faults.add("hang", "sendPoll", after_effect=True)
        orphan = await self.poll(2)
        await self.die()
        fault.cancel()
        poll = await self.poll(2, after=orphan.id)
        for person, right in ((self.ben, False), (self.ann, True)):
            await person.at(self.group).vote(*choice(poll, right=right), message=poll)

    async def third_round(self) -> None:
        """While the standing is sent, and while the podium is."""
        poll = await self.poll(3)
        await self.ann.at(self.group).vote(*choice(poll), message=poll)
        vote = self.ben.at(self.group).vote(*choice(poll), message=poll)
        await self.dying_while("sendMessage", vote)
        await self.shown("📊 3/3")

    async def dying_while(self, method: str, act: object) -> None:
        """Kills the process while it is at a call that `act` leads to."""
        kind: FaultKind = "hang"
        fault = self.site.simulator.faults.add(kind, method, chat=self.group.id)
        await act  # type: ignore[misc]  # any of the things that people do
        calls = self.site.simulator.calls
        await calls.changed.until(lambda: fault.hits or None, PATIENCE, lambda: f"no {method}")
        await self.die()
        fault.cancel()

    async def die(self) -> None:
        await kill_after(self.site, 0)
        check_database(self.site.database)
        await self.site.start()

    async def poll(self, number: int, after: int = 0) -> Seen:
        return await self.seat.wait(
            lambda seen: bool(seen.poll) and seen.id > after and round_of(seen) == number, PATIENCE
        )

    async def shown(self, words: str) -> Seen:
        return await self.seat.wait(lambda seen: seen.text.startswith(words), PATIENCE)


class Nights(Evening):
    """Two quizzes of four rounds, in which the process is killed now and then."""

    async def play(self) -> None:
        dice = random.Random(5)
        steps = [(quiz, number) for quiz in range(2) for number in range(6)]
        deadly = set(dice.sample(steps, KILLS))
        await self.site.start()
        for quiz in range(2):
            right = await self.quiz(quiz, deadly, dice)
            podium = max(
                (seen for seen in self.seat.inbox if seen.text.startswith("🏆")),
                key=lambda seen: seen.id,
            )
            lines = {line[1]: line[3] for line in podium_lines(podium)}
            assert lines == {name: f"{count}/4" for name, count in right.items()}
            await self.site.simulator.settled(PATIENCE)
            assert self.seat.inbox[-1].text == podium.text
        assert len(self.site.programs) == KILLS + 1

    async def quiz(
        self, quiz: int, deadly: set[tuple[int, int]], dice: random.Random
    ) -> dict[str, int]:
        """Plays a quiz; gives how many rounds everybody had right."""
        newest = max((seen.id for seen in self.seat.inbox), default=0)
        await self.seat.say("/quiz python 4 60")
        await self.perhaps_die((quiz, 0) in deadly, dice)
        await self.seat.wait(lambda s: s.id > newest and "✋ Join" in s.labels, PATIENCE)
        for person in self.people:
            await (await person.at(self.group).press("✋ Join")).answer(PATIENCE)
        await self.seat.press("▶ Start")
        await self.perhaps_die((quiz, 5) in deadly, dice)
        right = dict.fromkeys(("Ann", "Ben"), 0)
        for number in range(1, 5):
            truth = {person: dice.random() < 0.6 for person in self.people}
            await self.play_round(number, newest, truth, die=(quiz, number) in deadly, dice=dice)
            for person, is_right in truth.items():
                right[person.user.first_name] += is_right
        await self.seat.wait(lambda s: s.id > newest and s.text.startswith("🏆"), PATIENCE)
        return right

    async def play_round(
        self,
        number: int,
        newest: int,
        truth: dict[Person, bool],
        *,
        die: bool,
        dice: random.Random,
    ) -> None:
        """Everybody votes in the newest poll of the round, until its standing comes."""
        voted: set[tuple[int, int]] = set()
        while True:
            event = await self.seat.wait(
                lambda seen: (
                    seen.id > newest
                    and (
                        seen.text.startswith(f"📊 {number}/")
                        or (
                            bool(seen.poll)
                            and round_of(seen) == number
                            and not all((person.id, seen.id) in voted for person in truth)
                        )
                    )
                ),
                PATIENCE,
            )
            if not event.poll:
                return
            for person, is_right in truth.items():
                voted.add((person.id, event.id))
                try:
                    seat = person.at(self.group)
                    await seat.vote(*choice(event, right=is_right), message=event)
                except PersonError:  # the poll is closed by now
                    continue
            if die:
                die = False
                await self.perhaps_die(True, dice)

    async def perhaps_die(self, die: bool, dice: random.Random) -> None:
        if die:
            await kill_after(self.site, dice.uniform(0, LONGEST_TURN))
            check_database(self.site.database)
            await self.site.start()


def check_database(database: Path) -> None:
    """Fails unless the file is sound, and what was scored was logged with it.

    Reads a copy, so that the program itself has to recover the original.
    """

    def look(connection: sqlite3.Connection) -> None:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = [
            connection.execute(query).fetchone()[0] or 0
            for query in (
                "SELECT count(*) FROM quiz_answers WHERE points IS NOT NULL",
                "SELECT count(*) FROM attempts WHERE state = 'answered' AND origin = 'quiz'",
                "SELECT sum(graded) FROM persons",
            )
        ]
        assert len(set(counts)) == 1, counts

    with tempfile.TemporaryDirectory() as folder:
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, folder)
        read_database(Path(folder, database.name), look)
