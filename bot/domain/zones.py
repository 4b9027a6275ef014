"""Time zones as people name them: IANA names, places, UTC offsets, abbreviations, local times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process

from bot.domain.zone_clocks import MOST, at_local_time, at_offset, distinct, picker
from bot.domain.zone_index import by_name, plain, rank, zone_names, zones_called, zones_coded

__all__ = [
    "POPULAR",
    "Suggestions",
    "Zone",
    "find_zone",
    "picker",
    "prepare",
    "read_zone",
    "suggest_zones",
]

POPULAR = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Lagos",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""One large city every few hours around the world, for a picker that fits a screen."""

_LONGEST = 100
"""Characters; no place is called anything longer, so the rest is not read."""

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?(\d\d)|[.,]5|)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d+\-−–:.])(\d{1,2})(?:[:.h](\d\d)(?::\d\d)?)?\s*([ap]\.?m\b\.?)?(?![\w:])",
    re.IGNORECASE,
)
_TALK = frozenset(
    """
    a about am around at based being by city currently daylight for from here hi i im in is it
    its live local located me my near now of oclock please right s set standard stay summer the
    time timezone to town uhr we zone
    """.split()
)
_CODE = re.compile(r"(?:^|,\s*)([A-Z]{2})$")
_UNSIGNED = re.compile(r"(?:utc|gmt)\s*([1-9]|1[0-4])", re.IGNORECASE)
_CLOSE_ENOUGH = 75
_PREFIX, _PART = 95.0, 88.0
_SHORTEST = 4
"""Shorter names (codes, abbreviations) are near to everything."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The one zone that was meant: `name` is today's IANA name."""

    name: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may have been meant, best first; at most six IANA names, perhaps none."""

    zones: tuple[str, ...]


def read_zone(query: str, now: datetime) -> Zone | Suggestions:
    """The zone that `query` means, or what it may mean.

    Understood are IANA names of today and of old, cities, countries and states, a city in one of
    those, abbreviations, UTC offsets, and the local time at `now` (an aware instant). A name that
    several zones share decides only if their clocks agree for the coming year; a slip, a bare
    country code, a local time and an offset with minutes never decide.
    """
    return _read(query, now)


def prepare(now: datetime) -> None:
    """Reads every table, which takes 60 ms or more: at the start, so that nobody waits for it."""
    picker(now)
    _read("nowhere in particular", now)


def find_zone(query: str) -> str | None:
    """The zone that `query` names whatever the time is: one that has the name to itself."""
    meant = _read(query, None)
    return meant.name if isinstance(meant, Zone) else None


def suggest_zones(query: str, limit: int = 5, now: datetime | None = None) -> Sequence[str]:
    """The zones that `query` may mean, best first; with `now` also by offset and local time."""
    meant = _read(query, now)
    zones = meant.zones if isinstance(meant, Suggestions) else (meant.name,)
    return list(zones[:limit])


def _read(query: str, now: datetime | None) -> Zone | Suggestions:
    if len(query) > _LONGEST:
        return Suggestions(())
    query = query.strip()
    offset = _offset(query)
    if offset is not None:
        return _by_offset(offset, now)
    clock = _clock(query)
    if clock:
        return Suggestions(_by_clock(clock, now) if now else ())
    unsigned = _UNSIGNED.fullmatch(query)
    if unsigned:
        return Suggestions(_by_hours(int(unsigned[1]), now) if now else ())
    name = plain(query)
    bare = _without_talk(name)
    zones = zones_called(name) or zones_called(bare)
    if zones:
        return _decide(zones, now)
    code = _CODE.search(query)
    coded = zones_coded(code[1]) if code else ()
    return Suggestions(coded[:MOST] or _close(bare, now))


def _decide(zones: tuple[str, ...], now: datetime | None) -> Zone | Suggestions:
    clocks = distinct(zones, now) if now and len(zones) > 1 else zones
    return Zone(clocks[0]) if len(clocks) == 1 else Suggestions(clocks[:MOST])


def _offset(query: str) -> timedelta | None:
    match = _OFFSET.fullmatch(query)
    if match is None:
        return None
    minutes = int(match[3] or 0) if query[-2:] not in {".5", ",5"} else 30
    ahead = timedelta(hours=int(match[2]), minutes=minutes)
    return ahead if match[1] == "+" else -ahead


def _by_offset(offset: timedelta, now: datetime | None) -> Zone | Suggestions:
    """`UTC+2` → `Etc/GMT-2` (POSIX counts west of Greenwich as positive)."""
    hours, rest = divmod(offset, timedelta(hours=1))
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    if not rest and name in zone_names():
        return Zone(name)
    return Suggestions(at_offset(offset, now) if now else ())


def _by_hours(hours: int, now: datetime) -> tuple[str, ...]:
    """`UTC 5` without a sign: three zones east of Greenwich and three west of it."""
    ahead = timedelta(hours=hours)
    return (*at_offset(ahead, now)[: MOST // 2], *at_offset(-ahead, now)[: MOST // 2])


def _clock(query: str) -> tuple[int, ...]:
    """The minutes past midnight that `it is 21:40` or `9 pm` says; two readings for `9:40`."""
    match = _CLOCK.search(query)
    if match is None or not (match[2] or match[3]):
        return ()
    talk = plain(f"{query[: match.start()]} {query[match.end() :]}").split()
    hour, minute = int(match[1]), int(match[2] or 0)
    if not _TALK.issuperset(talk) or hour > 24 or minute > 59 or (match[3] and hour > 12):
        return ()
    if match[3]:
        return ((hour % 12 + 12 * (match[3][0] in "pP")) * 60 + minute,)
    twice = 0 < hour <= 12 and len(match[1]) == len(str(hour))
    readings = (hour % 24, (hour + 12) % 24) if twice else (hour % 24,)
    return tuple(reading * 60 + minute for reading in readings)


def _by_clock(clock: tuple[int, ...], now: datetime) -> tuple[str, ...]:
    each = MOST // len(clock)
    return tuple(zone for minutes in clock for zone in at_local_time(minutes, now)[:each])


def _without_talk(name: str) -> str:
    words = name.split()
    while words and words[0] in _TALK:
        del words[0]
    while words and words[-1] in _TALK:
        del words[-1]
    return " ".join(words)


def _close(name: str, now: datetime | None) -> tuple[str, ...]:
    """The zones called nearly so, or called by the beginning or a part of it."""
    if not name:
        return ()
    names = by_name()
    best: dict[str, float] = {}
    for called, score in _matches(name):
        if len(called) >= _SHORTEST:
            best[called] = max(score, best.get(called, 0.0))
    order = sorted(best, key=lambda called: (-best[called], rank(names[called][0])))
    found: dict[str, None] = {}
    for called in order:
        if len(found) >= MOST:
            break
        zones = names[called]
        found.update(dict.fromkeys(distinct(zones, now) if now and len(zones) > 1 else zones))
    return tuple(found)[:MOST]


def _matches(name: str) -> Iterator[tuple[str, float]]:
    names = by_name()
    for called, score, _ in process.extract(
        name, names.keys(), scorer=fuzz.ratio, limit=4 * MOST, score_cutoff=_CLOSE_ENOUGH
    ):
        yield called, score
    if len(name) >= _SHORTEST - 1:
        yield from ((called, _PREFIX) for called in names if called.startswith(name))
    words = name.split()
    for cut in range(1, len(words)):
        parts = (" ".join(words[:cut]), " ".join(words[cut:]))
        yield from ((part, _PART) for part in parts if part in names)
