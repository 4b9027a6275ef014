"""What zones' clocks show: offsets now, the picker, zones at a local time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.zone_names import RANK
from bot.places import known_zones

MOST = 6
"""Suggestions that fit a screen."""

_MINUTE = timedelta(minutes=1)
_DAY = 24 * 60
_WEEKS = [timedelta(weeks=week) for week in range(54)]


def offset_at(zone: str, now: datetime) -> timedelta:
    """What the zone's clock is ahead of UTC at `now` (an aware instant)."""
    return now.astimezone(_info(zone)).utcoffset() or timedelta()


def picker(now: datetime) -> list[tuple[datetime, tuple[str, ...]]]:
    """Every local time that it is now, west to east, with the zones where it is, largest first.

    One entry for each offset that is in use somewhere on Earth at `now`; about 38.
    """
    entries: dict[timedelta, list[str]] = {}
    for zone in _ranked():
        entries.setdefault(offset_at(zone, now), []).append(zone)
    local = now.astimezone(UTC).replace(tzinfo=None)
    return [(local + offset, tuple(zones)) for offset, zones in sorted(entries.items())]


def at_offset(offset: timedelta, now: datetime) -> tuple[str, ...]:
    """Zones that are `offset` ahead of UTC at `now`, at most six, those with other rules first."""
    return _varied([zone for zone in _ranked() if offset_at(zone, now) == offset], now)


def at_local_time(minutes: int, now: datetime, *, slack: int = 20) -> tuple[str, ...]:
    """Zones whose clock shows `minutes` past midnight at `now`, at most six.

    The nearest offset counts, up to `slack` minutes away: people read clocks that are wrong and
    answer late. Two offsets a day apart show the same time; both are offered.
    """
    in_utc = now.astimezone(UTC)
    ahead = minutes - in_utc.hour * 60 - in_utc.minute
    misses: dict[int, list[str]] = {}
    for zone in _ranked():
        miss = abs((ahead - offset_at(zone, now) // _MINUTE + _DAY // 2) % _DAY - _DAY // 2)
        misses.setdefault(miss, []).append(zone)
    nearest = min(misses)
    return _varied(misses[nearest], now) if nearest <= slack else ()


def distinct(zones: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The first of `zones` for each clock; zones whose clocks agree for a year are one."""
    clocks: dict[tuple[timedelta, ...], str] = {}
    for zone in zones:
        clocks.setdefault(_year(zone, now), zone)
    return tuple(clocks.values())


def _varied(zones: Sequence[str], now: datetime) -> tuple[str, ...]:
    first = distinct(zones, now)
    return tuple(dict.fromkeys((*first, *zones)))[:MOST]


def _year(zone: str, now: datetime) -> tuple[timedelta, ...]:
    """The zone's offset in each week of the coming year."""
    start = now.astimezone(UTC)
    return tuple(offset_at(zone, start + week) for week in _WEEKS)


@lru_cache(maxsize=256)
def _info(zone: str) -> ZoneInfo:
    """`ZoneInfo` itself keeps no more than eight."""
    return ZoneInfo(zone)


def _ranked() -> list[str]:
    known = known_zones()
    return [zone for zone in RANK if zone in known]
