"""Exactly-once intake by long polling: nothing is confirmed before it has taken effect.

PTB's own updater confirms a batch while its handlers still run, so a crash loses it. Here the
offset moves only past updates that are finished; what takes long is parked in the database
first, so that one slow chat holds nobody up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.transport.clock import Clock
from bot.transport.dispatch import Dispatcher, Json, Outage
from bot.transport.waiting import unless

LONG_POLL = 50
"""Seconds; the server waits no longer than that (Bot API, getUpdates)."""
WINDOW = 100
"""Updates that one getUpdates gives at most."""
LINGER = 0.05
"""Seconds to wait for the unfinished before asking for more; doubled while nothing is new."""
LINGER_CAP = 0.5
PARK_AFTER = 2.0
"""Seconds after which an unfinished update is parked, so that those behind it can be confirmed."""
PARK_AFTER_IF_FULL = 0.3
"""The same when unfinished updates fill the window: nobody behind them is seen until then."""
FIRST_BACKOFF = 0.25
BACKOFF_CAP = 15.0
CONFLICT_GRACE = 30.0
"""Seconds for which another instance may still be shutting down."""
CONFLICT_PAUSE = 3.0
CONFIRM_WITHIN = 1.5
"""Seconds that the last confirmation may take when the process is stopping."""

_LOG = logging.getLogger(__name__)


class TokenRefused(Exception):
    """Telegram does not know the token."""


class ConflictPersists(Exception):
    """Another instance keeps polling with the same token."""


class Source(Protocol):
    """Where updates come from."""

    async def get_updates(self, offset: int | None, seconds: int, limit: int) -> Sequence[Json]:
        """The unconfirmed updates from `offset` on; confirms those before it."""

    async def delete_webhook(self) -> None:
        """Removes a webhook and keeps its pending updates."""


class Parking(Protocol):
    """Keeps unfinished updates across restarts."""

    async def park(self, raw: Json) -> None:
        """Stores the update durably, or raises Outage."""

    async def unpark(self, update_id: int) -> None:
        """Forgets a finished update, or raises Outage."""

    async def parked(self) -> Sequence[Json]:
        """What is still unfinished, oldest first."""


class Polling:
    """Fetches, hands over, confirms."""

    def __init__(
        self, source: Source, dispatcher: Dispatcher, parking: Parking, clock: Clock
    ) -> None:
        self._source = source
        self._dispatcher = dispatcher
        self._parking = parking
        self._clock = clock
        self._unconfirmed: dict[int, asyncio.Task[None]] = {}
        self._taken_at: dict[int, tuple[float, Json]] = {}
        self._offset: int | None = None
        self._unparking: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._conflicts: tuple[float, float] | None = None
        self.last_success: float | None = None

    def stop(self) -> None:
        """Ends `run` soon; what has begun is left to the dispatcher."""
        self._stop.set()

    async def run(self) -> None:
        """Polls until `stop`.

        Raises:
            TokenRefused: 401 or 404.
            ConflictPersists: another instance polls for longer than the grace.
        """
        for raw in await self._parking.parked():
            self._follow(self._dispatcher.submit(raw, admitted=True), raw["update_id"])
        linger = LINGER
        while not self._stop.is_set():
            batch = await self._fetch()
            if batch is None:
                continue
            fresh = [raw for raw in batch if raw["update_id"] not in self._unconfirmed]
            for raw in fresh:
                self._take(raw)
            linger = LINGER if fresh else min(linger * 2, LINGER_CAP)
            await self._settle(linger)

    async def confirm(self) -> None:
        """Tells Telegram what is finished, without taking anything new."""
        self._advance()
        if self._offset is None:
            return
        try:
            polling = self._source.get_updates(self._offset, seconds=0, limit=1)
            await asyncio.wait_for(polling, CONFIRM_WITHIN)
        except (TelegramError, TimeoutError) as error:
            _LOG.warning("the last updates were not confirmed and will come again: %s", error)

    def _take(self, raw: Json) -> None:
        update_id: int = raw["update_id"]
        self._unconfirmed[update_id] = self._dispatcher.submit(raw)
        self._taken_at[update_id] = (self._clock.monotonic(), raw)

    async def _settle(self, linger: float) -> None:
        """Waits a little for the unfinished, parks the old ones, moves the offset."""
        unfinished = [task for task in self._unconfirmed.values() if not task.done()]
        if unfinished:
            await unless(self._stop, asyncio.wait(unfinished, timeout=linger))
        self._advance()
        await self._park_late()

    def _advance(self) -> None:
        """Moves the offset past the finished updates at the front."""
        for update_id, task in self._entries():
            if not task.done() or task.cancelled():
                break
            self._forget(update_id)

    def _forget(self, update_id: int) -> None:
        del self._unconfirmed[update_id]
        self._taken_at.pop(update_id, None)
        self._offset = update_id + 1

    async def _park_late(self) -> None:
        """Parks what has been unfinished for long, sooner if it fills the window."""
        full = len(self._unconfirmed) >= WINDOW
        before = self._clock.monotonic() - (PARK_AFTER_IF_FULL if full else PARK_AFTER)
        late = list(
            takewhile(lambda entry: self._taken_at[entry[0]][0] <= before, self._entries())
        )
        unfinished = [update_id for update_id, task in late if not task.done()]
        try:
            await asyncio.gather(*(self._parking.park(self._taken_at[i][1]) for i in unfinished))
        except Outage as error:
            _LOG.warning("updates cannot be parked: %s", error)
            return
        for update_id, task in late:
            if update_id in unfinished:
                self._follow(task, update_id)
            self._forget(update_id)

    def _entries(self) -> list[tuple[int, asyncio.Task[None]]]:
        return list(self._unconfirmed.items())

    def _follow(self, task: asyncio.Task[None], update_id: int) -> None:
        """Forgets the parked update once it is finished."""

        async def unpark() -> None:
            await asyncio.wait((task,))
            if task.cancelled():
                return
            try:
                await self._parking.unpark(update_id)
            except Outage as error:  # it will be handled again, to no effect
                _LOG.warning("update %s stays parked: %s", update_id, error)

        following = asyncio.create_task(unpark(), name=f"unpark {update_id}")
        self._unparking.add(following)
        following.add_done_callback(self._unparking.discard)

    async def _fetch(self) -> Sequence[Json] | None:
        """One poll; `None` after a fault that was waited out, or when stopping."""
        seconds = 0 if self._unconfirmed else LONG_POLL
        backoff = FIRST_BACKOFF
        while not self._stop.is_set():
            try:
                asked = self._source.get_updates(self._offset, seconds=seconds, limit=WINDOW)
                batch = await unless(self._stop, asked)
            except InvalidToken as error:
                raise TokenRefused(str(error)) from None
            except Conflict as error:
                await self._conflict(error)
            except RetryAfter as error:
                await unless(self._stop, self._clock.sleep(_seconds(error)))
            except TelegramError as error:
                _LOG.warning("getUpdates failed, next try in %.2g s: %s", backoff, error)
                await unless(self._stop, self._clock.sleep(backoff))
                backoff = min(backoff * 2, BACKOFF_CAP)
            else:
                if batch is not None:
                    self._polled()
                return batch
        return None

    def _polled(self) -> None:
        """A poll went through: what came before its offset is confirmed.

        Without an offset the next one starts at the oldest update that is left, which also
        holds when ids begin again lower after an idle week.
        """
        self._offset = None
        self.last_success = self._clock.monotonic()

    async def _conflict(self, error: Conflict) -> None:
        if "webhook" in str(error).lower():
            await self._unset_webhook()
            return
        now = self._clock.monotonic()
        first, last = self._conflicts or (now, now)
        if now - last > CONFLICT_GRACE:
            first = now
        self._conflicts = (first, now)
        if now - first >= CONFLICT_GRACE:
            raise ConflictPersists(str(error))
        _LOG.warning("another instance polls with this token: %s", error)
        await unless(self._stop, self._clock.sleep(CONFLICT_PAUSE))

    async def _unset_webhook(self) -> None:
        _LOG.warning("a webhook is active; it is deleted now, its pending updates are kept")
        try:
            await unless(self._stop, self._source.delete_webhook())
        except InvalidToken as refusal:
            raise TokenRefused(str(refusal)) from None
        except TelegramError as error:
            _LOG.warning("the webhook cannot be deleted yet: %s", error)
            await unless(self._stop, self._clock.sleep(CONFLICT_PAUSE))


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
