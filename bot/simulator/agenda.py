"""What will happen by itself at an instant: polls that close, for one."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count


class Agenda:
    """Actions with due instants in Unix time.

    Attributes:
        on_change: Called when something was added; whoever waits may have to wait less.
    """

    def __init__(self) -> None:
        self.on_change: Callable[[], None] = lambda: None
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()

    @property
    def next_due(self) -> float | None:
        """The instant of the earliest action."""
        return self._due[0][0] if self._due else None

    def at(self, instant: float, action: Callable[[], None]) -> None:
        """Have something done at an instant."""
        heapq.heappush(self._due, (instant, next(self._order), action))
        self.on_change()

    def run(self, now: float) -> None:
        """Do what is due."""
        while self._due and self._due[0][0] <= now:
            heapq.heappop(self._due)[2]()
