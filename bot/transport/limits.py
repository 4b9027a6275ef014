"""Flood limits as arithmetic on instants: how often something may happen, and when next."""

from __future__ import annotations

import math
from collections import deque


class SlidingWindow:
    """At most `limit` events in any half-open stretch of `seconds`."""

    __slots__ = ("_events", "_seconds")

    def __init__(self, limit: int, seconds: float) -> None:
        self._events: deque[float] = deque(maxlen=limit)
        self._seconds = seconds

    def free_at(self, share: int | None = None) -> float:
        """The earliest instant at which one more event keeps within the limit.

        Args:
            share: A smaller limit to keep within, for those who must leave room for others.
        """
        share = share or self._events.maxlen or 0
        if len(self._events) < share:
            return -math.inf
        return self._events[-share] + self._seconds

    def take(self, now: float) -> None:
        """Count an event at `now`, which must not lie before an earlier one."""
        self._events.append(now)

    def idle_at(self, now: float) -> bool:
        """Whether no counted event matters any more."""
        return not self._events or self._events[-1] + self._seconds <= now


class TokenBucket:
    """One event every `interval` seconds, after a pause up to `burst` of them at once.

    Kept as one number, the instant at which the bucket is full again (the generic cell rate
    algorithm, ITU-T I.371).
    """

    __slots__ = ("_full_at", "_interval", "_slack")

    def __init__(self, interval: float, burst: int) -> None:
        self._full_at = -math.inf
        self._interval = interval
        self._slack = (burst - 1) * interval

    def free_at(self) -> float:
        """The earliest instant at which the bucket holds a token."""
        return self._full_at - self._slack

    def take(self, now: float) -> None:
        """Take a token at `now`."""
        self._full_at = max(self._full_at, now) + self._interval

    def idle_at(self, now: float) -> bool:
        """Whether the bucket is full, so that forgetting it changes nothing."""
        return self._full_at <= now
