"""Times of day as people write them: 19:30, 7pm, 19.30, 7:30 pm."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_LONGEST = 40
"""Characters; no time of day is written longer, so the rest is not read."""
_BEFORE = re.compile(r"^(?:(?:every\s*day|daily|at|around|@)\s*)+")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})"
    r"(?:\s*[:.h]\s*(?P<minute>[0-9]{2})|\s?(?P<tail>[0-9]{2}))?(?::[0-9]{2})?"
    r"\s*(?P<half>[ap])?(?(half)\.?\s?m\b\.?)"
    r"\s*(?:h|hrs?|hours|uhr|o.?clock)?[.!]?"
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def read_time(text: str) -> time | None:
    """The local time that `text` means; None where it means none.

    Without am or pm it is the 24-hour clock, on which 24:00 is midnight.
    """
    if len(text) > _LONGEST:
        return None
    said = _BEFORE.sub("", unicodedata.normalize("NFKC", text).strip().lower())
    if said in _WORDS:
        return _WORDS[said]
    match = _TIME.fullmatch(said)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["tail"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
