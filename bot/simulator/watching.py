"""What somebody sees in a chat, for tests: what is there, and what comes next.

Nothing here sleeps: waiting ends with the event that is waited for, or fails after a time-out
in real seconds.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bot.simulator.sights import Answer, Seen
from bot.simulator.waiting import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.simulator.chats import Chat, User
    from bot.simulator.feed import Event
    from bot.simulator.world import World

PATIENCE = 5.0
SUMMARISED = 5
SIGHTS = frozenset({"message", "edited", "poll"})


class Watcher:
    """Somebody who looks at one chat.

    Attributes:
        answers: The bot's answers to their presses in this chat.
        changed: Notified at every event that they see.
    """

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        self.answers: list[Answer] = []
        self.changed = Signal()
        self._sights: list[Seen] = []
        self._read = 0
        world.feed.listeners.append(self._notice)

    @property
    def id(self) -> int:
        """The person's id."""
        return self.user.id

    @property
    def inbox(self) -> list[Seen]:
        """The bot's messages here as they are now, oldest first."""
        return [*self._newest_first()][::-1]

    @property
    def history(self) -> list[Seen]:
        """All messages here as they are now, oldest first."""
        return [Seen.of(message) for message in self.chat.messages.values()]

    @property
    def last(self) -> Seen:
        """The bot's newest message.

        Raises:
            AssertionError: There is none.
        """
        for seen in self._newest_first():
            return seen
        raise AssertionError("the bot has not written here")

    @property
    def last_answer(self) -> Answer | None:
        """The newest answer to a press."""
        return self.answers[-1] if self.answers else None

    @property
    def last_alert(self) -> str | None:
        """The text of the newest answer that was shown as an alert."""
        alerts = [answer.text for answer in self.answers if answer.show_alert]
        return alerts[-1] if alerts else None

    def skip(self) -> None:
        """Have `next_message` and `next_change` tell only of what happens from now on."""
        self._read = len(self._sights)

    async def next_message(self, within: float = PATIENCE) -> Seen:
        """The bot's next message that was not returned yet; edits before it are passed over."""
        return await self._next({"message"}, within)

    async def next_change(self, within: float = PATIENCE) -> Seen:
        """The bot's next message or edit that was not returned yet."""
        return await self._next({"message", "edited"}, within)

    async def wait(self, wanted: Callable[[Seen], bool], within: float = PATIENCE) -> Seen:
        """The bot's newest message that is as wanted, or the first that becomes so."""
        for seen in self._newest_first():
            if wanted(seen):
                return seen
        to_come = self._sights_from(len(self._sights))
        return await self.changed.until(
            lambda: next(filter(wanted, to_come()), None), within, self._summary
        )

    async def gone(self, seen: Seen, within: float = PATIENCE) -> None:
        """Return once a message is deleted."""
        await self.changed.until(lambda: seen.deleted or None, within, self._summary)

    async def _next(self, events: set[str], within: float) -> Seen:
        def look() -> Seen | None:
            while self._read < len(self._sights):
                self._read += 1
                if (seen := self._sights[self._read - 1]).event in events:
                    return seen
            return None

        return await self.changed.until(look, within, self._summary)

    def _sights_from(self, place: int) -> Callable[[], Iterator[Seen]]:
        """A function whose calls go on through the sights, each of them once."""

        def unseen() -> Iterator[Seen]:
            nonlocal place
            while place < len(self._sights):
                place += 1
                yield self._sights[place - 1]

        return unseen

    def _newest_first(self) -> Iterator[Seen]:
        """The bot's messages here as they are now."""
        for message in reversed([*self.chat.messages.values()]):
            if message.author is self.world.bot:
                yield Seen.of(message)

    def _summary(self) -> str:
        newest = [*islice(self._newest_first(), SUMMARISED)]
        lines = [f"#{seen.id} {seen.text!r} {seen.labels}" for seen in reversed(newest)]
        return "the bot's last messages here:\n  " + "\n  ".join(lines or ["none"])

    def _notice(self, event: Event) -> None:
        if event.chat is not self.chat or not event.seen_by(self.user.id):
            return
        message = event.message
        if event.kind in SIGHTS and message and message.author is self.world.bot:
            self._sights.append(Seen.of(message, event.kind))
        elif event.kind == "callback_answer" and event.data:
            self.answers.append(Answer(**event.data))
        self.changed.notify()
