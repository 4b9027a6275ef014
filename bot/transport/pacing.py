"""Lets messages out at the pace that Telegram allows, people's before broadcasts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.transport.clock import Clock, SystemClock
from bot.transport.schedule import Lane, Pace, Schedule, Ticket

if TYPE_CHECKING:
    from bot.transport.failures import ChatId

__all__ = ["Lane", "Pace", "Pacer"]


class Pacer:
    """Makes callers wait for their turn; costs a few microseconds when nobody has to wait."""

    def __init__(self, pace: Pace | None = None, clock: Clock | None = None) -> None:
        self._schedule = Schedule(pace or Pace())
        self._clock = clock or SystemClock()
        self._turns: dict[Ticket, asyncio.Future[None]] = {}
        self._bell: asyncio.Task[None] | None = None
        self._bell_at = 0.0

    async def turn(self, chat: ChatId, lane: Lane = Lane.PEOPLE) -> None:
        """Wait until a message to this chat may go out.

        Whoever is cancelled while waiting leaves the queue.
        """
        now = self._clock.monotonic()
        if self._schedule.admit(chat, lane, now):
            return
        ticket = self._schedule.join(chat, lane, now)
        turn = self._turns[ticket] = asyncio.get_running_loop().create_future()
        self._set_bell()
        try:
            await turn
        finally:
            if self._turns.pop(ticket, None) is not None:
                self._schedule.leave(ticket)
            if not self._turns and self._bell is not None:
                self._bell.cancel()
                self._bell = None

    def pause(self, chat: ChatId, seconds: float) -> None:
        """Let nothing out to this chat for so long; all other chats go on."""
        now = self._clock.monotonic()
        self._schedule.pause(chat, now + seconds, now)

    async def calm(self, chat: ChatId) -> None:
        """Wait until the chat's pause is over; takes no turn."""
        while (wait := self._schedule.paused_until(chat) - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)

    async def room(self, chat: ChatId, messages: int, within: float) -> None:
        """Wait until a group may get so many messages within so many seconds; takes no turn.

        For messages that belong together, which a full minute would tear apart.
        """
        while True:
            wait = self._schedule.room_at(chat, messages) - within - self._clock.monotonic()
            if wait <= 0:
                return
            await self._clock.sleep(wait)

    def _set_bell(self) -> None:
        at = self._schedule.next_at()
        if at is None or (self._bell is not None and self._bell_at <= at):
            return
        if self._bell is not None:
            self._bell.cancel()
        self._bell_at = at
        self._bell = asyncio.get_running_loop().create_task(self._ring())

    async def _ring(self) -> None:
        """Sleep until somebody's turn, let them go, and so on until nobody waits."""
        while (at := self._schedule.next_at()) is not None:
            self._bell_at = at
            # Timers may ring a little early; a millisecond keeps that from spinning.
            await self._clock.sleep(max(at - self._clock.monotonic(), 0.001))
            for ticket in self._schedule.release(self._clock.monotonic()):
                turn = self._turns.pop(ticket)
                if not turn.done():  # cancelled in the same breath
                    turn.set_result(None)
        self._bell = None
