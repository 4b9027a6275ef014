"""People at their apps, for tests: they write, press and vote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator import actions, responses
from bot.simulator.chats import Chat, User
from bot.simulator.errors import PersonError
from bot.simulator.sights import Answer, Seen
from bot.simulator.watching import PATIENCE, Watcher

if TYPE_CHECKING:
    from bot.simulator.groups import Group
    from bot.simulator.world import CallbackQuery, World


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


class Seat(Watcher):
    """Somebody in one chat: what they can do there besides seeing what happens."""

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
        for seen in [message] if message else self._newest_first():
            if button := seen.button(label):
                break
        else:
            raise PersonError(f"There is no button {label!r}; {self._summary()}")
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
        poll = message or next((seen for seen in self._newest_first() if seen.poll), None)
        if poll is None:
            raise PersonError("There is no poll here.")
        chat = in_name_of.chat if in_name_of else None
        responses.vote(self.world, self.user, poll.message, list(options), in_name_of=chat)

    def download(self, seen: Seen) -> bytes:
        """The bytes of a message's document or picture.

        Raises:
            PersonError: It has neither.
        """
        files = [seen.raw.get("document"), *seen.raw.get("photo", [])[-1:]]
        for file in files:
            if file:
                return self.world.files.get(file["file_id"]).data
        raise PersonError("This message has no file.")

    async def react(self, emoji: str, message: Seen) -> None:
        """React to a message; an empty string takes the reaction back."""
        responses.react(self.world, self.user, message.message, [emoji] if emoji else [])


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
