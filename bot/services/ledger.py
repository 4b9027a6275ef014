"""Keeps book of updates: the parked, the set aside, the marks that may be forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.storage.errors import StorageError
from bot.storage.store import Store, Unit
from bot.transport.clock import Clock
from bot.transport.dispatch import Json, Outage

T = TypeVar("T")

MARKS_KEPT = timedelta(days=3)
"""Telegram delivers an update for 24 hours at most; marks are kept for thrice as long."""


class Ledger:
    """The intake's book, in the same database as the effects."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def park(self, raw: Json) -> None:
        """Stores an unfinished update durably.

        Raises:
            Outage: nothing can be saved just now.
        """
        body = json.dumps(raw, ensure_ascii=False)
        await self._do(lambda unit: unit.updates.park(raw["update_id"], body, self._clock.now()))

    async def unpark(self, update_id: int) -> None:
        """Forgets a parked update that is finished.

        Raises:
            Outage: nothing can be saved just now.
        """
        await self._do(lambda unit: unit.updates.unpark(update_id))

    async def parked(self) -> Sequence[Json]:
        """What was left unfinished, oldest first.

        Raises:
            Outage: nothing can be read just now.
        """
        return [json.loads(body) for body in await self._do(lambda unit: unit.updates.parked())]

    async def set_aside(self, update_id: int, kind: str, error_id: str, reason: str) -> None:
        """Remembers an update that could not be handled.

        Raises:
            Outage: nothing can be saved just now.
        """
        now = self._clock.now()
        await self._do(
            lambda unit: unit.updates.set_aside(
                update_id, kind=kind, error_id=error_id, reason=reason, now=now
            )
        )

    async def prune(self) -> int:
        """Forgets the marks of updates that can no longer come again; gives how many.

        Raises:
            Outage: nothing can be saved just now.
        """
        before = self._clock.now() - MARKS_KEPT
        return await self._do(lambda unit: unit.updates.prune(before))

    async def _do(self, work: Callable[[Unit], T]) -> T:
        try:
            return await self._store.transact(work)
        except StorageError as error:
            if not error.blameless:
                raise
            raise Outage(str(error)) from error
