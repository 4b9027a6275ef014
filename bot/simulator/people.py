"""People at their apps, for tests: they write, press, vote, and see what the bot does.

Nothing here sleeps: waiting ends with the event that is waited for, or fails after a time-out
in real seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator import actions, responses
from bot.simulator.chats import Chat, User
from bot.simulator.errors import PersonError
from bot.simulator.sights import Answer, Seen
from bot.simulator.waiting import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.feed import Event
    from bot.simulator.groups import Group
    from bot.simulator.world import CallbackQuery, World

PATIENCE = 5.0


class Press:
    """A press on a button."""

    def __init__(self, seat: Seat, query: CallbackQuery) -> None:
        self.query_id = query.id
        self._seat = seat

    @property
    def answered(self) -> Answer | None:
        """The answer, if it has come."""
        return next((a for a in self._seat.answers if a.query_id == self.query_id), None)

    async def answer(self, within: float = PATIENCE) -> Answer:
        """The answer, once it comes.

        Raises:
            AssertionError: It does not come within `within` real seconds.
        """
        return await self._seat.changed.until(
            lambda: self.answered, within, lambda: "the press was not answered"
        )


class Seat:
    """Somebody in one chat: what they can do there and what they see there.

    Attributes:
        answers: The bot's answers to their presses in this chat.
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
        return [seen for seen in self.history if seen.message.author is self.world.bot]

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
        if not (inbox := self.inbox):
            raise AssertionError("the bot has not written here")
        return inbox[-1]

    @property
    def last_answer(self) -> Answer | None:
        """The newest answer to a press."""
        return self.answers[-1] if self.answers else None

    @property
    def last_alert(self) -> str | None:
        """The text of the newest answer that was shown as an alert."""
        alerts = [answer.text for answer in self.answers if answer.show_alert]
        return alerts[-1] if alerts else None

    async def say(
        self,
        text: str,
        *,
        reply_to: Seen | None = None,
        thread: int | None = None,
        in_name_of: Group | None = None,
    ) -> Seen:
        """Write a message.

        Raises:
            PersonError: They cannot.
        """
        return self._send(text, reply_to, thread, in_name_of)

    async def ask(self, text: str, *, within: float = PATIENCE) -> Seen:
        """Write a message and wait for the bot's next one."""
        self.skip()
        await self.say(text)
        return await self.next_message(within)

    async def show(
        self, content: dict[str, Any], *, reply_to: Seen | None = None, thread: int | None = None
    ) -> Seen:
        """Send anything but a text: the content fields of the Bot API's Message."""
        return self._send(content, reply_to, thread, None)

    def _send(
        self,
        content: dict[str, Any] | str,
        reply_to: Seen | None,
        thread: int | None,
        in_name_of: Group | None,
    ) -> Seen:
        sent = actions.say(
            self.world,
            self.user,
            self.chat,
            content,
            reply_to=reply_to.message if reply_to else None,
            thread=thread,
            in_name_of=in_name_of.chat if in_name_of else None,
        )
        return Seen.of(sent)

    async def edit(self, seen: Seen, text: str) -> None:
        """Change one's own message."""
        actions.edit(self.world, self.user, seen.message, text)

    async def delete(self, seen: Seen) -> None:
        """Delete a message for everybody."""
        actions.delete(self.world, self.user, seen.message)

    async def press(
        self, label: str, message: Seen | None = None, *, message_inaccessible: bool = False
    ) -> Press:
        """Press the button with that label on the newest message that has one.

        With a message, the button is the one that it had when it was seen, even if it is gone.

        Raises:
            PersonError: There is no such button, or it is none for the bot.
        """
        candidates = [message] if message else self.inbox
        for seen in reversed(candidates):
            if button := seen.button(label):
                break
        else:
            shown = [label for seen in candidates[-3:] for label in seen.labels]
            raise PersonError(f"There is no button {label!r}, only {shown}.")
        if "callback_data" not in button:
            raise PersonError("The app itself deals with this button.")
        return await self.press_data(
            button["callback_data"], seen, message_inaccessible=message_inaccessible
        )

    async def press_data(
        self, data: str, message: Seen, *, message_inaccessible: bool = False
    ) -> Press:
        """Send any callback data, as a forged app could."""
        query = responses.press(
            self.world,
            self.user,
            message.message,
            data,
            message_inaccessible=message_inaccessible,
        )
        return Press(self, query)

    async def vote(
        self, *options: int, message: Seen | None = None, in_name_of: Group | None = None
    ) -> None:
        """Vote in a poll (the newest one if none is given); no options take the vote back.

        Raises:
            PersonError: There is no poll, or it does not take this vote.
        """
        polls = [message] if message else [seen for seen in self.inbox if seen.poll]
        if not polls:
            raise PersonError("There is no poll here.")
        chat = in_name_of.chat if in_name_of else None
        responses.vote(self.world, self.user, polls[-1].message, list(options), in_name_of=chat)

    async def react(self, emoji: str, message: Seen) -> None:
        """React to a message; an empty string takes the reaction back."""
        responses.react(self.world, self.user, message.message, [emoji] if emoji else [])

    def skip(self) -> None:
        """Have `next_message` and `next_change` tell only of what happens from now on."""
        self._read = len(self._sights)

    async def next_message(self, within: float = PATIENCE) -> Seen:
        """The bot's next message that was not returned yet; edits before it are passed over."""
        return await self._next(lambda seen: not seen.edited, within)

    async def next_change(self, within: float = PATIENCE) -> Seen:
        """The bot's next message or edit that was not returned yet."""
        return await self._next(lambda seen: True, within)

    async def wait(self, wanted: Callable[[Seen], bool], within: float = PATIENCE) -> Seen:
        """The bot's newest message that is as wanted, now or later."""
        return await self.changed.until(
            lambda: next(filter(wanted, reversed(self.inbox)), None), within, self._summary
        )

    async def _next(self, wanted: Callable[[Seen], bool], within: float) -> Seen:
        def look() -> Seen | None:
            for place in range(self._read, len(self._sights)):
                if wanted(self._sights[place]):
                    self._read = place + 1
                    return self._sights[place]
            return None

        return await self.changed.until(look, within, self._summary)

    def _summary(self) -> str:
        lines = [f"#{seen.id} {seen.text!r} {seen.labels}" for seen in self.inbox[-5:]]
        return "the bot's last messages here:\n  " + "\n  ".join(lines or ["none"])

    def _notice(self, event: Event) -> None:
        if event.chat is not self.chat or not event.seen_by(self.user.id):
            return
        message = event.message
        if event.kind in ("message", "edited") and message and message.author is self.world.bot:
            self._sights.append(Seen.of(message, edited=event.kind == "edited"))
        elif event.kind == "callback_answer" and event.data:
            self.answers.append(Answer(**event.data))
        self.changed.notify()


class Person(Seat):
    """Somebody in their private chat with the bot; `at` takes them to a group."""

    def __init__(self, world: World, user: User) -> None:
        private = world.chats.get(user.id) or Chat(user.id, "private", person=user)
        super().__init__(world, user, private)
        self._seats: dict[int, Seat] = {}

    def at(self, group: Group) -> Seat:
        """Their seat in a group or channel."""
        if group.id not in self._seats:
            self._seats[group.id] = Seat(self.world, self.user, group.chat)
        return self._seats[group.id]

    async def start(self, payload: str = "") -> Seen:
        """Follow a link ``t.me/<bot>?start=<payload>``, or press START."""
        return await self.say(f"/start {payload}".strip())

    def block(self) -> None:
        """Block the bot."""
        actions.set_blocked(self.world, self.user, blocked=True)

    def unblock(self) -> None:
        """Allow the bot again; writing to it does so, too."""
        actions.set_blocked(self.world, self.user, blocked=False)

    def deactivate(self) -> None:
        """Delete the account."""
        self.user.deactivated = True
