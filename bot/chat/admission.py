"""How much one person may ask at a time; what is beyond is dropped with one notice."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

REMEMBERED = 10_000
"""People whose allowance is remembered; the one seen longest ago is forgotten first."""
NOTICE_EVERY = 30.0
"""Seconds between two notices to the same person."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A burst of updates at once, and how many a second come back."""

    burst: float
    per_second: float


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    noticed_at: float | None = None


class Admission:
    """A token bucket per key (a person and a kind of update); memory is bounded."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def admit(self, person_id: int, now: float) -> bool:
        """Whether an update at `now` (seconds) may pass; uses up one if so."""
        bucket = self._bucket(person_id, now)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True

    def should_notice(self, person_id: int, now: float) -> bool:
        """Whether a person whose update was dropped is told, which happens rarely."""
        bucket = self._bucket(person_id, now)
        if bucket.noticed_at is not None and now - bucket.noticed_at < NOTICE_EVERY:
            return False
        bucket.noticed_at = now
        return True

    def _bucket(self, person_id: int, now: float) -> _Bucket:
        bucket = self._buckets.get(person_id)
        if bucket is None:
            bucket = self._buckets[person_id] = _Bucket(self._allowance.burst, now)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        gained = max(now - bucket.at, 0) * self._allowance.per_second
        bucket.left = min(self._allowance.burst, bucket.left + gained)
        bucket.at = now
        self._buckets.move_to_end(person_id)
        return bucket
