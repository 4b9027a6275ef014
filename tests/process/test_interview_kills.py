"""`kill -9` at any moment of a mock interview: nothing is lost, asked twice or left unseen."""

from __future__ import annotations

import random

from bot.simulator import Person, Seen
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site
from tests.process.questions import (
    exported,
    right_letter,
    right_number,
    scores,
    write_bank,
    wrong_letter,
)
from tests.process.test_kills import check_database, kill_after

INTERVIEWS = 3
KILLS = 12
STEPS = INTERVIEWS * (1 + 8)
"""`/mock quick`, then eight answers."""
LONGEST_TURN = 0.03


@beside
async def test_interviews_survive_twelve_kills(site: Site, ann: Person) -> None:
    """The person answers by what the chat shows; every report counts every answer, once."""
    bank = write_bank(site.folder / "interviews", choices=30, numbers=1)
    site.settings |= {"BOT_CONTENT__BANKS": str(bank)}
    await Candidate(site, ann, random.Random(3)).play()


class Candidate:
    """Somebody who takes interviews, while the process is killed now and then."""

    def __init__(self, site: Site, person: Person, dice: random.Random) -> None:
        self.site = site
        self.person = person
        self.dice = dice
        self.deadly = set(dice.sample(range(STEPS), KILLS))
        self.steps = 0
        self.answers: list[tuple[str, float]] = []

    async def play(self) -> None:
        await self.site.start()
        for number in range(INTERVIEWS):
            before = len(self.answers)
            await self.interview()
            report = self.person.inbox[-1]
            right = sum(score for _, score in self.answers[before:])
            first = report.text.splitlines()[0]
            assert first.startswith(f"🏁 Quick interview: {right:g}/8"), (number, first)
        await self.site.simulator.settled(PATIENCE)
        assert len(self.site.programs) == KILLS + 1
        document = await exported(self.person)
        assert scores(document) == self.answers
        assert [mock["questions"] for mock in document["mocks"]] == [8] * INTERVIEWS

    async def interview(self) -> None:
        newest = self.newest()
        await self.person.say("/mock quick")
        await self.after(lambda seen: seen.id > newest and is_question(seen))
        for position in range(1, 9):
            question = self.open_question()
            if position == self.dice.randrange(1, 9):
                await self.pause(question)
                question = self.open_question()
            await self.answer(question)

    async def pause(self, question: Seen) -> None:
        """Pauses and goes on; what was shown by then stays in place."""
        await self.person.press("⏸ Pause", question)
        waiting = await self.person.wait(lambda seen: "▶ Go on" in seen.labels, PATIENCE)
        await self.person.press("▶ Go on", waiting)
        await self.person.wait(lambda s: s.id == question.id and is_question(s), PATIENCE)

    async def answer(self, question: Seen) -> None:
        if "A" not in question.labels:
            await self.tell(question)
            return
        right = self.dice.random() < 0.6
        letter = right_letter(question) if right else wrong_letter(question)
        newest = self.newest()
        await self.person.press(letter, question)
        self.answers.append((letter, float(right)))
        await self.after(lambda seen: seen.id > newest and (is_question(seen) or is_report(seen)))

    async def tell(self, question: Seen) -> None:
        """The one question that is answered by a message."""
        newest, number = self.newest(), right_number(question)
        await self.person.say(number)
        self.answers.append((number, 1.0))
        await self.after(lambda seen: seen.id > newest and (is_question(seen) or is_report(seen)))

    async def after(self, shown: object) -> None:
        """Waits for what must come of a step, which the process may not live to see."""
        if self.steps in self.deadly:
            await kill_after(self.site, self.dice.uniform(0, LONGEST_TURN))
            check_database(self.site.database, 0)
            await self.site.start()
        self.steps += 1
        await self.person.wait(shown, PATIENCE)  # type: ignore[arg-type]  # a predicate
        await self.site.simulator.settled(PATIENCE)

    def newest(self) -> int:
        return max((seen.id for seen in self.person.inbox), default=0)

    def open_question(self) -> Seen:
        """The one whose buttons are there; the newest, where a crash has left two copies."""
        return max((seen for seen in self.person.inbox if is_question(seen)), key=lambda s: s.id)


def is_question(seen: Seen) -> bool:
    return "⏸ Pause" in seen.labels


def is_report(seen: Seen) -> bool:
    return "interview:" in seen.text.splitlines()[0]
