"""Everything that exists in the simulated Telegram, and how a message comes into it.

The world is synchronous and pure but for the clock it is given: no sockets, no tasks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator import privacy
from bot.simulator.agenda import Agenda
from bot.simulator.chats import Chat, Member, User
from bot.simulator.feed import Feed
from bot.simulator.files import FileStore
from bot.simulator.flood import Flood
from bot.simulator.messages import Message
from bot.simulator.profile import Profile
from bot.simulator.updates import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.polls import Poll

FIRST_USER_ID = 100_001
FIRST_GROUP_ID = -4_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
FIRST_UPDATE_ID = 500_000_001
ANONYMOUS_ADMIN = User(1_087_968_824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_STAND_IN = User(136_817_688, "Channel", username="Channel_Bot", is_bot=True)


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A press on a button, waiting for its answer."""

    id: str
    user: User
    message: Message
    pressed_at: float
    answered: bool = False


class World:
    """Users, chats, files, polls, and what is on its way to the bot and to people.

    Args:
        now: Gives Unix time in seconds.
        bot: The bot under test.
        privacy_mode: Whether it sees only what is meant for it in groups.
        callback_seconds: How long a press may wait for its answer.
        flood: The flood limits; Telegram's if left out.
    """

    def __init__(
        self,
        now: Callable[[], float],
        bot: User,
        *,
        privacy_mode: bool = True,
        callback_seconds: float = 60.0,
        flood: Flood | None = None,
    ) -> None:
        self.now = now
        self.bot = bot
        self.privacy_mode = privacy_mode
        self.callback_seconds = callback_seconds
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.polls: dict[str, Message] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.files = FileStore()
        self.profile = Profile()
        self.updates = UpdateQueue(FIRST_UPDATE_ID)
        self.feed = Feed()
        self.agenda = Agenda()
        self.flood = flood or Flood()
        self._last_shared_message_id = 0
        self._serial = 0

    def serial(self) -> int:
        """A number that was never given before."""
        self._serial += 1
        return self._serial

    def add_user(self, first_name: str, *, user_id: int | None = None, **about: Any) -> User:
        """Create a person (or, with ``is_bot=True``, another bot) with a private chat."""
        user = User(user_id or self._free_user_id(), first_name, **about)
        self.users[user.id] = user
        if not user.is_bot:
            self.chats[user.id] = Chat(user.id, "private", person=user)
        self.feed.publish("world")
        return user

    def _free_user_id(self) -> int:
        return next(n for n in range(FIRST_USER_ID, 2**52) if n not in self.users)

    def add_chat(self, chat: Chat) -> Chat:
        """Add a group or channel under its id, or under a free one if that is 0."""
        if not chat.id:
            step = FIRST_GROUP_ID if chat.type == "group" else FIRST_SUPERGROUP_ID
            while step in self.chats:
                step -= 1
            chat.id = step
        self.chats[chat.id] = chat
        self.feed.publish("chat", chat)
        return chat

    def post(
        self,
        chat: Chat,
        content: dict[str, Any],
        *,
        author: User,
        sender: User | None = None,
        sender_chat: Chat | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        markup: dict[str, Any] | None = None,
        poll: Poll | None = None,
    ) -> Message:
        """Put a message into a chat; people see it, and the bot does if it may.

        `sender` is who the message seems to come from (the author if left out), `sender_chat`
        the chat in whose name it was sent.
        """
        shown_sender = None if chat.type == "channel" else sender or author
        message = Message(
            chat,
            self._next_message_id(chat),
            int(self.now()),
            content,
            sender=shown_sender,
            sender_chat=sender_chat or (chat if chat.type == "channel" else None),
            author=author,
            reply_to=reply_to,
            thread=thread,
            markup=markup,
            poll=poll,
        )
        chat.messages[message.id] = message
        if poll:
            self.polls[poll.id] = message
        self.tell_bot(message)
        if author.is_bot:
            chat.last_bot = author
        self.feed.publish("message", chat, message)
        return message

    def _next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels count for themselves; all else shares the bot's counter."""
        if chat.type in ("supergroup", "channel"):
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_shared_message_id += 1
        return self._last_shared_message_id

    def edited(self, message: Message, *, silently: bool = False) -> None:
        """Let people and, if it is somebody else's message, the bot know of an edit.

        A silent edit leaves the edit date as it is: only the keyboard changed.
        """
        if not silently:
            message.edit_date = int(self.now())
            self.tell_bot(message, edited=True)
        self.feed.publish("edited", message.chat, message)

    def tell_bot(self, message: Message, *, edited: bool = False) -> None:
        """Queue an update about a message that the bot may see."""
        if message.author is self.bot:
            return
        if privacy.sees(self.bot, message, privacy_mode=self.privacy_mode):
            kind = "channel_post" if message.chat.type == "channel" else "message"
            self.push(f"edited_{kind}" if edited else kind, message.render())

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue any update for the bot; None if it does not want this kind."""
        return self.updates.push(kind, body, now=self.now())

    def delete(self, message: Message) -> None:
        """Remove a message for everybody; the bot is not told."""
        message.deleted = True
        del message.chat.messages[message.id]
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        self.feed.publish("deleted", message.chat, message)

    def bot_member(self, chat: Chat) -> Member:
        """The place of the bot under test in a chat."""
        return chat.member(self.bot)
