"""The simulator's time: the wall clock, which tests may push forward, or one that they own."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Clock:
    """The wall clock plus whatever it has been advanced by."""

    def __init__(self) -> None:
        self._advanced = 0.0
        self._sleepers: set[asyncio.Future[None]] = set()

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._advanced

    def advance(self, seconds: float) -> None:
        """Jump forward and wake whoever has slept long enough by then."""
        self._advanced += seconds
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Wait until this clock, not necessarily the real one, has moved by so many seconds.

        They count from this call, not from the moment when the result is awaited.
        """
        return self._until(self.now() + seconds)

    async def _until(self, due: float) -> None:
        while (left := due - self.now()) > 0:
            sleeper = asyncio.get_running_loop().create_future()
            self._sleepers.add(sleeper)
            try:
                await asyncio.wait_for(sleeper, self._patience(left))
            except TimeoutError:
                continue
            finally:
                self._sleepers.discard(sleeper)

    def _patience(self, left: float) -> float | None:
        """Real seconds after which a sleeper looks at the clock again."""
        return left


class ManualClock(Clock):
    """A clock that stands still until it is advanced.

    Args:
        start: Unix time at which it stands.
    """

    def __init__(self, start: float = 1_750_000_000.0) -> None:
        super().__init__()
        self._start = start

    def now(self) -> float:
        """Unix time in seconds: the start plus all advances."""
        return self._start + self._advanced

    def _patience(self, left: float) -> float | None:
        return None
