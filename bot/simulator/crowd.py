"""Simulated members of groups, who join in by themselves and act as people do.

They see what people see and press, vote, reply and react through the same actions; only what is
right they are told beforehand, so that some of them know it. Their dice depend on the seed, the
person and the message alone, and everything happens by the simulator's clock: the same evening
can be had again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

from bot.simulator import actions, responses
from bot.simulator.errors import PersonError
from bot.simulator.temperaments import SIX, USUAL_PERIOD, Temperament, decision, thinking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.simulator.chats import Chat, User
    from bot.simulator.feed import Event
    from bot.simulator.messages import Message
    from bot.simulator.polls import Poll
    from bot.simulator.world import World

    Answers = Callable[[str], tuple[Sequence[str], Sequence[str]]]

JOIN_SECONDS = (1.5, 8.0)
CHEER_SECONDS = (1.5, 6.0)
REPLY_BY = 0.85
"""Nobody begins an answer after this part of the time."""
LOOKED_BACK = 5
QUESTION = re.compile(r"[●○]{5} +\d+/\d+")
"""The first line of a question that is none of the app's polls."""
PODIUM = re.compile(r"^1\. .+ · -?\d+ · \d+/\d+", re.MULTILINE)
CHEERS = ("🎉", "👏", "🔥", "❤")


class Crowd:
    """The simulated members of all groups.

    Attributes:
        playing: Whether they take part; while not, they only sit there.
        answers: Gives right and wrong answers to the text of an open question.
    """

    def __init__(self, world: World, *, seed: int = 1) -> None:
        self.playing = False
        self.answers: Answers = lambda _question: ((), ())
        self._world = world
        self._seed = seed
        self._members: dict[int, tuple[User, Temperament]] = {}
        self._periods: dict[int, float] = {}
        self._evening = 0
        world.feed.listeners.append(self._notice)

    @property
    def users(self) -> list[User]:
        """The simulated people."""
        return [user for user, _ in self._members.values()]

    def gather(self, temperaments: Sequence[Temperament] = SIX) -> list[User]:
        """Create people; which groups they are in is for others to say."""
        for who in temperaments:
            user = self._world.add_user(who.first_name, simulated=True)
            self._members[user.id] = (user, who)
        return self.users

    def play(self, *, playing: bool) -> None:
        """Have them take part from now on, in what goes on already too, or no longer."""
        if playing == self.playing:
            return
        self.playing = playing
        self._evening += 1
        if playing:
            for chat in list(self._world.chats.values()):
                for message in [*chat.messages.values()][-LOOKED_BACK:]:
                    self._consider(message)
        self._world.feed.publish("world")

    def _notice(self, event: Event) -> None:
        if event.kind == "message" and event.message:
            self._consider(event.message)

    def _consider(self, message: Message) -> None:
        """Plan who does what about a message of the bot."""
        if not self.playing or message.author is not self._world.bot or not message.chat.is_group:
            return
        there = [self._members[id_] for id_ in sorted(message.chat.people() & set(self._members))]
        if message.poll:
            self._periods[message.chat.id] = float(message.poll.rules.open_period or USUAL_PERIOD)
            self._plan_votes(message, message.poll, there)
        elif message.markup:
            self._plan_joining(message, there)
        elif QUESTION.search(message.words):
            self._plan_replies(message, there)
        elif PODIUM.search(message.words):
            self._plan_cheers(message, there)

    def _plan_votes(
        self, message: Message, poll: Poll, there: list[tuple[User, Temperament]]
    ) -> None:
        for user, who in there:
            if decided := decision(who, poll, self._dice(message, user)):
                wait, options = decided
                self._later(message, wait, _vote, user, options)

    def _plan_joining(self, message: Message, there: list[tuple[User, Temperament]]) -> None:
        for user, who in there:
            dice = self._dice(message, user)
            if buttons := _joining(message):
                data = dice.choice(buttons)
                self._later(message, dice.uniform(*JOIN_SECONDS) * who.pace, _press, user, data)

    def _plan_replies(self, message: Message, there: list[tuple[User, Temperament]]) -> None:
        """Some answer, everybody with words of their own."""
        right, wrong = (list(texts) for texts in self.answers(message.words))
        period = self._periods.get(message.chat.id, USUAL_PERIOD)
        for user, who in there:
            dice = self._dice(message, user)
            texts = right if dice.random() < who.skill else wrong
            if not texts or dice.random() > who.talk:
                continue
            text = texts.pop(dice.randrange(len(texts)))
            wait = thinking(who, f"{message.words} {text}", dice)
            self._later(
                message, min(wait, period * REPLY_BY * dice.uniform(0.6, 1)), _reply, user, text
            )

    def _plan_cheers(self, message: Message, there: list[tuple[User, Temperament]]) -> None:
        for user, who in there:
            dice = self._dice(message, user)
            if dice.random() < who.talk:
                wait = dice.uniform(*CHEER_SECONDS)
                self._later(message, wait, _cheer, user, dice.choice(CHEERS))

    def _dice(self, message: Message, user: User) -> Random:
        return Random(f"{self._seed}:{user.first_name}:{message.chat.id}:{message.id}")

    def _later(
        self, message: Message, seconds: float, act: Callable[..., None], *about: Any
    ) -> None:
        """Have somebody do something, unless the crowd was told to stop, or the moment is gone."""
        evening = self._evening

        def now() -> None:
            if evening == self._evening and not message.deleted:
                with suppress(PersonError):
                    act(self._world, message, *about)

        self._world.agenda.at(self._world.now() + seconds, now)


def _joining(message: Message) -> list[str]:
    """What the buttons of a lobby send that let somebody in; empty if it is none."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row if "callback_data" in button]
    starts = [button for button in buttons if "start" in button["text"].casefold()]
    return [button["callback_data"] for button in buttons if starts and button not in starts]


def _press(world: World, message: Message, who: User, data: str) -> None:
    if data in _joining(message):
        responses.press(world, who, message, data)


def _vote(world: World, message: Message, who: User, options: list[int]) -> None:
    if message.poll and who.id not in message.poll.votes:
        responses.vote(world, who, message, options)


def _reply(world: World, message: Message, who: User, text: str) -> None:
    if _newest_question(world, message.chat, message.thread) is message:
        actions.say(world, who, message.chat, text, reply_to=message)


def _newest_question(world: World, chat: Chat, thread: int | None) -> Message | None:
    """What the bot asked last there: whoever has not answered an earlier question lets it be."""
    for message in reversed(chat.messages.values()):
        asked = message.poll or QUESTION.search(message.words)
        if asked and message.author is world.bot and message.thread == thread:
            return message
    return None


def _cheer(world: World, message: Message, who: User, emoji: str) -> None:
    responses.react(world, who, message, [emoji])
