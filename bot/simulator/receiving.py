"""How the bot receives updates: getUpdates and the methods for the webhook."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.simulator.errors import OTHER_POLLER, ApiError, conflict
from bot.simulator.updates import MOST_AT_ONCE
from bot.simulator.waiting import first_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.clock import Clock
    from bot.simulator.updates import Update
    from bot.simulator.webhook import Webhook
    from bot.simulator.world import World

LONGEST_POLL = 50
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


class _LongPoll:
    """A getUpdates call that waits, until it is ended for a reason."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.reason: ApiError | None = None


class Receiving:
    """At most one long poll at a time, and none while a webhook is set."""

    def __init__(self, world: World, clock: Clock, webhook: Webhook) -> None:
        self._world = world
        self._clock = clock
        self._webhook = webhook
        self._poll: _LongPoll | None = None

    async def get_updates(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """``getUpdates``.

        Raises:
            ApiError: 409, a webhook is set or a newer call took over.
        """
        if self._webhook.settings.url:
            raise conflict(WEBHOOK_ACTIVE)
        self._world.updates.allow(given.get("allowed_updates"))
        self._end_poll(conflict(OTHER_POLLER))
        limit = max(1, min(MOST_AT_ONCE, given.get("limit", MOST_AT_ONCE)))
        offset = given.get("offset", 0)
        timeout = max(0, min(LONGEST_POLL, given.get("timeout", 0)))
        batch = self._fetch(offset, limit)
        if not batch and timeout:
            await self._wait(timeout)
            batch = self._fetch(max(offset, 0), limit)
        return [update.render() for update in batch]

    def _fetch(self, offset: int, limit: int) -> list[Update]:
        return self._world.updates.fetch(offset, limit, self._world.now())

    async def _wait(self, seconds: float) -> None:
        """Wait for an update, for the time to be over, or for a newer call."""
        poll = self._poll = _LongPoll()
        try:
            await first_of(self._arrival(), self._clock.sleep(seconds), poll.ended.wait())
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.reason:
            raise poll.reason

    async def _arrival(self) -> None:
        while not self._world.updates.pending(self._world.now()):
            await self._world.updates.changed.wait()

    def _end_poll(self, reason: ApiError) -> None:
        if self._poll:
            self._poll.reason = reason
            self._poll.ended.set()

    async def set_webhook(self, given: Mapping[str, Any]) -> str:
        """``setWebhook`` and ``deleteWebhook``; returns the description of the answer."""
        if given.get("url"):
            self._end_poll(conflict("terminated by setWebhook request"))
        return await self._webhook.set(given)
