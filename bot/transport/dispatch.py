"""Handles updates: in order for one person and for the commands of one group, else at once."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

from bot.transport.clock import Clock

Json = dict[str, Any]

TRIES = 3
"""How often an update may fail before it is set aside."""
FIRST_PAUSE = 0.2
"""Seconds before the second try; each further pause is three times as long."""
MOST_WAITING = 200
"""Updates of one person, or commands of one group, that may be unfinished at a time."""
OUTAGE_PAUSE_CAP = 5.0
"""Seconds between tries at most while nothing can be saved."""

_LOG = logging.getLogger(__name__)


class Outage(Exception):
    """Nothing can be saved just now: the update is tried until it can be."""


class Receiver(Protocol):
    """What becomes of an update."""

    def admits(self, raw: Json) -> bool:
        """Whether it is within its sender's allowance; asked once, when it arrives."""

    async def turn_away(self, raw: Json) -> None:
        """Answers an update that was not admitted, where it needs an answer."""

    async def handle(self, raw: Json) -> None:
        """Handles it; idempotent, for an update may come again.

        Raises:
            Outage: nothing can be saved just now.
            Exception: anything else counts as a failed try.
        """

    async def tell_outage(self, raw: Json) -> None:
        """Tells the person that nothing is saved for the moment; must not raise."""

    async def give_up(self, raw: Json, error: Exception, error_id: str) -> None:
        """Sets the update aside after the last try, and tells the person.

        Raises:
            Outage: nothing can be saved just now.
        """


def order_keys(raw: Json) -> tuple[str, ...]:
    """The queues in which an update waits: its person's, and its group's if it is a command."""
    message = raw.get("message") or {}
    for kind in ("message", "callback_query", "my_chat_member", "chat_member"):
        if sender := (raw.get(kind) or {}).get("from"):
            break
    else:
        sender = (raw.get("poll_answer") or {}).get("user")
    keys = [f"person {sender['id']}"] if sender else []
    chat = message.get("chat") or {}
    if chat.get("type") != "private" and (message.get("text") or "").startswith("/"):
        keys.append(f"chat {chat.get('id')}")
    return tuple(keys)


def kind_of(raw: Json) -> str:
    """Which kind of update it is, e.g. `callback_query`."""
    return next((name for name in raw if name != "update_id"), "unknown")


class Dispatcher:
    """Runs each update once at a time, keeps the order, tries again, sets aside."""

    def __init__(self, receiver: Receiver, clock: Clock) -> None:
        self._receiver = receiver
        self._clock = clock
        self._flights: dict[int, asyncio.Task[None]] = {}
        self._tails: dict[str, asyncio.Task[None]] = {}
        self._waiting: Counter[str] = Counter()
        self._closing = asyncio.Event()

    @property
    def flights(self) -> Mapping[int, asyncio.Task[None]]:
        """The updates that are being handled; a cancelled one has not finished."""
        return self._flights

    def submit(self, raw: Json, *, admitted: bool = False) -> asyncio.Task[None]:
        """Handles the update in its turn; the same task if it is being handled already.

        What is beyond its sender's allowance is turned away at once instead of waiting in line,
        unless it was `admitted` before.
        """
        update_id: int = raw["update_id"]
        if update_id in self._flights:
            return self._flights[update_id]
        keys = order_keys(raw)
        if admitted or self._admits(raw, keys):
            before = [self._tails[key] for key in keys if key in self._tails]
            work = self._run(raw, before)
        else:
            keys, work = (), self._receiver.turn_away(raw)
        task = asyncio.create_task(work, name=f"update {update_id}")
        self._flights[update_id] = task
        self._tails.update(dict.fromkeys(keys, task))
        self._waiting.update(keys)
        task.add_done_callback(lambda done: self._landed(update_id, keys, done))
        return task

    def _admits(self, raw: Json, keys: Iterable[str]) -> bool:
        if any(self._waiting[key] >= MOST_WAITING for key in keys):
            return False
        return self._receiver.admits(raw)

    async def close(self, within: float) -> None:
        """Lets what has begun finish for `within` seconds; the rest is cancelled, unfinished."""
        self._closing.set()
        flights = list(self._flights.values())
        if not flights:
            return
        _, late = await asyncio.wait(flights, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _landed(self, update_id: int, keys: tuple[str, ...], task: asyncio.Task[None]) -> None:
        self._flights.pop(update_id, None)
        for key in keys:
            self._waiting[key] -= 1
            if self._tails.get(key) is task:
                del self._tails[key], self._waiting[key]
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("update %s was not finished", update_id, exc_info=error)

    async def _run(self, raw: Json, before: list[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        if before and self._closing.is_set():
            raise asyncio.CancelledError  # its turn never came: it will be delivered again
        await self._through_outages(raw, self._with_tries)

    async def _with_tries(self, raw: Json) -> None:
        pause = FIRST_PAUSE
        for attempt in range(1, TRIES + 1):
            try:
                await self._receiver.handle(raw)
            except Outage:
                raise
            except Exception as error:  # noqa: BLE001 — whatever a handler raises is a failed try
                if attempt == TRIES:
                    return await self._set_aside(raw, error)
                _LOG.warning("update %s failed, try %s", raw["update_id"], attempt, exc_info=error)
                await self._pause(pause)
                pause *= 3
            else:
                return None
        return None

    async def _set_aside(self, raw: Json, error: Exception) -> None:
        error_id = secrets.token_hex(4)
        _LOG.error(
            "update %s (%s) set aside, error id %s",
            raw["update_id"],
            kind_of(raw),
            error_id,
            exc_info=error,
        )
        await self._through_outages(
            raw, lambda update: self._receiver.give_up(update, error, error_id)
        )

    async def _through_outages(self, raw: Json, step: Callable[[Json], Awaitable[None]]) -> None:
        """Repeats `step` until what it does can be saved."""
        pause, told = FIRST_PAUSE, False
        while True:
            try:
                return await step(raw)
            except Outage as outage:
                _LOG.warning("update %s waits: %s", raw["update_id"], outage)
                if not told:
                    told = True
                    await self._receiver.tell_outage(raw)
                await self._pause(pause)
                pause = min(pause * 3, OUTAGE_PAUSE_CAP)

    async def _pause(self, seconds: float) -> None:
        """Waits; when the process is closing, leaves the update unfinished instead."""
        if self._closing.is_set():
            raise asyncio.CancelledError
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((sleeping, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            closing.cancel()
        if self._closing.is_set():
            raise asyncio.CancelledError
