"""One update on its way through a handler: who acts, where, and how the answer is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from telegram import Chat, Message, Update
from telegram.constants import ChatType

from bot.chat.buttons import Press, decode
from bot.chat.house import House
from bot.chat.screen import Rows, Screen
from bot.chat.spot import Spot
from bot.domain.errors import Stale
from bot.domain.names import display_name
from bot.services.results import Happening, Who
from bot.texts import Texts

T = TypeVar("T")

OLDEST_ANSWER = timedelta(hours=24)
"""Telegram keeps updates that long; no answer is dated earlier (streak specification)."""


@dataclass(slots=True)
class Turn:
    """Everything that a handler needs of an update, and the ways to answer it."""

    house: House
    update: Update
    person_id: int
    texts: Texts
    who: Who
    what: Happening
    name: str
    chat: Chat
    message: Message | None
    message_id: int | None
    thread_id: int | None
    query_id: str | None = None
    press: Press | None = None
    _answered: bool = field(default=False)

    @property
    def is_private(self) -> bool:
        """Whether this happens in the private chat."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def is_anonymous(self) -> bool:
        """Whether somebody speaks as a chat: nobody knows who, so nothing may count."""
        return _speaks_as_chat(self.update)

    @property
    def text(self) -> str:
        """The message's text; empty where it has none."""
        return (self.message.text or "") if self.message else ""

    @property
    def argument(self) -> str:
        """What follows the command, on one line."""
        return " ".join(self.text.split()[1:])

    def pressed(self) -> Press:
        """The button's payload.

        Raises:
            Stale: it is none of ours.
        """
        if self.press is None:
            raise Stale
        return self.press

    @property
    def spot(self) -> Spot:
        """Where answers go: the chat (and topic) of the update."""
        return Spot(self.house, self.chat.id, self.thread_id)

    async def send(self, screen: Screen, *, reply_to: int | None = None) -> int:
        """Sends a new message to the chat (and topic) of the update; gives its id."""
        return await self.spot.send(screen, reply_to=reply_to)

    async def show(self, screen: Screen, *message_ids: int | None) -> int | None:
        """Edits the message and its copies; where all are gone, sends a new one, gives its id.

        A press is answered beside the edit, not before it: one round trip instead of two.
        """
        edited = await self.beside_answer(self.spot.edit(screen, *message_ids))
        return None if edited else await self.send(screen)

    async def set_rows(self, message_id: int | None, rows: Rows = ()) -> None:
        """Changes the buttons below a message; whether that works changes nothing."""
        await self.spot.set_rows(message_id, rows)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answers the press, once; does nothing for a message."""
        if self.query_id is None or self._answered:
            return
        self._answered = True
        await self.house.api.answer_callback(self.query_id, text, alert=alert)

    async def beside_answer(self, work: Awaitable[T]) -> T:
        """Does `work` while the press is being answered."""
        if self.query_id is None:
            return await work
        answering = asyncio.ensure_future(self.answer())
        try:
            return await work
        finally:
            await answering

    async def say(self, name: str, rows: Rows = (), *, alert: bool = False, **values: Any) -> None:
        """A short text: on a press as a toast (or alert), else as a message."""
        if self.query_id is not None and not rows:
            await self.answer(self.texts.plain(name, **values), alert=alert)
            return
        await self.beside_answer(self.send(Screen(self.texts.html(name, **values), rows)))


def make_turn(update: Update, house: House) -> Turn | None:
    """The turn of an update; `None` where nobody acts, or another bot.

    Who writes as a channel or as an anonymous admin comes from a bot, too, but gets a turn,
    so that a handler can say why nothing is counted.
    """
    user, chat = update.effective_user, update.effective_chat
    query, message = update.callback_query, update.effective_message
    if user is None or (user.is_bot and not _speaks_as_chat(update)):
        return None
    if chat is None:  # a press below a message that is inaccessible, or sent inline
        chat = Chat(id=user.id, type=ChatType.PRIVATE)
    now = house.clock.now()
    accessible = message if isinstance(message, Message) else None
    texts = house.library.texts(user.language_code)
    return Turn(
        house=house,
        update=update,
        person_id=user.id,
        texts=texts,
        who=Who(user.id, texts.language, chat.id),
        what=Happening(update.update_id, _acted_at(update, now), now),
        name=display_name(user.first_name, user.last_name),
        chat=chat,
        message=accessible,
        message_id=message.message_id if message else None,
        thread_id=_thread_of(accessible),
        query_id=query.id if query else None,
        press=decode(query.data) if query and query.data else None,
    )


async def speak(turn: Turn) -> None:
    """Turns to the person's own language, where there are several.

    It is the one in which they were first met, until they choose another.
    """
    library = turn.house.library
    if len(library.titles) == 1:
        return
    language = await turn.house.services.preferences.language_of(turn.person_id)
    if language is not None:
        turn.texts = library.texts(language)
        turn.who = replace(turn.who, language=turn.texts.language)


def _speaks_as_chat(update: Update) -> bool:
    """Anonymous admins and channels: the message names a chat as its sender."""
    return update.message is not None and update.message.sender_chat is not None


def _acted_at(update: Update, now: datetime) -> datetime:
    """A message's own date within the last 24 hours; the receipt for everything else."""
    if update.message is None:
        return now
    return min(max(update.message.date.astimezone(UTC), now - OLDEST_ANSWER), now)


def _thread_of(message: Message | None) -> int | None:
    """The forum topic; `None` for General and for chats without topics."""
    if message is None or not message.is_topic_message:
        return None
    return message.message_thread_id
