"""Somebody who practises by what the chat shows, and remembers what they answered."""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.simulator import Person, Seen
from tests.process.questions import right_letter, right_number, wrong_letter

Shown = Callable[[Seen], bool]
"""Whether a message is what must come of a step."""


class Learner:
    """Begins a set, answers right or wrong as the dice fall, goes on, begins the next set.

    Attributes:
        answers: Every answer with the score that it deserves, in order.
        summaries: The summaries of the finished sets.
    """

    def __init__(self, person: Person, dice: random.Random) -> None:
        self.person = person
        self.answers: list[tuple[str, float]] = []
        self._dice = dice

    @property
    def summaries(self) -> list[Seen]:
        return [seen for seen in self.person.inbox if seen.text.startswith("🏁")]

    async def step(self) -> Shown:
        """Does what the newest message asks for; gives what must be shown then."""
        last = self.person.inbox[-1:]
        if not last or "🏁" in last[0].text:
            await self.person.say("/practice")
            return after(last, is_question)
        if "Next ▶" in last[0].labels:
            await self.person.press("Next ▶", last[0])
            return after(last, lambda seen: is_question(seen) or seen.text.startswith("🏁"))
        return await self._answer(last[0])

    async def _answer(self, question: Seen) -> Shown:
        right = self._dice.random() < 0.6
        mark = "✅" if right else "❌"
        if "A" in question.labels:
            answer = right_letter(question) if right else wrong_letter(question)
            await self.person.press(answer, question)
            self.answers.append((answer, float(right)))
            return lambda seen: seen.id >= question.id and seen.text.startswith(mark)
        answer = right_number(question) if right else "0.5"
        await self.person.say(answer)
        self.answers.append((answer, float(right)))
        return after([question], lambda seen: seen.text.startswith(mark))


def after(last: list[Seen], shown: Shown) -> Shown:
    """The same of a message that is newer than the last one."""
    newest = last[0].id if last else 0
    return lambda seen: seen.id > newest and shown(seen)


def is_question(seen: Seen) -> bool:
    """Whether it can still be answered."""
    return "⏭ Skip" in seen.labels
