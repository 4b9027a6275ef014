"""A bank for group quizzes whose right answers are easily seen, and people who play."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.simulator import Group, Person, Seat, Seen, Simulator

SINGLE = """
[[items]]
id = "{prefix}.{n:04}"
rev = 1
type = "single"
difficulty = 2
question = "Which one is right, in case {n}?"
options = [
  {{ text = "right", correct = true }},
  {{ text = "wrong i", why = "Because." }},
  {{ text = "wrong ii", why = "Because." }},
]
explanation = "It is so in case {n}."
"""
CODE = """
[[items]]
id = "{prefix}.{n:04}"
rev = 1
type = "single"
difficulty = 2
question = "What is $x^2$ of `<b>`, in case {n}?"
code = '''
print(1 < 2)
'''
code_language = "python"
options = [
  {{ text = "right", correct = true }},
  {{ text = "wrong i", why = "Because." }},
]
explanation = "It is so & not `otherwise`."
"""
MULTI = """
[[items]]
id = "{prefix}.{n:04}"
rev = 1
type = "multi"
difficulty = 3
question = "Which of these are right, in case {n}?"
options = [
  {{ text = "right one", correct = true }},
  {{ text = "right two", correct = true }},
  {{ text = "wrong one", why = "Because." }},
  {{ text = "wrong two", why = "Because." }},
]
explanation = "It is so in case {n}."
"""
NUMBER = """
[[items]]
id = "{prefix}.{n:04}"
rev = 1
type = "numeric"
difficulty = 2
question = "What is {n} times one?"
answer = {n}.0
tolerance = {{ abs = 0.1 }}
explanation = "It is so."
"""
TOPICS = (
    ("programming", "python", "prog.python", SINGLE, 12),
    ("statistics", "inference", "stat.inference", MULTI, 6),
    ("neural", "training", "nn.training", CODE, 3),
    ("applied_math", "numerics", "math.numerics", NUMBER, 4),
)
PODIUM_LINE = re.compile(r"^(\d+)\. (.+) · (\d+) · (\d+)/(\d+) · (\d+) s$")


def write_quiz_bank(folder: Path) -> Path:
    """Single choice on `python`, several on `inference`, code and formulas on `training`."""
    for area, topic, prefix, item, amount in TOPICS:
        (folder / area).mkdir(parents=True)
        head = f'schema = 1\narea = "{area}"\ntopic = "{topic}"\nlanguage = "en"\n'
        body = "".join(item.format(prefix=prefix, n=n) for n in range(1, amount + 1))
        (folder / area / f"{topic}.toml").write_text(head + body, encoding="utf-8")
    return folder


@dataclass
class Table:
    """A group with people in it, one of whom (the first) calls for quizzes."""

    simulator: Simulator
    group: Group
    people: list[Person]
    thread: int | None = None
    begun: int = 0
    """The lobby's message; what came before it is of another quiz."""

    @property
    def host(self) -> Seat:
        return self.people[0].at(self.group)

    @property
    def seats(self) -> list[Seat]:
        return [person.at(self.group) for person in self.people]

    @property
    def texts(self) -> list[str]:
        return [seen.text for seen in self.host.inbox]

    @property
    def polls(self) -> list[Seen]:
        return [seen for seen in self.host.inbox if seen.poll]

    async def pass_time(self, seconds: float) -> None:
        """Lets time pass once the bot has stored all that has happened so far."""
        await self.simulator.settled()
        await self.bystander.ask("/streak")  # transactions are made one after the other
        self.simulator.clock.advance(seconds)

    @cached_property
    def bystander(self) -> Person:
        return self.simulator.person("Bystander")

    async def open(self, command: str = "/quiz") -> Seen:
        """Opens a lobby; gives its message."""
        self.host.skip()
        await self.host.say(command, thread=self.thread)
        lobby = await self.host.next_message()
        self.begun = lobby.id
        return lobby

    async def join(self, *people: Person) -> None:
        for person in people or self.people:
            answer = await (await person.at(self.group).press("✋ Join")).answer()
            assert answer.text == "You are in. Good luck!"

    async def start(self) -> Seen:
        """Starts; gives the first round."""
        press = await self.host.press("▶ Start")
        await press.answer()
        return await self.round(1)

    async def begin(self, command: str = "/quiz", *joining: Person) -> Seen:
        await self.open(command)
        await self.join(*joining)
        return await self.start()

    async def round(self, number: int) -> Seen:
        """The poll or open question of that round, once it is there."""
        return await self.wait(lambda seen: is_round(seen) and round_of(seen) == number)

    async def wait(self, wanted: Callable[[Seen], bool]) -> Seen:
        """The newest message of this quiz that is as wanted, once it is there."""
        return await self.host.wait(lambda seen: seen.id > self.begun and wanted(seen))

    async def next_round(self, number: int) -> Seen:
        """The next round, after the pause."""
        await self.standing(number - 1)
        await self.pass_time(4)
        return await self.round(number)

    async def standing(self, number: int) -> Seen:
        return await self.wait(lambda seen: seen.text.startswith(f"📊 {number}/"))

    async def podium(self) -> Seen:
        return await self.wait(lambda seen: seen.text.startswith("🏆 Podium"))

    async def answer(self, person: Person, asked: Seen, *, right: bool = True) -> None:
        seat = person.at(self.group)
        if asked.poll:
            await seat.vote(*choice(asked, right=right), message=asked)
        else:
            await seat.say(number_in(asked) if right else "0", reply_to=asked)


def is_round(seen: Seen) -> bool:
    return bool(seen.poll) or "Reply to this message" in seen.text


def round_of(seen: Seen) -> int:
    text = seen.poll["description"] if seen.poll else seen.text
    match = re.search(r"(\d+)/\d+$", text.splitlines()[0])
    assert match, text
    return int(match[1])


def choice(asked: Seen, *, right: bool = True) -> list[int]:
    """The options to vote for."""
    assert asked.poll
    correct: list[int] = asked.poll["correct_option_ids"]
    if right:
        return correct
    return [n for n in range(len(asked.poll["options"])) if n not in correct][:1]


def number_in(asked: Seen) -> str:
    match = re.search(r"What is (\d+) times one", asked.text)
    assert match, asked.text
    return match[1]


def podium_lines(podium: Seen) -> list[tuple[int, str, int, str, int]]:
    """(place, name, points, right/played, seconds)."""
    found = [PODIUM_LINE.match(line) for line in podium.text.splitlines()]
    return [(int(m[1]), m[2], int(m[3]), f"{m[4]}/{m[5]}", int(m[6])) for m in found if m]
