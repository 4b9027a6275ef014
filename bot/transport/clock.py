"""Time as an argument: the one place where the transport reads a clock or sleeps."""

from __future__ import annotations

import asyncio
import datetime as dtm
import time
from typing import Protocol


class Clock(Protocol):
    """What the transport asks of time; tests pass a clock that they move themselves."""

    def now(self) -> dtm.datetime:
        """The instant, in UTC."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary start; never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait for this many seconds of this clock."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> dtm.datetime:
        """The instant, in UTC."""
        return dtm.datetime.now(dtm.UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for this many seconds."""
        await asyncio.sleep(seconds)
