"""What people see happen, in order, each event with the people who see it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.simulator.chats import Chat
    from bot.simulator.messages import Message

REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        kind: message, edited, deleted, poll, reaction, typing, callback_answer, chat or world.
        audience: The ids of those who see it; None for everybody.
    """

    id: int
    kind: str
    audience: frozenset[int] | None
    chat: Chat | None = None
    message: Message | None = None
    data: dict[str, Any] | None = None

    def seen_by(self, user_id: int) -> bool:
        """Whether it reaches this person."""
        return self.audience is None or user_id in self.audience


class Feed:
    """The latest events, and listeners that are called with each new one."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Event], None]] = []
        self._events: deque[Event] = deque(maxlen=REMEMBERED)
        self._last_id = 0

    def publish(
        self,
        kind: str,
        chat: Chat | None = None,
        message: Message | None = None,
        *,
        audience: frozenset[int] | None = None,
        **data: Any,
    ) -> None:
        """Tell everybody in the chat, or the given audience."""
        if audience is None and chat is not None:
            audience = frozenset(chat.people())
        self._last_id += 1
        event = Event(self._last_id, kind, audience, chat, message, data)
        self._events.append(event)
        for listener in list(self.listeners):
            listener(event)

    def since(self, event_id: int) -> list[Event] | None:
        """The events after that one, or None if some of them are forgotten already."""
        oldest = self._events[0].id if self._events else self._last_id + 1
        if not oldest - 1 <= event_id <= self._last_id:
            return None
        return [event for event in self._events if event.id > event_id]
