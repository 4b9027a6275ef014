"""Notices when this machine's clock and Telegram's disagree, which would shift people's days."""

from __future__ import annotations

import logging
import math
from email.utils import parsedate_to_datetime

from bot.transport.clock import Clock

TOLERANCE = 60.0
"""Seconds by which the clocks may differ; a date of HTTP is whole seconds, and answers travel."""
LOOK_EVERY = 10.0
"""Seconds between two comparisons: parsing the date of every answer would be a waste."""

_LOG = logging.getLogger(__name__)


class SkewWatch:
    """Compares the clock with the dates of answers; warns once, until the two agree again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked_at = -math.inf
        self._skewed = False

    def compare(self, date: str) -> None:
        """Looks at the `Date` header of an answer that has just come (RFC 9110, 6.6.1)."""
        now = self._clock.monotonic()
        if now - self._looked_at < LOOK_EVERY:
            return
        try:
            ahead = (self._clock.now() - parsedate_to_datetime(date)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a zone
            return
        self._looked_at = now
        if abs(ahead) > TOLERANCE and not self._skewed:
            way = "ahead of" if ahead > 0 else "behind"
            _LOG.warning(
                "this machine's clock is %.0f s %s Telegram's; set it, for practice days and "
                "reminders follow it",
                abs(ahead),
                way,
            )
        elif abs(ahead) <= TOLERANCE and self._skewed:
            _LOG.info("this machine's clock agrees with Telegram's again")
        self._skewed = abs(ahead) > TOLERANCE
