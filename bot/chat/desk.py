"""Work beside updates: one piece at a time for each key, and none of it forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

_LOG = logging.getLogger(__name__)


class Desk:
    """Runs work in the background; what is asked for while it runs is done right after it."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._closed = False

    def kick(self, key: str, work: Callable[[], Awaitable[object]]) -> None:
        """Has `work` done, now or once more after it was done."""
        if self._closed:
            return
        if key in self._running:
            self._again.add(key)
            return
        self._running[key] = asyncio.create_task(self._run(key, work), name=key)

    async def close(self, within: float) -> None:
        """Lets what has begun finish for `within` seconds; the rest is left to the next start."""
        self._closed = True
        tasks = list(self._running.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, key: str, work: Callable[[], Awaitable[object]]) -> None:
        try:
            while True:
                self._again.discard(key)
                await work()
                if key not in self._again or self._closed:
                    return
        except Exception:  # noqa: BLE001 — whatever it is, all other work goes on
            _LOG.exception("work on %s is left to the next sweep", key)
        finally:
            del self._running[key]
            self._again.discard(key)
