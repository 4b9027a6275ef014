"""Whose message goes next: flood limits and two lanes, as a pure function of the instants given.

Telegram allows about one message a second to a chat, 20 a minute to a group and 30 a second in
all (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING

from bot.transport.limits import SlidingWindow, TokenBucket

if TYPE_CHECKING:
    from bot.transport.failures import ChatId


class Lane(IntEnum):
    """Who is waiting for a message; the smaller goes first."""

    PEOPLE = 0
    BROADCAST = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """The flood limits to keep within, in messages and seconds.

    Attributes:
        messages_per_second: In all chats together.
        kept_for_people: How many of these a broadcast never uses.
        chat_interval: Between two messages to one chat. A little over a second, since messages
            arrive closer together than they were sent when the network wavers.
        chat_burst: How many a chat may get at once after a silence.
        group_messages: In a group, within `group_seconds`.
    """

    messages_per_second: int = 30
    kept_for_people: int = 5
    chat_interval: float = 1.05
    chat_burst: int = 3
    group_messages: int = 20
    group_seconds: float = 61.0

    @property
    def broadcast_per_second(self) -> int:
        """How many messages a second a broadcast may use when people use none."""
        return max(1, self.messages_per_second - self.kept_for_people)


def is_group(chat: ChatId) -> bool:
    """Whether it is a group or a channel; private chats have positive ids."""
    return isinstance(chat, str) or chat < 0


class _ChatPace:
    """What one chat got lately, and how many of its messages wait."""

    __slots__ = ("bucket", "paused_until", "waiting", "window")

    def __init__(self, chat: ChatId, pace: Pace) -> None:
        self.bucket = TokenBucket(pace.chat_interval, pace.chat_burst)
        self.window = (
            SlidingWindow(pace.group_messages, pace.group_seconds) if is_group(chat) else None
        )
        self.paused_until = -math.inf
        self.waiting = 0

    def free_at(self) -> float:
        at = max(self.bucket.free_at(), self.paused_until)
        return at if self.window is None else max(at, self.window.free_at())

    def take(self, now: float) -> None:
        self.bucket.take(now)
        if self.window is not None:
            self.window.take(now)

    def idle_at(self, now: float) -> bool:
        return (
            self.waiting == 0
            and self.paused_until <= now
            and self.bucket.idle_at(now)
            and (self.window is None or self.window.idle_at(now))
        )


class Ticket:
    """A message that waits for its turn."""

    __slots__ = ("cancelled", "chat", "lane", "number")

    def __init__(self, chat: _ChatPace, lane: Lane, number: int) -> None:
        self.chat = chat
        self.lane = lane
        self.number = number
        self.cancelled = False

    def __lt__(self, other: Ticket) -> bool:
        return self.number < other.number


class Schedule:
    """Grants turns: people before broadcasts, first come first served, nobody behind a full chat.

    Within a chat and lane turns keep the order of arrival. Every `now` must not lie before the
    one passed before it.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._chats: dict[ChatId, _ChatPace] = {}
        self._tidy_at = 1_024
        self._all = SlidingWindow(pace.messages_per_second, 1.0)
        self._broadcasts = TokenBucket(1 / pace.broadcast_per_second, burst=1)
        self._numbers = count()
        # A ticket waits among the held until its chat is free, then in its lane's queue.
        self._held: list[tuple[float, Ticket]] = []
        self._queues: tuple[list[Ticket], list[Ticket]] = ([], [])

    def admit(self, chat: ChatId, lane: Lane, now: float) -> bool:
        """Grant a turn at once, if that keeps within the limits and passes nobody."""
        self._let_out(now)
        state = self._chat(chat, now)
        if self._queues[Lane.PEOPLE] or self._queues[lane]:
            return False
        if state.free_at() > now or self._lane_free_at(lane) > now:
            return False
        self._take(state, lane, now)
        return True

    def join(self, chat: ChatId, lane: Lane, now: float) -> Ticket:
        """Queue for a turn, which `release` will grant."""
        state = self._chat(chat, now)
        state.waiting += 1
        ticket = Ticket(state, lane, next(self._numbers))
        heapq.heappush(self._held, (state.free_at(), ticket))
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up a ticket that was not granted."""
        ticket.cancelled = True
        ticket.chat.waiting -= 1

    def release(self, now: float) -> list[Ticket]:
        """Grant the turns that have come, in this order."""
        self._let_out(now)
        # The limit of broadcasts is the tighter one: none is free while a person waits for theirs.
        granted: list[Ticket] = []
        for lane, queue in zip(Lane, self._queues, strict=True):
            while queue and self._lane_free_at(lane) <= now:
                ticket = heapq.heappop(queue)
                if ticket.cancelled:
                    continue
                if (at := ticket.chat.free_at()) > now:
                    heapq.heappush(self._held, (at, ticket))
                    continue
                ticket.chat.waiting -= 1
                self._take(ticket.chat, lane, now)
                granted.append(ticket)
        return granted

    def next_at(self) -> float | None:
        """When `release` may grant something; None if nobody waits."""
        times = [self._lane_free_at(lane) for lane in Lane if self._queues[lane]]
        if self._held:
            times.append(self._held[0][0])
        return min(times, default=None)

    def pause(self, chat: ChatId, until: float, now: float) -> None:
        """Grant this chat nothing before `until`."""
        state = self._chat(chat, now)
        state.paused_until = max(state.paused_until, until)

    def paused_until(self, chat: ChatId) -> float:
        """The end of the chat's pause; lies in the past if there is none."""
        state = self._chats.get(chat)
        return -math.inf if state is None else state.paused_until

    def room_at(self, chat: ChatId, messages: int) -> float:
        """When the limit of a minute leaves a group room for so many; in the past if it does."""
        state = self._chats.get(chat)
        if state is None or state.window is None:
            return -math.inf
        return state.window.free_at(max(1, self._pace.group_messages - messages + 1))

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def _let_out(self, now: float) -> None:
        while self._held and self._held[0][0] <= now:
            ticket = heapq.heappop(self._held)[1]
            if not ticket.cancelled:
                heapq.heappush(self._queues[ticket.lane], ticket)

    def _lane_free_at(self, lane: Lane) -> float:
        if lane is Lane.PEOPLE:
            return self._all.free_at()
        return max(self._all.free_at(self._pace.broadcast_per_second), self._broadcasts.free_at())

    def _take(self, chat: _ChatPace, lane: Lane, now: float) -> None:
        chat.take(now)
        self._all.take(now)
        if lane is Lane.BROADCAST:
            self._broadcasts.take(now)

    def _chat(self, chat: ChatId, now: float) -> _ChatPace:
        state = self._chats.get(chat)
        if state is None:
            if len(self._chats) >= self._tidy_at:
                self._tidy(now)
            state = self._chats[chat] = _ChatPace(chat, self._pace)
        return state

    def _tidy(self, now: float) -> None:
        """Forget idle chats; done when their number has doubled, so it costs little a message."""
        self._chats = {
            chat: state for chat, state in self._chats.items() if not state.idle_at(now)
        }
        self._tidy_at = max(1_024, 2 * len(self._chats))
