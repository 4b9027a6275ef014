"""Telegram's flood limits: messages a second per chat, a minute per group, a second in all.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.simulator.errors import too_many_requests

MINUTE = 60.0
SECOND = 1.0


@dataclass(slots=True)
class Flood:
    """Counts what the bot sends; the limits may be changed at any time.

    Attributes:
        enabled: False lets everything through.
        burst: Messages to one chat that may come at once.
        seconds: Seconds between messages to one chat in the long run.
        group_per_minute: Messages to one group in any minute.
        per_second: Messages in all in any second.
    """

    enabled: bool = True
    burst: int = 3
    seconds: float = 1.0
    group_per_minute: int = 20
    per_second: int = 30
    _free_at: dict[int, float] = field(default_factory=dict)
    _groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _all: deque[float] = field(default_factory=deque)

    def spend(self, chat_id: int, now: float) -> None:
        """Account for a new message to a chat (groups have negative ids).

        Raises:
            ApiError: 429, it comes too soon; a refused message costs nothing.
        """
        if not self.enabled:
            return
        due = max(self._free_at.get(chat_id, now), now)
        waits = [due - now - (self.burst - 1) * self.seconds]
        waits.append(_wait(self._all, self.per_second, SECOND, now))
        if chat_id < 0:
            waits.append(_wait(self._groups[chat_id], self.group_per_minute, MINUTE, now))
        if max(waits) > 0:
            raise too_many_requests(math.ceil(max(waits)))
        self._free_at[chat_id] = due + self.seconds
        self._all.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)

    def spend_edit(self, now: float) -> None:
        """Account for an edit, which counts among all requests alone.

        Raises:
            ApiError: 429.
        """
        if not self.enabled:
            return
        if (wait := _wait(self._all, self.per_second, SECOND, now)) > 0:
            raise too_many_requests(math.ceil(wait))
        self._all.append(now)


def _wait(sent: deque[float], limit: int, window: float, now: float) -> float:
    """Seconds until one more fits into the sliding window."""
    while sent and sent[0] <= now - window:
        sent.popleft()
    return sent[len(sent) - limit] + window - now if len(sent) >= limit else 0.0
